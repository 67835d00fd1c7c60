"""A list that comes back, step by step, without the package that is its front in the admin."""

import pytest
import tablib
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.admin.sheets import GOALS, INDICATORS
from actionplan.excel.front import ResourceFront
from actionplan.excel.importing.checking import RowChecks
from actionplan.excel.importing.comparing import Comparison
from actionplan.excel.importing.steps import ImportOptions, bring_in
from actionplan.excel.lists import ColumnUse, ExcelList
from actionplan.models import ChangeEvent, Indicator

NAMES = list(INDICATORS.by_name)


def rows(user) -> list[dict]:
    """The rows of the list as somebody gets them."""
    return [dict(zip(NAMES, row, strict=True)) for row in ResourceFront(INDICATORS, user).export()]


def dataset(records: list[dict]) -> tablib.Dataset:
    return tablib.Dataset(*[list(row.values()) for row in records], headers=NAMES)


def compared(user, records: list[dict]) -> Comparison:
    comparison = Comparison(INDICATORS, INDICATORS.incoming(INDICATORS.by_name, user))
    comparison.compare(records)
    return comparison


def test_a_comparison_has_only_the_rows_that_say_something_else(plan, coordinator):
    records = rows(coordinator)
    assert not compared(coordinator, records).readings
    records[0]["text"] = "Andra ord"
    ((number, reading),) = compared(coordinator, records).readings.items()
    assert (number, reading.number, reading.changed) == (1, 1, {"text"})


def test_a_check_writes_to_the_instance_and_nothing_else(
    plan, coordinator, django_assert_num_queries
):
    records = rows(coordinator)
    records[0]["text"] = "Andra ord"
    comparison = compared(coordinator, records)
    checks = RowChecks(comparison)
    with django_assert_num_queries(0):
        checked = checks.checked(comparison.readings[1])
    assert (checked.instance.text, checked.is_new, checked.owner) == ("Andra ord", False, plan.pk)
    assert not Indicator.objects.filter(text="Andra ord").exists()


@pytest.mark.parametrize("dry_run", [True, False])
def test_the_steps_write_all_or_only_tell(plan, coordinator, dry_run):
    records = rows(coordinator)
    records[0]["text"] = "Andra ord"
    options = ImportOptions(dry_run=dry_run, file_name="fil.xlsx")
    result = bring_in(INDICATORS, dataset(records), by=coordinator, options=options)
    assert result.totals["update"] == 1
    assert bool(result.changes) is dry_run
    assert Indicator.objects.filter(text="Andra ord").exists() is not dry_run
    assert ChangeEvent.objects.filter(detail__file="fil.xlsx").exists() is not dry_run


def test_a_fault_that_nobody_foresaw_is_no_row_that_could_not_be_read(
    plan, coordinator, monkeypatch
):
    def broken(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(INDICATORS.incoming, "place", broken)
    records = rows(coordinator)
    records[0]["text"] = "Andra ord"
    with pytest.raises(ZeroDivisionError):
        bring_in(INDICATORS, dataset(records), by=coordinator, options=ImportOptions())
    assert not Indicator.objects.filter(text="Andra ord").exists()


def test_a_list_without_what_is_incoming_only_goes_out(plan, coordinator):
    result = bring_in(
        GOALS, ResourceFront(GOALS, coordinator).export(), by=coordinator, options=ImportOptions()
    )
    assert result.refusals == [_("This sheet is only exported.")]


def named(sheet: ExcelList, use: ColumnUse) -> list[str]:
    return [column.name for column in sheet.columns if column.use is use]


def test_a_list_names_what_identifies_a_row_and_what_an_import_reads():
    assert INDICATORS.identity == "id"
    assert named(INDICATORS, ColumnUse.PLACE) == ["plan", "goal_number", "sub_goal_number"]
    assert named(INDICATORS, ColumnUse.READ_ONLY) == ["id", "goal", "sub_goal", "fingerprint"]
    assert INDICATORS.wanted[0] == "id"
    assert INDICATORS.wanted[-1] == "fingerprint"
    assert not {"goal", "sub_goal"} & set(INDICATORS.wanted)


def test_only_columns_that_are_read_offer_their_choices():
    with override("sv"):
        kind = INDICATORS.by_name["kind"].for_reading().kind
    assert kind.offers == ("milstolpe", "mått")
    assert INDICATORS.by_name["goal"].for_reading().kind.offers == ()
