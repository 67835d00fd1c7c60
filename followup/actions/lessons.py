"""The verbs of a lesson: write it, propose a change, and let the requirement's package decide."""

from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions as plan_permissions
from actionplan.database.broken_rules import all_or_nothing
from actionplan.database.optimistic import LateTransaction, optimistically
from actionplan.models import ChangeEvent, EventKind, User
from actionplan.permissions import Person
from followup import permissions
from followup.actions.follow_ups import locked, locked_for
from followup.models import ChangeState, FollowUp, Lesson, ProposedChange
from followup.status.screening import names_anybody
from requirements_pkg import permissions as package_permissions
from requirements_pkg.actions import publishing
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.models import Requirement, RequirementRevision


@all_or_nothing()
def write_lesson(*, lesson: Lesson, by: User) -> Lesson:
    """Store a lesson, new or with new words; other public words have to be reviewed again.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: it has no text.
    """
    lesson.follow_up = locked_for(lesson.follow_up, by)
    if lesson.pk is None:
        lesson.written_by = by
    else:
        stored = Lesson.objects.select_for_update().get(pk=lesson.pk)
        # A review that was made meanwhile is of the stored words, too.
        lesson.review, lesson.written_by = stored.review, stored.written_by
        if stored.words != lesson.words:
            lesson.review, lesson.written_by = None, by
    lesson.full_clean()
    lesson.signed_by(by).save()
    return lesson


def proposable(follow_up: FollowUp) -> QuerySet[Requirement]:
    """Return the requirements a lesson may want to change: the package's and its modules'."""
    content = follow_up.version.content
    shared = [requirement.uid for requirement in content.requirements if requirement.module]
    package = follow_up.version.package_id
    rows = Requirement.objects.known_in(package).filter(Q(package=package) | Q(uid__in=shared))
    return rows.active().in_reading_order()


def propose_change(
    *, lesson: Lesson, requirement: Requirement, text: str, by: User
) -> ProposedChange:
    """Ask the requirement's package to change it.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: no text, the lesson asks for it already, or the requirement is none of
            the package that is followed up.
    """
    # The content of a version never changes, and takes long to read: nobody waits for that.
    proposed = proposable(lesson.follow_up).filter(pk=requirement.pk)
    with all_or_nothing():
        follow_up = locked_for(lesson.follow_up, by)
        if follow_up.version_id != lesson.follow_up.version_id or not proposed.exists():
            raise ValidationError(
                _("The requirement is not in force in the package. Choose another one.")
            )
        change = ProposedChange(lesson=lesson, requirement=requirement, text=text.strip())
        _keep(EventKind.SUBMITTED, change, by=by, before="")
    return change


def take_in(*, change: ProposedChange, by: User) -> ProposedChange:
    """Say that the requirement's draft, which is not yet published, has the change.

    Raises:
        PermissionDenied: `by` does not decide on it.
        ValidationError: it is decided already, or the draft reads as what is published.
    """

    def work(late: LateTransaction) -> ProposedChange:
        # A whole package is drafted for it, while nobody waits.
        now = _draft_revision(change.requirement)
        stored = late.begin(lock)
        _refuse_decided(stored)
        if now <= _published_revision(stored.requirement):
            raise ValidationError(
                _("Change the requirement first: it still reads as in the published version.")
            )
        _decide(stored, ChangeState.TAKEN_IN, by=by, revision=now)
        _keep(EventKind.TAKEN_IN, stored, by=by, before=ChangeState.PROPOSED)
        return stored

    lock = partial(_locked_change, change, by)
    return optimistically(work, first=lock)


@all_or_nothing()
def decline(*, change: ProposedChange, by: User, reason: str) -> ProposedChange:
    """Say that the requirement stays as it is, and why.

    Raises:
        PermissionDenied: as for `take_in`.
        ValidationError: no reason, or it is decided already.
    """
    stored = _locked_change(change, by)
    _refuse_decided(stored)
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the change is declined.")})
    _decide(stored, ChangeState.DECLINED, by=by, reason=reason.strip())
    _keep(EventKind.DECLINED, stored, by=by, before=ChangeState.PROPOSED)
    return stored


