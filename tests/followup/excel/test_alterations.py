"""What a supplier writes where nobody reads it is told in the preview."""

import pytest

from followup.excel.alterations import notices_of
from followup.excel.questionnaire import questionnaire_file, rows_of, sheet_of
from tests.followup.excel.test_questionnaire import (
    ANSWER,
    address,
    answered,
    faults,
    filled,
    sent,
    upload,
)
from tests.requirements_pkg.admin_forms import text_of

__all__ = ["sent"]
QUESTION = 4


def test_a_file_as_it_was_sent_has_nothing_to_tell(sent):
    assert notices_of(sent, sheet_of(answered(sent, ("ja", "Bra.", "")))) == []


def test_what_is_written_in_a_text_of_ours_is_told_with_its_cell(sent, as_persona):
    def write(sheet) -> None:
        sheet.cell(2, QUESTION).value = "Se bilaga 4"

    data = {"file": upload(filled(questionnaire_file(sent), write))}
    text = text_of(as_persona("coordinator").post(address("read_answers", sent), data))
    assert "Inte läst: texten i cell D2 är inte den som skickades: ”Se bilaga 4”" in text


@pytest.mark.parametrize("words", ["", "Svar från Exempel AB"])
def test_lines_above_the_headings_are_passed_over_and_told(sent, words):
    def write(sheet) -> None:
        sheet.cell(2, ANSWER).value = "ja"
        sheet.insert_rows(1, 2)
        sheet.cell(1, 2).value = words or None

    sheet = sheet_of(filled(questionnaire_file(sent), write))
    assert next((row.number, row.answer) for row in rows_of(sheet)) == (4, "ja")
    notices = notices_of(sent, sheet)
    assert [words in notice for notice in notices] == ([True] if words else [])


def test_a_whole_column_that_was_written_in_is_told_in_few_lines(sent):
    def write(sheet) -> None:
        for _number in range(60):
            sheet.append([sheet.cell(2, 1).value, None, None, "Se bilaga"])

    notices = notices_of(sent, sheet_of(filled(questionnaire_file(sent), write)))
    assert len(notices) == 21
    assert notices[-1].endswith("D63.")


def test_of_a_long_text_it_is_told_that_there_is_more(sent):
    def write(sheet) -> None:
        sheet.cell(2, QUESTION).value = "Bilaga " * 100

    (notice,) = notices_of(sent, sheet_of(filled(questionnaire_file(sent), write)))
    assert notice.endswith(" …”")
    assert len(notice) < 400


def test_a_file_of_another_installation_is_told_once(sent):
    def forge(sheet) -> None:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, 1).value = f"1.{row}.0000000000000000:abc"

    ((row, sentence),) = faults(sent, filled(answered(sent, ("ja", "", "")), forge))
    assert row == 0
    assert sentence.startswith("Ingen av raderna är skapad av det här systemet.")
