"""Contracts that are registered and brought in, for the sites that are broken."""

from pathlib import Path
from typing import Any

import tablib

from actionplan.excel.front import ResourceFront
from actionplan.models import Organisation, ProductArea
from followup.actions.contracts.registering import ContractParts, register_contract
from followup.actions.contracts.selections import Versions, requirements_of
from followup.excel.contract_sheets import CONTRACTS
from followup.models import Contract, ContractKind, Supplier
from requirements_pkg.choosing.pasted import groups_in
from requirements_pkg.models import PackageVersion
from tests.faults.racing import CLIENTS, DONE, REFUSED, Race, person

ROWS = 40
IN_EACH = 20
NAMES = [str(column.name) for column in CONTRACTS.columns]


def selection() -> str:
    """What a buyer chose, as it is pasted: requirements of the version in force."""
    version = PackageVersion.objects.get(package__slug="stor")
    codes = [row.code for row in version.content.requirements][:IN_EACH]
    return f"stor v{version.number}: {', '.join(codes)}"


def register(reference: str, supplier: str) -> Contract:
    """Register a joint contract with all that is chosen, its supplier new."""
    owners = {row.code: row for row in Organisation.objects.all()}
    contract = Contract(
        organisation=owners["stockholm"],
        reference=reference,
        kind=ContractKind.JOINT,
        starts_on="2026-01-01",
        ends_on="2027-12-31",
    )
    parts = ContractParts(
        supplier=Supplier(name=supplier, country="SE"),
        joint_owners=[owners["uppsala"]],
        areas=list(ProductArea.objects.filter(plan__slug="stor")),
        requirements=requirements_of(groups_in(selection()), Versions()),
    )
    return register_contract(contract=contract, parts=parts, by=person("samordnare"))


def brought(rows: int = ROWS) -> Any:
    """Bring a file of contracts in; return what became of it."""
    cells: dict[str, str] = {
        "organisation": "stockholm",
        "kind": "gemensamt avtal",
        "joint_owners": "uppsala",
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
        "areas": "stor:1, stor:2",
        "requirements": selection(),
    }
    lines = ({**cells, "reference": f"RS-{at}", "supplier": f"Hall {at} AB"} for at in range(rows))
    table = [[line.get(name, "") for name in NAMES] for line in lines]
    by = person("samordnare")
    return ResourceFront(CONTRACTS, by).import_data(tablib.Dataset(*table, headers=NAMES), user=by)


def import_contracts(_folder: Path) -> None:
    result = brought()
    assert result.totals["new"] == ROWS, list(map(str, result.faults))


def register_from_a_selection(_folder: Path) -> None:
    register("RS-2026-1", "Ny Hall AB")


ACTS = {
    "import contracts": import_contracts,
    "register from a selection": register_from_a_selection,
}


def race_to_register_one_contract() -> Race:
    """It is registered once, whole."""
    race = Race(lambda number: register("RS-2026-1", f"Hall {number} AB")).run()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    contract = Contract.objects.get()
    assert contract.requirements.count() == IN_EACH
    assert Supplier.objects.count() == 1
    return race


def race_to_register_with_one_supplier() -> Race:
    """Each contract is registered, and the supplier that is new to all of them once."""
    race = Race(lambda number: register(f"RS-2026-{number}", "Ny Hall AB")).run()
    assert race.outcomes == {DONE: CLIENTS}, race
    assert Supplier.objects.count() == 1
    sizes = [row.requirements.count() for row in Contract.objects.all()]
    assert sizes == [IN_EACH] * CLIENTS
    return race


def race_to_import_contracts() -> Race:
    """One file is brought in eight times: its rows are there once."""
    race = Race(lambda number: not brought(5).faults).run()
    assert race.outcomes[DONE] >= 1, race
    contracts = list(Contract.objects.all())
    assert len(contracts) == Supplier.objects.count() == 5
    assert [row.requirements.count() for row in contracts] == [IN_EACH] * 5
    return race


RACES = {
    "register one contract": race_to_register_one_contract,
    "register with one supplier": race_to_register_with_one_supplier,
    "import contracts": race_to_import_contracts,
}
