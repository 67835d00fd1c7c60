"""What waits for one person of reports: to approve, send again, write."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions as plan_permissions
from actionplan.models import PlanStatus, User
from followup import permissions
from followup.drafting.report_age import due_on, reported_packages, tells_other
from followup.models import FollowUpReport, ReportRequest
from requirements_pkg.backoffice.tasks import Task, TaskGroup
from requirements_pkg.models import Decision


def reports_to_see_to(user: User) -> list[Task]:
    """Return the reports that this person approves, sends again or writes."""
    return [*_requests(user), *_to_write(user)]


def _requests(user: User) -> Iterator[Task]:
    """Yield a task for the last request of each plan, if it is this person's turn."""
    rows = ReportRequest.objects.exclude(decision=Decision.APPROVED).defer("content", "basis")
    names = ("requested_by", "package__plan__category", "package__plan__procurement_region")
    seen: set[int] = set()
    for report_request in rows.select_related(*names, "package__steward").order_by(
        "-requested_at", "-pk"
    ):
        if report_request.package_id in seen:
            continue
        seen.add(report_request.package_id)
        address = reverse("admin:followup_report_decide", args=[report_request.pk])
        words = {"package": report_request.package.dated}
        if report_request.decision == Decision.RETURNED:
            is_mine = report_request.requested_by_id == user.pk
            newer = FollowUpReport.objects.filter(
                package=report_request.package, published_at__gt=report_request.requested_at
            )
            if is_mine and not newer.exists():
                title = _("The follow-up report of %(package)s was returned") % words
                yield Task(
                    title, address, timezone.localdate(report_request.decided_at), TaskGroup.MEND
                )
        elif permissions.may_approve_report(user, report_request):
            title = _("The follow-up report of %(package)s is waiting for your answer") % words
            yield Task(title, address, timezone.localdate(report_request.requested_at))


def _to_write(user: User) -> Iterator[Task]:
    """Yield a task for each plan that is to be reported on again."""
    today, regions = timezone.localdate(), plan_permissions.followed_up_regions(user)
    rows = reported_packages(regions).exclude(plan__status=PlanStatus.CLOSED)
    for package in rows:
        row, address = (
            vars(package),
            reverse("admin:followup_report_write", args=[package.plan_id]),
        )
        newest, words = row["newest_at"], {"package": package.dated}
        if due_on(newest or row["first_at"]) <= today:
            title = _("%(package)s has no follow-up report of the last year") % words
            yield Task(title, address, due_on(newest or row["first_at"]), TaskGroup.OVERDUE)
        elif newest and row["last_change"] and tells_other(package.pk, row["last_change"]):
            title = _("The follow-up report of %(package)s needs to be reviewed") % words
            yield Task(title, address, timezone.localdate(newest), TaskGroup.MEND)
