"""Which column of a file is which: by heading, by likeness, and as somebody says."""

import pytest
import tablib

from actionplan.admin.sheets import INDICATORS
from actionplan.excel.importing.mapping import guessed, name_columns, named
from actionplan.excel.importing.refusals import ColumnsMissing, ImportRefused
from requirements_pkg.excel.columns import REQUIREMENTS

FIELDS = REQUIREMENTS.by_name
SHORT = {name: FIELDS[name] for name in ("code", "title", "kind")}


def file(*rows: list, headings: list[str]) -> tablib.Dataset:
    return tablib.Dataset(*rows, headers=headings)


def test_a_heading_is_known_in_any_language_and_by_its_name():
    assert named(["Rubrik", "TITLE", "title", "Annat"], FIELDS) == ["title"] * 3 + [None]


def test_a_heading_of_an_earlier_version_is_known():
    old = ["Högst poäng", "Kravet går längre", "Most points"]
    assert named(old, FIELDS) == ["max_points", "beyond_law", "max_points"]


def test_columns_that_are_like_ours_are_guessed_each_once():
    headings = [
        "Krav-id",
        "Kravrubrik",
        "Kravtext",
        "Bevis / verifiering",
        "Nivå på kravet",
        "Pris",
    ]
    choices = {name: headings[at] for name, at in guessed(headings, FIELDS).items()}
    assert choices["title"] == "Kravrubrik"
    assert choices["text"] == "Kravtext"
    assert choices["verification"] == "Bevis / verifiering"
    assert choices["level"] == "Nivå på kravet"
    assert "Pris" not in choices.values()
    assert len(set(choices.values())) == len(choices)


def test_an_unlike_heading_is_left_to_whoever_knows():
    assert guessed(["xyz", "", "123"], FIELDS) == {}


def test_missing_columns_ask_for_a_mapping_and_repeated_ones_refuse_the_file():
    with pytest.raises(ColumnsMissing, match=str(FIELDS["kind"].label)):
        name_columns(file(headings=["code", "title"]), SHORT, list(SHORT), None)
    with pytest.raises(ImportRefused) as refused:
        name_columns(file(headings=["code", "code", "title", "kind"]), SHORT, list(SHORT), None)
    assert not isinstance(refused.value, ColumnsMissing)


def test_a_file_is_read_as_somebody_says():
    data = file(["1", "A", "x"], ["", None, " "], headings=["Nr", "Vad", "Kolla"])
    mapping = {"title": 1, "text": 1, "package": "it", "code": 0, "finns-inte": 2, "cpv": 99}
    notices = name_columns(data, FIELDS, list(FIELDS), mapping)
    assert data.dict == [
        {"code": "1", "title": "A", "?2": "x", "text": "A", "package": "it"},
        {"code": "", "title": None, "?2": " ", "text": "", "package": ""},
    ]
    assert len(notices) == 1
    assert "Kolla" in notices[0]


@pytest.mark.parametrize("sheet", [REQUIREMENTS, INDICATORS])
def test_every_sheet_offers_an_empty_one_that_holds_nothing(sheet):
    empty = sheet.empty()
    assert named(empty.headers, sheet.by_name) == sheet.wanted
    assert not any(any(row) for row in empty)
