"""Sheets of what we demand: requirements, the risks they treat, and what was published."""

from typing import Final

from django.db.models import Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from followup.workbook.columns import (
    Field,
    Sheet,
    count,
    number_of,
    of_area,
    of_cell,
    of_plan,
    share,
)
from requirements_pkg.models import (
    GoalService,
    PackageVersion,
    RequirementArea,
    RequirementKind,
    RequirementLevel,
    RequirementRevision,
    RequirementState,
    RiskTreatment,
)
from risks.models import RiskLevel, StatementKind

LATEST: Final = Subquery(
    RequirementRevision.objects.filter(requirement=OuterRef("pk"))
    .order_by()
    .values("requirement")
    .annotate(latest=Max("number"))
    .values("latest")
)


def _package(path: str) -> tuple[Field, ...]:
    return (
        Field(
            _("Package"),
            _("The package's address; the same in every sheet."),
            F(f"{path}__slug"),
            width=28,
        ),
        Field(_("Title of the package"), _("As buyers see it."), F(f"{path}__title"), width=28),
        Field(
            _("Plan"),
            _("The plan's address; empty for a module that several packages share."),
            F(f"{path}__plan__slug"),
            width=28,
        ),
        Field(
            _("Procurement region"),
            _("The letter of the procurement region that answers for the package."),
            Coalesce(f"{path}__plan__procurement_region__code", f"{path}__steward__code"),
            width=12,
        ),
    )


REQUIREMENTS: Final = Sheet(
    _("Requirements"),
    _("One row for each requirement as it stands now, drafts and withdrawn ones too."),
    lambda chosen: chosen.requirements,
    (
        *_package("package"),
        Field(_("Code"), _("As buyers refer to it."), "code", width=10),
        Field(
            _("Wording"),
            _("The number of the latest published wording; empty before it is published."),
            LATEST,
            "number",
            10,
        ),
        Field(_("Title"), _("The requirement's title."), "title", width=36),
        Field(_("Requirement text"), _("With its fill-in fields."), "text", width=70),
        Field(
            _("Kind"), _("Its place in a procurement."), "kind", choices=RequirementKind, width=24
        ),
        Field(_("Level"), _("Basic, advanced or spearhead."), "level", choices=RequirementLevel),
        Field(_("Maximum points"), _("Of an award criterion."), "max_points", "number", 10),
        Field(_("Scale"), _("What gives how many points."), "scale", width=30),
        Field(_("State"), _("In force or withdrawn."), "state", choices=RequirementState),
        Field(_("Withdrawn on"), _("When it was withdrawn."), "withdrawn_on", "date", 12),
        Field(_("Why withdrawn"), _("The reason that was given."), "withdrawn_reason", width=30),
        Field(
            _("Replaces"),
            _("The requirement of a lower level that it replaces."),
            "replaces__code",
            width=10,
        ),
        Field(_("Use instead"), _("What replaced it."), "successor__code", width=10),
        Field(_("Rationale"), _("Why it is demanded."), "rationale", width=40),
        Field(_("Verification"), _("What the supplier presents."), "verification", width=40),
        Field(
            _("Follow-up"), _("How the requirement is followed up."), "follow_up_method", width=40
        ),
        Field(_("Guidance"), _("For the buyer."), "guidance", width=40),
        Field(_("The law already demands"), _("What is law anyway."), "law_baseline", width=40),
        Field(
            _("Goes beyond the law"), _("What it demands beyond the law."), "beyond_law", width=40
        ),
        Field(_("CPV codes"), _("Separated by spaces."), "cpv", width=24),
        count(
            _("Product areas"),
            _("Number of product areas that it applies to; 0 means all areas."),
            lambda chosen: number_of(RequirementArea.objects.all(), "requirement"),
        ),
        count(
            _("Risks"),
            _("Number of risks and opportunities that the requirement addresses."),
            lambda chosen: number_of(RiskTreatment.objects.all(), "requirement"),
        ),
        count(
            _("Sub-goals"),
            _("Sub-goals that it contributes to."),
            lambda chosen: number_of(GoalService.objects.all(), "requirement"),
        ),
        count(
            _("Follow-ups"),
            _("Number of follow-ups in the period that ask about it."),
            lambda chosen: number_of(chosen.follow_ups, "questions__requirement"),
        ),
        *share(
            count(
                _("Deviations closed"),
                _("Number of deviations found in the period that are closed."),
                lambda chosen: number_of(chosen.deviations.closed(), "requirement"),
            ),
            count(
                _("Deviations found"),
                _("Number of deviations found in the period."),
                lambda chosen: number_of(chosen.deviations, "requirement"),
            ),
            _("Share closed"),
        ),
    ),
    ("package__title", "position", "code", "pk"),
)

