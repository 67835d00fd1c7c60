"""The sheets of contracts and suppliers, for whoever sees the rows."""

from collections import defaultdict
from typing import Final

from django.utils.translation import gettext_lazy as _

from actionplan.admin.sheets import FINGERPRINT_COLUMN, ID_COLUMN
from actionplan.django_edges import AnyRows
from actionplan.excel.columns import CODE, TEXT, Column
from actionplan.excel.columns.kinds import DATE, NUMBER, ChoiceKind
from actionplan.excel.lists import ColumnUse, ExcelList, ListColumn
from followup.actions.contracts.selections import lines_of
from followup.excel.contract_cells import OF, CurrencyKind, SelectionsKind
from followup.excel.incoming_contracts import IncomingContracts
from followup.models import (
    Contract,
    ContractArea,
    ContractKind,
    ContractRequirement,
    JointOwner,
    Supplier,
)
from requirements_pkg.excel.cells import CpvCodes

# As it is known, in both sheets.
NAME: Final = Column("supplier", _("Supplier"), 30)
COUNTRY: Final = Column(
    "supplier_country", _("Supplier's country"), 12, CODE, _("Two letters: SE.")
)
NUMBER_OF_SUPPLIER: Final = Column(
    "supplier_number",
    _("Supplier's organisation number"),
    18,
    CODE,
    _("556036-0793. Empty for a sole trader."),
)


def _parts(queryset: AnyRows) -> dict[int, dict[str, object]]:
    """Return owners, areas and requirements of contracts, in a query for each kind."""
    keys = queryset.order_by().values("pk")
    names: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    joint = JointOwner.objects.filter(contract__in=keys).order_by("organisation__name")
    for pk, code in joint.values_list("contract_id", "organisation__code"):
        names[pk]["joint_owners"].append(code)
    areas = ContractArea.objects.filter(contract__in=keys).order_by(
        "product_area__plan__slug", "product_area__number"
    )
    for pk, slug, number in areas.values_list(
        "contract_id", "product_area__plan__slug", "product_area__number"
    ):
        names[pk]["areas"].append(f"{slug}{OF}{number}")
    details: dict[int, dict[str, object]] = {
        pk: {name: ", ".join(words) for name, words in columns.items()}
        for pk, columns in names.items()
    }
    by_contract: dict[int, list[ContractRequirement]] = defaultdict(list)
    rows = ContractRequirement.objects.filter(contract__in=keys).select_related("version__package")
    for row in rows.defer("version__content").order_by("contract_id", "position", "pk"):
        by_contract[row.contract_id].append(row)
    for pk, own in by_contract.items():
        details.setdefault(pk, {})["requirements"] = lines_of(own)
    return details


CONTRACTS: Final = ExcelList(
    Contract,
    _("Contracts"),
    (
        ID_COLUMN,
        ListColumn(
            Column("organisation", _("Contract owner"), 18, CODE, _("The organisation's code.")),
            "organisation__code",
            ColumnUse.PLACE,
            aliases=_("owner, authority, region"),
        ),
        ListColumn(
            Column("reference", _("Contract reference"), 18, CODE),
            "reference",
            ColumnUse.WRITTEN,
            aliases=_("contract number, contract no., reference"),
        ),
        ListColumn(
            Column("kind", _("Own or joint"), 14, ChoiceKind(ContractKind)),
            "kind",
            ColumnUse.WRITTEN,
            keeps=True,
        ),
        ListColumn(
            Column("joint_owners", _("Joint owners"), 24, CODE, _("Their codes: skane, uppsala.")),
            "",
            ColumnUse.LINKED,
        ),
        ListColumn(
            NAME, "supplier__name", ColumnUse.LINKED, aliases=_("supplier's name, company")
        ),
        ListColumn(COUNTRY, "supplier__country", ColumnUse.LINKED),
        ListColumn(
            NUMBER_OF_SUPPLIER,
            "supplier__number",
            ColumnUse.LINKED,
            aliases=_("organisation number, org. no."),
        ),
        ListColumn(Column("value", _("Value"), 14, NUMBER), "value", ColumnUse.WRITTEN),
        ListColumn(
            Column("currency", _("Currency"), 10, CurrencyKind()),
            "currency",
            ColumnUse.WRITTEN,
            keeps=True,
        ),
        ListColumn(
            Column("starts_on", _("First day"), 12, DATE),
            "starts_on",
            ColumnUse.WRITTEN,
            aliases=_("start, from"),
        ),
        ListColumn(
            Column("ends_on", _("Last day"), 12, DATE),
            "ends_on",
            ColumnUse.WRITTEN,
            aliases=_("end, to"),
        ),
        ListColumn(Column("options", _("Options"), 24, TEXT), "options", ColumnUse.WRITTEN),
        ListColumn(
            Column("extended_to", _("Last day with options"), 12, DATE),
            "extended_to",
            ColumnUse.WRITTEN,
        ),
        ListColumn(Column("cpv", _("CPV codes"), 24, CpvCodes()), "cpv", ColumnUse.WRITTEN),
        ListColumn(
            Column(
                "areas",
                _("Product areas"),
                30,
                CODE,
                _("Plan and number: it-teknisk-plattform:1, it-teknisk-plattform:2."),
            ),
            "",
            ColumnUse.LINKED,
        ),
        ListColumn(
            Column(
                "requirements",
                _("Requirements chosen"),
                60,
                SelectionsKind(),
                _(
                    "The address of the selection, or package, version and codes: "
                    "it-teknisk-plattform v2: SE-01, SE-04. One on each line."
                ),
            ),
            "",
            ColumnUse.LINKED,
            aliases=_("requirements, selection"),
        ),
        FINGERPRINT_COLUMN,
    ),
    owner_path="organisation",
    details=_parts,
    incoming=IncomingContracts,
)

SUPPLIERS: Final = ExcelList(
    Supplier,
    _("Suppliers"),
    (
        ListColumn(NAME, "name"),
        ListColumn(NUMBER_OF_SUPPLIER, "number"),
        ListColumn(COUNTRY, "country"),
    ),
)
