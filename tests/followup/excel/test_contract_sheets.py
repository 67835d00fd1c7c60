"""Contracts out to Excel and in again: previewed, all faults in one round, nobody else's."""

from typing import Any

import pytest
import tablib
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.excel.front import ResourceFront
from actionplan.models import ChangeEvent, Organisation
from followup.excel.contract_sheets import CONTRACTS
from followup.models import Contract, JointOwner, Supplier
from tests.factories import ContractFactory, SupplierFactory

NAMES = [str(column.name) for column in CONTRACTS.columns]
ROW = {
    "organisation": "stockholm",
    "reference": "RS-1",
    "kind": "gemensamt avtal",
    "joint_owners": "uppsala",
    "supplier": "Faro Datahall AB",
    "supplier_number": "5560360793",
    "value": "1 200 000",
    "starts_on": "2026-01-01",
    "ends_on": "2027-12-31",
    "cpv": "48820000-2",
}


def sheet(user, queryset=None) -> list[dict[str, Any]]:
    exported = ResourceFront(CONTRACTS, user).export(queryset)
    return [dict(zip(NAMES, row, strict=True)) for row in exported]


def bring(user, *rows: dict[str, Any], **kwargs):
    cells = [[row.get(name, "") for name in NAMES] for row in rows]
    dataset = tablib.Dataset(*cells, headers=NAMES)
    return ResourceFront(CONTRACTS, user).import_data(dataset, user=user, **kwargs)


def faults(result) -> str:
    return " ".join(str(fault) for fault in result.faults)


@pytest.fixture
def row(demanding) -> dict[str, Any]:
    slug = demanding.package.slug
    areas, requirements = f"{slug}:1, {slug}:2", f"{slug} v1: SE-02, SE-01"
    return ROW | {"areas": areas, "requirements": requirements}


def test_a_preview_writes_nothing_and_an_import_all_of_it(row, coordinator):
    assert not bring(coordinator, row, dry_run=True).has_validation_errors()
    assert not Contract.objects.exists()
    events = ChangeEvent.objects.count()
    result = bring(coordinator, row)
    assert faults(result) == ""
    contract = Contract.objects.get()
    assert (contract.value, contract.currency, contract.kind) == (1_200_000, "SEK", "joint")
    assert contract.supplier.number == "556036-0793"
    assert [owner.code for owner in contract.joint_owners.all()] == ["uppsala"]
    assert contract.product_areas.count() == 2
    assert [row.code for row in contract.requirements.all()] == ["SE-01", "SE-02"]
    assert ChangeEvent.objects.count() == events


def test_what_is_taken_out_comes_back_unchanged_and_may_be_edited(row, coordinator):
    bring(coordinator, row)
    (stored,) = sheet(coordinator)
    assert bring(coordinator, stored).totals["skip"] == 1
    slug = stored["requirements"].split()[0]
    changed = stored | {"joint_owners": "", "kind": "eget avtal", "areas": f"{slug}:2"}
    changed |= {
        "requirements": f"{slug} v1: SE-02",
        "supplier": "Granit AB",
        "supplier_number": "",
    }
    assert faults(bring(coordinator, changed)) == ""
    contract = Contract.objects.get()
    assert not contract.joint_owners.exists()
    assert [area.number for area in contract.product_areas.all()] == [2]
    assert [row.code for row in contract.requirements.all()] == ["SE-02"]
    assert (contract.supplier.name, contract.supplier.number) == ("Granit AB", "")


def test_every_fault_of_a_file_is_told_at_once(row, coordinator):
    result = bring(
        coordinator,
        row | {"supplier_number": "556036-0794"},
        row | {"reference": "RS-2", "requirements": "hej"},
        row | {"reference": "RS-3", "requirements": "saknas v3: SE-01"},
        row | {"reference": "RS-4", "joint_owners": "atlantis"},
        row | {"reference": "RS-5", "areas": "saknas:1"},
        row | {"reference": "RS-6", "joint_owners": ""},
        row | {"reference": "RS-7", "ends_on": "2020-01-01"},
        row | {"reference": "RS-8", "organisation": "skane"},
        row | {"reference": "RS-9", "cpv": "1"},
    )
    sentences = faults(result)
    for words in (
        "Kontrollsiffran stämmer inte.",
        "”hej” är inget urval.",
        "ingen version 3 av kravpaketet ”saknas”",
        "ingen organisation ”atlantis”",
        "inget produktområde saknas:1",
        "Ange vilka som har det gemensamma avtalet",
        "Avtalet slutar innan det börjar.",
        "Du får inte registrera avtal för den här avtalsägaren. Välj din",
        "En CPV-kod är åtta siffror",
    ):
        assert words in sentences
    assert not Contract.objects.exists()
    assert not Supplier.objects.exists()


def test_a_supplier_is_one_however_many_rows_name_it(row, coordinator):
    known = SupplierFactory(name="Känd AB", number="556012-5790")
    bring(
        coordinator,
        row,
        row | {"reference": "RS-2"},
        row | {"reference": "RS-3", "supplier": "Kand AB", "supplier_number": "556012-5790"},
        row | {"reference": "RS-4", "supplier": "Slite El", "supplier_number": ""},
        row | {"reference": "RS-5", "supplier": "Slite El", "supplier_number": ""},
    )
    assert Supplier.objects.count() == 3
    assert Contract.objects.get(reference="RS-3").supplier == known


def test_the_same_contract_twice_in_a_file_is_refused(row, coordinator):
    assert "två gånger i filen" in faults(bring(coordinator, row, row | {"options": "Inga"}))
    assert not Contract.objects.exists()


def test_what_is_stored_already_is_not_written_over_unseen(row, coordinator):
    bring(coordinator, row)
    assert "redan sparad" in faults(bring(coordinator, row | {"options": "2 × 12"}))


def test_of_others_contracts_a_file_learns_nothing(row, coordinator):
    """Neither by a key nor by a reference: it answers as where there is none."""
    skane = Organisation.objects.get(code="skane")
    hidden = ContractFactory(organisation=skane, reference="HEM-1")
    JointOwner.objects.create(
        contract=hidden, organisation=Organisation.objects.get(code="stockholm")
    )
    unknown = row | {"id": str(hidden.pk + 999)}
    others = row | {"id": str(hidden.pk)}
    assert faults(bring(coordinator, others)) == faults(bring(coordinator, unknown)) != ""
    named = [row | {"organisation": "skane", "reference": name} for name in ("HEM-1", "HEM-2")]
    sentences = [faults(bring(coordinator, one_row)) for one_row in named]
    assert sentences[0] == sentences[1] != ""


def test_many_contracts_ask_the_database_no_more_than_few(row, coordinator):
    def questions(first: int, count: int) -> int:
        rows = [row | {"reference": f"X-{at}"} for at in range(first, first + count)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert faults(bring(coordinator, *rows)) == ""
        return len(queries)

    questions(0, 1)
    assert questions(10, 2) == questions(100, 40)
