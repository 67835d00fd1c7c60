"""The columns of the sheet of requirements, and how they are told."""

from collections import defaultdict
from typing import Final

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from actionplan.admin.sheets import FINGERPRINT_COLUMN, ID_HELP, READ_ONLY_HELP
from actionplan.excel.columns import CODE, PARAGRAPHS, TEXT, Column
from actionplan.excel.columns.kinds import WHOLE, ChoiceKind
from actionplan.excel.lists import ColumnUse, ExcelList, ListColumn
from requirements_pkg.cards.requirement_cards import kind_names, level_names
from requirements_pkg.excel import links as requirement_links
from requirements_pkg.excel.cells import CpvCodes, NumbersKind, SourceLine, Sources
from requirements_pkg.excel.incoming import IncomingRequirements
from requirements_pkg.models import (
    Requirement,
    RequirementKind,
    RequirementLevel,
    RequirementState,
)

FILL_IN_HELP: Final = _("Fill-in fields are written [number of weeks: 4 | help for the buyer].")
# Of each risk that is told beside its number.
BEGINNING: Final = 80


def _links_and_sources(queryset: QuerySet[Requirement]) -> dict[int, dict[str, object]]:
    """Return the links and sources of all requirements, in a query for each kind."""
    rows = queryset.order_by().values("pk")
    by_requirement: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    areas = requirement_links.area_links().filter(requirement__in=rows)
    for pk, number in areas.values_list("requirement_id", "product_area__number"):
        by_requirement[pk]["areas"].append(str(number))
    treats = requirement_links.treatments().filter(requirement__in=rows)
    for pk, risk, words in treats.values_list("requirement_id", "statement_id", "statement__text"):
        by_requirement[pk]["treats"].append(str(risk))
        by_requirement[pk]["treated"].append(f"{risk}: {Truncator(words).chars(BEGINNING)}")
    serves = requirement_links.services().filter(requirement__in=rows)
    for pk, goal in serves.values_list("requirement_id", "sub_goal__number"):
        by_requirement[pk]["serves"].append(goal)
    source_rows = requirement_links.source_rows().filter(requirement__in=rows)
    for pk, title, url, dated in source_rows.values_list(
        "requirement_id", "title", "url", "dated"
    ):
        by_requirement[pk]["sources"].append(str(SourceLine(title, url, dated)))
    between = {"treated": "\n", "sources": "\n"}
    return {
        pk: {name: between.get(name, ", ").join(words) for name, words in columns.items()}
        for pk, columns in by_requirement.items()
    }


