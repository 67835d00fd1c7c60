"""A questionnaire that came back: what it would change, and on confirmation exactly that."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from typing import Final

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database.optimistic import LateTransaction, optimistically
from actionplan.models import ChangeEvent, EventKind, User
from actionplan.text import figure
from followup import permissions
from followup.actions.follow_ups import advance, locked_for, record_answers
from followup.excel.questionnaire import (
    LONGEST_COMMENT,
    LONGEST_EVIDENCE,
    AnswersRefused,
    ReturnedRow,
    RowIdentity,
    answer_of,
    answer_text,
    named,
    state,
)
from followup.models import FollowUp, FollowUpStatus, Question

# A preview that nobody confirmed within a day is made again.
SEALED_SECONDS: Final = 24 * 60 * 60
SALT: Final = "followup.excel.answers"
Fault = tuple[int, str]


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question and what the file answers."""

    question: Question
    answer: str
    comment: str
    evidence: str

    @property
    def before(self) -> str:
        """The stored answer in words."""
        return answer_text(self.question.answer)

    @property
    def after(self) -> str:
        """The new answer in words."""
        return answer_text(self.answer)


@dataclass(frozen=True, slots=True)
class AnswersComparison:
    """What a file says against what is stored: the changes, and the questions left open."""

    changes: Sequence[AnswerChange]
    unanswered: Sequence[Question]


def compare(follow_up: FollowUp, rows: Iterable[ReturnedRow]) -> AnswersComparison:
    """Read the rows of a file against the questions of a follow-up; nothing is stored.

    Raises:
        AnswersRefused: the file has faults, is of another follow-up, or older than an answer.
    """
    _refuse_status(follow_up)
    rows = list(rows)
    _refuse_unsigned(rows)
    questions = {
        question.pk: question
        for question in follow_up.questions.select_related("requirement").order_by("position")
    }
    faults: list[Fault] = []
    changes: dict[int, AnswerChange] = {}
    seen: set[int] = set()
    for given in rows:
        which = named(given.identity)
        _refuse_foreign(follow_up, which, given)
        question = questions.get(which.question) if which is not None else None
        if which is None or question is None:
            faults.append((given.number, _("The row matches no question that was sent.")))
        elif question.pk in seen:
            faults.append((given.number, _("The question is answered twice. Remove one row.")))
        elif which.texts != given.texts:
            faults.append((given.number, _altered()))
        elif row_faults := _faults(given):
            faults += [(given.number, text) for text in row_faults]
        elif change := _change(question, given):
            if which.state != state(question):
                faults.append((given.number, _overtaken(question)))
            changes[question.pk] = change
        seen |= {question.pk} if question is not None else set()
    if faults:
        raise AnswersRefused(faults)
    open_ones = [
        question for pk, question in questions.items() if not question.answer and pk not in changes
    ]
    return AnswersComparison(list(changes.values()), open_ones)


def _refuse_foreign(follow_up: FollowUp, which: RowIdentity | None, given: ReturnedRow) -> None:
    if which is not None and which.follow_up != follow_up.pk:
        text = _("The file belongs to another follow-up. Choose the file of this one.")
        raise AnswersRefused([(given.number, text)])


def _refuse_status(follow_up: FollowUp) -> None:
    if follow_up.status not in (FollowUpStatus.SENT, FollowUpStatus.ANSWERED):
        text = _(
            "Answers can be imported while the questionnaire is sent or answered. The "
            "follow-up is now: %(now)s."
        )
        now = follow_up.get_status_display()
        raise AnswersRefused([(0, text % {"now": now})])


def _refuse_unsigned(rows: Sequence[ReturnedRow]) -> None:
    """Say once of a whole file what is wrong with each of its rows."""
    if len(rows) > 1 and not any(named(row.identity) for row in rows):
        text = _(
            "None of the rows was created by this system. The file comes from another "
            "installation, or its hidden first column has been changed. Use the file that was "
            "sent."
        )
        raise AnswersRefused([(0, text)])


