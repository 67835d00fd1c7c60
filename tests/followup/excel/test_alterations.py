"""What a supplier writes where nobody reads it is told; what is ours may not be rewritten."""

from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from followup.excel.alterations import notices_of
from followup.excel.answers import compare
from followup.excel.questionnaire import AnswersRefused, questionnaire_file, rows_of, sheet_of
from followup.models import FollowUp
from tests.factories import ContractFactory, ContractRequirementFactory
from tests.followup.excel.test_questionnaire import (
    ANSWER,
    EVIDENCE,
    address,
    answered,
    faults,
    filled,
    given_of,
    sent,
    upload,
)
from tests.requirements_pkg.admin_forms import text_of

__all__ = ["sent"]
QUESTION = 4


def test_a_file_as_it_was_sent_has_nothing_to_tell(sent):
    assert notices_of(sheet_of(answered(sent, ("ja", "Bra.", "")))) == []


ALTERED = "Koden, kravet eller frågan är inte det som skickades på raden."


@pytest.mark.parametrize("column", [2, 3, QUESTION])
def test_a_text_of_ours_that_was_rewritten_is_a_fault(sent, as_persona, column):
    def write(sheet) -> None:
        sheet.cell(2, ANSWER).value = "ja"
        sheet.cell(2, column).value = "Se bilaga 4"

    data = {"file": upload(filled(questionnaire_file(sent), write))}
    response = as_persona("coordinator").post(address("read_answers", sent), data)
    assert response.status_code == 400
    assert ALTERED in text_of(response)


def test_identities_that_changed_places_are_faults(sent):
    def swap(sheet) -> None:
        sheet["A2"], sheet["A3"] = sheet["A3"].value, sheet["A2"].value
        sheet["E2"] = sheet["E3"] = "ja"

    rows = faults(sent, filled(questionnaire_file(sent), swap))
    assert [(row, text.startswith(ALTERED)) for row, text in rows] == [(2, True), (3, True)]


def test_whole_rows_that_changed_places_are_read(sent):
    def swap(sheet) -> None:
        for column in "ABCDE":
            first, second = sheet[f"{column}2"], sheet[f"{column}3"]
            first.value, second.value = second.value, first.value
        sheet["E2"], sheet["E3"] = "ja", "nej"

    data = filled(questionnaire_file(sent), swap)
    changes = compare(sent, rows_of(sheet_of(data))).changes
    answers = {change.question.requirement.code: change.answer for change in changes}
    assert answers == {"SE-01": "no", "SE-02": "yes"}


def test_a_contract_that_changed_since_makes_no_fault(sent, requirements, coordinator):
    contract = ContractFactory()
    in_contract = ContractRequirementFactory(
        contract=contract,
        version=sent.version,
        requirement=requirements[0],
        values={"antal-veckor": "9"},
    )
    FollowUp.objects.filter(pk=sent.pk).update(
        contract=contract, contract_reference="", supplier=""
    )
    data = answered(FollowUp.objects.get(pk=sent.pk), ("ja", "", ""))
    assert "inom 9 veckor" in load_workbook(BytesIO(data))["Frågor"]["C2"].value
    in_contract.values = {"antal-veckor": "2"}
    in_contract.save()
    assert len(compare(sent, rows_of(sheet_of(data))).changes) == 1


@pytest.mark.parametrize("words", ["", "Svar från Exempel AB"])
def test_lines_above_the_headings_are_passed_over_and_told(sent, words):
    def write(sheet) -> None:
        sheet.cell(2, ANSWER).value = "ja"
        sheet.insert_rows(1, 2)
        sheet.cell(1, 2).value = words or None

    sheet = sheet_of(filled(questionnaire_file(sent), write))
    assert next((row.number, row.answer) for row in rows_of(sheet)) == (4, "ja")
    notices = notices_of(sheet)
    assert [words in notice for notice in notices] == ([True] if words else [])


def test_a_file_of_another_installation_is_told_once(sent):
    def forge(sheet) -> None:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, 1).value = f"1.{row}.0000000000000000:abc"

    ((row, sentence),) = faults(sent, filled(answered(sent, ("ja", "", "")), forge))
    assert row == 0
    assert sentence.startswith("Ingen av raderna är skapad av det här systemet.")


def test_what_is_written_beside_the_columns_is_a_fault_with_its_cell(sent):
    def write(sheet) -> None:
        sheet.cell(2, EVIDENCE + 2).value = "Se även bilagan."

    with pytest.raises(AnswersRefused) as refused, override("sv"):
        given_of(filled(answered(sent, ("ja", "", "")), write))
    ((row, sentence),) = refused.value.faults
    assert row == 2
    assert "I2" in sentence
    assert "kommentaren" in sentence
