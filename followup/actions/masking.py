"""The verbs of masking: ask that words in what is published are masked, approve or return it.

It is one act for all that is published of a package: its versions, and its plan's reports.
"""

from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database import row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ChangeEvent, EventKind, User
from followup import permissions
from followup.models import FollowUpReport, Masking
from followup.report.masking import texts_of
from followup.report.reading import read
from requirements_pkg.document import masking as words_of_documents
from requirements_pkg.document.masking import times_in
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    RequirementsPackage,
    VersionFacts,
)
from requirements_pkg.models.fields import document_of
from requirements_pkg.models.versions import PackageVersionQuerySet
from requirements_pkg.published import page_cache, stored_facts
from requirements_pkg.searching import indexing


class LegalReasons(TypedDict, total=False):
    """On which provision words are masked, and why."""

    ground: str
    other_ground: str
    reason: str


@all_or_nothing()
def request_masking(
    *, package: RequirementsPackage, words: str, by: User, **given: Unpack[LegalReasons]
) -> Masking:
    """Ask a second person to mask words in all that is published of a package.

    Raises:
        PermissionDenied: `by` does not write what is published of it.
        ValidationError: the words stand nowhere in that, or something is missing.
    """
    if not permissions.may_ask_masking(by, package):
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
            {"words": _("The words stand in nothing that is published. Check the spelling.")}
        )
    masking.signed_by(by).save()
    _tell(EventKind.REQUESTED, masking, by=by)
    return masking


def approve_masking(*, masking: Masking, by: User) -> Masking:
    """Mask the words, from now on, wherever what is published of the package is read.

    What is kept beside versions, for lists and for searches, goes with the decision. It is made
    anew without the words when that is stored, while nobody waits; whoever meets what lacks it,
    and a start of the site, does the same.

    Raises:
        PermissionDenied: `by` asked for it, or does not approve what is published.
        ValidationError: somebody has decided already.
    """
    with all_or_nothing():
        stored = _locked(masking)
        if not permissions.may_approve_masking(by, stored):
            raise PermissionDenied
        _decide(stored, Decision.APPROVED, by=by)
        versions = list(_versions_with(stored.package).values_list("pk", flat=True))
        stored_facts.drop(versions)
        indexing.drop(versions)
        page_cache.forget_on_commit()
    stored_facts.catch_up()
    indexing.catch_up()
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
    """Tell how often words stand in what is published of a package, what is new included."""
    reports = FollowUpReport.objects.filter(package=package).values_list("content", "note")
    in_reports = sum(
        times_in((note, *texts_of(read(content))), words) for content, note in reports
    )
    versions = PackageVersion.objects.filter(package=package)
    contents = map(document_of, versions.texts().values())
    beside = versions.values_list("note", "withdrawal__reason")
    return (
        in_reports
        + sum(times_in(words_of_documents.texts_of(content), words) for content in contents)
        + sum(times_in(filter(None, texts), words) for texts in beside)
    )


def _versions_with(package: RequirementsPackage) -> PackageVersionQuerySet:
    """Return the versions of a package, and of a shared module those of others that include it."""
    versions = PackageVersion.objects.filter(package=package)
    if package.plan_id is not None:
        return versions
    listings = VersionFacts.objects.values_list("pk", "listing")
    including = [
        pk
        for pk, listing in listings.iterator(chunk_size=100)
        if any(module.slug == package.slug for module in listing.modules)
    ]
    return versions | PackageVersion.objects.filter(pk__in=including)


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
        *("requested_by", "package__plan__category", "package__plan__procurement_region"),
        "package__steward",
    )
    return rows.get(pk=masking.pk)
