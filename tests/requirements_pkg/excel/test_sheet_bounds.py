"""A sheet writes no more than others can wait for, and only what it was compared with."""

import pytest
from django.utils.translation import gettext as _

from actionplan.models import ChangeLog
from requirements_pkg.excel.incoming import IncomingRequirements
from requirements_pkg.models import Requirement, RequirementArea, RequirementSource
from tests.factories import PackageFactory, RequirementFactory
from tests.lock_times import lock_times
from tests.requirements_pkg.sheets import bring, exported, new_row, sentences

# What others may have to wait for, in seconds of work.
BOUND = 1
ROW = {"areas": "1, 2", "serves": "1.1", "sources": "Förordning | https://eur-lex.example/1"}


@pytest.fixture
def package(plan):
    return PackageFactory(plan=plan)


def test_the_largest_sheet_keeps_nobody_waiting(package, coordinator):
    rows = [new_row(package, f"SE-{at}", **ROW) for at in range(IncomingRequirements.most_written)]
    with lock_times() as waited:
        result = bring(coordinator, rows)
    assert result.totals["new"] == len(rows), sentences(result)
    assert RequirementArea.objects.count() == 2 * len(rows)
    assert ChangeLog.objects.of(RequirementSource).count() == len(rows)
    assert max(waited) < BOUND


def test_a_sheet_that_changes_more_rows_is_refused(package, coordinator, monkeypatch):
    monkeypatch.setattr(IncomingRequirements, "most_written", 2)
    rows = [new_row(package, f"SE-{at}") for at in range(3)]
    assert "fler än 2 rader" in sentences(bring(coordinator, rows))
    assert not Requirement.objects.exists()
    assert bring(coordinator, rows[:2]).totals["new"] == 2


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_sheet_that_changes_more_links_is_refused(package, coordinator, dry_run, monkeypatch):
    monkeypatch.setattr(IncomingRequirements, "most_links", 7)
    rows = [new_row(package, f"SE-{at}", **ROW) for at in range(2)]
    assert "fler än 7 kopplingar" in sentences(bring(coordinator, rows, dry_run=dry_run))
    assert not Requirement.objects.exists()
    assert bring(coordinator, rows[:1]).totals["new"] == 1


def test_a_row_that_somebody_writes_between_comparing_and_locking_stays_as_it_is(
    package, coordinator, monkeypatch
):
    RequirementFactory(package=package, code="SE-01")
    rows = exported(coordinator)
    rows[0]["title"] = "Mina ord"
    settle = IncomingRequirements.settle

    def meanwhile(incoming, pending):
        yield from settle(incoming, pending)
        Requirement.objects.update(title="Någon annans ord")

    monkeypatch.setattr(IncomingRequirements, "settle", meanwhile)
    result = bring(coordinator, rows)
    assert sentences(result) == _("Somebody else changed the same data. Try again.")
    assert Requirement.objects.get().title == "Någon annans ord"


def test_what_a_row_refers_to_may_not_change_between_comparing_and_locking_either(
    package, coordinator, monkeypatch
):
    settle = IncomingRequirements.settle

    def meanwhile(incoming, pending):
        yield from settle(incoming, pending)
        package.plan.product_areas.filter(number=2).delete()

    monkeypatch.setattr(IncomingRequirements, "settle", meanwhile)
    result = bring(coordinator, [new_row(package, **ROW)])
    assert sentences(result) == _("Somebody else changed the same data. Try again.")
    assert not Requirement.objects.exists()