STATEMENT: Final = "statement__cell"
TREATMENTS: Final = Sheet(
    _("Requirements × risks"),
    _("One row for each risk that a requirement addresses."),
    lambda chosen: RiskTreatment.objects.filter(
        chosen.of_plans(f"{STATEMENT}__product_area__plan")
    ),
    (
        *_package("requirement__package")[:2],
        Field(_("Code"), _("As buyers refer to it."), "requirement__code", width=10),
        Field(_("Title"), _("The requirement's title."), "requirement__title", width=36),
        Field(
            _("State"), _("In force or withdrawn."), "requirement__state", choices=RequirementState
        ),
        Field(
            _("Level"),
            _("Basic, advanced or spearhead."),
            "requirement__level",
            choices=RequirementLevel,
        ),
        *of_plan(f"{STATEMENT}__product_area__plan"),
        *of_area(f"{STATEMENT}__product_area"),
        *of_cell(STATEMENT),
        Field(
            _("Risk no."),
            _("The number of the risk; the same in every sheet."),
            "statement_id",
            "number",
            10,
        ),
        Field(
            _("Risk or opportunity"),
            _("A risk or an opportunity."),
            "statement__kind",
            choices=StatementKind,
        ),
        Field(_("Text"), _("As it stands in the plan."), "statement__text", width=70),
        Field(
            _("Risk level"),
            _("The risk level of the cell."),
            f"{STATEMENT}__level",
            choices=RiskLevel,
        ),
        Field(
            _("Confirmed"),
            _("When somebody last confirmed that the link holds."),
            TruncDate("confirmed_at"),
            "date",
            12,
        ),
    ),
    ("requirement__package__title", "requirement__position", "requirement__code", "pk"),
)

IN_FORCE: Final = Exists(PackageVersion.objects.in_force().filter(pk=OuterRef("pk")))
VERSIONS: Final = Sheet(
    _("Versions"),
    _("One row for each published version."),
    lambda chosen: chosen.versions,
    (
        *_package("package"),
        Field(_("Version"), _("The number of the version."), "number", "number", 10),
        Field(
            _("Published"), _("The day it was published."), TruncDate("published_at"), "date", 12
        ),
        Field(_("What is new"), _("What the version says is new."), "note", width=60),
        Field(
            _("In force"),
            _("The newest version of the package that is not withdrawn."),
            IN_FORCE,
            is_yes_no=True,
            width=10,
        ),
        Field(
            _("Withdrawn on"),
            _("When it was withdrawn."),
            TruncDate("withdrawal__withdrawn_at"),
            "date",
            12,
        ),
        Field(_("Why withdrawn"), _("The reason that was given."), "withdrawal__reason", width=40),
        Field(
            _("Use instead"),
            _("The version that replaced it."),
            "withdrawal__replaced_by__number",
            "number",
            10,
        ),
        count(
            _("New wordings"),
            _("Number of requirements whose wording was first published in it."),
            lambda chosen: number_of(RequirementRevision.objects.all(), "version"),
        ),
        Field(_("Checksum"), _("SHA-256 of the published content."), "sha256", width=20),
    ),
    ("package__title", "number", "pk"),
)
