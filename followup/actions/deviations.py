"""The verbs of what was found: a deviation on its way to being closed, and sanctions as facts.

Events tell states and severities only: everybody with a role reads them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, TypedDict, Unpack, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.database.broken_rules import all_or_nothing
from actionplan.django_edges import Handed
from actionplan.models import ChangeEvent, EventKind, User
from actionplan.permissions import Person
from actionplan.text import figure
from followup import permissions
from followup.actions.follow_ups import (
    askable,
    locked,
    locked_for,
    of_area,
    tell_public_pages,
)
from followup.actions.requests import ask_second
from followup.models import (
    Deviation,
    DeviationState,
    FollowUp,
    RequestKind,
    Sanction,
    SecondPersonRequest,
    Severity,
)
from requirements_pkg.document.schema import Requirement as Wording
from requirements_pkg.models import Requirement

_S = DeviationState
# For each state those that lead on from it. What is open can be escalated.
STEPS: Final[Mapping[str, tuple[DeviationState, ...]]] = {
    _S.OPEN: (_S.PLAN_SUBMITTED, _S.ESCALATED),
    _S.PLAN_SUBMITTED: (_S.PLAN_APPROVED, _S.ESCALATED),
    _S.PLAN_APPROVED: (_S.REMEDIED, _S.ESCALATED),
    _S.REMEDIED: (_S.CLOSED, _S.OPEN, _S.ESCALATED),
    _S.ESCALATED: (_S.PLAN_SUBMITTED,),
    _S.CLOSED: (),
}
# What somebody verifies, or has verified, stays as it is.
KEPT: Final = (_S.REMEDIED, _S.CLOSED)
# The change reason that history keeps has room for no more.
LONGEST_NOTE: Final = 100


class DeviationFinding(TypedDict):
    """What is said of a deviation when it is found."""

    severity: str
    finding: str
    found_on: date
    due_on: date


def steps_from(deviation: Deviation) -> tuple[DeviationState, ...]:
    """Return the states that lead on from a deviation's, whether it has all it needs or not.

    An observation needs no plan: it is remedied straight away.
    """
    steps = STEPS[deviation.state]
    if deviation.state == _S.OPEN and deviation.severity == Severity.OBSERVATION:
        return (_S.REMEDIED, *steps)
    return steps


def lack(deviation: Deviation, to: str) -> str:
    """Return what a deviation must have before a step, in a sentence; "" if it has it."""
    actions = deviation.actions.all()
    if to == _S.PLAN_SUBMITTED and not actions.filter(struck_reason="").exists():
        return _("Add at least one action to the action plan.")
    if to == _S.REMEDIED:
        return _unremedied(deviation)
    if to == _S.CLOSED and deviation.is_severe and not deviation.evidence.strip():
        return _("State what shows that the major deviation is remedied before it is closed.")
    return ""


def _unremedied(deviation: Deviation) -> str:
    """Return what is missing of its actions, in a sentence; "" if each is done or struck."""
    actions, today = deviation.actions.all(), timezone.localdate()
    if not actions.done(today).exists():
        return _("Mark at least one action as done before the deviation is recorded as remedied.")
    if number := actions.undecided(today).count():
        text = ngettext(
            "%(number)s action is neither done nor struck. Give the day or the reason.",
            "%(number)s actions are neither done nor struck. Give the days or the reasons.",
            number,
        )
        return text % {"number": figure(number)}
    return ""


def may_take(user: Person, deviation: Deviation, to: str) -> bool:
    """Tell whether this person takes a deviation to a state: `deviation` knows who remedied it.

    Who verifies a remedy closes what is severe, and opens what was not remedied.
    """
    follow_up = deviation.follow_up
    may_second = permissions.may_second(user, follow_up, first=deviation.remedied_by)
    if to == _S.CLOSED and deviation.is_severe:
        # Without a first there is no second.
        return deviation.remedied_by_id is not None and may_second
    if to == _S.OPEN and may_second:
        return True
    return permissions.may_write(user, follow_up)


def record_deviation(
    *, follow_up: FollowUp, requirement_uid: str, by: User, **finding: Unpack[DeviationFinding]
) -> Deviation:
    """Record that something is not as a requirement demands, in the follow-up's version.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: the version has no such requirement in force, it is of another product
            area, or something is missing.
    """
    # The content of a version never changes, and takes long to read: nobody waits for that.
    wording = askable(follow_up.version).get(str(requirement_uid))
    with all_or_nothing():
        stored = locked_for(follow_up, by)
        if stored.has_ended:
            raise ValidationError(_("The follow-up has ended, so it cannot be changed."))
        if (stored.version_id, stored.product_area_id) != (
            follow_up.version_id,
            follow_up.product_area_id,
        ):
            raise ValidationError(_("Somebody else changed the same data. Try again."))
        deviation = Deviation(follow_up=stored, **_demanded(stored, wording), **finding)
        deviation.full_clean()
        _refuse_future("found_on", deviation.found_on)
        _keep(deviation, by=by, before="")
    return deviation


def _demanded(follow_up: FollowUp, wording: Wording | None) -> dict[str, object]:
    """Return the requirement that is worded so, and its wording, for a deviation."""
    rows = Requirement.objects.known_in(follow_up.version.package_id)
    requirement = rows.filter(uid=wording.uid).first() if wording else None
    if wording is None or requirement is None:
        raise ValidationError(
            _(
                "The requirement is not in force in the version that is followed up. Choose "
                "another one."
            )
        )
    if not of_area(follow_up, wording):
        raise ValidationError(
            _("The requirement is of another product area than the follow-up. Choose another one.")
        )
    return {"requirement": requirement, "revision": wording.revision}


@all_or_nothing()
def submit_action_plan(*, deviation: Deviation, by: User) -> Deviation:
    """Record that the supplier has handed in what it will do, and when. Also after an escalation.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: there is no action, or the state does not lead there.
    """
    return _take(deviation, _S.PLAN_SUBMITTED, by=by)


@all_or_nothing()
def approve_action_plan(*, deviation: Deviation, by: User) -> Deviation:
    """Record that the contract owner agrees to the plan. Raises as `submit_action_plan`."""
    return _take(deviation, _S.PLAN_APPROVED, by=by, is_plan_approved=True)


@all_or_nothing()
def record_remedy(*, deviation: Deviation, by: User, evidence: str = "") -> Deviation:
    """Say that the deviation is remedied, and what shows it; somebody has yet to verify it.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: no action is done, a severe one has no evidence, or the state does not
            lead there.
    """
    return _take(deviation, _S.REMEDIED, by=by, remedied_by=by, evidence=evidence.strip())


@all_or_nothing()
def close(*, deviation: Deviation, by: User) -> Deviation:
    """Say that the remedy is verified.

    Raises:
        PermissionDenied: `by` does not write in the follow-up, or is not the second person that
            a severe one needs.
        ValidationError: it is not remedied, or a severe one has no evidence.
    """
    return _take(deviation, _S.CLOSED, by=by, closed_by=by, closed_on=timezone.localdate())


@all_or_nothing()
def escalate(*, deviation: Deviation, by: User, reason: str) -> Deviation:
    """Take it higher up, and say why.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: no reason, or it is closed or escalated already.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("State why the deviation is escalated.")})
    return _take(deviation, _S.ESCALATED, by=by, escalation_reason=reason.strip())