def _altered() -> str:
    return _(
        "The code, the requirement or the question is not the one that was sent in this row. "
        "The rows have been moved or rewritten: use the file that was sent."
    )


def _overtaken(question: Question) -> str:
    text = _("The answer was changed after the file was created. Stored now: %(answer)s.")
    return text % {"answer": answer_text(question.answer)}


def _faults(given: ReturnedRow) -> list[str]:
    """Return what is wrong in a row by itself, in sentences."""
    sentences = []
    if answer_of(given.answer) is None:
        text = _("“%(answer)s” is not one of the answers in the list. Choose one of them.")
        sentences.append(text % {"answer": given.answer[:60]})
    if not given.answer and not given.is_empty:
        sentences.append(_("There is a comment or evidence but no answer. Choose an answer."))
    for text, most in ((given.comment, LONGEST_COMMENT), (given.evidence, LONGEST_EVIDENCE)):
        if len(text) > most:
            sentences.append(
                _("A text has at most %(number)s characters.") % {"number": figure(most)}
            )
    return sentences


def _change(question: Question, given: ReturnedRow) -> AnswerChange | None:
    """Return what a row changes, None for nothing; an empty row takes no answer away."""
    new = (answer_of(given.answer) or "", given.comment, given.evidence)
    old = (question.answer, question.comment, question.evidence)
    return None if given.is_empty or new == old else AnswerChange(question, *new)


def sealed(follow_up: FollowUp, rows: Iterable[ReturnedRow], *, by: User) -> str:
    """Return the rows of a file as the page of the preview keeps them, for this person only.

    Nothing of what a supplier answered lies on the server before somebody has confirmed it.
    """
    content = [follow_up.pk, by.pk, [astuple(row) for row in rows]]
    return signing.dumps(content, salt=SALT, compress=True)


def unsealed(follow_up: FollowUp, text: str, *, by: User) -> list[ReturnedRow]:
    """Return the rows that a page has kept.

    Raises:
        AnswersRefused: they are not those of this follow-up and person, or a day old.
    """
    try:
        pk, person, rows = signing.loads(text, salt=SALT, max_age=SEALED_SECONDS)
    except signing.BadSignature as error:
        raise AnswersRefused([(0, _("The file is no longer here. Upload it again."))]) from error
    if (pk, person) != (follow_up.pk, by.pk):
        raise AnswersRefused(
            [(0, _("The file belongs to another follow-up. Choose the file of this one."))]
        )
    return [ReturnedRow(*row) for row in rows]


def store_answers(
    *, follow_up: FollowUp, rows: Iterable[ReturnedRow], by: User
) -> AnswersComparison:
    """Store what a file answers, and note that the questionnaire is answered; all or nothing.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        AnswersRefused: the file has faults, or was overtaken since the preview.
    """
    given = list(rows)

    def work(late: LateTransaction) -> AnswersComparison:
        # Compared while nobody waits: a questionnaire may have a thousand rows.
        now = FollowUp.objects.with_names().get(pk=follow_up.pk)
        if not permissions.may_write(by, now):
            raise PermissionDenied
        compared = compare(now, given)
        _store(late.begin(lock), compared, by=by)
        return compared

    lock = partial(locked_for, follow_up, by)
    return optimistically(work, first=lock)


def _store(stored: FollowUp, compared: AnswersComparison, *, by: User) -> None:
    today = timezone.localdate()
    for change in compared.changes:
        question = change.question
        question.answer, question.comment = change.answer, change.comment
        question.evidence = change.evidence
        question.answered_on = today
        # What was said of an earlier answer is not said of this one.
        question.assessed = question.explanation = ""
    questions = [change.question for change in compared.changes]
    record_answers(follow_up=stored, questions=questions, by=by)
    ChangeEvent.objects.record(
        EventKind.IMPORTED, stored, by=by, detail={"answers": len(questions)}
    )
    if stored.status == FollowUpStatus.SENT:
        advance(follow_up=stored, to=FollowUpStatus.ANSWERED, by=by)
