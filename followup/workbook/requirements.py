"""Sheets of what we demand: requirements, the risks they treat, and what was published."""

from typing import Final

from django.db.models import Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from actionplan.excel.columns import TEXT, Column
from actionplan.excel.columns.kinds import DATE, NUMBER, YES_NO, ChoiceKind
from followup.workbook.columns import (
    REQUIREMENT_CODE,
    REQUIREMENT_TITLE,
    QueryColumn,
    WorkbookTable,
    count,
    deviations_closed,
    number_of,
    of_area,
    of_cell,
    of_plan,
    secret,
)
from followup.workbook.reported import published_of_requirement
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


def _package(path: str) -> tuple[QueryColumn, ...]:
    return (
        QueryColumn(
            Column(
                "package",
                _("Package"),
                28,
                TEXT,
                _("The package's address; the same in every sheet."),
            ),
            F(f"{path}__slug"),
        ),
        QueryColumn(
            Column(
                "title_of_the_package", _("Title of the package"), 28, TEXT, _("As buyers see it.")
            ),
            F(f"{path}__title"),
        ),
        QueryColumn(
            Column(
                "plan",
                _("Plan"),
                28,
                TEXT,
                _("The plan's address; empty for a module that several packages share."),
            ),
            F(f"{path}__plan__slug"),
        ),
        QueryColumn(
            Column(
                "procurement_region",
                _("Procurement region"),
                12,
                TEXT,
                _("The letter of the procurement region that answers for the package."),
            ),
            Coalesce(f"{path}__plan__procurement_region__code", f"{path}__steward__code"),
        ),
    )


REQUIREMENTS: Final = WorkbookTable(
    _("Requirements"),
    _("One row for each requirement as it stands now, drafts and withdrawn ones too."),
    lambda filters: filters.requirements,
    (
        *_package("package"),
        QueryColumn(REQUIREMENT_CODE, "code"),
        QueryColumn(
            Column(
                "wording",
                _("Wording"),
                10,
                NUMBER,
                _("The number of the latest published wording; empty before it is published."),
            ),
            LATEST,
        ),
        QueryColumn(REQUIREMENT_TITLE, "title"),
        QueryColumn(
            Column(
                "requirement_text", _("Requirement text"), 70, TEXT, _("With its fill-in fields.")
            ),
            "text",
        ),
        QueryColumn(
            Column(
                "kind",
                _("Kind"),
                24,
                ChoiceKind(RequirementKind),
                _("Its place in a procurement."),
            ),
            "kind",
        ),
        QueryColumn(
            Column(
                "level",
                _("Level"),
                16,
                ChoiceKind(RequirementLevel),
                _("Basic, advanced or spearhead."),
            ),
            "level",
        ),
        QueryColumn(
            Column("maximum_points", _("Maximum points"), 10, NUMBER, _("Of an award criterion.")),
            "max_points",
        ),
        QueryColumn(
            Column("scale", _("Scale"), 30, TEXT, _("What gives how many points.")), "scale"
        ),
        QueryColumn(
            Column(
                "state", _("State"), 16, ChoiceKind(RequirementState), _("In force or withdrawn.")
            ),
            "state",
        ),
        QueryColumn(
            Column("withdrawn_on", _("Withdrawn on"), 12, DATE, _("When it was withdrawn.")),
            "withdrawn_on",
        ),
        QueryColumn(
            Column("why_withdrawn", _("Why withdrawn"), 30, TEXT, _("The reason that was given.")),
            "withdrawn_reason",
        ),
        QueryColumn(
            Column(
                "replaces",
                _("Replaces"),
                10,
                TEXT,
                _("The requirement of a lower level that it replaces."),
            ),
            "replaces__code",
        ),
        QueryColumn(
            Column("use_instead", _("Use instead"), 10, TEXT, _("What replaced it.")),
            "successor__code",
        ),
        QueryColumn(
            Column("rationale", _("Rationale"), 40, TEXT, _("Why it is demanded.")), "rationale"
        ),
        QueryColumn(
            Column("verification", _("Verification"), 40, TEXT, _("What the supplier presents.")),
            "verification",
        ),
        QueryColumn(
            Column(
                "follow_up", _("Follow-up"), 40, TEXT, _("How the requirement is followed up.")
            ),
            "follow_up_method",
        ),
        QueryColumn(
            Column(
                "question_to_the_supplier",
                _("Question to the supplier"),
                40,
                TEXT,
                _("What the supplier is asked in a follow-up."),
            ),
            "supplier_question",
        ),
        QueryColumn(Column("guidance", _("Guidance"), 40, TEXT, _("For the buyer.")), "guidance"),
        QueryColumn(
            Column(
                "the_law_already_demands",
                _("The law already demands"),
                40,
                TEXT,
                _("What is law anyway."),
            ),
            "law_baseline",
        ),
        QueryColumn(
            Column(
                "goes_beyond_the_law",
                _("Goes beyond the law"),
                40,
                TEXT,
                _("What it demands beyond the law."),
            ),
            "beyond_law",
        ),
        QueryColumn(
            Column("cpv_codes", _("CPV codes"), 24, TEXT, _("Separated by spaces.")), "cpv"
        ),
        count(
            "product_areas",
            _("Product areas"),
            _("Number of product areas that it applies to; 0 means all areas."),
            lambda filters: number_of(RequirementArea.objects.all(), "requirement"),
        ),
        count(
            "risks",
            _("Risks"),
            _("Number of risks and opportunities that the requirement addresses."),
            lambda filters: number_of(RiskTreatment.objects.all(), "requirement"),
        ),
        count(
            "sub_goals",
            _("Sub-goals"),
            _("Sub-goals that it contributes to."),
            lambda filters: number_of(GoalService.objects.all(), "requirement"),
        ),
        *published_of_requirement(),
        secret(
            count(
                "follow_ups",
                _("Follow-ups"),
                _("Number of follow-ups in the period that ask about it."),
                lambda filters: number_of(filters.follow_ups, "questions__requirement"),
            )
        ),
        *map(secret, deviations_closed("requirement")),
    ),
    ("package__title", "position", "code", "pk"),
    reported="requirement",
)