# Requirements, each with its links in its own row.
REQUIREMENTS: Final = ExcelList(
    Requirement,
    _("Requirements"),
    (
        ListColumn(Column("uid", _("Identity"), 14, CODE, ID_HELP), "uid"),
        ListColumn(
            Column(
                "package", _("Package"), 24, CODE, _("The last part of the package's web address.")
            ),
            "package__slug",
            ColumnUse.PLACE,
        ),
        ListColumn(
            Column("code", _("Code"), 10, CODE, _("As buyers cite it: SE-01.")),
            "code",
            ColumnUse.WRITTEN,
            aliases=_("number, id of the requirement"),
        ),
        ListColumn(
            Column("title", _("Title"), 30),
            "title",
            ColumnUse.WRITTEN,
            aliases=_("heading, name of the requirement"),
        ),
        ListColumn(
            Column("text", _("Requirement text"), 60, PARAGRAPHS, FILL_IN_HELP),
            "text",
            ColumnUse.WRITTEN,
            aliases=_("requirement, text, wording"),
        ),
        ListColumn(
            Column("rationale", _("Rationale"), 50, PARAGRAPHS),
            "rationale",
            ColumnUse.WRITTEN,
            aliases=_("purpose, why, reason"),
        ),
        ListColumn(
            Column(
                "verification",
                _("Verification"),
                50,
                PARAGRAPHS,
                _("What the supplier shows to prove it."),
            ),
            "verification",
            ColumnUse.WRITTEN,
            aliases=_("proof, evidence"),
        ),
        ListColumn(
            Column(
                "follow_up_method",
                _("Follow-up"),
                50,
                PARAGRAPHS,
                _("How it is checked during the contract."),
            ),
            "follow_up_method",
            ColumnUse.WRITTEN,
            aliases=_("follow-up method, check"),
        ),
        ListColumn(
            Column(
                "supplier_question",
                _("Question to the supplier"),
                50,
                PARAGRAPHS,
                _("What the supplier is asked in a follow-up."),
            ),
            "supplier_question",
            ColumnUse.WRITTEN,
            aliases=_("question, supplier question"),
        ),
        ListColumn(
            Column("guidance", _("Guidance"), 50, PARAGRAPHS, _("For the buyer.")),
            "guidance",
            ColumnUse.WRITTEN,
            aliases=_("advice, comment"),
        ),
        ListColumn(
            Column("law_baseline", _("The law already demands"), 50, PARAGRAPHS),
            "law_baseline",
            ColumnUse.WRITTEN,
        ),
        ListColumn(
            Column(
                "beyond_law",
                _("The requirement goes beyond the law"),
                50,
                PARAGRAPHS,
                earlier=("Kravet går längre", "The requirement goes further"),
            ),
            "beyond_law",
            ColumnUse.WRITTEN,
        ),
        ListColumn(
            Column(
                "kind",
                _("Type of requirement"),
                26,
                ChoiceKind(RequirementKind, called=kind_names),
            ),
            "kind",
            ColumnUse.WRITTEN,
            keeps=True,
            aliases=_("type, kind"),
        ),
        ListColumn(
            Column(
                "level",
                _("Level"),
                14,
                ChoiceKind(RequirementLevel, called=level_names),
                _("A new row without a level is basic."),
            ),
            "level",
            ColumnUse.WRITTEN,
            keeps=True,
        ),
        ListColumn(
            Column(
                "max_points",
                _("Maximum points"),
                10,
                WHOLE,
                _("For award criteria only."),
                earlier=("Högst poäng", "Most points"),
            ),
            "max_points",
            ColumnUse.WRITTEN,
        ),
        ListColumn(
            Column(
                "scale",
                _("Scale"),
                30,
                PARAGRAPHS,
                _("What gives how many points; for award criteria only."),
            ),
            "scale",
            ColumnUse.WRITTEN,
        ),
        ListColumn(
            Column(
                "replaces",
                _("Replaces"),
                10,
                CODE,
                _("The code of the requirement of a lower level whose place it takes."),
            ),
            "replaces__code",
            ColumnUse.LINKED,
        ),
        ListColumn(
            Column(
                "areas",
                _("Product areas"),
                12,
                NumbersKind(whole=True),
                _("Their numbers in the plan: 1, 2. Empty means all of them."),
            ),
            "",
            ColumnUse.LINKED,
        ),
        ListColumn(
            Column(
                "cpv",
                _("CPV codes"),
                24,
                CpvCodes(),
                _("With the check digit, 48820000-2; separate several with spaces."),
            ),
            "cpv",
            ColumnUse.WRITTEN,
        ),
        ListColumn(
            Column(
                "treats",
                _("Addressed risks"),
                14,
                NumbersKind(whole=True),
                _("Their ids in the sheet of risks and opportunities: 17, 21."),
            ),
            "",
            ColumnUse.LINKED,
        ),
        ListColumn(Column("treated", _("Addressed risks, first words"), 40, TEXT, READ_ONLY_HELP)),
        ListColumn(
            Column(
                "serves",
                _("Sub-goals it contributes to"),
                12,
                NumbersKind(),
                _("Their numbers in the plan: 1.1, 1.2."),
            ),
            "",
            ColumnUse.LINKED,
        ),
        ListColumn(
            Column(
                "sources",
                _("Sources"),
                40,
                Sources(),
                _("One per line: title | https://address | 2025-05-15."),
            ),
            "",
            ColumnUse.LINKED,
        ),
        ListColumn(
            Column(
                "position",
                _("Order"),
                8,
                WHOLE,
                _("The order within the package. A new row without it is placed last."),
            ),
            "position",
            ColumnUse.WRITTEN,
            keeps=True,
        ),
        ListColumn(
            Column("state", _("State"), 12, ChoiceKind(RequirementState), READ_ONLY_HELP), "state"
        ),
        FINGERPRINT_COLUMN,
    ),
    owner_path="package",
    details=_links_and_sources,
    incoming=IncomingRequirements,
)
