"""The verbs of masking: ask that words in published reports are masked, approve or return it."""

from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database import row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ChangeEvent, EventKind, User
from followup import permissions
from followup.models import FollowUpReport, Masking
from followup.report.masking import texts_of, times_in
from followup.report.reading import read
from requirements_pkg.models import Decision, RequirementsPackage
from requirements_pkg.published import page_cache


class LegalReasons(TypedDict, total=False):
    """On which provision words are masked, and why."""

    ground: str
    other_ground: str
    reason: str


@all_or_nothing()
def request_masking(
    *, package: RequirementsPackage, words: str, by: User, **given: Unpack[LegalReasons]
) -> Masking:
    """Ask a second person to mask words in all published reports of a plan.

    Raises:
        PermissionDenied: `by` does not write the plan's reports.
        ValidationError: the words stand in no report, or something is missing.
    """
    if not permissions.may_write_report(by, package):
        raise PermissionDenied
    masking = Masking(
        package=package,
        words=words.strip(),
        requested_by=by,
        **{name: str(value).strip() for name, value in given.items()},
    )
    masking.full_clean()
    if not times_masked(package, masking.words):
        raise ValidationError(
            {"words": _("The words stand in no text of a published report. Check the spelling.")}
        )
    masking.signed_by(by).save()
    _tell(EventKind.REQUESTED, masking, by=by)
    return masking


@all_or_nothing()
def approve_masking(*, masking: Masking, by: User) -> Masking:
    """Mask the words, from now on, wherever reports of the plan are read.

    Raises:
        PermissionDenied: `by` asked for it, or does not approve the plan's reports.
        ValidationError: somebody has decided already.
    """
    stored = _locked(masking)
    if not permissions.may_approve_masking(by, stored):
        raise PermissionDenied
    _decide(stored, Decision.APPROVED, by=by)
    page_cache.forget_on_commit(stored.package.slug, page_cache.FOLLOW_UPS)
    return stored


@all_or_nothing()
def return_masking(*, masking: Masking, by: User, answer: str) -> Masking:
    """Hand a masking back with a reason; whoever asked may also take it back.

    Raises:
        PermissionDenied: `by` neither asked nor may approve it.
        ValidationError: no reason, or somebody has decided already.
    """
    stored = _locked(masking)
    if by.pk != stored.requested_by_id and not permissions.may_approve_masking(by, stored):
        raise PermissionDenied
    if not answer.strip():
        raise ValidationError({"answer": _("Write why the masking is returned.")})
    _decide(stored, Decision.RETURNED, by=by, answer=answer.strip())
    return stored


def times_masked(package: RequirementsPackage, words: str) -> int:
    """Tell how often words stand in the published reports of a plan, what is new included."""
    rows = FollowUpReport.objects.filter(package=package)
    return sum(
        times_in((note, *texts_of(read(content))), words)
        for content, note in rows.values_list("content", "note")
    )


def _decide(masking: Masking, decision: Decision, *, by: User, answer: str = "") -> None:
    if masking.decision != Decision.PENDING:
        raise ValidationError(_("Somebody has already decided on the masking."))
    masking.decision, masking.answer = decision, answer
    masking.decided_by, masking.decided_at = by, timezone.now()
    masking.full_clean()
    masking.signed_by(by).save()
    kinds = {Decision.APPROVED: EventKind.APPROVED, Decision.RETURNED: EventKind.RETURNED}
    _tell(kinds[decision], masking, by=by)


def _tell(kind: EventKind, masking: Masking, *, by: User) -> None:
    """Record what was done; the words themselves are what nobody is to read."""
    ChangeEvent.objects.record(kind, masking, by=by, detail={"plan": masking.package.slug})


def _locked(masking: Masking) -> Masking:
    row_locks.hold(RequirementsPackage, masking.package_id)
    rows = Masking.objects.select_for_update(of=("self",)).select_related(
        "requested_by", "package__plan__category", "package__plan__procurement_region"
    )
    return rows.get(pk=masking.pk)
