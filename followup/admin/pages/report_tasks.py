"""What waits for one person of what becomes public: to review, approve, send again, write."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions as plan_permissions
from actionplan.models import ActionPlan, PlanStatus, User
from followup import permissions
from followup.drafting.report_age import due_on, reported_packages, tells_other
from followup.models import FollowUpReport, Lesson, Masking, ReportRequest, Summary
from requirements_pkg.backoffice.to_do import Task
from requirements_pkg.models import Decision

# The page on which each is seen to.
MASKING: Final = "followup_masking_decide"
SUMMARY: Final = "followup_summary_review"
LESSON: Final = "followup_lesson_review"


def reports_to_see_to(user: User) -> list[Task]:
    """Return the reports and maskings that this person approves, sends again or writes, and the
    words that this person reviews for secrecy."""
    return [*_requests(user), *_second_looks(user), *_to_write(user)]


def _second_looks(user: User) -> Iterator[Task]:
    """Yield a task for each masking to approve and each text to review for secrecy: one query."""
    titles = {
        MASKING: _("Words to mask in %(package)s wait for your answer"),
        SUMMARY: _("A summary in %(package)s waits for a secrecy review"),
        LESSON: _("A lesson in %(package)s waits for a secrecy review"),
    }
    plan = "follow_up__product_area__plan"
    of_plan = (f"{plan}__category__name", f"{plan}__first_year", f"{plan}__last_year")
    rights = permissions.visible(user, "follow_up") & ~Q(written_by=user)
    of_package = ("package__title", "package__plan__first_year", "package__plan__last_year")
    maskings = Masking.objects.pending().filter(permissions.masked_by(user))
    summaries = Summary.objects.filter(rights, review=None, published_at=None, withdrawn_at=None)
    lessons = Lesson.objects.exclude(public_text="").filter(rights, review=None)
    rows = _listed(maskings, MASKING, *of_package, TruncDate("requested_at")).union(
        _listed(summaries, SUMMARY, *of_plan, F("follow_up__done_on")),
        _listed(lessons, LESSON, *of_plan, TruncDate("written_at")),
        all=True,
    )
    for kind, pk, title, first, last, since in rows:
        years = ActionPlan(first_year=first, last_year=last).period if first else ""
        dated = f"{title} {years}".strip()
        yield Task(titles[kind] % {"package": dated}, reverse(f"admin:{kind}", args=[pk]), since)


def _listed(rows: QuerySet[Any], kind: str, *columns: Any) -> QuerySet[Any, tuple[Any, ...]]:
    return rows.order_by().values_list(Value(kind, output_field=CharField()), "pk", *columns)


def _requests(user: User) -> Iterator[Task]:
    """Yield a task for the last request of each plan, if it is this person's turn."""
    rows = ReportRequest.objects.exclude(decision=Decision.APPROVED).defer("content", "basis")
    names = ("requested_by", "package__plan__category", "package__plan__procurement_region")
    seen: set[int] = set()
    for asked in rows.select_related(*names, "package__steward").order_by("-requested_at", "-pk"):
        if asked.package_id in seen:
            continue
        seen.add(asked.package_id)
        address = reverse("admin:followup_report_decide", args=[asked.pk])
        words = {"package": asked.package.dated}
        if asked.decision == Decision.RETURNED:
            is_mine = asked.requested_by_id == user.pk
            newer = FollowUpReport.objects.filter(
                package=asked.package, published_at__gt=asked.requested_at
            )
            if is_mine and not newer.exists():
                title = _("The follow-up report of %(package)s was returned") % words
                yield Task(title, address, timezone.localdate(asked.decided_at))
        elif permissions.may_approve_report(user, asked):
            title = _("The follow-up report of %(package)s is waiting for your answer") % words
            yield Task(title, address, timezone.localdate(asked.requested_at))


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
            yield Task(title, address, due_on(newest or row["first_at"]))
        elif newest and row["last_change"] and tells_other(package.pk, row["last_change"]):
            title = _("The follow-up report of %(package)s needs to be reviewed") % words
            yield Task(title, address, timezone.localdate(newest))
