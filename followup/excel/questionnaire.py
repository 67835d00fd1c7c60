"""The questionnaire as a workbook for the supplier, and what stands in the one that comes back.

Each row carries a hidden, signed identity: which follow-up and which question it is, what was
answered when the file was made, and which words were asked. So nobody's answers end up in another
follow-up, or at another question than the one that was read, and a file that is older than an
answer stored since is told from one that is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.worksheet import Worksheet

from actionplan.excel.columns import Column
from actionplan.excel.columns.cell import LINE_HEIGHT, cell_text
from actionplan.excel.columns.kinds import ChoiceKind, headings, spellings
from actionplan.excel.importing.sentences import sentence, unread
from actionplan.excel.importing.tables import MOST_ABOVE
from actionplan.excel.reading.bounds import SheetFault, SheetRefused, column_letters
from actionplan.excel.reading.reader import ReadSheet, read_sheet
from actionplan.excel.reading.values import UnreadCell, words
from actionplan.excel.writing.spreadsheet import WorkbookWriter, pieces
from actionplan.processes import uploads
from actionplan.processes.uploads import FileRefused
from actionplan.text import figure, fold, typed
from followup.actions.follow_ups import askable
from followup.asking.wordings import ContractValues, readable_name, readable_question
from followup.models import Answer, ContractRequirement, FollowUp, Question
from requirements_pkg.document.masking import MaskedWords
from requirements_pkg.document.schema import Requirement as Wording
from requirements_pkg.published.masking import maskings_of

LARGEST: Final = 5 * 1024 * 1024
# Rows below the questions, where somebody has written something of their own.
MOST_ROWS: Final = 2000
LONGEST_COMMENT, LONGEST_EVIDENCE = 8000, 2000
SIGNER: Final = Signer(salt="followup.excel.questionnaire")
HEAD_ROW: Final = 0
TALLEST: Final = 20  # lines
# The columns whose texts make a row higher.
LONG: Final = frozenset(("requirement", "question", "comment", "evidence"))


# The sheet of questions and its columns, the hidden identity first and the answers last.
QUESTIONS: Final = gettext_lazy("Questions")
ANSWERS: Final = ChoiceKind(Answer)
COLUMNS: Final = (
    Column("identity", gettext_lazy("Identity"), 3),
    Column("code", gettext_lazy("Code"), 10),
    Column("requirement", gettext_lazy("Requirement"), 50),
    Column("question", gettext_lazy("Question"), 50),
    Column("answer", gettext_lazy("Answer"), 16, ANSWERS),
    Column("comment", gettext_lazy("Comment"), 45),
    Column("evidence", gettext_lazy("Evidence"), 35, earlier=("Bevis",)),
)
# What the supplier reads, and nobody may change.
READ: Final = ("code", "requirement", "question")
AT: Final = {column.name: at for at, column in enumerate(COLUMNS)}
# What a supplier fills in begins here.
FILLED_IN: Final = AT["answer"]


class AnswersRefused(Exception):
    """A file that is not taken in: its faults, each with the row that it is in (0: in none)."""

    def __init__(self, faults: Iterable[tuple[int, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row of a file that came back: its number as Excel shows it, and what stands there."""

    number: int
    identity: str
    answer: str
    comment: str
    evidence: str
    # The fingerprint of what stands in the row to be read.
    texts: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered here."""
        return not (self.answer or self.comment or self.evidence)


@dataclass(frozen=True, slots=True)
class RowIdentity:
    """What a row names: follow-up and question by their keys, the answer and the words then."""

    follow_up: int
    question: int
    state: str
    texts: str


def identity(question: Question, texts: Mapping[str, str]) -> str:
    """Return a row's signed identity: follow-up, question, the answer so far, what is asked."""
    words = fingerprint(fold(texts[name]) for name in READ)
    return SIGNER.sign(f"{question.follow_up_id}.{question.pk}.{state(question)}.{words}")


def state(question: Question) -> str:
    """Return a fingerprint of the answer as it is stored."""
    return fingerprint([question.answer, question.comment, question.evidence])


def fingerprint(texts: Iterable[str]) -> str:
    """Return a few letters that other texts do not have."""
    return blake2b("\x1f".join(texts).encode(), digest_size=8).hexdigest()


def named(signed: str) -> RowIdentity | None:
    """Return what an identity names, if it is ours."""
    try:
        follow_up, question, answer, texts = SIGNER.unsign(signed).split(".")
        return RowIdentity(int(follow_up), int(question), answer, texts)
    except (BadSignature, ValueError):
        return None