@all_or_nothing()
def reopen(*, deviation: Deviation, by: User, note: str) -> Deviation:
    """Open it again, since the remedy does not suffice, and say why. The log keeps the note.

    Raises:
        PermissionDenied: `by` neither writes in the follow-up nor may verify the remedy.
        ValidationError: no note, or it is not one that was remedied.
    """
    note = note.strip()
    if not note:
        raise ValidationError({"note": _("Write why the remedy is not sufficient.")})
    if len(note) > LONGEST_NOTE:
        text = _("Write at most %(number)s characters.") % {"number": figure(LONGEST_NOTE)}
        raise ValidationError({"note": text})
    return _take(deviation, _S.OPEN, by=by, note=note, remedied_by=None, evidence="")


@all_or_nothing()
def write_off(*, deviation: Deviation, by: User, reason: str) -> SecondPersonRequest | None:
    """Close a deviation that will not be remedied, and say why; a severe one takes two people.

    Returns:
        The request to a second person, where it takes one; None where it is written off.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: no reason, it is closed, or it waits for a second person already.
    """
    stored = locked_deviation(deviation)
    if not permissions.may_write(by, stored.follow_up):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the deviation is written off.")})
    if stored.state == _S.CLOSED:
        raise ValidationError(_("The deviation is already closed."))
    if stored.is_severe:
        to = _S.CLOSED.value
        return ask_second(stored, RequestKind.WRITE_OFF, to=to, reason=reason, by=by)
    _write_off(stored, by=by, closed_by=by, reason=reason)
    deviation.state = stored.state
    return None


