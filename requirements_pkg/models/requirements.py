"""Requirements: what is demanded, how it is proved, and how it is followed up."""

import re
import uuid
from collections.abc import Sequence
from typing import ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, unique
from actionplan.models import ProductArea, SubGoal
from actionplan.models.logged import Logged, LoggedQuerySet
from requirements_pkg.document import cpv, fill_in
from requirements_pkg.document.requirement_fields import WITH_BRACKETS
from requirements_pkg.models.packages import RequirementsPackage
from risks.models import RiskStatement

# Part of an address that lives for ever, and of a file name: capitals, a hyphen, a number.
CODE: Final = re.compile(r"[A-Z]{1,6}-[0-9]{1,4}")
LONGEST_TEXT: Final = 8000


class RequirementKind(models.TextChoices):
    """The four places a requirement can have in a tender (LOU's order)."""

    QUALIFICATION = "qualification", _("qualification requirement")
    SPECIFICATION = "specification", _("technical specification")
    AWARD = "award", _("award criterion")
    CONTRACT = "contract", _("special contract term")


class RequirementLevel(models.TextChoices):
    """Advanced includes basic, minus what it replaces; spearhead includes both."""

    BASIC = "basic", _("basic")
    ADVANCED = "advanced", _("advanced")
    SPEARHEAD = "spearhead", _("spearhead")


class RequirementState(models.TextChoices):
    ACTIVE = "active", _("in force")
    WITHDRAWN = "withdrawn", _("withdrawn")


class RequirementQuerySet(LoggedQuerySet["Requirement"]):
    def known_in(self, package: int) -> Self:
        """Return what versions of a package tell of: its own requirements, and those of modules.

        Another period's package has requirements of the same identities, which are left out.
        """
        return self.filter(Q(package=package) | Q(package__plan__isnull=True))

    def in_reading_order(self) -> Self:
        """Order requirements as a package lists them."""
        return self.order_by("position", "code", "pk")

    def newest_with(self, uid: uuid.UUID) -> "Requirement | None":
        """Return the requirement of an identity, in the newest of the periods that have it."""
        rows = self.filter(uid=uid).select_related("package__plan__category")
        return rows.order_by("-package__plan__first_year", "pk").first()

    def active(self) -> Self:
        """Return the requirements that have not been withdrawn."""
        return self.filter(state=RequirementState.ACTIVE)


