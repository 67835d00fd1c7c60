"""The verbs of a follow-up: plan it, take it a step on, ask, record answers, reuse an audit."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ChangeEvent, EventKind, User
from actionplan.text import figure
from followup import permissions
from followup.actions.requests import ask_second
from followup.asking.wordings import ContractValues
from followup.models import (
    ContractRequirement,
    FollowUp,
    FollowUpStatus,
    FollowUpStep,
    Question,
    RequestKind,
    ReusedAudit,
    SecondPersonRequest,
    Severity,
    Summary,
)
from followup.steps.transitions import STEPS, FollowUpFacts, StepNeed, refusal
from requirements_pkg.document.masking import masked
from requirements_pkg.document.schema import Requirement as Wording
from requirements_pkg.models import PackageVersion, Requirement
from requirements_pkg.published import page_cache
from requirements_pkg.published.masking import maskings_of

YEARS_REUSED = 3
# What is written of a question.
ANSWERED = ("answer", "answered_on", "comment", "evidence", "assessed", "explanation")


def locked(follow_up: FollowUp) -> FollowUp:
    """Lock a follow-up against others until the transaction ends, and return it as stored.

    Whoever writes a part of it holds it too, so that what a step counts does not change under it.
    """
    return FollowUp.objects.with_names().select_for_update(of=("self",)).get(pk=follow_up.pk)


def locked_for(follow_up: FollowUp, by: User) -> FollowUp:
    """Lock a follow-up for somebody who writes in it, and return it as stored.

    Raises:
        PermissionDenied: `by` does not.
    """
    stored = locked(follow_up)
    if not permissions.may_write(by, stored):
        raise PermissionDenied
    return stored


def tell_public_pages(follow_up: FollowUp) -> None:
    """Make the public pages of this process ask anew, once the transaction is through."""
    slug = follow_up.version.package.slug
    page_cache.forget_on_commit(slug, page_cache.FOLLOW_UPS)


@all_or_nothing()
def plan_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Store a new follow-up as planned.

    Raises:
        PermissionDenied: `by` writes neither for the plan nor for the contract owner.
        ValidationError: something is missing, or the version is of another plan.
    """
    if not permissions.may_write(by, follow_up):
        raise PermissionDenied
    follow_up.status, follow_up.done_on = FollowUpStatus.PLANNED, None
    follow_up.full_clean()
    follow_up.signed_by(by).save()
    ChangeEvent.objects.record(
        EventKind.PLANNED, follow_up, by=by, detail={"status": follow_up.status}
    )
    tell_public_pages(follow_up)
    return follow_up


def facts_of(follow_up: FollowUp, *, on: date | None = None, note: str = "") -> FollowUpFacts:
    """Return what the state machine asks of a follow-up: four queries."""
    return FollowUpFacts(
        status=follow_up.status,
        method=follow_up.method,
        open_deviations=follow_up.deviations.open().count(),
        unplanned=follow_up.deviations.unplanned().count(),
        undecided_answers=follow_up.questions.undecided().count(),
        is_reused=ReusedAudit.objects.filter(follow_up=follow_up).exists(),
        has_date=on is not None,
        has_note=bool(note.strip()),
    )


@all_or_nothing()
def advance(
    *, follow_up: FollowUp, to: str, by: User, on: date | None = None, note: str = ""
) -> FollowUpStep:
    """Take a follow-up to another status.

    Args:
        on: the day it was carried out, for the steps that ask for it.
        note: why, kept with the step; a cancelled follow-up needs it.

    Raises:
        PermissionDenied: `by` does not write in it.
        ValidationError: the step does not lead on from where it stands, or something is missing.
    """
    stored = locked_for(follow_up, by)
    if to == FollowUpStatus.CANCELLED and takes_two(stored):
        raise ValidationError(
            _(
                "The follow-up has a deviation of zero tolerance, so two people cancel it. Ask "
                "somebody else to approve that."
            )
        )
    step = take_step(stored, to, by=by, on=on, note=note)
    follow_up.status, follow_up.done_on = stored.status, stored.done_on
    return step


def take_step(
    stored: FollowUp, to: str, *, by: User, on: date | None = None, note: str = ""
) -> FollowUpStep:
    """Take a step of a follow-up that is locked."""
    _refuse_step(stored, to, on=on, note=note)
    step = FollowUpStep(
        follow_up=stored, from_status=stored.status, to_status=to, by=by, note=note.strip()
    )
    step.full_clean()
    if StepNeed.DONE_ON in _needs(stored.status, to):
        _refuse_future(on)
        stored.done_on = on
    stored.status = to
    stored.full_clean()
    stored.signed_by(by).save()
    step.save()
    detail = {"from": step.from_status, "to": step.to_status}
    ChangeEvent.objects.record(EventKind.ADVANCED, stored, by=by, detail=detail)
    tell_public_pages(stored)
    return step


