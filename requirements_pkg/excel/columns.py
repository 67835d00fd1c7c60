"""The columns of the sheet of requirements, and how they are told."""

from collections import defaultdict
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from actionplan.admin.sheets import ID_HELP, TOLD_HELP, fingerprint_field
from actionplan.excel.sheet_fields import ChoiceWidget, SheetField, StrOrPromise, TextWidget
from actionplan.excel.sheet_resource import ScopedResource
from requirements_pkg.cards.requirement_cards import kind_names, level_names
from requirements_pkg.excel import links as requirement_links
from requirements_pkg.excel.cells import CodesWidget, NumbersWidget, Source, SourcesWidget
from requirements_pkg.models import (
    Requirement,
    RequirementKind,
    RequirementLevel,
    RequirementState,
)

FILL_IN_HELP: Final = _("Fill-in fields are written [number of weeks: 4 | help for the buyer].")
# Of each risk that is told beside its number.
BEGINNING: Final = 80


def _paragraphs(name: str, heading: StrOrPromise, width: int = 50, **more: Any) -> SheetField:
    widget = TextWidget(paragraphs=True)
    return SheetField(name, heading, width, imported=True, widget=widget, **more)


class RequirementColumns(ScopedResource):
    """Requirements, each with its links in its own row."""

    owner_path = "package"
    identity = "uid"

    uid = SheetField("uid", _("Identity"), 14, "code", help=ID_HELP)
    package = SheetField(
        "package__slug",
        _("Package"),
        24,
        "code",
        places=True,
        help=_("The last part of the package's web address."),
    )
    code = SheetField(
        "code",
        _("Code"),
        10,
        "code",
        imported=True,
        help=_("As buyers cite it: SE-01."),
        aliases=_("number, id of the requirement"),
    )
    title = SheetField(
        "title", _("Title"), 30, imported=True, aliases=_("heading, name of the requirement")
    )
    text = _paragraphs(
        "text",
        _("Requirement text"),
        60,
        help=FILL_IN_HELP,
        aliases=_("requirement, text, wording"),
    )
    rationale = _paragraphs("rationale", _("Rationale"), aliases=_("purpose, why, reason"))
    verification = _paragraphs(
        "verification",
        _("Verification"),
        help=_("What the supplier shows to prove it."),
        aliases=_("proof, evidence"),
    )
    follow_up_method = _paragraphs(
        "follow_up_method",
        _("Follow-up"),
        help=_("How it is checked during the contract."),
        aliases=_("follow-up method, check"),
    )
    guidance = _paragraphs(
        "guidance", _("Guidance"), help=_("For the buyer."), aliases=_("advice, comment")
    )
    law_baseline = _paragraphs("law_baseline", _("The law already demands"))
    beyond_law = _paragraphs("beyond_law", _("The requirement goes beyond the law"))
    kind = SheetField(
        "kind",
        _("Type of requirement"),
        26,
        imported=True,
        keeps=True,
        widget=ChoiceWidget(RequirementKind, called=kind_names),
        aliases=_("type, kind"),
    )
    level = SheetField(
        "level",
        _("Level"),
        14,
        imported=True,
        keeps=True,
        widget=ChoiceWidget(RequirementLevel, called=level_names),
        help=_("A new row without a level is basic."),
    )
    max_points = SheetField(
        "max_points",
        _("Maximum points"),
        10,
        "number",
        imported=True,
        help=_("For award criteria only."),
    )
    scale = _paragraphs(
        "scale", _("Scale"), 30, help=_("What gives how many points; for award criteria only.")
    )
    replaces = SheetField(
        "replaces__code",
        _("Replaces"),
        10,
        "code",
        linked=True,
        help=_("The code of the requirement of a lower level whose place it takes."),
    )
    areas = SheetField(
        "",
        _("Product areas"),
        12,
        "code",
        linked=True,
        widget=NumbersWidget(whole=True),
        help=_("Their numbers in the plan: 1, 2. Empty means all of them."),
    )
    cpv = SheetField(
        "cpv",
        _("CPV codes"),
        24,
        "code",
        imported=True,
        widget=CodesWidget(),
        help=_("With the check digit, 48820000-2; separate several with spaces."),
    )
    treats = SheetField(
        "",
        _("Addressed risks"),
        14,
        "code",
        linked=True,
        widget=NumbersWidget(whole=True),
        help=_("Their ids in the sheet of risks and opportunities: 17, 21."),
    )
    treated = SheetField("", _("Addressed risks, first words"), 40, help=TOLD_HELP)
    serves = SheetField(
        "",
        _("Sub-goals it contributes to"),
        12,
        "code",
        linked=True,
        widget=NumbersWidget(),
        help=_("Their numbers in the plan: 1.1, 1.2."),
    )
    sources = SheetField(
        "",
        _("Sources"),
        40,
        linked=True,
        widget=SourcesWidget(),
        help=_("One per line: title | https://address | 2025-05-15."),
    )
    position = SheetField(
        "position",
        _("Order"),
        8,
        "number",
        imported=True,
        keeps=True,
        help=_("The order within the package. A new row without it is placed last."),
    )
    state = SheetField(
        "state", _("State"), 12, widget=ChoiceWidget(RequirementState), help=TOLD_HELP
    )
    fingerprint = fingerprint_field()

    class Meta:
        model = Requirement
        name = _("Requirements")

    def details(self, queryset: QuerySet) -> dict[int, dict[str, Any]]:
        """The links and sources of all requirements, in a query for each kind."""
        rows = queryset.order_by().values("pk")
        found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        areas = requirement_links.area_links().filter(requirement__in=rows)
        for pk, number in areas.values_list("requirement_id", "product_area__number"):
            found[pk]["areas"].append(str(number))
        treats = requirement_links.treatments().filter(requirement__in=rows)
        for pk, risk, words in treats.values_list(
            "requirement_id", "statement_id", "statement__text"
        ):
            found[pk]["treats"].append(str(risk))
            found[pk]["treated"].append(f"{risk}: {Truncator(words).chars(BEGINNING)}")
        serves = requirement_links.services().filter(requirement__in=rows)
        for pk, number in serves.values_list("requirement_id", "sub_goal__number"):
            found[pk]["serves"].append(number)
        told = requirement_links.source_rows().filter(requirement__in=rows)
        for pk, *source in told.values_list("requirement_id", "title", "url", "dated"):
            found[pk]["sources"].append(str(Source(*source)))
        between = {"treated": "\n", "sources": "\n"}
        return {
            pk: {name: between.get(name, ", ").join(words) for name, words in columns.items()}
            for pk, columns in found.items()
        }
