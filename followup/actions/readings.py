"""The verbs of reporting: submit, return, approve, correct; lock a period, ask to unlock it."""

from datetime import date
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ActionPlan, ChangeEvent, EventKind, User
from actionplan.permissions import Person, may_follow_up_in
from followup import permissions
from followup.actions.requests import ask_second
from followup.models import (
    IndicatorReading,
    ReadingState,
    ReportingPeriod,
    RequestKind,
    SecondPersonRequest,
)
from requirements_pkg.published import page_cache

# What may still be written on, and sent.
OPEN = (ReadingState.DRAFT, ReadingState.RETURNED)


@all_or_nothing()
def submit(*, reading: IndicatorReading, by: User) -> IndicatorReading:
    """Send a reading to somebody else; from now on it is `by` who stands for it.

    Raises:
        PermissionDenied: `by` does not report this.
        ValidationError: it was sent already, or lies in a locked period.
    """
    stored = _locked_reading(reading)
    refuse_stranger(by, stored)
    if stored.state not in OPEN:
        raise ValidationError(_("The reading has already been submitted."))
    _refuse_locked_of(stored)
    stored.state = ReadingState.SUBMITTED
    stored.author = by
    stored.submitted_at = timezone.now()
    # The reason stays: whoever looks again wants to know what was asked for.
    stored.decided_by = stored.decided_at = None
    return _stored(stored, EventKind.SUBMITTED, by=by)


@all_or_nothing()
def return_reading(*, reading: IndicatorReading, by: User, reason: str) -> IndicatorReading:
    """Hand a reading back with a reason.

    Raises:
        PermissionDenied: `by` may not approve it.
        ValidationError: no reason, or it does not wait for an answer.
    """
    stored = _locked_reading(reading)
    _refuse_decision(by, stored)
    if not reason.strip():
        raise ValidationError(_("Write why the reading is returned."))
    return _decided(stored, ReadingState.RETURNED, by=by, reason=reason.strip())


@all_or_nothing()
def approve(*, reading: IndicatorReading, by: User) -> IndicatorReading:
    """Approve a reading, which makes it public with the next report.

    Args:
        reading: as `by` has seen it.

    Raises:
        PermissionDenied: `by` may not approve it, or wrote it.
        ValidationError: it does not wait for an answer, was sent again since, or lies in a locked
        period.
    """
    stored = _locked_reading(reading)
    _refuse_decision(by, stored)
    if stored.submitted_at != reading.submitted_at:
        raise ValidationError(
            _("The reading has been submitted again meanwhile. Review it again.")
        )
    _refuse_locked_of(stored)
    approved = _decided(stored, ReadingState.APPROVED, by=by, reason=stored.reason)
    # A plan that was never published has no page of its own.
    slug = getattr(getattr(stored.plan, "package", None), "slug", "")
    page_cache.forget_on_commit(slug)
    return approved


@all_or_nothing()
def correct(*, reading: IndicatorReading, by: User) -> IndicatorReading:
    """Begin a draft that takes an approved reading's place when it is approved itself.

    Raises:
        PermissionDenied: `by` does not report this.
        ValidationError: it is not approved, has a correction, or lies in a locked period.
    """
    stored = _locked_reading(reading)
    refuse_stranger(by, stored)
    if stored.state != ReadingState.APPROVED:
        raise ValidationError(_("Only an approved reading can be corrected by a new one."))
    if IndicatorReading.objects.filter(corrects=stored).exists():
        raise ValidationError(_("Somebody has already started a correction of the reading."))
    refuse_locked(stored.plan, stored.as_of)
    copied = ("indicator", "organisation", "as_of", "status", "value", "comment", "evidence_url")
    draft = IndicatorReading(
        corrects=stored, author=by, **{name: getattr(stored, name) for name in copied}
    )
    draft.full_clean()
    draft.signed_by(by).save()
    return draft


