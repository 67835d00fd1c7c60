"""The questionnaire goes out as Excel and comes back; what is wrong is told and stores nothing."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from actionplan.models import ChangeEvent
from followup.actions.follow_ups import ask
from followup.excel import questionnaire
from followup.excel.answers import compare, sealed, store_answers, unsealed
from followup.excel.questionnaire import (
    AnswersRefused,
    ReturnedRow,
    questionnaire_file,
    rows_of,
    sheet_of,
)
from followup.models import Answer, FollowUp, Question
from tests.factories import FollowUpFactory
from tests.requirements_pkg.admin_forms import text_of

HOSTILE = [
    "=cmd()",
    "+46 8 123",
    "@SUM(A1)",
    "-1",
    "flik\there",
    "rad ett\nrad två",
    "smältverk 🪨 åäö",
    "<script>alert(1)</script>",
    "'citat",
]
ANSWER, COMMENT, EVIDENCE = 5, 6, 7


@pytest.fixture
def sent(follow_up, requirements, coordinator) -> FollowUp:
    """A questionnaire with two questions, at the supplier."""
    uids = [str(requirement.uid) for requirement in requirements]
    ask(follow_up=follow_up, requirement_uids=uids, by=coordinator)
    FollowUp.objects.filter(pk=follow_up.pk).update(status="sent")
    follow_up.refresh_from_db()
    return follow_up


def given_of(data: bytes) -> list[ReturnedRow]:
    return rows_of(sheet_of(data))


def filled(data: bytes, change: Callable[[object], None]) -> bytes:
    """A questionnaire in which somebody has written."""
    book = load_workbook(BytesIO(data))
    change(book["Frågor"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def answered(follow_up, *rows: tuple[str, str, str]) -> bytes:
    """The questionnaire with answers, from the first question on."""

    def write(sheet) -> None:
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=ANSWER):
                cell = sheet.cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"

    return filled(questionnaire_file(follow_up), write)


def faults(follow_up, data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(AnswersRefused) as refused:
        compare(follow_up, given_of(data))
    return list(refused.value.faults)


def test_the_file_has_a_row_for_each_question_and_takes_only_answers(sent):
    book = load_workbook(BytesIO(questionnaire_file(sent)))
    assert book.sheetnames == ["Läs mig", "Frågor"]
    sheet = book["Frågor"]
    assert [cell.value for cell in sheet[1]][1:] == [
        "Kod",
        "Krav",
        "Fråga",
        "Svar",
        "Kommentar",
        "Underlag",
    ]
    question = "Vilka smältverk finns i er leveranskedja?"
    assert (sheet["B2"].value, sheet["D2"].value) == ("SE-01:1", question)
    assert "förteckning" in sheet["C2"].value
    assert sheet.max_row == 3
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True] * 4 + [False] * 3
    assert sheet.column_dimensions["A"].hidden
    choices = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"ja,delvis,nej,ej tillämpligt"' in choices


def test_the_file_tells_the_supplier_nothing_that_is_ours(sent):
    Question.objects.update(assessed="deviates")
    book = load_workbook(BytesIO(questionnaire_file(sent)))
    text = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    assert sent.contract_reference in text
    # What the buyer's own people are told to do is no question.
    assert "Dokumentgranskning varje år." not in text
    for secret in ("Hemliga Hallar", "Dolda Delar", "Revisor & Co", "svarar sent", "avviker"):
        assert secret not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_answered_comes_back_as_it_was_written(sent, coordinator, text):
    data = answered(sent, ("Delvis", text, text), ("nej", text, ""))
    store_answers(follow_up=sent, rows=given_of(data), by=coordinator)
    first, second = sent.questions.order_by("position")
    assert (first.answer, first.comment, first.evidence) == ("partly", text, text)
    assert (second.answer, second.comment) == ("no", text)
    # And once more out and in: nothing has changed on the way.
    again = questionnaire_file(FollowUp.objects.get(pk=sent.pk))
    assert compare(FollowUp.objects.get(pk=sent.pk), given_of(again)).changes == []
    sheet = load_workbook(BytesIO(again))["Frågor"]
    assert sheet.cell(2, COMMENT).value == text
    assert sheet.cell(2, COMMENT).data_type == "s"


@pytest.mark.parametrize(("made", "read"), [("sv", "en"), ("en", "sv")])
def test_a_questionnaire_outlives_a_choice_of_language(sent, coordinator, made, read):
    with override(made):
        data = questionnaire_file(sent)
        answer = str(Answer.PARTLY.label)
    book = load_workbook(BytesIO(data))
    book.worksheets[1].cell(2, ANSWER).value = answer
    out = BytesIO()
    book.save(out)
    with override(read):
        assert [change.answer for change in compare(sent, given_of(out.getvalue())).changes] == [
            "partly"
        ]


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.95, "0%", "95 %"),
        (True, "General", "SANT"),
        (0.1 + 0.2, "General", "0,3"),
        (1.5, "[h]:mm", "36:00"),
        (1200, '#,##0 "kr"', "1 200 kr"),
    ],
)
def test_an_answer_is_read_as_excel_shows_it(sent, value, code, expected):
    def write(sheet) -> None:
        sheet.cell(2, ANSWER).value = "ja"
        sheet.cell(2, COMMENT).value = value
        sheet.cell(2, COMMENT).number_format = code

    (given, *_rest) = given_of(filled(questionnaire_file(sent), write))
    assert given.comment == expected


def test_a_questionnaire_outlives_an_upgrade_that_renames_a_heading(sent):
    def as_then(sheet) -> None:
        sheet.cell(1, EVIDENCE).value = "Bevis"

    data = filled(answered(sent, ("ja", "Bra.", "Intyg")), as_then)
    assert given_of(data)[0].evidence == "Intyg"


def test_an_error_in_an_answer_is_a_fault_with_its_row(sent):
    def write(sheet) -> None:
        sheet.cell(2, ANSWER).value = "ja"
        sheet.cell(2, COMMENT).value = "=1/0"
        sheet.cell(3, EVIDENCE).value = "#REF!"
        sheet.cell(3, EVIDENCE).data_type = "e"

    row_faults = faults(sent, filled(questionnaire_file(sent), write))
    assert [row for row, _sentence in row_faults] == [2, 3]
    assert "F2" in row_faults[0][1]
    assert "#REF!" in row_faults[1][1]


def test_excel_changes_nothing_that_is_written_in_an_answer(sent):
    sheet = load_workbook(BytesIO(questionnaire_file(sent)))["Frågor"]
    assert {sheet.cell(2, at).number_format for at in (ANSWER, COMMENT, EVIDENCE)} == {"@"}


def test_the_status_follows_and_the_event_holds_numbers_only(sent, coordinator):
    store_answers(
        follow_up=sent, rows=given_of(answered(sent, ("ja", "Hemligt.", ""))), by=coordinator
    )
    assert FollowUp.objects.get(pk=sent.pk).status == "answered"
    details = [event.detail for event in ChangeEvent.objects.about(sent)]
    assert {"answers": 1} in details
    assert "Hemligt" not in str(details)


def test_faults_are_told_by_row_and_nothing_is_stored(sent, coordinator):
    data = answered(sent, ("kanske", "", ""), ("", "Bara en kommentar.", ""))
    assert faults(sent, data) == [
        (2, "”kanske” finns inte i listan. Välj ett av svaren i listan."),
        (3, "Här finns en kommentar eller ett underlag men inget svar. Välj ett svar."),
    ]
    with pytest.raises(AnswersRefused):
        store_answers(follow_up=sent, rows=given_of(data), by=coordinator)
    assert not Question.objects.exclude(answer="").exists()
    assert FollowUp.objects.get(pk=sent.pk).status == "sent"


def test_one_wrong_row_keeps_the_right_one_out(sent, coordinator):
    data = answered(sent, ("ja", "", ""), ("kanske", "", ""))
    with pytest.raises(AnswersRefused):
        store_answers(follow_up=sent, rows=given_of(data), by=coordinator)
    assert not Question.objects.exclude(answer="").exists()


def test_a_file_of_another_follow_up_is_refused(sent, requirements, coordinator):
    other = FollowUpFactory(version=sent.version)
    ask(follow_up=other, requirement_uids=[str(requirements[0].uid)], by=coordinator)
    data = answered(other, ("ja", "", ""))
    assert faults(sent, data) == [
        (2, ("Filen hör till en annan uppföljning. Välj filen för den här."))
    ]


def test_an_identity_that_somebody_made_up_is_refused(sent):
    def forge(sheet) -> None:
        sheet["A2"] = f"{sent.pk}.{sent.questions.first().pk}.0000000000000000:abc"
        sheet["E2"] = "ja"

    data = filled(questionnaire_file(sent), forge)
    assert faults(sent, data) == [(2, "Raden motsvarar ingen av frågorna som skickades ut.")]


def test_a_question_answered_twice_is_refused(sent):
    def double(sheet) -> None:
        for column in "ABCD":
            sheet[f"{column}3"] = sheet[f"{column}2"].value
        sheet["E2"] = sheet["E3"] = "ja"

    data = filled(questionnaire_file(sent), double)
    assert faults(sent, data) == [(3, "Frågan är besvarad två gånger. Ta bort den ena raden.")]


def test_a_file_older_than_a_stored_answer_is_refused(sent, coordinator):
    old = answered(sent, ("ja", "", ""))
    Question.objects.filter(pk=sent.questions.first().pk).update(
        answer="no", answered_on="2026-03-16"
    )
    assert faults(sent, old) == [(2, "Svaret har ändrats sedan filen skapades. Sparat nu: Nej.")]
    new = answered(FollowUp.objects.get(pk=sent.pk), ("ja", "", ""))
    assert len(compare(sent, given_of(new)).changes) == 1


def test_an_empty_row_takes_no_answer_away(sent, coordinator):
    store_answers(follow_up=sent, rows=given_of(answered(sent, ("ja", "Så.", ""))), by=coordinator)
    data = answered(FollowUp.objects.get(pk=sent.pk), (None, None, None))
    compared = compare(FollowUp.objects.get(pk=sent.pk), given_of(data))
    assert compared.changes == []
    assert [question.requirement.code for question in compared.unanswered] == ["SE-02"]


@pytest.mark.parametrize("status", ["planned", "reviewed", "closed", "cancelled"])
def test_answers_are_read_only_while_they_are_waited_for(sent, status):
    data = answered(sent, ("ja", "", ""))
    FollowUp.objects.filter(pk=sent.pk).update(status=status, done_on="2026-03-16")
    ((row, text),) = faults(FollowUp.objects.get(pk=sent.pk), data)
    assert row == 0
    assert text.startswith("Svar kan läsas in när")


def foreign() -> bytes:
    book, out = Workbook(), BytesIO()
    book.active.title = "Frågor"
    book.active.append(["Något", "annat"])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04 skadad", "inte en Excelfil"),
        (b"hej", "inte en Excelfil"),
        (foreign(), "Kolumnerna är inte"),
    ],
)
def test_what_is_no_questionnaire_is_refused(sent, data, sentence):
    ((_row, text),) = faults(sent, data)
    assert sentence in text


def test_a_file_that_is_too_large_is_refused(sent, monkeypatch):
    data = answered(sent, ("ja", "", ""))
    monkeypatch.setattr(questionnaire, "LARGEST", len(data) - 1)
    assert faults(sent, data) == [(0, "Filen är större än 5 MB. Välj en mindre fil.")]


def test_a_file_with_too_many_rows_is_refused(sent, monkeypatch):
    data = answered(sent, ("ja", "", ""))
    monkeypatch.setattr(questionnaire, "MOST_ROWS", 2)
    assert faults(sent, data) == [(0, "En självskattning har högst 2 rader.")]


def test_a_preview_is_its_persons_and_its_follow_ups_own(sent, coordinator, superuser):
    rows = given_of(answered(sent, ("ja", "", "")))
    text = sealed(sent, rows, by=coordinator)
    assert unsealed(sent, text, by=coordinator) == rows
    for follow_up, by in [(sent, superuser), (FollowUpFactory(version=sent.version), coordinator)]:
        with pytest.raises(AnswersRefused):
            unsealed(follow_up, text, by=by)


def address(name: str, follow_up) -> str:
    return reverse(f"admin:followup_{name}", args=[follow_up.pk])


def test_a_note_on_an_answer_is_told_in_the_preview(sent, as_persona):
    def note(sheet) -> None:
        sheet["E2"] = "ja"
        sheet["G2"].comment = Comment("Intyget följer i januari.", "Leverantören")

    data = filled(questionnaire_file(sent), note)
    client = as_persona("coordinator")
    preview = client.post(address("read_answers", sent), {"file": upload(data)})
    notice = "Inte läst: anteckningen i cell G2 (Leverantören): ”Intyget följer i januari.”"
    assert notice in text_of(preview)
    plain = client.post(
        address("read_answers", sent), {"file": upload(answered(sent, ("ja", "", "")))}
    )
    assert "Inte läst" not in text_of(plain)


def test_a_file_is_previewed_and_then_stored(sent, as_persona):
    client = as_persona("coordinator")
    downloaded = client.get(address("questionnaire", sent))
    assert downloaded.headers["Content-Disposition"].startswith("attachment")
    data = answered(sent, ("ja", "Förteckningen är bifogad.", "Bilaga 1"))
    preview = client.post(address("read_answers", sent), {"file": upload(data)})
    assert "Förteckningen är bifogad." in text_of(preview)
    assert not Question.objects.exclude(answer="").exists()
    confirm = {"sealed": preview.context["sealed"]}
    response = client.post(address("read_answers", sent), confirm, follow=True)
    assert "Inläst: 1 svar." in text_of(response)
    assert sent.questions.get(answer="yes").evidence == "Bilaga 1"
    # A second click: the answer is stored already, and the status has moved on.
    again = client.post(address("read_answers", sent), confirm, follow=True)
    assert "Inlästa: 0 svar." in text_of(again)
    assert sent.steps.count() == 1


def test_faults_are_shown_with_the_row(sent, as_persona):
    data = answered(sent, ("kanske", "", ""))
    response = as_persona("coordinator").post(
        address("read_answers", sent), {"file": upload(data)}
    )
    assert response.status_code == 400
    assert "Rad 2" in text_of(response)


def test_many_faults_are_told_once_with_their_rows(sent, as_persona):
    def again(sheet) -> None:
        for _number in range(4, 60):
            sheet.append([cell.value for cell in sheet[2]])

    data = {"file": upload(filled(answered(sent, ("ja", "", "")), again))}
    text = text_of(as_persona("coordinator").post(address("read_answers", sent), data))
    assert text.count("Frågan är besvarad två gånger.") == 1
    assert "Rad 4–59" in text
    assert "Ladda ner alla fel" in text


@pytest.mark.parametrize(
    ("persona", "status"),
    [("reviewer", 403), ("other_coordinator", 404), ("analyst", 404), ("staff", 302)],
)
def test_only_who_writes_takes_the_questionnaire_out_and_in(sent, as_persona, persona, status):
    client = as_persona(persona)
    assert client.get(address("questionnaire", sent)).status_code == status
    data = {"file": upload(answered(sent, ("ja", "", "")))}
    assert client.post(address("read_answers", sent), data).status_code == status


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("enkat.xlsx", data)
