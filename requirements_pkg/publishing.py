"""The verbs of publishing: ask for it, return it, approve it, publish, withdraw."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, count

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.broken_rules import all_or_nothing
from actionplan.models import ActionPlan, ChangeEvent, EventKind, PlanStatus, User
from requirements_pkg import pages, permissions, snapshot
from requirements_pkg.checking import refuse_errors
from requirements_pkg.drafting import draft_content, wordings
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    PublishRequest,
    Requirement,
    RequirementRevision,
    RequirementsPackage,
    VersionWithdrawal,
)
from requirements_pkg.snapshot import Plain


def package_of(plan: ActionPlan) -> RequirementsPackage:
    """The package of a plan, made the first time somebody asks for it."""
    package, _made = RequirementsPackage.objects.get_or_create(
        plan=plan, defaults={"slug": _free_address(plan.slug), "title": plan.category.name}
    )
    return package


def _free_address(slug: str) -> str:
    """An address of no other package, as near to the plan's as can be: a module may have that."""
    taken = set(
        RequirementsPackage.objects.filter(slug__startswith=slug).values_list("slug", flat=True)
    )
    tries = chain([slug], (f"{slug[:95]}-{number}" for number in count(2)))
    return next(address for address in tries if address not in taken)


def package_or_new(plan: ActionPlan) -> RequirementsPackage:
    """The package of a plan, or what it would be: to look at a draft makes none."""
    rows = RequirementsPackage.objects.with_owner()
    return rows.filter(plan=plan).first() or RequirementsPackage(
        plan=plan, slug=plan.slug, title=plan.category.name
    )


@all_or_nothing()
def request_publication(*, package: RequirementsPackage, by: User, note: str) -> PublishRequest:
    """Ask another person to approve the draft as it stands now.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: nothing has changed, the plan is closed, the note is empty, a request
        for the very same waits, or a quality rule stops it.
    """
    package = held(package)
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    _refuse_closed(package)
    content = draft_content(package)
    digest = snapshot.sha256(content)
    _refuse_unchanged(package, digest)
    refuse_errors(content)
    _replace_stale(package, digest, by=by)
    request = PublishRequest(package=package, sha256=digest, note=note.strip(), requested_by=by)
    request.full_clean()
    request.save()
    _set_status(package.plan, PlanStatus.REVIEW)
    detail = {"note": request.note, "sha256": digest}
    ChangeEvent.objects.record(EventKind.REQUESTED, subject_of(package), by=by, detail=detail)
    return request


def _replace_stale(package: RequirementsPackage, digest: str, *, by: User) -> None:
    """Answer a request whose draft has been changed since: nobody can approve it any longer."""
    stale = package.requests.pending().exclude(sha256=digest).first()
    if stale is not None:
        reason = _("The draft was changed and sent again.")
        _decide(stale, Decision.RETURNED, by=by, reason=reason)
        detail = {"reason": reason}
        ChangeEvent.objects.record(EventKind.RETURNED, subject_of(package), by=by, detail=detail)


@all_or_nothing()
def return_request(*, request: PublishRequest, by: User, reason: str) -> None:
    """Hand a request back with a reason; whoever asked may also take it back.

    Raises:
        PermissionDenied: `by` neither approves this package nor asked.
        ValidationError: no reason, or somebody has decided already.
    """
    package = held(request.package)
    plan, asked = package.plan, request.requested_by
    if by.pk != asked.pk and not permissions.may_approve(by, package, by=asked):
        raise PermissionDenied
    _decide(request, Decision.RETURNED, by=by, reason=reason.strip())
    if plan is not None and plan.status == PlanStatus.REVIEW:
        # What is published stays adopted, and a plan closed meanwhile stays closed.
        was_published = package.versions.exists()
        _set_status(plan, PlanStatus.ADOPTED if was_published else PlanStatus.DRAFT)
    detail = {"reason": request.reason}
    ChangeEvent.objects.record(EventKind.RETURNED, subject_of(package), by=by, detail=detail)


@all_or_nothing()
def approve_request(*, request: PublishRequest, by: User) -> PackageVersion:
    """Approve exactly the content that was asked for, and publish it.

    Raises:
        PermissionDenied: `by` may not approve this package, or asked for it.
        ValidationError: the draft has changed since, or somebody has decided already.
    """
    package = held(request.package)
    if not permissions.may_approve(by, package, by=request.requested_by):
        raise PermissionDenied
    content = draft_content(package)
    if snapshot.sha256(content) != request.sha256:
        raise ValidationError(
            _("The draft has changed since it was sent for approval. Ask for it to be sent again.")
        )
    _decide(request, Decision.APPROVED, by=by)
    # The very content that was compared: built again, it could already be another.
    people = (request.requested_by, by)
    return _freeze(package, content, people=people, note=request.note)


@all_or_nothing()
def publish(
    *, package: RequirementsPackage, by: User, approved_by: User, note: str
) -> PackageVersion:
    """Freeze the draft as the next version.

    Raises:
        PermissionDenied: `by` does not edit the package, or `approved_by` may not approve it.
        ValidationError: nothing has changed since the version in force, the note is empty, or a
        quality rule stops it.
    """
    package = held(package)
    if not permissions.may_approve(approved_by, package, by=by):
        raise PermissionDenied
    return _freeze(package, draft_content(package), people=(by, approved_by), note=note)