class Requirement(Logged):
    """One demand on a supplier, with the way it is proved and followed up."""

    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"

    # With an index of its own: that of its codes is too wide for counts over a nation.
    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.CASCADE,
        related_name="requirements",
    )
    # The same in the package of the next period: its history goes through both.
    uid = models.UUIDField(_("identity"), default=uuid.uuid4, editable=False)
    # An identity and no key: what it was copied from may be removed, or live on in a next period.
    copied_from = models.UUIDField(_("copied from"), null=True, editable=False)
    code = models.CharField(
        _("code"),
        max_length=11,
        validators=[
            RegexValidator(
                rf"\A{CODE.pattern}\Z",
                _("Write the code as SE-01: letters, a hyphen and a number."),
            )
        ],
        help_text=_("As buyers cite it: SE-01."),
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(
        _("requirement text"),
        max_length=LONGEST_TEXT,
        help_text=_("Fill-in fields are written [number of weeks: 4 | help for the buyer]."),
    )
    rationale = models.TextField(_("rationale"), blank=True, max_length=LONGEST_TEXT)
    verification = models.TextField(
        _("verification"),
        blank=True,
        max_length=LONGEST_TEXT,
        help_text=_("What the supplier shows to prove it."),
    )
    follow_up_method = models.TextField(
        _("follow-up"),
        blank=True,
        max_length=LONGEST_TEXT,
        help_text=_("How it is checked during the contract."),
    )
    supplier_question = models.TextField(
        _("question to the supplier"),
        blank=True,
        max_length=LONGEST_TEXT,
        help_text=_(
            "What the supplier is asked in a follow-up. Fields of the requirement text are filled"
            " in with the contract's values: [number of weeks]."
        ),
    )
    guidance = models.TextField(_("guidance"), blank=True, max_length=LONGEST_TEXT)
    law_baseline = models.TextField(
        _("the law already demands"), blank=True, max_length=LONGEST_TEXT
    )
    beyond_law = models.TextField(_("beyond the law"), blank=True, max_length=LONGEST_TEXT)
    kind = models.CharField(
        _("kind of requirement"), max_length=20, choices=RequirementKind.choices
    )
    level = models.CharField(
        _("level"),
        max_length=20,
        choices=RequirementLevel.choices,
        default=RequirementLevel.BASIC,
    )
    max_points = models.PositiveSmallIntegerField(_("maximum points"), null=True, blank=True)
    scale = models.TextField(
        _("scale"),
        blank=True,
        max_length=2000,
        help_text=_("What gives how many points; for award criteria only."),
    )
    # RESTRICT lets a whole package go, but not what another requirement still names.
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="replaced_by",
        help_text=_("The requirement of a lower level that it replaces."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    product_areas = models.ManyToManyField(
        ProductArea,
        verbose_name=_("product areas"),
        through="RequirementArea",
        related_name="requirements",
    )
    cpv = models.TextField(
        _("CPV codes"),
        blank=True,
        max_length=1000,
        help_text=_("With the check digit, 48820000-2; separate several with spaces."),
    )
    statements = models.ManyToManyField(
        RiskStatement,
        verbose_name=_("risks and opportunities"),
        through="RiskTreatment",
        related_name="requirements",
    )
    sub_goals = models.ManyToManyField(
        SubGoal,
        verbose_name=_("sub-goals"),
        through="GoalService",
        related_name="requirements",
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=RequirementState.choices,
        default=RequirementState.ACTIVE,
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("why withdrawn"), blank=True, max_length=2000)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("use instead"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="predecessors",
    )

    objects: ClassVar = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["package", "position", "code", "id"]
        indexes = [
            # Lists begin package by package, and stop where their page is full.
            models.Index(
                fields=["package", "position", "code", "id"], name="requirement_in_order"
            ),
            # Deviations, too, are listed in order of the code.
            models.Index(fields=["code"], name="requirement_code"),
        ]
        constraints = [
            unique(
                "uid_once",
                "uid",
                "package",
                message=_("The package already has this requirement."),
            ),
            unique(
                "code_once",
                "package",
                "code",
                message=_(
                    "Another requirement in the package has this code. Choose another code."
                ),
            ),
            filled("code", _("Enter the code of the requirement.")),
            filled("title", _("Enter the title of the requirement.")),
            filled("text", _("Enter the text of the requirement.")),
            one_of("kind", RequirementKind, _("Choose one of the four kinds of requirement.")),
            one_of("level", RequirementLevel, _("Choose the level basic, advanced or spearhead.")),
            one_of("state", RequirementState, _("Choose in force or withdrawn.")),
            check(
                "award_has_points_and_scale",
                (
                    Q(kind=RequirementKind.AWARD, max_points__isnull=False, max_points__gte=1)
                    & ~Q(scale="")
                )
                | (~Q(kind=RequirementKind.AWARD) & Q(max_points__isnull=True, scale="")),
                _("Enter points and a scale for an award criterion, and only for that."),
            ),
            check(
                "withdrawn_with_reason_and_date",
                Q(
                    state=RequirementState.ACTIVE,
                    withdrawn_on__isnull=True,
                    withdrawn_reason="",
                    successor__isnull=True,
                )
                | (
                    Q(state=RequirementState.WITHDRAWN, withdrawn_on__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
                _("Enter a date and a reason for a withdrawn requirement, and only for that."),
            ),
            check(
                "does_not_replace_itself",
                ~Q(replaces=F("id")),
                _("A requirement cannot replace itself. Choose another requirement."),
            ),
            check(
                "is_not_its_own_successor",
                ~Q(successor=F("id")),
                _("A withdrawn requirement cannot refer to itself. Choose another requirement."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """Demand well-formed places and CPV codes; what is replaced is of a lower level."""
        errors: dict[str, Sequence[str | Promise]] = {}
        for name in WITH_BRACKETS:
            if faults := fill_in.faults(getattr(self, name)):
                errors[name] = faults
        if unfit := [fault for code in self.cpv_codes if (fault := cpv.fault(code))]:
            errors["cpv"] = unfit
        # Itself is refused by a constraint, whose sentence is better.
        replaced = None if self.replaces_id == self.pk else self.replaces
        if replaced is not None and (sentence := self.replacing_fault(replaced)):
            errors["replaces"] = [sentence]
        if errors:
            raise ValidationError(errors)

    def replacing_fault(self, other: "Requirement") -> str | Promise:
        """Tell why this cannot take the place of another requirement, or an empty text."""
        if other.package_id != self.package_id:
            return _("Choose a requirement in the same package to be replaced.")
        levels = RequirementLevel.values
        if self.level in levels and levels.index(other.level) >= levels.index(self.level):
            return _("Choose a requirement of a lower level to be replaced.")
        return ""

    @property
    def cpv_codes(self) -> list[str]:
        """The CPV codes one by one."""
        return self.cpv.split()


class RequirementArea(Logged):
    """A product area that a requirement is for; none at all means every area."""

    logged_in = "requirement"
    logged_plan = "requirement__package__plan"
    logged_package = "requirement__package"

    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.CASCADE,
        related_name="area_links",
        db_index=False,
    )
    # An area that went in silence would turn "only servers" into "everything".
    product_area = models.ForeignKey(
        ProductArea,
        verbose_name=_("product area"),
        on_delete=models.PROTECT,
        related_name="requirement_links",
    )

    class Meta:
        verbose_name = _("product area of a requirement")
        verbose_name_plural = _("product areas of requirements")
        constraints = [
            unique(
                "once",
                "requirement",
                "product_area",
                message=_("The requirement already applies to this product area."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.product_area}"


class RequirementSource(Logged):
    """Where what a requirement says comes from."""

    logged_in = "requirement"
    logged_plan = "requirement__package__plan"
    logged_package = "requirement__package"

    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.CASCADE,
        related_name="sources",
    )
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    dated = models.DateField(
        _("dated"),
        null=True,
        blank=True,
        help_text=_("The date of the source, or when it was read."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["requirement", "position", "id"]
        constraints = [filled("title", _("Enter the title of the source."))]

    def __str__(self) -> str:
        return self.title