def questionnaire_file(follow_up: FollowUp) -> bytes:
    """Return the questionnaire as Excel. It names the contract, and nothing else confidential."""
    wordings = askable(follow_up.version)
    maskings = maskings_of(follow_up.version.content)
    values = ContractValues(ContractRequirement.objects.filled_in(follow_up.contract_id))
    rows = follow_up.questions.select_related("requirement").order_by("position", "pk")
    title = readable_name(follow_up.version.package.title, maskings)
    book = WorkbookWriter(_("Self-assessment: %(package)s") % {"package": title})
    _write_read_me(book, follow_up, maskings)
    sheet = book.sheet(str(QUESTIONS), [column.width for column in COLUMNS])
    _write_head(book, sheet)
    last = HEAD_ROW
    for last, question in enumerate(rows, start=HEAD_ROW + 1):
        texts = sent_texts(question, wordings, values, maskings)
        _write_question(book, sheet, last, question, texts)
    _guard(sheet, max(last, HEAD_ROW + 1))
    return book.close()


def _write_read_me(
    book: WorkbookWriter, follow_up: FollowUp, maskings: Sequence[MaskedWords]
) -> None:
    sheet = book.sheet(_("Read me"), [30, 90])
    book.write(sheet, 0, 0, book.title, "title")
    facts = [
        (_("Requirements package"), readable_name(str(follow_up.version), maskings)),
        (_("Product area"), readable_name(follow_up.product_area.name, maskings)),
        (_("Contract owner"), follow_up.organisation.name),
        (_("Contract reference"), follow_up.reference),
    ]
    lines = [
        (_("How to answer"), _("The sheet “Questions” has one row for each question.")),
        (
            _("Answer"),
            _("Choose in the list: %(choices)s.") % {"choices": ", ".join(_choices())},
        ),
        (_("Comment"), _("Describe how you fulfil the requirement, or what remains to be done.")),
        (
            _("Evidence"),
            _("Name the documents that show it, and where they are or will be sent."),
        ),
        (
            _("Please note"),
            _(
                "Only the coloured cells can be filled in. Do not move rows, and send the same "
                "file back: that is how each answer finds its question."
            ),
        ),
    ]
    for row, (label, text) in enumerate([*facts, *lines], start=2):
        book.write(sheet, row, 0, label, "label")
        book.write(sheet, row, 1, text)
    sheet.protect()


def _write_head(book: WorkbookWriter, sheet: Worksheet) -> None:
    for at, column in enumerate(COLUMNS):
        book.write(sheet, HEAD_ROW, at, str(column.label), "head")


def sent_texts(
    question: Question,
    wordings: Mapping[str, Wording],
    values: ContractValues,
    maskings: Sequence[MaskedWords],
) -> dict[str, str]:
    """Return what a supplier reads of a question, by column."""
    wording = wordings.get(str(question.requirement.uid))
    texts = {
        "code": str(question),
        "requirement": values.demanded(wording) if wording else question.requirement.title,
        "question": readable_question(question.text, wording, maskings),
    }
    return {name: pieces(cell_text(text))[0] for name, text in texts.items()}


