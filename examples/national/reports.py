"""A follow-up report of each plan of the made-up nation, and an earlier one of some."""

from datetime import date, timedelta
from typing import Final

from actionplan.models import User
from examples.national.world import Plan
from followup.actions.reports import keep_report, request_for
from followup.drafting.report_draft import report_draft
from followup.models import LegalGround
from requirements_pkg.models import Decision, RequirementsPackage

NOTE: Final = "Läget för målen, och vad uppföljningarna har visat."
EARLIER: Final = "Läget för målen ett år tidigare."
REVIEW: Final = {
    "ground": LegalGround.BUSINESS.value,
    "conclusion": "Antalen är prövade, och sammanfattningarna var för sig.",
}
# Of every so many plans there is an earlier report to compare with.
COMPARED: Final = 5


def report_on(plan: Plan, at: int, until: date) -> None:
    """Publish what there is to tell of a plan, as its people would have."""
    package = RequirementsPackage.objects.with_owner().get(plan=plan.pk)
    by, second = plan.keepers.coordinator, plan.keepers.reviewer
    if at % COMPARED == 0:
        _publish(package, until - timedelta(days=365), until, EARLIER, by, second)
    _publish(package, until, until, NOTE, by, second)


def _publish(
    package: RequirementsPackage, as_of: date, until: date, note: str, by: User, second: User
) -> None:
    draft = report_draft(package, as_of=as_of, on=until)
    request = request_for(package, draft, note=note, by=by)
    request.decision, request.decided_by = Decision.APPROVED, second
    request.decided_at = request.requested_at
    request.save()
    keep_report(request, draft.report, by=second, answers=REVIEW)