@all_or_nothing()
def withdraw_version(
    *, version: PackageVersion, by: User, reason: str, replaced_by: PackageVersion | None = None
) -> VersionWithdrawal:
    """Say that a version is no longer to be used; its address goes on answering.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: no reason, it is withdrawn already, or what replaces it does not stand.
    """
    package = held(version.package)
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    if replaced_by is not None:
        if replaced_by.package_id != package.pk:
            raise ValidationError(_("Choose a version of the same package."))
        if VersionWithdrawal.objects.filter(version=replaced_by).exists():
            raise ValidationError(_("What is to be used instead is withdrawn itself."))
    withdrawal = VersionWithdrawal(
        version=version, reason=reason.strip(), replaced_by=replaced_by, withdrawn_by=by
    )
    withdrawal.full_clean()
    withdrawal.save()
    transaction.on_commit(partial(pages.forget, package.slug))
    detail = {"version": version.number, "reason": withdrawal.reason}
    ChangeEvent.objects.record(EventKind.WITHDRAWN, subject_of(package), by=by, detail=detail)
    return withdrawal


def held(package: RequirementsPackage) -> RequirementsPackage:
    """The package as stored, its plan and itself held against others until the transaction ends.

    The plan's row is what everybody holds who writes a part of the plan or of its package.
    """
    if package.plan_id is not None:
        ActionPlan.objects.select_for_update().get(pk=package.plan_id)
    rows = RequirementsPackage.objects.with_owner().select_for_update(of=("self",))
    return rows.get(pk=package.pk)


def subject_of(package: RequirementsPackage) -> models.Model:
    """What events of a package are told of: its plan, or a shared module itself."""
    return package.plan or package


def _freeze(
    package: RequirementsPackage, content: Plain, *, people: tuple[User, User], note: str
) -> PackageVersion:
    """Store a content as the next version; `people` are who publishes and who approved."""
    by, approved_by = people
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    _refuse_closed(package)
    digest = snapshot.sha256(content)
    _refuse_unchanged(package, digest)
    refuse_errors(content)
    version = keep_version(package, content, digest, Publication(by, approved_by, note))
    transaction.on_commit(partial(pages.forget, package.slug))
    _set_status(package.plan, PlanStatus.ADOPTED)
    detail = {
        "version": version.number,
        "sha256": digest,
        "approved_by": approved_by.get_username(),
        "note": version.note,
    }
    ChangeEvent.objects.record(EventKind.PUBLISHED, subject_of(package), by=by, detail=detail)
    return version


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes what is new, who approved it, and when, if not now: a demo has a past."""

    by: User
    approved_by: User
    note: str
    at: datetime | None = None


def keep_version(
    package: RequirementsPackage, content: Plain, digest: str, publication: Publication
) -> PackageVersion:
    """Store a content with its checksum as the next version; whether anybody may is not asked."""
    latest = package.versions.aggregate(number=Max("number"))["number"] or 0
    version = PackageVersion(
        package=package,
        number=latest + 1,
        schema=content["schema"],
        content=content,
        sha256=digest,
        note=publication.note.strip(),
        published_at=publication.at or timezone.now(),
        published_by=publication.by,
        approved_by=publication.approved_by,
    )
    # All but the note is ours, and the database checks it again.
    version.clean_fields(exclude={field.name for field in version._meta.fields} - {"note"})
    version.save()
    _count_wordings(version, content["requirements"])
    return version


def _count_wordings(version: PackageVersion, requirements: list[Plain]) -> None:
    """Keep the wordings that were never published before, each under its number."""
    digests = wordings(requirements)
    numbers = {one["uid"]: one["revision"] for one in requirements}
    rows = Requirement.objects.filter(package=version.package).values_list("pk", "uid")
    known = set(
        RequirementRevision.objects.filter(requirement__package=version.package).values_list(
            "requirement_id", "number"
        )
    )
    RequirementRevision.objects.keep(
        [
            (pk, numbers[uid], digests[uid])
            for pk, uid in ((pk, str(uid)) for pk, uid in rows)
            if uid in digests and (pk, numbers[uid]) not in known
        ],
        version=version,
    )


def _refuse_closed(package: RequirementsPackage) -> None:
    """A plan is opened by hand, never by publishing; a superuser edits closed ones too."""
    if package.plan is not None and package.plan.status == PlanStatus.CLOSED:
        raise ValidationError(_("The plan is closed. Open it before it is published."))


def _refuse_unchanged(package: RequirementsPackage, digest: str) -> None:
    # A version that was withdrawn by mistake may be published again.
    in_force = package.versions.in_force().values_list("sha256", flat=True).first()
    if in_force == digest:
        raise ValidationError(_("Nothing has changed since the version in force."))


def _decide(request: PublishRequest, decision: Decision, *, by: User, reason: str = "") -> None:
    stored = PublishRequest.objects.select_for_update().get(pk=request.pk)
    if stored.decision != Decision.PENDING:
        raise ValidationError(_("Somebody has already decided on this request."))
    request.decision = decision
    request.decided_by = by
    request.decided_at = timezone.now()
    request.reason = reason
    request.full_clean()
    request.save()


def _set_status(plan: ActionPlan | None, status: PlanStatus) -> None:
    if plan is not None and plan.status != status:
        plan.status = status
        plan.save()
