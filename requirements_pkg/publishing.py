"""The verbs of publishing: ask for it, return it, approve it, publish."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.models import ActionPlan, ChangeEvent, EventKind, PlanStatus, User
from requirements_pkg import pages, snapshot
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    PublishRequest,
    RequirementsPackage,
)
from risks.exporting import dimension_names, plan_document, stage_names


def package_of(plan: ActionPlan) -> RequirementsPackage:
    """The package of a plan, made the first time somebody asks for it."""
    package, _made = RequirementsPackage.objects.get_or_create(
        plan=plan, defaults={"slug": plan.slug, "title": plan.category.name}
    )
    return package


def draft_content(plan: ActionPlan) -> dict[str, Any]:
    """What would be published of a plan now."""
    return snapshot.build(
        plan_document(plan),
        slug=plan.slug,
        region_name=plan.procurement_region.name,
        stages=stage_names(),
        dimensions=dimension_names(),
    )


@transaction.atomic
def request_publication(*, package: RequirementsPackage, by: User, note: str) -> PublishRequest:
    """Ask another person to approve the draft as it stands now.

    Raises:
        PermissionDenied: `by` does not edit the plan.
        ValidationError: nothing has changed, the note is empty, or a request already waits.
    """
    plan = _locked_plan(package)
    if not permissions.may_edit(by, plan):
        raise PermissionDenied
    digest = snapshot.sha256(draft_content(plan))
    _refuse_unchanged(package, digest)
    request = PublishRequest(package=package, sha256=digest, note=note.strip(), requested_by=by)
    request.full_clean()
    request.save()
    _set_status(plan, PlanStatus.REVIEW)
    ChangeEvent.objects.record(
        EventKind.REQUESTED, plan, by=by, detail={"note": request.note, "sha256": digest}
    )
    return request


@transaction.atomic
def return_request(*, request: PublishRequest, by: User, reason: str) -> None:
    """Hand a request back with a reason; whoever asked may also take it back.

    Raises:
        PermissionDenied: `by` neither approves this plan nor asked.
        ValidationError: no reason, or somebody has decided already.
    """
    plan = _locked_plan(request.package)
    asked = request.requested_by
    if by.pk != asked.pk and not permissions.may_approve(by, plan, by=asked):
        raise PermissionDenied
    _decide(request, Decision.RETURNED, by=by, reason=reason.strip())
    if plan.status == PlanStatus.REVIEW:
        # What is published stays adopted, and a plan closed meanwhile stays closed.
        was_published = request.package.versions.exists()
        _set_status(plan, PlanStatus.ADOPTED if was_published else PlanStatus.DRAFT)
    ChangeEvent.objects.record(EventKind.RETURNED, plan, by=by, detail={"reason": request.reason})


@transaction.atomic
def approve_request(*, request: PublishRequest, by: User) -> PackageVersion:
    """Approve exactly the content that was asked for, and publish it.

    Raises:
        PermissionDenied: `by` may not approve this plan, or asked for it.
        ValidationError: the draft has changed since, or somebody has decided already.
    """
    plan = _locked_plan(request.package)
    if not permissions.may_approve(by, plan, by=request.requested_by):
        raise PermissionDenied
    content = draft_content(plan)
    if snapshot.sha256(content) != request.sha256:
        raise ValidationError(
            _("The draft has changed since it was sent for approval. Ask for it to be sent again.")
        )
    _decide(request, Decision.APPROVED, by=by)
    # The very content that was compared: built again, it could already be another.
    people = (request.requested_by, by)
    return _freeze(request.package, plan, content, people=people, note=request.note)


@transaction.atomic
def publish(
    *, package: RequirementsPackage, by: User, approved_by: User, note: str
) -> PackageVersion:
    """Freeze the draft as the next version.

    Raises:
        PermissionDenied: `by` does not edit the plan, or `approved_by` may not approve it.
        ValidationError: nothing has changed since the version in force, or the note is empty.
    """
    plan = _locked_plan(package)
    if not permissions.may_approve(approved_by, plan, by=by):
        raise PermissionDenied
    return _freeze(package, plan, draft_content(plan), people=(by, approved_by), note=note)


def _freeze(
    package: RequirementsPackage,
    plan: ActionPlan,
    content: dict[str, Any],
    *,
    people: tuple[User, User],
    note: str,
) -> PackageVersion:
    """Store a content as the next version; `people` are who publishes and who approved."""
    by, approved_by = people
    if not permissions.may_edit(by, plan):
        raise PermissionDenied
    digest = snapshot.sha256(content)
    _refuse_unchanged(package, digest)
    latest = package.versions.aggregate(number=Max("number"))["number"] or 0
    version = PackageVersion(
        package=package,
        number=latest + 1,
        schema=content["schema"],
        content=content,
        sha256=digest,
        note=note.strip(),
        published_by=by,
        approved_by=approved_by,
    )
    version.full_clean()
    version.save()
    transaction.on_commit(pages.forget)
    _set_status(plan, PlanStatus.ADOPTED)
    detail = {
        "version": version.number,
        "sha256": digest,
        "approved_by": approved_by.get_username(),
        "note": version.note,
    }
    ChangeEvent.objects.record(EventKind.PUBLISHED, plan, by=by, detail=detail)
    return version


def _locked_plan(package: RequirementsPackage) -> ActionPlan:
    """The plan, held against other publishers until the transaction ends."""
    return ActionPlan.objects.with_head().select_for_update(of=("self",)).get(package=package)


def _refuse_unchanged(package: RequirementsPackage, digest: str) -> None:
    newest = package.versions.order_by("-number").values_list("sha256", flat=True).first()
    if newest == digest:
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


def _set_status(plan: ActionPlan, status: PlanStatus) -> None:
    if plan.status != status:
        plan.status = status
        plan.save()