def write_off_on_request(request: SecondPersonRequest, by: User) -> Deviation:
    """Write off the deviation that a request is about, and that is locked."""
    deviation, first = cast(Deviation, request.deviation), request.requested_by
    return _write_off(deviation, by=first, closed_by=by, reason=request.reason)


def _write_off(stored: Deviation, *, by: User, closed_by: User, reason: str) -> Deviation:
    before, stored.state = stored.state, _S.CLOSED.value
    stored.closed_by, stored.closed_on = closed_by, timezone.localdate()
    stored.written_off_by, stored.written_off_reason = by, reason.strip()
    stored.full_clean()
    _keep(stored, by=closed_by, before=before)
    return stored


@all_or_nothing()
def impose_sanction(
    *, follow_up: FollowUp, kind: str, decided_on: date, reference: str, by: User
) -> Sanction:
    """Keep what the contract owner decided against the supplier, as a fact.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: the decision is not named, or is of a day to come.
    """
    sanction = Sanction(
        follow_up=locked_for(follow_up, by), kind=kind, decided_on=decided_on, reference=reference
    )
    sanction.full_clean()
    _refuse_future("decided_on", decided_on)
    return _keep_sanction(sanction, by=by, moved=("", "imposed"))


@all_or_nothing()
def lift_sanction(*, sanction: Sanction, lifted_on: date, by: User) -> Sanction:
    """Say that a sanction is no longer in force.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: it is lifted already, or not on that day.
    """
    follow_up = locked_for(sanction.follow_up, by)
    sanction = Sanction.objects.select_for_update().get(pk=sanction.pk)
    sanction.follow_up = follow_up
    if sanction.lifted_on is not None:
        raise ValidationError(_("The sanction has already been lifted."))
    _refuse_future("lifted_on", lifted_on)
    sanction.lifted_on = lifted_on
    sanction.full_clean()
    return _keep_sanction(sanction, by=by, moved=("imposed", "lifted"))


def _take(
    deviation: Deviation, to: DeviationState, *, by: User, note: str = "", **fields: Handed
) -> Deviation:
    """Take a deviation to a state with what the step sets, looking at the stored row again."""
    stored = locked_deviation(deviation)
    before = stored.state
    if not may_take(by, stored, to):
        raise PermissionDenied
    if to not in steps_from(stored):
        text = _(
            "The deviation is “%(now)s” and cannot become “%(to)s”. Choose one of the steps on "
            "its page."
        )
        raise ValidationError(text % {"now": stored.get_state_display(), "to": to.label})
    if sentence := lack(stored, to):
        raise ValidationError(sentence)
    for name, value in {"state": to.value, **fields}.items():
        setattr(stored, name, value)
    if to == _S.REMEDIED and stored.is_severe and not stored.evidence:
        text = _("State what shows that it is remedied. It cannot be closed without that.")
        raise ValidationError({"evidence": text})
    stored.full_clean()
    _keep(stored, by=by, before=before, note=note)
    deviation.state = stored.state
    return stored


def locked_deviation(deviation: Deviation) -> Deviation:
    """Lock a deviation and its follow-up until the transaction ends, and return it as stored."""
    follow_up = locked(deviation.follow_up)
    rows = Deviation.objects.select_related("requirement").select_for_update(of=("self",))
    stored = rows.get(pk=deviation.pk)
    stored.follow_up = follow_up
    return stored


def _keep(deviation: Deviation, *, by: User, before: str, note: str = "") -> None:
    """Store a deviation and tell of its step."""
    deviation.signed_by(by, note).save()
    detail = {"from": before, "to": deviation.state, "severity": deviation.severity}
    ChangeEvent.objects.record(EventKind.ADVANCED, deviation, by=by, detail=detail)
    tell_public_pages(deviation.follow_up)


def _keep_sanction(sanction: Sanction, *, by: User, moved: tuple[str, str]) -> Sanction:
    """Store a sanction and tell of it, but not which one it is."""
    sanction.signed_by(by).save()
    detail = dict(zip(("from", "to"), moved, strict=True))
    ChangeEvent.objects.record(EventKind.ADVANCED, sanction, by=by, detail=detail)
    tell_public_pages(sanction.follow_up)
    return sanction


def _refuse_future(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(
            {field: _("The date is in the future. Choose today or an earlier date.")}
        )
