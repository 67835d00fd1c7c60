"""The verbs of a follow-up report: send it for approval, return it, approve and so publish it.

What is sent is stored word for word: live rows go on changing while somebody reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database import row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ActionPlan, ChangeEvent, EventKind, User
from actionplan.text import one_line
from followup import permissions
from followup.drafting.names import known_names
from followup.drafting.readings import published_readings
from followup.drafting.report_draft import ReportDraft, report_draft
from followup.drafting.summaries import public_summaries
from followup.models import ClearedName, FollowUpReport, ReportRequest, StoredReportBasis
from followup.report.facts import facts_of
from followup.report.reading import read, written_basis, written_report
from followup.report.schema import Report
from followup.report.screening import NameHit, report_hits
from requirements_pkg.document.reading import digest
from requirements_pkg.models import Decision, RequirementsPackage
from requirements_pkg.published import page_cache


class SecrecyAnswers(TypedDict, total=False):
    """What a person says of the secrecy review of a whole report."""

    ground: str
    other_ground: str
    conclusion: str


@all_or_nothing()
def request_report(
    *,
    package: RequirementsPackage,
    as_of: date,
    note: str,
    by: User,
    cleared: Mapping[str, str] | None = None,
) -> ReportRequest:
    """Send the report of a plan, as it is now, to another person.

    Args:
        cleared: by the key of a `NameHit`, why its words may stand.

    Raises:
        PermissionDenied: `by` does not write in the plan's follow-ups.
        ValidationError: there is nothing to report on, the day is wrong, the note is empty,
            nothing has changed since the last report, or words may name somebody.
    """
    if not permissions.may_write_report(by, package):
        raise PermissionDenied
    if not note.strip():
        raise ValidationError({"note": _("Write what is new in the report.")})
    draft = report_draft(package, as_of=as_of, on=timezone.localdate())
    hits = name_hits(package, draft.report, note)
    _lock(package)
    _refuse_unchanged(package, draft.report)
    _clear(package, hits, cleared or {}, by=by)
    _replace_waiting(package, by=by)
    request = request_for(package, draft, note=note.strip(), by=by)
    request.full_clean()
    request.signed_by(by).save()
    _tell(EventKind.REQUESTED, request, by=by, detail={"note": request.note})
    return request


def request_for(
    package: RequirementsPackage, draft: ReportDraft, *, note: str, by: User
) -> ReportRequest:
    """Return a request to publish a draft word for word; it is not stored yet."""
    written = written_report(draft.report)
    return ReportRequest(
        package=package,
        content=written.decode(),
        basis=written_basis(draft.basis),
        sha256=digest(written),
        note=note,
        as_of=draft.report.as_of,
        requested_by=by,
    )


@all_or_nothing()
def return_report(*, request: ReportRequest, by: User, reason: str) -> ReportRequest:
    """Hand a report back with a reason; whoever sent it may also take it back.

    Raises:
        PermissionDenied: `by` neither sent it nor may approve it.
        ValidationError: no reason, or somebody has decided already.
    """
    stored = _locked_request(request)
    if by.pk != stored.requested_by_id and not permissions.may_approve_report(by, stored):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the report is returned.")})
    _decide(stored, Decision.RETURNED, by=by, reason=reason.strip())
    _tell(EventKind.RETURNED, stored, by=by, detail={"reason": stored.reason})
    return stored


@all_or_nothing()
def approve_report(
    *, request: ReportRequest, by: User, **tried: Unpack[SecrecyAnswers]
) -> FollowUpReport:
    """Record the secrecy review of a report, and publish it just as it was sent.

    Raises:
        PermissionDenied: `by` sent it, or may not approve it.
        ValidationError: somebody has decided already, something in it was taken back since it was
            sent, or the review lacks something.
    """
    stored = _locked_request(request)
    if not permissions.may_approve_report(by, stored):
        raise PermissionDenied
    if not permissions.may_write_report(stored.requested_by, stored.package):
        raise ValidationError(
            _("The person who sent the report no longer coordinates the plan. Return it.")
        )
    report = read(stored.content)
    _refuse_withdrawn(stored, report)
    if name_hits(stored.package, report, stored.note):
        raise ValidationError(
            _(
                "The report names somebody who became known to the system after it was sent. "
                "Return it."
            )
        )
    _decide(stored, Decision.APPROVED, by=by)
    answers: dict[str, str] = {name: str(answer).strip() for name, answer in tried.items()}
    published = keep_report(stored, report, by=by, answers=answers)
    detail = {"report": published.number, "note": published.note, "sha256": published.sha256}
    _tell(EventKind.PUBLISHED, stored, by=by, detail=detail)
    page_cache.forget_on_commit(stored.package.slug, page_cache.FOLLOW_UPS)
    return published


def keep_report(
    request: ReportRequest, report: Report, *, by: User, answers: dict[str, str]
) -> FollowUpReport:
    """Store what was sent as the next report of its plan; whether anybody may is not asked.

    Raises:
        ValidationError: the secrecy review lacks something.
    """
    package, facts = request.package, facts_of(report)
    latest = (
        FollowUpReport.objects.filter(package=package).aggregate(number=Max("number"))["number"]
        or 0
    )
    published = FollowUpReport(
        package=package,
        number=latest + 1,
        content=request.content,
        sha256=request.sha256,
        note=request.note,
        as_of=request.as_of,
        **{field.name: getattr(facts, field.name) for field in fields(facts)},
        published_at=timezone.now(),
        published_by=request.requested_by,
        approved_by=by,
        **answers,
    )
    # The facts are ours, and no form has them.
    published.full_clean(exclude={field.name for field in fields(facts)})
    published.save()
    StoredReportBasis.objects.create(report=published, content=request.basis)
    return published


def name_hits(package: RequirementsPackage, report: Report, note: str) -> list[NameHit]:
    """Return the words of a report that may name somebody, and that nobody has cleared."""
    hits = report_hits(report, note, known_names())
    if not hits:
        return []
    cleared = ClearedName.objects.filter(package=package).values_list("key", flat=True)
    known = set(cleared)
    return [hit for hit in hits if hit.key not in known]


def _clear(
    package: RequirementsPackage, hits: Sequence[NameHit], reasons: Mapping[str, str], *, by: User
) -> None:
    """Store why words may stand that may name somebody.

    Raises:
        ValidationError: of some of them nobody has said why.
    """
    unclear = [hit.words for hit in hits if not reasons.get(hit.key, "").strip()]
    if unclear:
        raise ValidationError(
            _(
                "The report may name somebody: %(words)s. Remove the words, or write why they may "
                "stand."
            )
            % {"words": ", ".join(f"”{words}”" for words in dict.fromkeys(unclear))}
        )
    for key, hit in {hit.key: hit for hit in hits}.items():
        row = ClearedName(
            package=package,
            key=key,
            words=one_line(hit.words)[:400],
            reason=reasons[key].strip(),
            cleared_by=by,
        )
        row.full_clean()
        row.signed_by(by).save()


def _refuse_unchanged(package: RequirementsPackage, report: Report) -> None:
    """Refuse a report that says just what the last one says."""
    last = (
        FollowUpReport.objects.filter(package=package)
        .order_by("-number")
        .values_list("content", flat=True)
        .first()
    )
    if last is not None and read(last) == report:
        raise ValidationError(
            _("Nothing has changed since the last report, so there is nothing to publish.")
        )


def _refuse_withdrawn(request: ReportRequest, report: Report) -> None:
    """Refuse a report with words that were taken back since it was sent."""
    plan = request.package.plan
    if plan is None:
        return
    public = {
        (summary.id, summary.text, summary.supplier)
        for _follow_up, _supplier, summary in public_summaries(plan, timezone.localdate())
    }
    if any((row.id, row.text, row.supplier) not in public for row in report.summaries):
        raise ValidationError(
            _("A summary in the report was withdrawn or changed after it was sent. Return it.")
        )
    current = set(published_readings([row.id for row in report.indicators]))
    if not current.issuperset(report.readings):
        raise ValidationError(
            _("A reading in the report was corrected after it was sent. Return the report.")
        )


def _replace_waiting(package: RequirementsPackage, *, by: User) -> None:
    """Answer a report that waits, where a newer one is sent in its place."""
    waiting = ReportRequest.objects.select_for_update().filter(package=package).pending().first()
    if waiting is not None:
        reason = _("A newer report was sent in its place.")
        _decide(waiting, Decision.RETURNED, by=by, reason=reason)
        _tell(EventKind.RETURNED, waiting, by=by, detail={"reason": reason})


def _decide(request: ReportRequest, decision: Decision, *, by: User, reason: str = "") -> None:
    if request.decision != Decision.PENDING:
        raise ValidationError(_("Somebody has already decided on the report."))
    request.decision, request.reason = decision, reason
    request.decided_by, request.decided_at = by, timezone.now()
    request.full_clean()
    request.signed_by(by).save()


def _tell(kind: EventKind, request: ReportRequest, *, by: User, detail: dict[str, object]) -> None:
    ChangeEvent.objects.record(
        kind, request, by=by, detail={"as_of": f"{request.as_of}", **detail}
    )


def _locked_request(request: ReportRequest) -> ReportRequest:
    """Lock the package of a report and the request, and return it as stored."""
    _lock(request.package)
    rows = ReportRequest.objects.select_for_update(of=("self",)).select_related(
        "requested_by", "package__plan__category", "package__plan__procurement_region"
    )
    return rows.get(pk=request.pk)


def _lock(package: RequirementsPackage) -> None:
    if package.plan_id is not None:
        row_locks.hold(ActionPlan, package.plan_id)
    row_locks.hold(RequirementsPackage, package.pk)