def _refuse_step(stored: FollowUp, to: str, *, on: date | None, note: str) -> None:
    if to == FollowUpStatus.CANCELLED and Summary.objects.public().filter(follow_up=stored):
        raise ValidationError(
            _("The summary is published. Withdraw it before you cancel the follow-up.")
        )
    if sentence := refusal(facts_of(stored, on=on, note=note), to):
        raise ValidationError(sentence)


def takes_two(follow_up: FollowUp) -> bool:
    """Tell whether it takes two people to cancel a follow-up: a zero tolerance was found in it."""
    return follow_up.deviations.filter(severity=Severity.ZERO_TOLERANCE).exists()


@all_or_nothing()
def cancel(*, follow_up: FollowUp, by: User, reason: str) -> SecondPersonRequest | None:
    """Say that a follow-up will not go on, and why; it stays readable.

    Returns:
        The request to a second person, where it takes one; None where it is cancelled.

    Raises:
        PermissionDenied: `by` does not write in it.
        ValidationError: no reason, a deviation is not decided, or it has ended.
    """
    stored, to = locked_for(follow_up, by), FollowUpStatus.CANCELLED
    if not takes_two(stored):
        advance(follow_up=follow_up, to=to, by=by, note=reason)
        return None
    _refuse_step(stored, to, on=None, note=reason)
    return ask_second(stored, RequestKind.CANCEL, to=to.value, reason=reason, by=by)


def cancel_on_request(request: SecondPersonRequest, by: User) -> FollowUpStep:
    """Cancel the follow-up that a request is about, and that is locked: whoever asked does it."""
    follow_up, first = cast(FollowUp, request.follow_up), request.requested_by
    return take_step(follow_up, request.new, by=first, note=request.reason)


def _needs(status: str, to: str) -> frozenset[StepNeed]:
    return next(step.needs for step in STEPS[FollowUpStatus(status)] if step.to == to)


def _refuse_future(on: date | None) -> None:
    if on is not None and on > timezone.localdate():
        raise ValidationError(
            _("The date it was carried out is in the future. Choose today or an earlier date.")
        )


def askable(version: PackageVersion) -> dict[str, Wording]:
    """Return a version's requirements that may be asked about, by uid, in reading order.

    What two persons have masked in it goes to no supplier.
    """
    content = version.content
    active = tuple(requirement for requirement in content.requirements if requirement.is_active)
    readable = masked(active, maskings_of(content), tuple[Wording, ...])
    return {requirement.uid: requirement for requirement in readable}


def of_area(follow_up: FollowUp, wording: Wording) -> bool:
    """Tell whether a requirement is of a follow-up's product area: its own, or all areas'."""
    areas = wording.product_areas
    return not areas or follow_up.product_area.number in areas


def ask(*, follow_up: FollowUp, requirement_uids: Iterable[str], by: User) -> list[Question]:
    """Ask about more requirements, as they stand in the follow-up's version.

    Raises:
        PermissionDenied: `by` does not write in it.
        ValidationError: the version has no such requirement in force, or it is too late to ask.
    """
    made, _removed = choose(follow_up=follow_up, wanted=requirement_uids, dropped=(), by=by)
    return made


def choose(
    *, follow_up: FollowUp, wanted: Iterable[str], dropped: Collection[int], by: User
) -> tuple[list[Question], int]:
    """Ask about some requirements and no longer about others; says how many questions went.

    Args:
        wanted: requirements by their uids; those that are asked about already stay so.
        dropped: questions by their keys; those that somebody has answered stay.

    Raises:
        PermissionDenied: `by` does not write in it.
        ValidationError: the version has no such requirement in force, or it is too late.
    """
    # The content of a version never changes, and takes long to read: nobody waits for that.
    wordings = askable(follow_up.version)
    with all_or_nothing():
        stored = locked_for(follow_up, by)
        if stored.version_id != follow_up.version_id:
            raise ValidationError(_("Somebody else changed the same data. Try again."))
        made = _ask(stored, wordings, {str(uid) for uid in wanted}, by=by)
        removed = take_back(follow_up=stored, questions=dropped, by=by) if dropped else 0
    return made, removed


