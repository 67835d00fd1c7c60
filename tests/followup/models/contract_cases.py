"""How each constraint of contracts, their suppliers and requirements is broken."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from actionplan.models import Organisation, User
from followup.models import (
    Contract,
    ContractArea,
    ContractRequirement,
    JointOwner,
    Supplier,
    UseClaim,
    UsedRequirement,
)
from requirements_pkg.models import PackageVersion
from tests.factories import ContractFactory, ContractRequirementFactory, UseClaimFactory
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


def claim() -> UseClaim:
    version = PackageVersion.objects.get(number=1, package__plan__isnull=False)
    return UseClaimFactory.build(package=version.package, reference="DNR-1")


def decided() -> UseClaim:
    row = claim()
    row.decision, row.decided_at = "accepted", timezone.now()
    row.decided_by = User.objects.get(username="coordinator")
    return row


def used() -> UsedRequirement:
    version = PackageVersion.objects.get(number=1, package__plan__isnull=False)
    row = UseClaim.objects.first() or UseClaimFactory(package=version.package)
    first, second = requirement("SE-01"), requirement("SE-02")
    UsedRequirement.objects.get_or_create(claim=row, version=version, requirement=first)
    return UsedRequirement(claim=row, version=version, requirement=second)


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
    Break(
        "followup_contractrequirement_seen_with_note",
        in_contract,
        {"seen_revision": 2},
        "Skriv vad ändringen betyder för avtalet.",
    ),
    Break(
        "followup_useclaim_kind_is_known",
        claim,
        {"kind": "gift"},
        "Välj vad kraven användes i.",
        is_field_error=True,
    ),
    Break(
        "followup_useclaim_value_class_is_known",
        claim,
        {"value_class": "huge"},
        "Välj värdet, eller att det inte anges.",
        is_field_error=True,
    ),
    Break(
        "followup_useclaim_level_is_known",
        claim,
        {"level": "highest"},
        "Välj den högsta nivå som användes.",
        is_field_error=True,
    ),
    Break(
        "followup_useclaim_decision_is_known",
        decided,
        {"decision": "eaten"},
        "Välj om användningen bekräftas.",
        is_field_error=True,
    ),
    Break(
        "followup_useclaim_selection_is_filled",
        claim,
        {"selection": ""},
        "Ange vilket urval som användes.",
        is_field_error=True,
    ),
    Break(
        "followup_useclaim_reference_is_filled",
        claim,
        {"reference": ""},
        "Ange er beteckning, till exempel ett diarienummer.",
        is_field_error=True,
    ),
    Break(
        "followup_useclaim_authority_is_filled",
        claim,
        {"authority": ""},
        "Ange vilken myndighet som har använt urvalet.",
        is_field_error=True,
    ),
    Break(
        "followup_useclaim_address_with_consent",
        claim,
        {"has_consented": False},
        "Kryssa för att vi får spara din adress.",
    ),
    Break(
        "followup_useclaim_decided_once_confirmed",
        decided,
        {"confirmed_at": None},
        "Den som rapporterade har inte bekräftat via brevet än. Vänta på det.",
    ),
    Break(
        "followup_useclaim_who_and_when",
        decided,
        {"decided_by": None},
        "Ange både vem som beslutade om användningen och när.",
    ),
    Break(
        "followup_useclaim_decided_at_with_decision",
        decided,
        {"decision": "pending"},
        "Ett beslut om användningen behöver ett datum, och ett datum ett beslut.",
    ),
    Break(
        "followup_useclaim_refused_with_reason",
        decided,
        {"decision": "refused"},
        "Skriv varför användningen inte räknas. Den som rapporterade kan läsa det.",
    ),
    Break(
        "followup_usedrequirement_once",
        used,
        {"requirement_id": lambda row: requirement("SE-01").pk},
        "Kravet finns redan bland dem som användes.",
    ),
]
