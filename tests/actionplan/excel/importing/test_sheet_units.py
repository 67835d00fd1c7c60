"""A number that is shown with its unit is read in that unit, or refused with both."""

import pytest
import tablib
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.admin.sheets import INDICATORS
from actionplan.excel.columns.units import OtherUnit, without_unit
from actionplan.excel.front import ResourceFront
from actionplan.excel.reading.values import NumberText, NumberValue, plain
from actionplan.models import Indicator
from tests.actionplan.admin.test_sheets import bring, sheet


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("85 %", "%", "85"),
        ("85%", "Procent", "85"),
        ("85,5\xa0%", "procent av avtalen", "85.5"),
        ("−3 %", "andel (%)", "−3"),
        ("1 200 kr", "kronor", "1200"),
        ("SEK 500", "kr", "500"),
        ("4,5 mnkr", "miljoner kronor", "4.5"),
        ("12 ton CO2e", "ton CO2e", "12"),
        ("12 st", "antal", "12"),
    ],
)
def test_a_number_in_the_rows_own_unit_is_that_number(cell, unit, number):
    number_read = without_unit(cell, unit)
    assert isinstance(number_read, NumberText)
    assert number_read.number == number


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("85 %", "antal"),
        ("85 %", "procentenheter"),
        ("85 %", "kronor"),
        ("85 %", ""),
        ("4 tkr", "kr"),
        ("12 ton", "ton CO2e"),
    ],
)
def test_a_number_in_another_unit_is_no_number(cell, unit):
    assert isinstance(without_unit(cell, unit), OtherUnit)


@pytest.mark.parametrize(
    "cell", ["", "90", "5–10", "2025-12-31", "3,14", "ca 85 %", "minst 85", 90, None]
)
def test_what_shows_no_unit_stays_as_it_is(cell):
    assert without_unit(cell, "%") is cell


def measures(user, unit: str, target: object) -> list[dict]:
    rows = sheet(user)
    rows[0] |= {"kind": _("measure"), "unit": unit, "target": target}
    return rows


def test_a_per_cent_is_read_by_the_unit_of_the_row_and_told(plan, coordinator):
    cell = plain(NumberValue("85 %", False), "L2")
    with override("sv"):
        result = bring(coordinator, measures(coordinator, "procent", cell))
    assert not result.faults
    assert Indicator.objects.get(unit="procent").target == 85
    assert any("Målvärde" in notice and "85 %" in notice for notice in result.notices)
    # The same file again, and the export formatted so, change nothing.
    rows = sheet(coordinator)
    rows[0]["target"] = cell
    assert bring(coordinator, rows).totals["skip"] == 2


@pytest.mark.parametrize(("unit", "words"), [("antal", "antal"), ("", "enhet")])
def test_a_per_cent_in_another_unit_is_refused_with_both(unit, words, plan, coordinator):
    with override("sv"):
        result = bring(coordinator, measures(coordinator, unit, "85 %"))
    sentences = {column: sentence for _row, column, sentence in result.faults}
    assert "85 %" in sentences["Målvärde"]
    assert words in sentences["Målvärde"]
    assert not Indicator.objects.exclude(target=None).exists()


def test_a_file_without_the_unit_is_read_by_the_stored_one(plan, coordinator):
    bring(coordinator, measures(coordinator, "%", 12))
    rows = sheet(coordinator)
    rows[0]["target"] = "85 %"
    names = [name for name in rows[0] if name != "unit"]
    data = tablib.Dataset(*[[row[name] for name in names] for row in rows], headers=names)
    mapping = {name: at for at, name in enumerate(names)}
    result = ResourceFront(INDICATORS, coordinator).import_data(data, mapping=mapping)
    assert not result.faults
    assert Indicator.objects.get(unit="%").target == 85