def _write_question(
    book: WorkbookWriter,
    sheet: Worksheet,
    row: int,
    question: Question,
    texts: Mapping[str, str],
) -> None:
    values = {
        "identity": identity(question, texts),
        **texts,
        "answer": ANSWERS.show(question.answer),
        "comment": question.comment,
        "evidence": question.evidence,
    }
    lines = 1
    for at, column in enumerate(COLUMNS):
        value = values[column.name]
        if at < FILLED_IN:
            book.write(sheet, row, at, value, "framed")
        else:
            book.write(sheet, row, at, value, "answer")
        if column.name in LONG:
            lines = max(lines, sum(len(line) // column.width + 1 for line in value.split("\n")))
    sheet.set_row(row, LINE_HEIGHT * min(lines, TALLEST))


def _guard(sheet: Worksheet, last: int) -> None:
    """Let only answers be written, and only in ways that can be read back."""
    first = HEAD_ROW + 1
    sheet.set_column(0, 0, COLUMNS[0].width, None, {"hidden": True})
    sheet.data_validation(
        first,
        AT["answer"],
        last,
        AT["answer"],
        {
            "validate": "list",
            "source": _choices(),
            "error_title": _("Answer"),
            "error_message": _("Choose one of the answers in the list."),
        },
    )
    for name, most in (("comment", LONGEST_COMMENT), ("evidence", LONGEST_EVIDENCE)):
        message = _("At most %(number)s characters.") % {"number": figure(most)}
        rule = {"validate": "length", "criteria": "<=", "value": most, "error_message": message}
        sheet.data_validation(first, AT[name], last, AT[name], rule)
    sheet.freeze_panes(first, 2)
    sheet.repeat_rows(HEAD_ROW)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.activate()


def rows_of(sheet: ReadSheet) -> list[ReturnedRow]:
    """Return what stands in a file that came back, row by row.

    Raises:
        AnswersRefused: it is no questionnaire of ours, or has cells that cannot be read.
    """
    rows = list(sheet.values())
    head = head_at(rows)
    if head is None:
        text = _(
            "The columns are not those of the questionnaire that was sent. Use the file that "
            "was sent."
        )
        raise AnswersRefused([(HEAD_ROW + 1, text)])
    if len(rows) > MOST_ROWS:
        text = _("A questionnaire has at most %(number)s rows.") % {"number": figure(MOST_ROWS)}
        raise AnswersRefused([(0, text)])
    numbered = list(enumerate(rows[head + 1 :], start=head + 2))
    if faults := [
        fault for at, row in numbered for fault in (*_unread(at, row), *_aside(at, row))
    ]:
        raise AnswersRefused(faults)
    return [
        given
        for number, row in numbered
        if (given := _given(number, row)).identity or not given.is_empty
    ]


def head_at(rows: Sequence[list[object]]) -> int | None:
    """Find the row of our headings; a supplier may have written a line or two above it."""
    return next((at for at, row in enumerate(rows[:MOST_ABOVE]) if _are_ours(row)), None)


def _are_ours(row: list[object]) -> bool:
    """Tell whether a row has the headings of the questionnaire, in any language."""
    row_words = [fold(cell_words(cell)) for cell in row[: len(COLUMNS)]]
    return len(row_words) == len(COLUMNS) and all(
        heading in headings(column) for heading, column in zip(row_words, COLUMNS, strict=True)
    )


def _unread(number: int, row: list[object]) -> Iterator[tuple[int, str]]:
    """Yield a fault for each cell of a row's identity or answer that cannot be read."""
    cells = [row[0], *row[FILLED_IN : len(COLUMNS)]] if row else []
    return ((number, unread(cell)) for cell in cells if isinstance(cell, UnreadCell))


def _aside(number: int, row: list[object]) -> Iterator[tuple[int, str]]:
    """Yield a fault for each text that a supplier wrote beside the columns that are read."""
    for at, cell in enumerate(row[len(COLUMNS) :], start=len(COLUMNS) + 1):
        if cell_words(cell):
            text = _(
                "The cell %(cell)s is outside the questionnaire. Move its text to the comment."
            )
            yield number, text % {"cell": f"{column_letters(at)}{number}"}


def sheet_of(data: bytes) -> ReadSheet:
    """Return the sheet of questions of a file that came back, whatever the file is.

    Raises:
        AnswersRefused: it is too large or damaged, or has no such sheet.
    """
    if len(data) > LARGEST:
        raise AnswersRefused([(0, _("The file is larger than 5 MB. Choose a smaller file."))])
    try:
        names = sorted(spellings(QUESTIONS))
        return uploads.read(read_sheet, data, names, raises=(SheetRefused,))
    except FileRefused as refused:
        raise AnswersRefused([(0, str(refused))]) from refused
    except SheetRefused as refused:
        text = sentence(refused)
        if refused.fault == SheetFault.NO_SUCH_SHEET:
            text = _("The file has no sheet called “Questions”. Use the file that was sent.")
        raise AnswersRefused([(0, text)]) from refused


def _given(number: int, row: list[object]) -> ReturnedRow:
    cells = [cell_words(cell) for cell in [*row, *[""] * len(COLUMNS)]]
    return ReturnedRow(
        number,
        identity=cells[AT["identity"]],
        answer=cells[AT["answer"]],
        comment=cells[AT["comment"]],
        evidence=cells[AT["evidence"]],
        texts=fingerprint(fold(cells[AT[name]]) for name in READ),
    )


def cell_words(value: object) -> str:
    """Return what a cell says, as who types it would have it."""
    return typed(cell_text(words(value))).strip()


def answer_of(text: str) -> str | None:
    """Return the answer that a cell names, "" for none, and None for what is no answer."""
    try:
        return ANSWERS.read(text) or ""
    except ValueError:
        return None


def _choices() -> list[str]:
    """Return the answers to choose among, in words."""
    return list(ANSWERS.names().values())


def answer_text(answer: str) -> str:
    """Return an answer in words."""
    return capfirst(str(Answer(answer).label)) if answer else "–"
