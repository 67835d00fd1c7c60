"""What the world says of requirements, as tasks: feedback to answer, and what to look over."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.extension_points import PlanTab
from actionplan.models import PlanStatus, User
from actionplan.permissions import followed_up_regions
from actionplan.text import figure
from requirements_pkg import permissions
from requirements_pkg.backoffice.pages import home_of
from requirements_pkg.backoffice.tasks import Task, TaskGroup
from requirements_pkg.drafting.looking_over import asking_since, to_look_over
from requirements_pkg.models import (
    Consultation,
    Feedback,
    LinkCheck,
    RemarkDecision,
    Requirement,
    RequirementsPackage,
    RequirementState,
)

# Nobody has to know of it for longer.
SOON: Final = timedelta(days=30)


def look_over_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each package of their own regions that asks for a look soon.

    Its day is when the first of its requirements asks, or when an address last answered.
    """
    known = {user: set(followed_up_regions(user)) for user in people}
    regions = set().union(*known.values())
    asking = _asking(regions, timezone.now() + SOON)
    packages = RequirementsPackage.objects.with_owner().in_bulk(list(asking))
    for pk, since in asking.items():
        package = packages[pk]
        title = _("Requirements of %(package)s are to be looked over") % {"package": package.dated}
        day = timezone.localdate(since)
        task = Task(title, look_over_address(package), day, TaskGroup.COMING, pk)
        for user, own in known.items():
            if package.region.pk in own:
                yield user.pk, task


def _asking(regions: Iterable[int], now: datetime) -> dict[int, datetime]:
    """Return the packages of regions that ask for a look by then, and since when."""
    of_regions = Q(package__plan__procurement_region__in=regions)
    own = Requirement.objects.filter(of_regions | Q(package__steward__in=regions))
    own = own.exclude(package__plan__status=PlanStatus.CLOSED)
    rows = to_look_over(own, now).order_by()
    asking: dict[int, datetime] = {}
    for pk, seen_at, failing in rows.values_list("package", "seen_at", "failing_since"):
        since = asking_since(seen_at, failing)
        asking[pk] = min(since, asking.get(pk, since))
    return asking


def look_over_address(package: RequirementsPackage) -> str:
    """Return the list of what asks for a look in a package."""
    if package.plan is None:
        listed = reverse("admin:requirements_pkg_requirement_changelist")
        return f"{listed}?saknar=oversyn&package__id__exact={package.pk}"
    return f"{home_of(package, PlanTab.REQUIREMENTS)}?oversyn=dags#kraven"


def look_of(requirement: Requirement | None) -> dict[str, object]:
    """Return who looked a requirement over last, whether it asks, and what does not answer."""
    if requirement is None or requirement.state != RequirementState.ACTIVE:
        return {}
    asking = to_look_over(Requirement.objects.filter(pk=requirement.pk), timezone.now())
    addresses = requirement.sources.values("url")
    return {
        "last": requirement.looks.select_related("by").order_by("-at").first(),
        "is_asking": asking.exists(),
        "failing": LinkCheck.objects.failing().filter(address__in=addresses),
    }


def consultation_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person the drafts that they may let out for consultation."""
    known = list(people)
    for row in Consultation.objects.pending().with_names():
        task = Task(
            _("The request to open %(package)s for consultation is waiting for your answer")
            % {"package": row.title},
            reverse("admin:requirements_pkg_decide_consultation", args=[row.pk]),
            timezone.localdate(row.requested_at),
            target_id=row.pk,
        )
        for user in known:
            if permissions.may_approve(user, row.package, by=row.requested_by):
                yield user.pk, task


def remark_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each consultation of their own regions with something to do.

    Remarks wait for a decision; when all are decided and it is over, it waits to be summed up.
    """
    known = {user: set(followed_up_regions(user)) for user in people}
    is_pending = Q(replies__remarks__decision=RemarkDecision.PENDING)
    rows = Consultation.objects.approved().filter(
        withdrawn_at__isnull=True, summed_up_at__isnull=True
    )
    counted = rows.order_by().annotate(
        remarks=Count("replies__remarks", filter=is_pending),
        since=Min("replies__sent_at", filter=is_pending),
    )
    numbers = counted.values_list("pk", "remarks", "since")
    waiting = {pk: (number, since) for pk, number, since in numbers}
    for pk, row in Consultation.objects.with_names().in_bulk(list(waiting)).items():
        task = _of_consultation(row, *waiting[pk])
        for user, own in known.items():
            if task is not None and row.package.region.pk in own:
                yield user.pk, task


def _of_consultation(row: Consultation, waiting: int, since: datetime | None) -> Task | None:
    words = {"package": row.title, "number": figure(waiting)}
    address = reverse("admin:requirements_pkg_answers", args=[row.pk])
    if waiting:
        title = ngettext(
            "%(number)s remark on the draft of %(package)s is waiting for a decision",
            "%(number)s remarks on the draft of %(package)s are waiting for a decision",
            waiting,
        )
        return Task(title % words, address, timezone.localdate(since), target_id=row.pk)
    if row.is_open:
        return None
    title = _("The consultation on %(package)s is over and can be summed up")
    return Task(title % words, address, row.closes_on, TaskGroup.MEND, row.pk)


def feedback_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each package of their own regions with feedback to answer."""
    known = {user: set(followed_up_regions(user)) for user in people}
    counted = Feedback.objects.pending().order_by().values_list("package")
    waiting = {
        pk: (number, since) for pk, number, since in counted.annotate(Count("pk"), Min("sent_at"))
    }
    packages = RequirementsPackage.objects.with_owner().in_bulk(list(waiting))
    for pk, (number, since) in waiting.items():
        package = packages[pk]
        title = ngettext(
            "%(number)s piece of feedback on %(package)s is waiting for an answer",
            "%(number)s pieces of feedback on %(package)s are waiting for an answer",
            number,
        )
        task = Task(
            title % {"number": figure(number), "package": package.dated},
            reverse("admin:requirements_pkg_feedback"),
            timezone.localdate(since),
            target_id=pk,
        )
        for user, own in known.items():
            if package.region.pk in own:
                yield user.pk, task