@all_or_nothing()
def take_out(*, change: ProposedChange, by: User) -> ProposedChange:
    """Take back that the draft has the change; what is published stays so.

    Raises:
        PermissionDenied: as for `take_in`.
        ValidationError: it is not taken in, or the wording is published.
    """
    stored = _locked_change(change, by)
    if stored.state != ChangeState.TAKEN_IN:
        raise ValidationError(_("The change is not incorporated."))
    if is_published(stored):
        raise ValidationError(
            _("The wording with the change is published, so this cannot be undone.")
        )
    stored.state, stored.revision = ChangeState.PROPOSED, None
    stored.decided_by = stored.decided_at = None
    _keep(EventKind.RETURNED, stored, by=by, before=ChangeState.TAKEN_IN)
    return stored


def may_decide(user: Person, change: ProposedChange) -> bool:
    """Tell whether this person takes the change in or declines it: who edits the package.

    The package may be a module that another region keeps, which does not see the follow-up. It
    decides from the lesson's public words, once they are reviewed for secrecy.
    """
    if not package_permissions.may_edit(user, change.requirement.package):
        return False
    lesson = change.lesson
    return permissions.may_see(user, lesson.follow_up) or is_for_everybody(lesson)


def is_for_everybody(lesson: Lesson) -> bool:
    """Tell whether the public words are reviewed, and name nobody who became known since."""
    follow_up = lesson.follow_up
    return lesson.is_reviewed and not names_anybody(
        lesson.public_text,
        supplier=follow_up.supplier,
        sub_suppliers=follow_up.sub_suppliers,
        may_name=lesson.may_name_supplier,
    )


def decidable(user: Person) -> Q:
    """Select the changes a person decides on; `may_decide` says if they may read the words."""
    if plan_permissions.is_everything(user):
        return Q()
    edited = package_permissions.editable(user, "requirement__package")
    seen = permissions.visible(user, "lesson__follow_up")
    return edited & (seen | Q(lesson__review__isnull=False))


def is_published(change: ProposedChange) -> bool:
    """Tell whether the wording that has the change is published."""
    rows = RequirementRevision.objects.filter(requirement=change.requirement_id)
    return change.revision is not None and rows.filter(number=change.revision).exists()


def _draft_revision(requirement: Requirement) -> int:
    """Return the number of the wording that a requirement has in the draft of its package."""
    drafted = draft_content(requirement.package).requirements
    return next(wording.revision for wording in drafted if wording.uid == str(requirement.uid))


def _published_revision(requirement: Requirement) -> int:
    """Return the number of a requirement's newest published wording, 0 for none."""
    rows = RequirementRevision.objects.filter(requirement=requirement)
    return rows.aggregate(number=Max("number"))["number"] or 0


def _locked_change(change: ProposedChange, by: User) -> ProposedChange:
    """Lock a change, its package and its follow-up for who decides on it; return it as stored."""
    package = publishing.locked(change.requirement.package)
    follow_up = locked(change.lesson.follow_up)
    rows = ProposedChange.objects.select_related("requirement", "lesson")
    stored = rows.select_for_update(of=("self",)).get(pk=change.pk)
    stored.requirement.package, stored.lesson.follow_up = package, follow_up
    if not may_decide(by, stored):
        raise PermissionDenied
    return stored


def _refuse_decided(change: ProposedChange) -> None:
    if change.state != ChangeState.PROPOSED:
        raise ValidationError(_("Somebody has already decided on this change."))


def _decide(
    change: ProposedChange,
    state: ChangeState,
    *,
    by: User,
    revision: int | None = None,
    reason: str = "",
) -> None:
    change.state, change.revision, change.reason = state, revision, reason
    change.decided_by, change.decided_at = by, timezone.now()


def _keep(kind: EventKind, change: ProposedChange, *, by: User, before: str) -> None:
    """Store a change and tell of it: which states, but not what is wanted nor why."""
    change.full_clean()
    change.signed_by(by).save()
    detail = {"from": str(before), "to": str(change.state)}
    ChangeEvent.objects.record(kind, change, by=by, detail=detail)
