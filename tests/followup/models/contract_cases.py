"""How each constraint of contracts, their suppliers and requirements is broken."""

from datetime import date
from decimal import Decimal

from actionplan.models import Organisation
from followup.models import Contract, ContractArea, ContractRequirement, JointOwner, Supplier
from requirements_pkg.models import PackageVersion
from tests.factories import ContractFactory, ContractRequirementFactory
from tests.followup.following_cases import requirement
from tests.project.house.breaking import Break

NUMBER = "556036-0793"


def supplier() -> Supplier:
    """A new supplier, beside one with a number and one without."""
    Supplier.objects.get_or_create(number=NUMBER, defaults={"name": "Faro Datahall AB"})
    Supplier.objects.get_or_create(number="", name="Slite El")
    return Supplier(name="Granit Drift AB", number="556012-5790")


def contract() -> Contract:
    """A new contract, beside one of the same owner."""
    owner = Organisation.objects.get(code="stockholm")
    there = Contract.objects.filter(reference="HEM-1").first()
    there = there or ContractFactory(reference="HEM-1", organisation=owner)
    return Contract(
        organisation=owner,
        supplier=there.supplier,
        reference="HEM-2",
        starts_on=date(2025, 1, 1),
        ends_on=date(2026, 12, 31),
    )


def owned() -> Contract:
    contract()
    return Contract.objects.get(reference="HEM-1")


def joint_owner() -> JointOwner:
    parent = owned()
    uppsala, skane = (Organisation.objects.get(code=code) for code in ("uppsala", "skane"))
    JointOwner.objects.get_or_create(contract=parent, organisation=uppsala)
    return JointOwner(contract=parent, organisation=skane)


def area() -> ContractArea:
    parent = owned()
    version = PackageVersion.objects.get(number=1, package__plan__isnull=False)
    first, second = version.package.plan.product_areas.order_by("number")[:2]
    ContractArea.objects.get_or_create(contract=parent, product_area=first)
    return ContractArea(contract=parent, product_area=second)


def in_contract() -> ContractRequirement:
    parent, first, second = owned(), requirement("SE-01"), requirement("SE-02")
    version = PackageVersion.objects.get(number=1, package__plan__isnull=False)
    if not parent.requirements.exists():
        ContractRequirementFactory(contract=parent, version=version, requirement=first)
    return ContractRequirement(
        contract=parent, version=version, requirement=second, code="SE-02", revision=1
    )


def first_requirement(row: ContractRequirement) -> int:
    return requirement("SE-01").pk


CASES = [
    Break(
        "followup_supplier_name_is_filled",
        supplier,
        {"name": ""},
        "Ange vad leverantören heter.",
        is_field_error=True,
    ),
    Break(
        "followup_supplier_country_is_filled",
        supplier,
        {"country": ""},
        "Ange leverantörens land.",
        is_field_error=True,
    ),
    Break(
        "followup_supplier_number_once",
        supplier,
        {"number": NUMBER},
        "En annan leverantör har det här numret i landet.",
    ),
    Break(
        "followup_supplier_name_once",
        supplier,
        {"number": "", "name": "Slite El"},
        "En annan leverantör utan nummer har det här namnet.",
    ),
    Break(
        "followup_contract_reference_is_filled",
        contract,
        {"reference": ""},
        "Ange avtalets referens.",
        is_field_error=True,
    ),
    Break(
        "followup_contract_currency_is_filled",
        contract,
        {"currency": ""},
        "Ange värdets valuta.",
        is_field_error=True,
    ),
    Break(
        "followup_contract_kind_is_known",
        contract,
        {"kind": "gift"},
        "Välj eget eller gemensamt avtal.",
        is_field_error=True,
    ),
    Break(
        "followup_contract_reference_once",
        contract,
        {"reference": "HEM-1"},
        "Avtalsägaren har redan ett avtal med den här referensen.",
    ),
    Break(
        "followup_contract_value_is_none_or_more",
        contract,
        {"value": Decimal(-1)},
        "Ange ett värde som är noll eller mer.",
    ),
    Break(
        "followup_contract_ends_after_start",
        contract,
        {"ends_on": date(2024, 12, 31)},
        "Avtalet slutar innan det börjar. Rätta en av dagarna.",
    ),
    Break(
        "followup_contract_extended_after_end",
        contract,
        {"extended_to": date(2026, 12, 30)},
        "Sista dagen med optioner ska komma efter sista dagen utan optioner.",
    ),
    Break(
        "followup_jointowner_once",
        joint_owner,
        {"organisation_id": lambda row: Organisation.objects.get(code="uppsala").pk},
        "Organisationen är redan avtalsägare.",
    ),
    Break(
        "followup_contractarea_once",
        area,
        {"product_area_id": lambda row: ContractArea.objects.get().product_area_id},
        "Produktområdet finns redan i avtalet.",
    ),
    Break(
        "followup_contractrequirement_code_is_filled",
        in_contract,
        {"code": ""},
        "Ange kravets kod.",
        is_field_error=True,
    ),
    Break(
        "followup_contractrequirement_once",
        in_contract,
        {"requirement_id": first_requirement},
        "Kravet finns redan i avtalet.",
    ),
]
