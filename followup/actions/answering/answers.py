"""The verbs of whoever is asked: write, attach files, send in. Nobody is logged in."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Final, TypedDict

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ChangeEvent, EventKind
from actionplan.text import figure
from followup.actions.evidence import check, short_name
from followup.actions.follow_ups import ANSWERED, locked, take_step
from followup.asking.wordings import LANGUAGE
from followup.models import Attachment, FollowUpStatus, Question, SupplierForm

# Of one question, and of a whole follow-up.
MOST_FILES: Final = 10
MOST_BYTES: Final = 100 * 1024 * 1024


class GivenAnswer(TypedDict):
    """What is written at one question."""

    answer: str
    comment: str
    evidence: str


NOTHING: Final = GivenAnswer(answer="", comment="", evidence="")
Given = Mapping[int, GivenAnswer]


def given_so_far(form: SupplierForm, question: Question) -> GivenAnswer:
    """Return what stands at a question: what is being written, else what was answered."""
    draft: GivenAnswer | None = form.answers.get(str(question.pk))
    if draft is not None:
        return draft
    return GivenAnswer(
        answer=question.answer, comment=question.comment, evidence=question.evidence
    )


@all_or_nothing()
def write(*, form: SupplierForm, given: Given) -> None:
    """Keep what is written so far, at the questions of the follow-up.

    Raises:
        ValidationError: the supplier may not write any longer.
    """
    stored = _locked_form(form)
    known = set(stored.follow_up.questions.values_list("pk", flat=True))
    own = {str(pk): answer for pk, answer in given.items() if pk in known}
    stored.answers = form.answers = {**stored.answers, **own}
    stored.save(update_fields=["answers"])


def attach(*, form: SupplierForm, question: Question, file_name: str, content: bytes) -> None:
    """Check a file, and keep it at a question.

    Raises:
        ValidationError: the file is refused, or there are too many.
    """
    # Before anything is held: it may take seconds.
    check(file_name, content)
    with all_or_nothing():
        stored = _locked_form(form)
        refuse_more(stored.follow_up_id, len(content), beside=question.attachments.count())
        file = Attachment(
            follow_up=stored.follow_up,
            question=question,
            file_name=short_name(file_name),
            content=content,
            size=len(content),
            sha256=sha256(content).hexdigest(),
        )
        file.full_clean()
        file.save()


def refuse_more(follow_up: int, size: int, *, beside: int) -> None:
    """Refuse one more file where there are enough.

    Raises:
        ValidationError: as many as may be, or as much.
    """
    if beside >= MOST_FILES:
        text = _("At most %(number)s files at one place. Remove one first.")
        raise ValidationError(text % {"number": figure(MOST_FILES)})
    sizes = Attachment.objects.filter(follow_up=follow_up).values_list("size", flat=True)
    if sum(sizes) + size > MOST_BYTES:
        raise ValidationError(_("The files are more than 100 MB together. Remove one first."))


@all_or_nothing()
def detach(*, form: SupplierForm, files: Collection[int]) -> None:
    """Take away files that the supplier has attached since the form was sent.

    Raises:
        ValidationError: the supplier may not write any longer.
    """
    stored = _locked_form(form)
    rows = Attachment.objects.filter(follow_up=stored.follow_up_id, uploaded_by__isnull=True)
    bulk.remove(Attachment, rows.filter(pk__in=files, uploaded_at__gte=stored.sent_at), by=None)


@all_or_nothing()
def submit(*, form: SupplierForm) -> SupplierForm:
    """Take in what was written as the answers to the questions.

    Raises:
        ValidationError: a question has no answer, or the supplier may not write any longer.
    """
    stored = _locked_form(form)
    follow_up = stored.follow_up
    questions = list(follow_up.questions.select_related("requirement").order_by("position"))
    if missing := [
        str(question) for question in questions if not given_so_far(stored, question)["answer"]
    ]:
        text = _("Choose an answer to each question before you send: %(questions)s.")
        raise ValidationError(text % {"questions": ", ".join(missing)})
    changed = _changed(stored, questions)
    bulk.change(Question, changed, ANSWERED, by=None)
    stored.answers, stored.submitted_at = {}, timezone.now()
    stored.save()
    detail = {"answers": len(changed)}
    ChangeEvent.objects.record(EventKind.SUBMITTED, follow_up, by=None, detail=detail)
    if follow_up.status == FollowUpStatus.SENT:
        with override(LANGUAGE):
            note = _("The supplier answered on the web page.")
        # Whoever sent the questions let the answers come in.
        take_step(follow_up, FollowUpStatus.ANSWERED, by=stored.sent_by, note=note)
    return stored


def _changed(form: SupplierForm, questions: Sequence[Question]) -> list[Question]:
    """Return the questions that are answered otherwise, with the new answers."""
    changed = []
    for question in questions:
        given = given_so_far(form, question)
        old = (question.answer, question.comment, question.evidence)
        new = (given["answer"], given["comment"], given["evidence"])
        if old == new:
            continue
        question.answer, question.comment, question.evidence = new
        question.answered_on = timezone.localdate()
        # What was said of an earlier answer is not said of this one.
        question.assessed = question.explanation = ""
        question.clean_fields(exclude={"follow_up", "requirement"})
        changed.append(question)
    return changed


def _locked_form(form: SupplierForm) -> SupplierForm:
    """Return a form as it is stored, held against others together with its follow-up.

    Raises:
        ValidationError: it was sent in, or is no longer answered.
    """
    follow_up = locked(form.follow_up)
    stored: SupplierForm = SupplierForm.objects.select_for_update().get(pk=form.pk)
    stored.follow_up = follow_up
    if not stored.is_open:
        raise ValidationError(_("The answers were sent in, or are no longer awaited."))
    return stored