@all_or_nothing()
def lock_period(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Close a period to further readings.

    Raises:
        PermissionDenied: `by` does not coordinate the plan.
        ValidationError: it is locked already.
    """
    stored = _locked_period(period, by=by)
    if stored.locked_at is not None:
        raise ValidationError(_("The period is already locked."))
    stored.locked_by, stored.locked_at = by, timezone.now()
    return _stored_period(stored, EventKind.LOCKED, by=by)


@all_or_nothing()
def ask_to_unlock(*, period: ReportingPeriod, by: User, reason: str) -> SecondPersonRequest:
    """Ask a reviewer of the plan to open a locked period to readings again, and say why.

    Raises:
        PermissionDenied: `by` does not coordinate the plan.
        ValidationError: no reason, it is not locked, or somebody has asked already.
    """
    stored = _locked_period(period, by=by)
    if stored.locked_at is None:
        raise ValidationError(_("The period is not locked."))
    return ask_second(stored, RequestKind.UNLOCK, to="", reason=reason, by=by)


def unlock_on_request(request: SecondPersonRequest, by: User) -> ReportingPeriod:
    """Open the period that a request is about, and that is locked, to readings again."""
    period = cast(ReportingPeriod, request.period)
    period.locked_by = period.locked_at = None
    return _stored_period(period.signed_by(by, request.reason), EventKind.UNLOCKED, by=by)


@all_or_nothing()
def keep_period(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Store a new or changed period; while the plan is locked no other overlaps with it.

    Raises:
        PermissionDenied: `by` does not coordinate the plan.
        ValidationError: something is missing, it is locked, or it overlaps with another one.
    """
    plan = ActionPlan.objects.select_for_update().get(pk=period.plan_id)
    if not may_follow_up_in(by, plan.procurement_region_id):
        raise PermissionDenied
    if ReportingPeriod.objects.locked().filter(pk=period.pk).exists():
        raise ValidationError(_("The period is locked, so it cannot be changed."))
    period.full_clean()
    period.signed_by(by).save()
    return period


def refuse_locked(plan: ActionPlan, as_of: date) -> None:
    """Refuse a reading of a day that lies in a locked period of the plan.

    Raises:
        ValidationError: with the name of the period.
    """
    periods = ReportingPeriod.objects.locked().around(as_of).filter(plan=plan)
    for name in periods.values_list("name", flat=True)[:1]:
        sentence = _("The period “%(period)s” is locked, so nothing more can be reported in it.")
        raise ValidationError(sentence % {"period": name}, code="locked")


def _refuse_locked_of(reading: IndicatorReading) -> None:
    """Refuse a reading of a locked day, and one that takes the place of such a reading."""
    refuse_locked(reading.plan, reading.as_of)
    if reading.corrects is not None:
        refuse_locked(reading.plan, reading.corrects.as_of)


def refuse_stranger(by: Person, reading: IndicatorReading) -> None:
    """Refuse who does not report this.

    Raises:
        PermissionDenied: it is another region's.
    """
    if not permissions.may_report(by, reading.plan, reading.organisation):
        raise PermissionDenied


def _refuse_decision(by: User, reading: IndicatorReading) -> None:
    if not permissions.may_approve_reading(by, reading):
        raise PermissionDenied
    if reading.state != ReadingState.SUBMITTED:
        raise ValidationError(_("The reading is not waiting for approval."))


def _locked_reading(reading: IndicatorReading) -> IndicatorReading:
    """Lock a reading and its plan until the transaction ends, and return it as stored."""
    ActionPlan.objects.select_for_update().get(pk=reading.plan.pk)
    rows = IndicatorReading.objects.select_for_update(of=("self",)).select_related(
        "indicator__sub_goal__goal__plan__package", "organisation", "author"
    )
    return rows.get(pk=reading.pk)


def _decided(
    reading: IndicatorReading, state: ReadingState, *, by: User, reason: str
) -> IndicatorReading:
    reading.state, reading.reason = state, reason
    reading.decided_by, reading.decided_at = by, timezone.now()
    kinds = {ReadingState.APPROVED: EventKind.APPROVED, ReadingState.RETURNED: EventKind.RETURNED}
    return _stored(reading, kinds[state], by=by)


def _stored(reading: IndicatorReading, kind: EventKind, *, by: User) -> IndicatorReading:
    reading.full_clean()
    reading.signed_by(by).save()
    detail = {
        "plan": reading.plan.slug,
        "indicator": reading.indicator.number,
        "as_of": reading.as_of.isoformat(),
        "status": reading.status,
    }
    ChangeEvent.objects.record(kind, reading, by=by, detail=detail)
    return reading


def _locked_period(period: ReportingPeriod, *, by: User) -> ReportingPeriod:
    plan = ActionPlan.objects.select_for_update().get(pk=period.plan_id)
    if not may_follow_up_in(by, plan.procurement_region_id):
        raise PermissionDenied
    return ReportingPeriod.objects.select_for_update().get(pk=period.pk)


def _stored_period(period: ReportingPeriod, kind: EventKind, *, by: User) -> ReportingPeriod:
    period.full_clean()
    period.signed_by(by).save()
    detail = {
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
    }
    ChangeEvent.objects.record(kind, period, by=by, detail=detail)
    return period
