"""The sheets of the risk matrix."""

from collections import defaultdict
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan import text
from actionplan.admin.sheets import (
    PLAN_HELP,
    TOLD_HELP,
    fingerprint_field,
    id_field,
    refuse_other_words,
)
from actionplan.database import bulk
from actionplan.excel.sheet_fields import ChoiceWidget, SheetField
from actionplan.excel.sheet_resource import Row, ScopedResource
from actionplan.models import User
from actionplan.text import figure
from actionplan.word.document import MOST_STATEMENTS
from risks.models import (
    Assessment,
    Dimension,
    HeadingAlias,
    LifecycleStage,
    PlanUpload,
    RiskCell,
    RiskLevel,
    RiskMatrix,
    RiskStatement,
    StatementKind,
)

HEADING_HELP = _(
    "The name or the code, or a heading found in documents. One of the two columns is enough."
)


class StatementResource(ScopedResource):
    """Risks and opportunities: exported, edited in Excel, imported again."""

    owner_path = "cell__product_area__plan"
    place_field = "cell"
    related: ClassVar[tuple[str, ...]] = (
        "cell__product_area__plan",
        "cell__stage",
        "cell__dimension",
    )

    id = id_field()
    plan = SheetField(
        "cell__product_area__plan__slug", _("Plan"), 26, "code", places=True, help=PLAN_HELP
    )
    area_number = SheetField(
        "cell__product_area__number",
        _("Product area no."),
        10,
        "number",
        places=True,
        help=_("As in the plan."),
    )
    area = SheetField("cell__product_area__name", _("Product area"), 24, help=TOLD_HELP)
    stage = SheetField(
        "cell__stage__name", _("Life-cycle stage"), 24, places=True, help=HEADING_HELP
    )
    stage_code = SheetField("cell__stage__code", _("Stage code"), 16, "code", places=True)
    dimension = SheetField(
        "cell__dimension__name", _("Dimension"), 24, places=True, help=HEADING_HELP
    )
    dimension_code = SheetField(
        "cell__dimension__code", _("Dimension code"), 16, "code", places=True
    )
    kind = SheetField(
        "kind", _("Type"), 14, imported=True, keeps=True, widget=ChoiceWidget(StatementKind)
    )
    text = SheetField("text", _("Text"), 80, imported=True, help=_("One risk or opportunity."))
    position = SheetField(
        "position",
        _("Order"),
        8,
        "number",
        imported=True,
        keeps=True,
        help=_("The order within the cell. A new row without it is placed last."),
    )
    level = SheetField(
        "cell__level", _("Level"), 14, widget=ChoiceWidget(RiskLevel), help=TOLD_HELP
    )
    fingerprint = fingerprint_field()

    class Meta:
        model = RiskStatement
        name = _("Risks and opportunities")

    def referred(self, slugs: set[str]) -> list[Any]:
        cells = _cells(slugs).order_by("pk")
        return list(cells.values_list("pk", "product_area__number", "assessment", "last", "count"))

    def look_up(self, rows: list[Row], slugs: set[str]) -> None:
        """The cells of the plans that the file names, and every spelling of their headings."""
        self._cells = {
            (
                cell.product_area.plan.slug,
                cell.product_area.number,
                cell.stage.code,
                cell.dimension.code,
            ): cell
            for cell in _cells(slugs).select_related("product_area__plan", "stage", "dimension")
        }
        self._codes = {
            "stage": _codes(LifecycleStage, "stage"),
            "dimension": _codes(Dimension, "dimension"),
        }
        self._described: dict[int, RiskCell] = {}
        self._left: set[int] = set()

    def place(self, instance: Any, row: Row) -> int:
        """The cell by plan, area, stage and dimension."""
        slug = self.fields["plan"].read(row["plan"])
        try:
            number = self.fields["area_number"].read(row["area_number"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        stage, dimension = self._code(row, "stage"), self._code(row, "dimension")
        cell = self._cells.get((slug, number, stage, dimension))
        if cell is None:
            sentence = gettext("The plan “%(plan)s” has no product area %(number)s.")
            raise ValidationError(sentence % {"plan": slug, "number": number})
        if instance.pk is None:
            refuse_other_words(row.get("area"), cell.product_area.name, number)
        if instance.cell_id != cell.pk:
            self._put(instance, cell, at_end=row["position"] in (None, ""))
        return cell.product_area.plan_id

    def _code(self, row: Row, what: str) -> str:
        """The code that the two columns of a heading stand for."""
        given = [text.clean(str(row[name] or "")) for name in (what, f"{what}_code")]
        found = {self._codes[what].get(text.fold(words)) for words in given if words}
        shown = " / ".join(filter(None, given))
        if not found or None in found:
            sentence = (
                gettext("“%(words)s” is not a known life-cycle stage.")
                if what == "stage"
                else gettext("“%(words)s” is not a known dimension.")
            )
            raise ValidationError(sentence % {"words": shown})
        if len(found) > 1:
            sentence = gettext(
                "“%(words)s” contradict each other. Correct one of them or leave it empty."
            )
            raise ValidationError(sentence % {"words": shown})
        return found.pop()

    def _put(self, instance: RiskStatement, cell: Any, *, at_end: bool) -> None:
        if cell.assessment not in (Assessment.NOT_ASSESSED, Assessment.DESCRIBED):
            sentence = gettext(
                "The assessment of the cell is “%(assessment)s”. Change it before you add "
                "anything."
            )
            raise ValidationError(sentence % {"assessment": cell.get_assessment_display()})
        cell.count += 1
        if cell.count > MOST_STATEMENTS:
            sentence = gettext("A cell may have at most %(most)s lines. Combine some of them.")
            raise ValidationError(sentence % {"most": figure(MOST_STATEMENTS)})
        if instance.cell_id:
            self._left.add(instance.cell_id)
        if at_end:
            cell.last = 0 if cell.last is None else cell.last + 1
            instance.position = cell.last
        instance.cell = cell
        if cell.assessment == Assessment.NOT_ASSESSED:
            self._described[cell.pk] = cell

    def write(self, by: User) -> None:
        """A cell that gets its first statement is described; one that loses its last is not."""
        super().write(by)
        for cell in self._described.values():
            cell.assessment = Assessment.DESCRIBED
        emptied = RiskCell.objects.filter(
            pk__in=self._left, assessment=Assessment.DESCRIBED, statements__isnull=True
        )
        lost = list(emptied)
        for cell in lost:
            cell.assessment = Assessment.NOT_ASSESSED
        changed = [*self._described.values(), *lost]
        reason = gettext("Imported from Excel")
        bulk.change(RiskCell, changed, ["assessment"], by=by, reason=reason)


class CellResource(ScopedResource):
    """The cells of the matrices, each with its whole text."""

    owner_path = "product_area__plan"

    plan = SheetField("product_area__plan__slug", _("Plan"), 26, "code", help=PLAN_HELP)
    area_number = SheetField("product_area__number", _("Product area no."), 10, "number")
    area = SheetField("product_area__name", _("Product area"), 24)
    stage = SheetField("stage__name", _("Life-cycle stage"), 24)
    stage_code = SheetField("stage__code", _("Stage code"), 16, "code")
    dimension = SheetField("dimension__name", _("Dimension"), 24)
    dimension_code = SheetField("dimension__code", _("Dimension code"), 16, "code")
    assessment = SheetField("assessment", _("Assessment"), 18, widget=ChoiceWidget(Assessment))
    level = SheetField("level", _("Level"), 14, widget=ChoiceWidget(RiskLevel))
    level_source = SheetField("level_source", _("Source of the level"), 40)
    level_source_dated = SheetField("level_source_dated", _("Date of the source"), 14, "date")
    text = SheetField("", _("Text"), 80, help=_("All statements of the cell, one after another."))
    same_area = SheetField(
        "same_as_cell__product_area__number", _("Same as product area no."), 12, "number"
    )
    same_stage = SheetField("same_as_cell__stage__name", _("Same as stage"), 24)
    same_dimension = SheetField("same_as_cell__dimension__name", _("Same as dimension"), 24)
    same_category = SheetField("same_as_category__name", _("Same as category"), 24)

    class Meta:
        model = RiskCell
        name = _("Cells of the risk matrix")

    def details(self, queryset: QuerySet) -> dict[int, dict[str, Any]]:
        """The texts of all cells, in one query."""
        cells = queryset.order_by().values("pk")
        rows = RiskStatement.objects.filter(cell__in=cells).order_by("cell_id", "position", "id")
        texts = defaultdict(list)
        for cell, words in rows.values_list("cell_id", "text"):
            texts[cell].append(words)
        return {cell: {"text": " ".join(words)} for cell, words in texts.items()}


class StageResource(ScopedResource):
    """The rows of the matrix."""

    code = SheetField("code", _("Code"), 24, "code")
    name = SheetField("name", _("Name"), 40)
    position = SheetField("position", _("Position"), 10, "number")

    class Meta:
        model = LifecycleStage
        name = _("Life-cycle stages")


class DimensionResource(ScopedResource):
    """The columns of the matrix."""

    code = SheetField("code", _("Code"), 24, "code")
    name = SheetField("name", _("Name"), 40)
    position = SheetField("position", _("Position"), 10, "number")

    class Meta:
        model = Dimension
        name = _("Dimensions")


class AliasResource(ScopedResource):
    """The spellings of stages and dimensions that documents are read by."""

    folded = SheetField("folded", _("Heading in documents"), 40)
    stage = SheetField("stage__name", _("Life-cycle stage"), 30)
    dimension = SheetField("dimension__name", _("Dimension"), 30)

    class Meta:
        model = HeadingAlias
        name = _("Alternative headings")


class UploadResource(ScopedResource):
    """The documents that were brought in; who did it is personal data and stays."""

    file_name = SheetField("file_name", _("File name"), 50)
    sha256 = SheetField("sha256", _("Checksum"), 66, "code")
    uploaded_at = SheetField("uploaded_at", _("Uploaded"), 18, "date")
    confirmed_at = SheetField("confirmed_at", _("Confirmed"), 18, "date")

    class Meta:
        model = PlanUpload
        name = _("Uploaded plans")


class MatrixResource(ScopedResource):
    """The product areas with how much of their matrix says something."""

    owner_path = "plan"

    plan = SheetField("plan__slug", _("Plan"), 26, "code", help=PLAN_HELP)
    category = SheetField("plan__category__name", _("Purchasing category"), 30)
    number = SheetField("number", _("Product area no."), 10, "number")
    name = SheetField("name", _("Product area"), 40)
    cells = SheetField("cell_count", _("Cells"), 10, "number")
    assessed = SheetField(
        "assessed", _("Assessed cells"), 10, "number", help=_("Cells that contain text.")
    )

    class Meta:
        model = RiskMatrix
        name = _("Risk matrices")

    def prepare(self, queryset: QuerySet) -> QuerySet:
        """The counts, unless the list already has them."""
        counted = {"cell_count", "assessed"} <= set(queryset.query.annotations)
        return queryset if counted else queryset.with_progress()


def _cells(slugs: set[str]) -> QuerySet[RiskCell]:
    """The cells of plans, each with its last position and how many things it says."""
    cells = RiskCell.objects.filter(product_area__plan__slug__in=slugs)
    return cells.annotate(last=Max("statements__position"), count=Count("statements"))


def _codes(model: type[LifecycleStage | Dimension], what: str) -> dict[str, str]:
    aliases = HeadingAlias.objects.filter(**{f"{what}__isnull": False})
    found = dict(aliases.values_list("folded", f"{what}__code"))
    for code, name in model.objects.values_list("code", "name"):
        found |= {text.fold(name): code, text.fold(code): code}
    return found
