"""What may go wrong: the risk matrix of each product area."""

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models import ProductArea, PurchasingCategory
from actionplan.models.counting import number_of
from actionplan.models.logged import Logged, LoggedQuerySet


class LifecycleStage(Logged):
    """A row of the matrix, such as raw material. Code looks it up by `code`, people rename it."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("life-cycle stage")
        verbose_name_plural = _("life-cycle stages")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Dimension(Logged):
    """A column of the matrix, such as environment."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Assessment(models.TextChoices):
    """Not assessed is neither "no risk" nor "no leverage"."""

    NOT_ASSESSED = "not_assessed", _("not assessed")
    DESCRIBED = "described", _("described")
    NO_LEVERAGE = "no_leverage", _("no leverage")
    SAME_AS = "same_as", _("same as another")


class RiskLevel(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")
    INSUFFICIENT = "insufficient", _("insufficient information")


class RiskCellQuerySet(LoggedQuerySet["RiskCell"]):
    def in_grid_order(self) -> Self:
        """Order cells with their stage and dimension, row by row."""
        return self.select_related("stage", "dimension").order_by(
            "product_area__number", "stage__position", "dimension__position"
        )

    def assessed(self) -> Self:
        """Return the cells that say something."""
        return self.exclude(assessment=Assessment.NOT_ASSESSED)

    def complete(self, areas: Iterable[ProductArea]) -> set[int]:
        """Give areas the cells they lack, for the grid is always whole; returns the new keys.

        The caller tells the log of them when it has filled them.
        """
        areas = list(areas)
        stages, dimensions = list(LifecycleStage.objects.all()), list(Dimension.objects.all())
        there = set(
            RiskCell.objects.filter(product_area__in=areas).values_list(
                "product_area_id", "stage_id", "dimension_id"
            )
        )
        missing = [
            RiskCell(product_area=area, stage=stage, dimension=dimension)
            for area, stage, dimension in product(areas, stages, dimensions)
            if (area.pk, stage.pk, dimension.pk) not in there
        ]
        return {cell.pk for cell in RiskCell.objects.bulk_create(missing)}


class RiskCell(Logged):
    """One stage in one dimension of a product area."""

    logged_in = "product_area"
    logged_plan = "product_area__plan"

    product_area = models.ForeignKey(
        ProductArea,
        verbose_name=_("product area"),
        on_delete=models.CASCADE,
        related_name="cells",
        db_index=False,
    )
    stage = models.ForeignKey(
        LifecycleStage, verbose_name=_("life-cycle stage"), on_delete=models.PROTECT
    )
    dimension = models.ForeignKey(Dimension, verbose_name=_("dimension"), on_delete=models.PROTECT)
    assessment = models.CharField(
        _("assessment"),
        max_length=20,
        choices=Assessment.choices,
        default=Assessment.NOT_ASSESSED,
    )
    # RESTRICT lets a whole plan go, but not an area that another still points at.
    same_as_cell = models.ForeignKey(
        "self",
        verbose_name=_("same as the cell"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="referring_cells",
    )
    same_as_category = models.ForeignKey(
        PurchasingCategory,
        verbose_name=_("same as the category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referring_cells",
    )
    level = models.CharField(
        _("risk level"),
        max_length=20,
        choices=RiskLevel.choices,
        blank=True,
        help_text=_("An editor's judgement; it is never computed."),
    )
    level_source = models.URLField(
        _("source of the level"),
        max_length=500,
        blank=True,
        help_text=_("The address of the analysis that gives the level."),
    )
    level_source_dated = models.DateField(
        _("date of the source"),
        null=True,
        blank=True,
        help_text=_("When the analysis was made or read."),
    )

    objects: ClassVar = RiskCellQuerySet.as_manager()

    class Meta:
        verbose_name = _("cell of the risk matrix")
        verbose_name_plural = _("cells of the risk matrix")
        ordering = ["product_area", "stage__position", "dimension__position"]
        constraints = [
            unique(
                "once",
                "product_area",
                "stage",
                "dimension",
                message=_("The product area already has this cell."),
            ),
            one_of("assessment", Assessment, _("Choose an assessment in the list.")),
            one_of("level", RiskLevel, _("Choose a risk level in the list."), blank=True),
            check(
                "same_as_agrees",
                Q(
                    assessment=Assessment.SAME_AS,
                    same_as_cell__isnull=False,
                    same_as_category__isnull=True,
                )
                | Q(
                    assessment=Assessment.SAME_AS,
                    same_as_cell__isnull=True,
                    same_as_category__isnull=False,
                )
                | (
                    ~Q(assessment=Assessment.SAME_AS)
                    & Q(same_as_cell__isnull=True, same_as_category__isnull=True)
                ),
                _("Choose one cell or one category that the cell refers to."),
            ),
            check(
                "not_same_as_itself",
                ~Q(same_as_cell=F("id")),
                _("A cell cannot refer to itself. Choose another cell."),
            ),
            together(
                "source_is_dated",
                "level_source_dated",
                texts=["level_source"],
                message=_("Enter both the address and the date of the level's source."),
            ),
            check(
                "source_is_of_a_level",
                Q(level_source="") | ~Q(level=""),
                _("Choose a level, or leave its source empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} / {self.dimension}"

    def give_level(self, level: str, source: str = "", dated: date | None = None) -> None:
        """Set the level. What gave the one before does not give another."""
        if level != self.level or source:
            self.level, self.level_source, self.level_source_dated = level, source, dated

    @property
    def level_site(self) -> str:
        """The web site of the level's source, to name it shortly."""
        return urlsplit(self.level_source).netloc


class OverallLevel(Logged):
    """The level that an analysis gives a product area in one dimension; never computed."""

    logged_in = "product_area"
    logged_plan = "product_area__plan"

    product_area = models.ForeignKey(
        ProductArea,
        verbose_name=_("product area"),
        on_delete=models.CASCADE,
        related_name="overall_levels",
        db_index=False,
    )
    dimension = models.ForeignKey(Dimension, verbose_name=_("dimension"), on_delete=models.PROTECT)
    level = models.CharField(_("overall level"), max_length=20, choices=RiskLevel.choices)
    source = models.URLField(_("source of the level"), max_length=500)
    dated = models.DateField(_("date of the source"))

    class Meta:
        verbose_name = _("overall level")
        verbose_name_plural = _("overall levels")
        ordering = ["product_area", "dimension__position"]
        constraints = [
            unique(
                "once",
                "product_area",
                "dimension",
                message=_("The product area already has an overall level in this dimension."),
            ),
            one_of("level", RiskLevel, _("Choose an overall level in the list.")),
            filled("source", _("Enter the address of the source of the overall level.")),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.get_level_display()}"

    @property
    def site(self) -> str:
        """The web site of the source, to name it shortly."""
        return urlsplit(self.source).netloc


class StatementKind(models.TextChoices):
    RISK = "risk", _("risk")
    OPPORTUNITY = "opportunity", _("opportunity")


class RiskStatementQuerySet(LoggedQuerySet["RiskStatement"]):
    def substantive(self) -> Self:
        """Return statements that say a risk or an opportunity, not that there is no leverage."""
        return self.exclude(cell__assessment=Assessment.NO_LEVERAGE)

    def in_grid_order(self) -> Self:
        """Order statements row by row through the matrices of a plan."""
        return self.order_by(
            "cell__product_area__number",
            "cell__stage__position",
            "cell__dimension__position",
            "position",
            "id",
        )


class RiskStatement(Logged):
    """One risk or one opportunity in a cell, word for word."""

    logged_in = "cell"
    logged_plan = "cell__product_area__plan"

    cell = models.ForeignKey(
        RiskCell,
        verbose_name=_("cell"),
        on_delete=models.CASCADE,
        related_name="statements",
        db_index=False,
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=StatementKind.choices, default=StatementKind.RISK
    )
    text = models.TextField(_("text"), max_length=4000)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # The plan's document no longer has it, but others build on it.
    is_kept = models.BooleanField(_("kept"), default=False, editable=False)

    objects: ClassVar = RiskStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk or opportunity")
        verbose_name_plural = _("risks and opportunities")
        ordering = ["cell", "position", "id"]
        # The list of all of them, and each cell's own.
        indexes = [models.Index(fields=["cell", "position", "id"], name="statement_in_order")]
        constraints = [
            one_of("kind", StatementKind, _("Choose risk or opportunity.")),
            filled("text", _("Enter the text of the risk or opportunity.")),
        ]

    def __str__(self) -> str:
        return self.text


class RiskMatrixQuerySet(LoggedQuerySet["RiskMatrix"]):
    def with_progress(self) -> Self:
        """Count, of areas, how many of their cells there are and how many say something."""
        cells = RiskCell.objects.all()
        return self.annotate(
            cell_count=number_of(cells, "product_area"),
            assessed=number_of(cells.assessed(), "product_area"),
        )


class RiskMatrix(ProductArea):
    """A product area seen as its risk matrix: the page on which it is edited."""

    objects: ClassVar = RiskMatrixQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("risk matrix")
        verbose_name_plural = _("risk matrices")
