"""Which row of a sheet has the headings, and what is said of the rest."""

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.excel.importing.sentences import sentence
from actionplan.excel.importing.tables import table, unseen
from actionplan.excel.reading.bounds import SheetFault, SheetRefused
from actionplan.excel.reading.reader import ReadSheet
from actionplan.processes.uploads import FileRefused

HEAD = ["Kod", "Rubrik", "Kravtext"]


@pytest.mark.parametrize(
    ("above", "has_notice"),
    [([], False), ([[], [""]], False), ([["Krav för IT"]], True), ([["Krav"] * 3, []], True)],
)
def test_the_headings_stand_in_the_first_row_that_says_something(above, has_notice):
    dataset = table([*above, HEAD, ["1", "a", "b"]])
    assert dataset.headers == HEAD
    assert (dataset.head_row, list(dataset)) == (len(above) + 1, [("1", "a", "b")])
    assert bool(dataset.notices) is has_notice
    assert all("Krav" in notice and str(dataset.head_row) in notice for notice in dataset.notices)


def test_what_is_no_title_is_no_row_to_pass_over():
    assert table([["Kod", "Rubrik"], HEAD]).headers == ["Kod", "Rubrik"]
    assert table([["Kod"], ["1", "2"]]).headers == ["Kod"]


def test_nothing_at_all_is_said_so():
    with pytest.raises(FileRefused, match=_("None of the sheets in the file has any content.")):
        table([[], [" "]])


def test_values_without_a_heading_are_told():
    head = ["Kod", "", "Rubrik", "Kravtext"]
    rows = [["1", "x", "a", "b", "", "anm."], ["2", "", "a", "b", " "]]
    with override("sv"):
        dataset = table([head, *rows])
    assert dataset.notices == ["Kolumnerna B, F har ingen rubrik och lästes inte."]
    assert table([head, ["1", "", "a", "b", ""]]).notices == []


def test_limits_and_counts_are_written_in_threes():
    with override("sv"):
        assert "20\u00a0000 rader" in sentence(SheetRefused(SheetFault.TOO_LARGE))
        assert "32\u00a0767 tecken" in sentence(SheetRefused(SheetFault.TEXT_TOO_LONG))
        sheet = ReadSheet([], hidden_rows=list(range(2, 12_500)))
        (notice,) = unseen(sheet, table([HEAD]))
    assert notice.startswith("12\u00a0498 rader")
