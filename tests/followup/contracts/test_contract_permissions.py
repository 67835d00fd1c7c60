"""Who sees and writes contracts: a rule as a condition finds what it says as a question."""

import pytest

from actionplan.models import Membership, Organisation, Role
from followup import permissions
from followup.models import Contract, ContractRequirement, JointOwner, Supplier
from tests.factories import ContractFactory

# Each is called by its owner, and after the dash by who has it too.
CONTRACTS = ["stockholm", "skane", "skane-stockholm", "uppsala"]
EXPECTED = {
    "coordinator": ({"stockholm", "skane-stockholm"}, {"stockholm"}),
    "other_coordinator": ({"skane", "skane-stockholm"}, {"skane", "skane-stockholm"}),
    "reviewer": ({"stockholm", "skane-stockholm"}, set()),
    "both": ({"skane", "skane-stockholm", "uppsala"}, {"skane", "skane-stockholm"}),
    "analyst": (set(), set()),
    "secretariat": (set(), set()),
    "administrator": (set(), set()),
    "region_administrator": (set(), set()),
    "staff": (set(), set()),
    "superuser": ({*CONTRACTS}, {*CONTRACTS}),
}


@pytest.fixture
def both(other_coordinator):
    """Coordinates in one region and reviews in another."""
    uppsala = Organisation.objects.get(code="uppsala")
    Membership.objects.create(user=other_coordinator, organisation=uppsala, role=Role.REVIEWER)
    return other_coordinator


@pytest.fixture
def contracts(db) -> list[Contract]:
    """A contract of each owner, and one that two have together."""
    organisations = {row.code: row for row in Organisation.objects.all()}
    rows = []
    for name in CONTRACTS:
        owner, _dash, joint = name.partition("-")
        row = ContractFactory(
            reference=name,
            organisation=organisations[owner],
            kind="joint" if joint else "own",
            supplier__name=f"{name} AB",
        )
        if joint:
            JointOwner.objects.create(contract=row, organisation=organisations[joint])
        rows.append(row)
    return rows


@pytest.mark.parametrize("persona", EXPECTED)
def test_what_is_found_is_what_may_be_seen_and_written(contracts, request, persona):
    user = request.getfixturevalue(persona)
    rows = Contract.objects.with_names().prefetch_related("joint_owners")
    for rule, question, expected in zip(
        (permissions.visible_contracts, permissions.writable_contracts),
        (permissions.may_see_contract, permissions.may_write_contract),
        EXPECTED[persona],
        strict=True,
    ):
        found_names = Contract.objects.filter(rule(user)).values_list("reference", flat=True)
        assert sorted(found_names) == sorted(expected)
        assert {row.reference for row in rows if question(user, row)} == expected
    seen, _written = EXPECTED[persona]
    suppliers = Supplier.objects.filter(permissions.visible_suppliers(user))
    assert {row.name for row in suppliers} == {f"{name} AB" for name in seen}


def test_owners_are_looked_up_before_the_rows_and_joined_to_none(both):
    seen = ContractRequirement.objects.filter(permissions.visible_contracts(both, "contract"))
    query = seen.order_by().query
    aliases = [alias for alias, number in query.alias_refcount.items() if number]
    tables = {query.alias_map[alias].table_name for alias in aliases}
    assert tables == {ContractRequirement._meta.db_table, Contract._meta.db_table}