def _ask(
    stored: FollowUp, wordings: Mapping[str, Wording], wanted: set[str], *, by: User
) -> list[Question]:
    _refuse_late(stored)
    stored_uids = {str(uid) for uid in stored.questions.values_list("requirement__uid", flat=True)}
    if wanted - set(wordings):
        raise ValidationError(
            _(
                "The requirement is not in force in the version that is followed up."
                " Choose another one."
            )
        )
    there = Requirement.objects.known_in(stored.version.package_id)
    rows = {str(row.uid): row for row in there.filter(uid__in=wanted - stored_uids)}
    values = ContractValues(ContractRequirement.objects.filled_in(stored.contract_id))
    made = [
        Question(
            follow_up=stored,
            requirement=rows[uid],
            revision=wording.revision,
            position=position,
            text=values.question(wording),
        )
        for position, (uid, wording) in enumerate(wordings.items())
        if uid in rows
    ]
    bulk.make(Question, made, by=by)
    if made:
        _record(EventKind.PLANNED, stored, by=by, questions=len(made))
    return made


@all_or_nothing()
def take_back(*, follow_up: FollowUp, questions: Collection[int], by: User) -> int:
    """Ask no longer about what nobody has answered; says how many questions went.

    Raises:
        PermissionDenied: `by` does not write in it.
        ValidationError: it is too late.
    """
    stored = locked_for(follow_up, by)
    _refuse_late(stored)
    unanswered = stored.questions.filter(pk__in=questions, answer="", comment="", evidence="")
    rows = list(unanswered.filter(attachments__isnull=True))
    bulk.remove(Question, rows, by=by)
    return len(rows)


def _refuse_late(follow_up: FollowUp) -> None:
    if follow_up.status == FollowUpStatus.SENT:
        raise ValidationError(
            _(
                "The questionnaire has been sent to the supplier. Its questions cannot be "
                "changed until it is answered."
            )
        )
    _refuse_ended(follow_up)


def _refuse_ended(follow_up: FollowUp) -> None:
    if follow_up.has_ended:
        raise ValidationError(_("The follow-up has ended, so it cannot be changed."))


@all_or_nothing()
def record_answers(
    *, follow_up: FollowUp, questions: Collection[Question], by: User
) -> list[Question]:
    """Store answers and what is said of them; an answer gets the day on which it came.

    Raises:
        PermissionDenied: `by` does not write in it.
        ValidationError: the follow-up has ended, or an answer is not one.
    """
    stored = locked_for(follow_up, by)
    _refuse_ended(stored)
    if any(question.follow_up_id != stored.pk for question in questions):
        raise PermissionDenied
    for question in questions:
        if not question.answer:
            question.answered_on = None
        elif question.answered_on is None:
            question.answered_on = timezone.localdate()
        # Which question it is of stands, and the database keeps its own rules.
        question.clean_fields(exclude={"follow_up", "requirement"})
    bulk.change(Question, questions, ANSWERED, by=by)
    if questions:
        _record(EventKind.SUBMITTED, stored, by=by, answers=len(questions))
    return list(questions)


@all_or_nothing()
def reuse(*, follow_up: FollowUp, audit: ReusedAudit, by: User) -> ReusedAudit:
    """Lean on another organisation's audit: of terms as high as ours, at most three years old.

    Args:
        audit: what is known of it, stored or not.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: the audit cannot be reused.
    """
    stored = locked_for(follow_up, by)
    _refuse_ended(stored)
    if audit.pk is None and ReusedAudit.objects.filter(follow_up=stored).exists():
        raise ValidationError(
            _("Somebody else has already entered a reused audit. Read it first.")
        )
    audit.follow_up = stored
    audit.full_clean()
    today = timezone.localdate()
    if audit.audited_on > today:
        raise ValidationError(
            {
                "audited_on": _(
                    "The date of the audit is in the future. Choose today or an earlier date."
                )
            }
        )
    if audit.audited_on < years_before(today, YEARS_REUSED):
        text = ngettext(
            "The audit is older than %(years)s year and cannot be reused.",
            "The audit is older than %(years)s years and cannot be reused.",
            YEARS_REUSED,
        )
        raise ValidationError({"audited_on": text % {"years": figure(YEARS_REUSED)}})
    audit.signed_by(by).save()
    _record(EventKind.CONFIRMED, stored, by=by, reused=1)
    return audit


def years_before(day: date, years: int) -> date:
    """Return the same day some years ago; 28 February for the 29th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _record(kind: EventKind, follow_up: FollowUp, *, by: User, **numbers: int) -> None:
    """Record an event with numbers only: everybody with a role reads events."""
    ChangeEvent.objects.record(kind, follow_up, by=by, detail=numbers)
