"""The verbs of publishing: ask for it, return it, approve it, publish.

A draft is worked out and checked while nobody waits, and stored with its package locked.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, count
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database import row_locks, write_marks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.database.prepared_queries import prepared
from actionplan.django_edges import TupleRows
from actionplan.models import ActionPlan, ChangeEvent, EventKind, PlanStatus, User
from requirements_pkg import permissions
from requirements_pkg.actions import screening
from requirements_pkg.actions.freezing import CompleteDraft, Draft, Publication, keep_version
from requirements_pkg.actions.reviewing import notices
from requirements_pkg.document.facts import facts_of
from requirements_pkg.document.reading import checksum, digest, put_together, written_requirements
from requirements_pkg.drafting.checking import refuse_errors
from requirements_pkg.drafting.draft import (
    DraftWithRows,
    draft_content,
    drafted,
    new_wordings,
)
from requirements_pkg.drafting.quality import errors
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    PublishRequest,
    RequirementsPackage,
)
from requirements_pkg.published import page_cache

Made = TypeVar("Made")


def package_of(plan: ActionPlan) -> RequirementsPackage:
    """Return the package of a plan, made the first time somebody asks for it."""
    package, _made = RequirementsPackage.objects.get_or_create(
        plan=plan, defaults={"slug": free_address(plan.slug), "title": plan.category.name}
    )
    return package


def free_address(slug: str) -> str:
    """Return an address for a plan's package: the plan's own, or if it is taken with a number."""
    taken = set(
        RequirementsPackage.objects.filter(slug__startswith=slug).values_list("slug", flat=True)
    )
    tries = chain([slug], (f"{slug[:95]}-{number}" for number in count(2)))
    return next(address for address in tries if address not in taken)


def package_or_new(plan: ActionPlan) -> RequirementsPackage:
    """Return the package of a plan, or an unsaved one: to look at a draft stores none."""
    rows = RequirementsPackage.objects.with_owner()
    return rows.filter(plan=plan).first() or RequirementsPackage(
        plan=plan, slug=plan.slug, title=plan.category.name
    )


def request_publication(
    *, package: RequirementsPackage, by: User, note: str, names_stand: str = ""
) -> PublishRequest:
    """Ask another person to approve the draft as it stands now.

    Args:
        names_stand: why words may stand that may name somebody.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: nothing has changed, the plan is closed, the note is empty, words may name
        somebody, a request for the very same waits, or a quality rule stops it; or others never
        stop changing it.
    """

    def ask(package: RequirementsPackage, draft: Draft) -> PublishRequest:
        if not permissions.may_edit(by, package):
            raise PermissionDenied
        _refuse(package, draft)
        screening.refuse_names(package, draft.names, reason=names_stand, by=by)
        _replace_stale(package, draft.digest, by=by)
        request = PublishRequest(
            package=package, sha256=draft.digest, note=note.strip(), requested_by=by
        )
        _clean(request, "note")
        request.signed_by(by).save()
        _set_status(package.plan, PlanStatus.REVIEW, by=by)
        detail = {"note": request.note, "sha256": draft.digest}
        ChangeEvent.objects.record(EventKind.REQUESTED, subject_of(package), by=by, detail=detail)
        notices.tell_of_request(request)
        return request

    return _with_draft(package, _screened(work_out, note), ask)


def _replace_stale(package: RequirementsPackage, digest: str, *, by: User) -> None:
    """Answer a request whose draft has been changed since: nobody can approve it any longer."""
    stale = package.requests.pending().exclude(sha256=digest).first()
    if stale is not None:
        hand_back(stale, by=by, reason=_("The draft was changed and sent again."))


def hand_back(request: PublishRequest, *, by: User, reason: str) -> None:
    """Return a request that nobody can approve any longer; its plan or package is locked.

    Raises:
        ValidationError: somebody has decided already.
    """
    _decide(request, Decision.RETURNED, by=by, reason=reason)
    subject = subject_of(request.package)
    ChangeEvent.objects.record(EventKind.RETURNED, subject, by=by, detail={"reason": reason})


@all_or_nothing()
def return_request(*, request: PublishRequest, by: User, reason: str) -> None:
    """Hand a request back with a reason; whoever asked may also take it back.

    Raises:
        PermissionDenied: `by` neither approves this package nor asked.
        ValidationError: no reason, or somebody has decided already.
    """
    package = locked(request.package)
    plan, requester = package.plan, request.requested_by
    if by.pk != requester.pk and not permissions.may_approve(by, package, by=requester):
        raise PermissionDenied
    hand_back(request, by=by, reason=reason.strip())
    notices.tell_of_decision(request)
    # A plan closed meanwhile stays closed.
    if plan is not None and plan.status == PlanStatus.REVIEW:
        _set_status(plan, status_when_open(plan), by=by)


def status_when_open(plan: ActionPlan) -> PlanStatus:
    """Tell what a plan is where nothing waits: what is published stays adopted."""
    is_published = PackageVersion.objects.filter(package__plan=plan).exists()
    return PlanStatus.ADOPTED if is_published else PlanStatus.DRAFT


def approve_request(*, request: PublishRequest, by: User) -> PackageVersion:
    """Approve exactly the content that was asked for, and publish it.

    Raises:
        PermissionDenied: `by` may not approve this package, or asked for it.
        ValidationError: the draft has changed since, somebody has decided already, or it names
        somebody who became known only then.
    """

    def approve(package: RequirementsPackage, draft: CompleteDraft) -> PackageVersion:
        if not permissions.may_approve(by, package, by=request.requested_by):
            raise PermissionDenied
        _refuse_another(draft, request)
        screening.refuse_new_names(draft.names)
        _decide(request, Decision.APPROVED, by=by)
        notices.tell_of_decision(request)
        return _freeze(package, draft, Publication(request.requested_by, by, request.note))

    return _with_draft(request.package, _screened(work_out_whole, request.note), approve)


def publish(
    *,
    package: RequirementsPackage,
    by: User,
    approved_by: User,
    note: str,
    names_stand: str = "",
) -> PackageVersion:
    """Freeze the draft as the next version.

    Args:
        names_stand: why words may stand that may name somebody.

    Raises:
        PermissionDenied: `by` does not edit the package, or `approved_by` may not approve it.
        ValidationError: nothing has changed since the version in force, the note is empty, words
        may name somebody, or a quality rule stops it; or others never stop changing the draft.
    """

    def freeze(package: RequirementsPackage, draft: CompleteDraft) -> PackageVersion:
        if not permissions.may_approve(approved_by, package, by=by):
            raise PermissionDenied
        screening.refuse_names(package, draft.names, reason=names_stand, by=by)
        return _freeze(package, draft, Publication(by, approved_by, note))

    return _with_draft(package, _screened(work_out_whole, note), freeze)


def locked(package: RequirementsPackage) -> RequirementsPackage:
    """Return the package as stored, with itself and its plan locked for the transaction."""
    _hold_plan(package)
    rows = RequirementsPackage.objects.with_owner().select_for_update(of=("self",))
    return rows.get(pk=package.pk)


def hold(package: RequirementsPackage) -> None:
    """Hold the package and its plan against others, without a look at how they are stored."""
    _hold_plan(package)
    row_locks.hold(RequirementsPackage, package.pk)


def _hold_plan(package: RequirementsPackage) -> None:
    """Hold what everybody holds who writes a part of the plan or of its package."""
    if package.plan_id is not None:
        row_locks.hold(ActionPlan, package.plan_id)


def subject_of(package: RequirementsPackage) -> models.Model:
    """Return what events of a package are logged on: its plan, or a shared module itself."""
    return package.plan or package


def work_out(package: RequirementsPackage) -> Draft:
    """Work out the draft of a package as it is stored now."""
    stored_draft = _drafted(package)
    return _checked(stored_draft, written_requirements(stored_draft.content))


def work_out_whole(package: RequirementsPackage) -> CompleteDraft:
    """Work out the draft, and what is stored beside it."""
    stored_draft = _drafted(package)
    # A requirement is written down once, for its mark and for the whole.
    written = written_requirements(stored_draft.content)
    draft = _checked(stored_draft, written)
    return CompleteDraft(
        draft.content,
        draft.written,
        draft.digest,
        draft.errors,
        stored_draft.keys,
        new_wordings(stored_draft),
        facts_of(draft.content, written),
    )


def _drafted(package: RequirementsPackage) -> DraftWithRows:
    return drafted(RequirementsPackage.objects.with_owner().get(pk=package.pk))


def _checked(stored_draft: DraftWithRows, requirements: list[bytes]) -> Draft:
    written = put_together(stored_draft.content, requirements)
    return Draft(stored_draft.content, written, digest(written), errors(stored_draft.content))


Worked = TypeVar("Worked", bound=Draft)


def _screened(
    how: Callable[[RequirementsPackage], Worked], note: str
) -> Callable[[RequirementsPackage], Worked]:
    """Let a draft, when it is worked out, tell whom it and its note may name."""

    def work(package: RequirementsPackage) -> Worked:
        draft = how(package)
        texts = screening.public_texts(draft, note)
        return replace(draft, names=screening.names_in(package, texts))

    return work


def _with_draft(
    package: RequirementsPackage,
    how: Callable[[RequirementsPackage], Worked],
    store: Callable[[RequirementsPackage, Worked], Made],
) -> Made:
    """Work out a draft while nobody waits; then hold its package, and do what is done with both.

    Raises:
        ValidationError: whenever it was worked out, somebody else had changed it meanwhile.
    """
    for attempt in range(1, write_marks.ATTEMPTS + 1):
        mark = write_marks.mark()
        draft = how(package)
        with all_or_nothing():
            stored = locked(package)
            if _still_stands(stored, draft, mark, is_last=attempt == write_marks.ATTEMPTS):
                return store(stored, draft)
    raise ValidationError(_("Somebody else changed the same data. Try again."))


def _still_stands(
    package: RequirementsPackage, draft: Draft, mark: write_marks.Mark | None, *, is_last: bool
) -> bool:
    """Tell whether a package that is locked has the draft that was worked out."""
    if write_marks.is_as_it_was(mark):
        return True
    # Somebody wrote, most likely something else. Where others never rest one looks at the draft
    # itself, and so one does in a transaction, which has no marks.
    must_look = mark is None or is_last
    return must_look and checksum(draft_content(package)) == draft.digest


def _refuse(package: RequirementsPackage, draft: Draft) -> None:
    """Stop what must not be published.

    Raises:
        ValidationError: why.
    """
    _refuse_closed(package)
    _refuse_unchanged(package, draft.digest)
    refuse_errors(draft.errors)


def _freeze(
    package: RequirementsPackage, draft: CompleteDraft, publication: Publication
) -> PackageVersion:
    """Store a draft as the next version."""
    by, approved_by = publication.by, publication.approved_by
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    _refuse(package, draft)
    version = keep_version(package, draft, publication)
    page_cache.forget_on_commit(package.slug)
    _set_status(package.plan, PlanStatus.ADOPTED, by=by)
    detail = {
        "version": version.number,
        "sha256": draft.digest,
        "approved_by": approved_by.get_username(),
        "note": version.note,
    }
    ChangeEvent.objects.record(EventKind.PUBLISHED, subject_of(package), by=by, detail=detail)
    return version


def _refuse_another(draft: Draft, request: PublishRequest) -> None:
    if draft.digest != request.sha256:
        raise ValidationError(
            _(
                "The draft has changed since it was sent for approval. Return it and ask "
                "for it to be sent again."
            )
        )


def _refuse_closed(package: RequirementsPackage) -> None:
    """Refuse a closed plan, which is only reopened by hand; a superuser edits closed ones too."""
    if package.plan is not None and package.plan.status == PlanStatus.CLOSED:
        raise ValidationError(_("The plan is closed. Reopen it before you publish."))


def _refuse_unchanged(package: RequirementsPackage, digest: str) -> None:
    # A version that was withdrawn by mistake may be published again.
    if [(digest,)] == _in_force(package.pk)[:1]:
        raise ValidationError(
            _("Nothing has changed since the version in force, so there is nothing to publish.")
        )


@prepared
def _in_force(package: int) -> TupleRows:
    """Return the checksum of the version in force."""
    return PackageVersion.objects.filter(package=package).in_force().values_list("sha256")


def _decide(request: PublishRequest, decision: Decision, *, by: User, reason: str = "") -> None:
    stored = PublishRequest.objects.select_for_update().get(pk=request.pk)
    if stored.decision != Decision.PENDING:
        raise ValidationError(_("Somebody has already decided on this request."))
    request.decision = decision
    request.decided_by = by
    request.decided_at = timezone.now()
    request.reason = reason
    _clean(request, "reason")
    request.signed_by(by).save()


def _clean(row: models.Model, name: str) -> None:
    """Check the one field that somebody wrote: all others are ours, and the database's rules hold.

    Raises:
        ValidationError: it is empty, or too long.
    """
    row.clean_fields(exclude={field.name for field in row._meta.fields} - {name})


def _set_status(plan: ActionPlan | None, status: PlanStatus, *, by: User) -> None:
    if plan is not None and plan.status != status:
        plan.status = status
        plan.signed_by(by).save()
