"""Two people in one cell; and what it was before, from the log."""

import pytest

from risks.models import RiskStatement
from tests.risks.grid.cell_cases import CellBrowser, texts
from tests.risks.grid.test_cell_page import ENERGY, REUSE, cell, plan

__all__ = ["cell", "plan"]


@pytest.fixture
def mine(as_persona, cell):
    return CellBrowser(as_persona("coordinator"), cell)


@pytest.fixture
def theirs(as_persona, cell):
    return CellBrowser(as_persona("secretariat"), cell)


def test_what_two_people_change_in_different_rows_is_all_stored(mine, theirs, cell):
    theirs.press(row_1_text="Deras möjlighet.", pasted="Deras nya.")
    mine.press(row_0_text="Min risk.", pasted="Min nya.")
    assert mine.is_saved
    assert texts(cell) == ["Min risk.", "Deras möjlighet.", "Deras nya.", "Min nya."]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", ["Min."]), ("theirs", ["Deras."]), ("both", ["Deras.", "Min."])],
)
def test_two_texts_of_one_row_are_shown_to_choose_from(mine, theirs, cell, choice, kept):
    key = cell.statements.first().pk
    theirs.press(row_0_text="Deras.")
    mine.press(row_0_text="Min.", row_1_text="Min möjlighet.")
    assert not mine.is_saved
    assert "Deras." in mine.page
    assert "secretariat ändrade det här den" in mine.page
    assert mine.rows()[0] == ("risk", "Min.")
    assert texts(cell) == ["Deras.", REUSE]
    mine.fields["row-0-text-choice"] = [choice]
    assert mine.press().is_saved
    assert texts(cell) == [*kept, "Min möjlighet."]
    assert RiskStatement.objects.filter(pk=key, cell=cell).exists()


@pytest.mark.parametrize(("choice", "kept"), [("mine", ["Min.", REUSE]), ("theirs", [REUSE])])
def test_what_they_removed_meanwhile_may_be_added_anew(mine, theirs, cell, choice, kept):
    theirs.press("remove-0").press()
    mine.press(row_0_text="Min.")
    assert not mine.is_saved
    assert "borttagen" in mine.page
    mine.fields["row-0-text-choice"] = [choice]
    mine.press()
    assert texts(cell) == kept


def test_what_they_rewrote_stays_though_it_is_removed_here(mine, theirs, cell):
    mine.press("remove-0")
    theirs.press(row_0_text="Deras.")
    mine.press()
    assert texts(cell) == ["Deras.", REUSE]
    assert "har ändrat det du tog bort" in mine.page


def test_two_levels_are_a_choice_too(mine, theirs, cell):
    theirs.press(level="high")
    mine.press(level="low", row_0_text="Min risk.")
    assert not mine.is_saved
    mine.fields["level-choice"] = ["theirs"]
    mine.press()
    cell.refresh_from_db()
    assert (cell.level, texts(cell)[0]) == ("high", "Min risk.")


def test_an_earlier_state_is_filled_in_whole_and_stored_when_it_is_saved(mine, cell):
    keys = list(cell.statements.values_list("pk", flat=True))
    mine.press("remove-1").press(level="high", row_0_text="Omskriven.", pasted="Ny.")
    mine.press(row_0_text="Igen omskriven.")
    change = mine.page.split("?aterstall=")[-1].partition('"')[0]
    first = mine.page.split("?aterstall=")[3].partition('"')[0]
    assert change
    mine.open(aterstall=first)
    assert "ifylld som den var före" in mine.page
    assert mine.rows() == [("risk", ENERGY), ("opportunity", REUSE)]
    assert texts(cell) == ["Igen omskriven.", "Ny."]
    mine.press()
    cell.refresh_from_db()
    assert (cell.level, texts(cell)) == ("", [ENERGY, REUSE])
    assert cell.statements.first().pk == keys[0]
    assert "Återställd från före" in mine.page


def test_the_last_change_is_undone_and_a_foreign_one_restores_nothing(mine, cell):
    mine.press(row_0_text="Omskriven.")
    address = mine.page.partition("?aterstall=")[2].partition('"')[0]
    assert mine.open(aterstall=address).press().is_saved
    assert texts(cell) == [ENERGY, REUSE]
    for other in ("0", "x", "9" * 30, "²"):
        assert mine.open(aterstall=other).rows() == [("risk", ENERGY), ("opportunity", REUSE)]


def test_who_changed_what_is_told(mine, theirs, cell):
    theirs.press(row_0_text="Deras.", level="high")
    assert "Ångra senaste ändringen" in theirs.page
    assert "Ångra senaste ändringen, av" not in theirs.page
    page = mine.open().page
    assert "Ångra senaste ändringen, av " in page
    assert "Secretariat" in page or "secretariat" in page
    assert f'<del lang="sv">{ENERGY}</del>' in page
    assert '<ins lang="sv">Deras.</ins>' in page
    assert '<ins lang="sv">hög</ins>' in page
