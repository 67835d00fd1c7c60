"""The verbs of withdrawing: a requirement in the draft, and a published version.

A requirement can be taken back until it is published. A version takes two people, as publishing
does: who edits the package asks, and who approves it decides.
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ChangeEvent, ChangeLog, EventKind, User
from requirements_pkg import permissions
from requirements_pkg.actions import screening
from requirements_pkg.actions.publishing import locked, subject_of
from requirements_pkg.actions.reviewing import notices
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    Requirement,
    RequirementsPackage,
    RequirementState,
    VersionWithdrawal,
    WithdrawalRequest,
)
from requirements_pkg.published import page_cache, stored_facts


@all_or_nothing()
def withdraw_requirement(
    *, requirement: Requirement, by: User, on: date, reason: str, successor: Requirement | None
) -> None:
    """Say that a requirement is no longer to be used, from when, why, and what to use instead.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: no reason, it is withdrawn already, the date is one to come or one before
        the requirement was there, or the successor is none.
    """
    package = locked(requirement.package)
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    requirement.refresh_from_db()
    if requirement.state == RequirementState.WITHDRAWN:
        raise ValidationError(_("The requirement is already withdrawn."))
    _refuse_day(requirement, on)
    if successor is not None:
        if successor.package_id != package.pk:
            raise ValidationError(_("Choose a requirement of the same package."))
        if successor.state == RequirementState.WITHDRAWN:
            raise ValidationError(
                _("What is to be used instead is withdrawn as well. Choose something else.")
            )
    requirement.state = RequirementState.WITHDRAWN
    requirement.withdrawn_on, requirement.withdrawn_reason = on, reason.strip()
    requirement.successor = successor
    requirement.full_clean()
    requirement.signed_by(by).save()
    detail = {"requirement": requirement.code, "reason": requirement.withdrawn_reason}
    ChangeEvent.objects.record(EventKind.WITHDRAWN, subject_of(package), by=by, detail=detail)


def _refuse_day(requirement: Requirement, on: date) -> None:
    if on > timezone.localdate():
        raise ValidationError(
            _("The date of the withdrawal is in the future. Choose today or an earlier date.")
        )
    first = there_since(requirement)
    if on < first:
        sentence = _(
            "The requirement was first published on %(day)s. Choose that day or a later one."
        )
        raise ValidationError(sentence % {"day": first.isoformat()})


def there_since(requirement: Requirement) -> date:
    """Return the day when a requirement was written, or first published if that was earlier."""
    written = ChangeLog.objects.about(requirement).aggregate(at=Min("at"))["at"]
    published = requirement.revisions.aggregate(at=Min("version__published_at"))["at"]
    known = [at for at in (written, published) if at is not None]
    return timezone.localdate(min(known)) if known else timezone.localdate()


@all_or_nothing()
def restore_requirement(*, requirement: Requirement, by: User) -> None:
    """Take a withdrawal back that nobody outside has seen.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: it is not withdrawn, or the withdrawal is published.
    """
    package = locked(requirement.package)
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    requirement.refresh_from_db()
    if requirement.state != RequirementState.WITHDRAWN:
        raise ValidationError(_("The requirement is not withdrawn."))
    if is_withdrawn_in_public(requirement):
        raise ValidationError(
            _("The withdrawal is published and cannot be undone. Write a new requirement instead.")
        )
    requirement.state = RequirementState.ACTIVE
    requirement.withdrawn_on, requirement.withdrawn_reason = None, ""
    requirement.successor = None
    requirement.full_clean()
    requirement.signed_by(by).save()
    detail = {"requirement": requirement.code}
    ChangeEvent.objects.record(EventKind.RESTORED, subject_of(package), by=by, detail=detail)


def is_withdrawn_in_public(requirement: Requirement) -> bool:
    """Tell whether the newest version already tells that the requirement is withdrawn."""
    versions = requirement.package.versions.order_by("-number")[:1]
    rows = stored_facts.rows(versions, "pk", f"facts__requirements__{requirement.uid}")
    if not rows or rows[0][1] is None:
        return False
    # Of its content only what is asked for is read: the package is locked meanwhile.
    pk, (place, _code, _mark) = rows[0]
    state = PackageVersion.objects.values_list(f"content__requirements__{place}__state", flat=True)
    return bool(state.get(pk=pk) == RequirementState.WITHDRAWN)


@all_or_nothing()
def request_withdrawal(
    *,
    version: PackageVersion,
    by: User,
    reason: str,
    replaced_by: PackageVersion | None = None,
    names_stand: str = "",
) -> WithdrawalRequest:
    """Ask another person to approve that a version is no longer to be used.

    Args:
        names_stand: why words of the reason may stand that may name somebody.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: no reason, or one that may name somebody; it is withdrawn or asked for
        already, or what replaces it does not stand.
    """
    package = locked(version.package)
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    _refuse_withdrawn(version)
    _refuse_replacement(package, replaced_by)
    names = screening.names_in_reason(package, reason)
    screening.refuse_names(package, names, reason=names_stand, by=by)
    request = WithdrawalRequest(
        version=version, reason=reason.strip(), replaced_by=replaced_by, requested_by=by
    )
    request.full_clean()
    request.signed_by(by).save()
    detail = {"version": version.number, "reason": request.reason}
    ChangeEvent.objects.record(EventKind.REQUESTED, subject_of(package), by=by, detail=detail)
    notices.tell_of_withdrawal_request(request)
    return request


@all_or_nothing()
def approve_withdrawal(*, request: WithdrawalRequest, by: User) -> VersionWithdrawal:
    """Approve what was asked for, which withdraws the version.

    Raises:
        PermissionDenied: `by` may not approve it, or asked for it; or whoever asked no longer
        edits the package.
        ValidationError: somebody has decided already, or what replaces it no longer stands.
    """
    requester = request.requested_by
    withdrawal = withdraw_version(
        version=request.version,
        by=requester,
        approved_by=by,
        reason=request.reason,
        replaced_by=request.replaced_by,
    )
    _decide(request, Decision.APPROVED, by=by)
    notices.tell_of_withdrawal(request)
    return withdrawal


@all_or_nothing()
def return_withdrawal(*, request: WithdrawalRequest, by: User, answer: str) -> None:
    """Hand a request back with a reason; whoever asked may also take it back.

    Raises:
        PermissionDenied: `by` neither approves this package nor asked.
        ValidationError: no reason, or somebody has decided already.
    """
    package, requester = locked(request.version.package), request.requested_by
    if by.pk != requester.pk and not permissions.may_approve(by, package, by=requester):
        raise PermissionDenied
    _decide(request, Decision.RETURNED, by=by, answer=answer)
    detail = {"version": request.version.number, "reason": request.answer}
    ChangeEvent.objects.record(EventKind.RETURNED, subject_of(package), by=by, detail=detail)
    notices.tell_of_withdrawal(request)


@all_or_nothing()
def withdraw_version(
    *,
    version: PackageVersion,
    by: User,
    approved_by: User,
    reason: str,
    replaced_by: PackageVersion | None = None,
) -> VersionWithdrawal:
    """Say that a version is no longer to be used; its address goes on answering.

    Raises:
        PermissionDenied: `by` does not edit the package, or `approved_by` may not approve it.
        ValidationError: no reason, or one with a name that nobody has cleared; it is withdrawn
        already, or what replaces it does not stand.
    """
    package = locked(version.package)
    if not permissions.may_approve(approved_by, package, by=by):
        raise PermissionDenied
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    _refuse_replacement(package, replaced_by)
    screening.refuse_new_names(screening.names_in_reason(package, reason))
    withdrawal = VersionWithdrawal(
        version=version, reason=reason.strip(), replaced_by=replaced_by, withdrawn_by=by
    )
    withdrawal.full_clean()
    withdrawal.signed_by(by).save()
    page_cache.forget_on_commit(package.slug)
    detail = {
        "version": version.number,
        "reason": withdrawal.reason,
        "approved_by": approved_by.get_username(),
    }
    ChangeEvent.objects.record(EventKind.WITHDRAWN, subject_of(package), by=by, detail=detail)
    return withdrawal


def _refuse_withdrawn(version: PackageVersion) -> None:
    if VersionWithdrawal.objects.filter(version=version).exists():
        raise ValidationError(_("The version is already withdrawn."))


def _refuse_replacement(package: RequirementsPackage, replaced_by: PackageVersion | None) -> None:
    if replaced_by is None:
        return
    if replaced_by.package_id != package.pk:
        raise ValidationError(_("Choose a version of the same package."))
    if VersionWithdrawal.objects.filter(version=replaced_by).exists():
        raise ValidationError(
            _("What is to be used instead is withdrawn as well. Choose something else.")
        )


def _decide(request: WithdrawalRequest, decision: Decision, *, by: User, answer: str = "") -> None:
    stored = WithdrawalRequest.objects.select_for_update().get(pk=request.pk)
    if stored.decision != Decision.PENDING:
        raise ValidationError(_("Somebody has already decided on this request."))
    request.decision, request.answer = decision, answer.strip()
    request.decided_by, request.decided_at = by, timezone.now()
    request.full_clean()
    request.signed_by(by).save()