STATEMENT: Final = "statement__cell"
TREATMENTS: Final = WorkbookTable(
    _("Requirements × risks"),
    _("One row for each risk that a requirement addresses."),
    lambda filters: RiskTreatment.objects.filter(
        filters.of_plans(f"{STATEMENT}__product_area__plan")
    ),
    (
        *_package("requirement__package")[:2],
        QueryColumn(REQUIREMENT_CODE, "requirement__code"),
        QueryColumn(REQUIREMENT_TITLE, "requirement__title"),
        QueryColumn(
            Column(
                "state", _("State"), 16, ChoiceKind(RequirementState), _("In force or withdrawn.")
            ),
            "requirement__state",
        ),
        QueryColumn(
            Column(
                "level",
                _("Level"),
                16,
                ChoiceKind(RequirementLevel),
                _("Basic, advanced or spearhead."),
            ),
            "requirement__level",
        ),
        *of_plan(f"{STATEMENT}__product_area__plan"),
        *of_area(f"{STATEMENT}__product_area"),
        *of_cell(STATEMENT),
        QueryColumn(
            Column(
                "risk_no",
                _("Risk no."),
                10,
                NUMBER,
                _("The number of the risk; the same in every sheet."),
            ),
            "statement_id",
        ),
        QueryColumn(
            Column(
                "risk_or_opportunity",
                _("Risk or opportunity"),
                16,
                ChoiceKind(StatementKind),
                _("A risk or an opportunity."),
            ),
            "statement__kind",
        ),
        QueryColumn(
            Column("text", _("Text"), 70, TEXT, _("As it stands in the plan.")), "statement__text"
        ),
        QueryColumn(
            Column(
                "risk_level",
                _("Risk level"),
                16,
                ChoiceKind(RiskLevel),
                _("The risk level of the cell."),
            ),
            f"{STATEMENT}__level",
        ),
        QueryColumn(
            Column(
                "confirmed",
                _("Confirmed"),
                12,
                DATE,
                _("When somebody last confirmed that the link holds."),
            ),
            TruncDate("confirmed_at"),
        ),
    ),
    ("requirement__package__title", "requirement__position", "requirement__code", "pk"),
)

IN_FORCE: Final = Exists(PackageVersion.objects.in_force().filter(pk=OuterRef("pk")))
VERSIONS: Final = WorkbookTable(
    _("Versions"),
    _("One row for each published version."),
    lambda filters: filters.versions,
    (
        *_package("package"),
        QueryColumn(
            Column("version", _("Version"), 10, NUMBER, _("The number of the version.")), "number"
        ),
        QueryColumn(
            Column("published", _("Published"), 12, DATE, _("The day it was published.")),
            TruncDate("published_at"),
        ),
        QueryColumn(
            Column("what_is_new", _("What is new"), 60, TEXT, _("What the version says is new.")),
            "note",
        ),
        QueryColumn(
            Column(
                "in_force",
                _("In force"),
                10,
                YES_NO,
                _("The newest version of the package that is not withdrawn."),
            ),
            IN_FORCE,
        ),
        QueryColumn(
            Column("withdrawn_on", _("Withdrawn on"), 12, DATE, _("When it was withdrawn.")),
            TruncDate("withdrawal__withdrawn_at"),
        ),
        QueryColumn(
            Column("why_withdrawn", _("Why withdrawn"), 40, TEXT, _("The reason that was given.")),
            "withdrawal__reason",
        ),
        QueryColumn(
            Column(
                "use_instead", _("Use instead"), 10, NUMBER, _("The version that replaced it.")
            ),
            "withdrawal__replaced_by__number",
        ),
        count(
            "new_wordings",
            _("New wordings"),
            _("Number of requirements whose wording was first published in it."),
            lambda filters: number_of(RequirementRevision.objects.all(), "version"),
        ),
        QueryColumn(
            Column("checksum", _("Checksum"), 20, TEXT, _("SHA-256 of the published content.")),
            "sha256",
        ),
    ),
    ("package__title", "number", "pk"),
)
