"""What is due, person by person: for reminders, for calendars and for their own list.

Titles go out by mail and into calendars, which are read on telephones and kept by others. They
say where to look (product area, method, plan, requirement code) and nothing that is confidential:
no supplier, no contract, no finding.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions as plan_permissions
from actionplan.models import ChangeKind, ChangeLog, Indicator, Membership, PlanStatus, User
from followup import permissions
from followup.actions import lessons
from followup.drafting.report_age import due_on as report_due_on
from followup.drafting.report_age import reported_packages
from followup.models import (
    CorrectiveAction,
    Deviation,
    DeviationState,
    FollowUp,
    FollowUpStatus,
    IndicatorReading,
    ProposedChange,
    ReadingStatus,
    ReminderKind,
    ReportRequest,
    SecondPersonRequest,
)
from followup.reminders.contract_tasks import changed_contract_tasks, use_tasks
from followup.reminders.second_person import lesson_tasks, masking_tasks, summary_tasks
from requirements_pkg import permissions as package_permissions
from requirements_pkg.backoffice.dialogue import look_over_tasks
from requirements_pkg.backoffice.tasks import Task
from requirements_pkg.backoffice.to_do import WAITING

# How long somebody may take who is asked to decide: a reading, and a change of a requirement.
TO_APPROVE: Final = timedelta(days=7)
TO_DECIDE: Final = timedelta(days=30)
# A report is due once a year: nobody has to know of the next one all year.
SOON: Final = timedelta(days=30)
NAMES: Final = ("product_area__plan__category", "organisation", "responsible")


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that one person is to see to; `address` is a path of this site."""

    kind: ReminderKind
    target_id: int
    due_on: date
    title: str
    address: str

    @property
    def order(self) -> tuple[date, str, int]:
        """The most overdue first, and always the same order."""
        return self.due_on, self.kind.value, self.target_id


DueItems = Iterator[tuple[int, DueItem]]


def due(
    people: QuerySet[User], *, until: date | None = None, without: Collection[ReminderKind] = ()
) -> dict[User, list[DueItem]]:
    """Return what each of these people has to do, up to and including a day; maybe nothing.

    A query for each kind and the people's own, however many they are. Rights are those of today:
    whoever has lost a role, or cannot log in, has nothing to do.

    Args:
        without: the kinds that the caller tells of in another way.
    """
    known = {user.pk: user for user in _with_roles(people)}
    items: dict[int, list[DueItem]] = defaultdict(list)
    for kind, look in LOOKS.items():
        for pk, item in () if kind in without else look(known):
            if until is None or item.due_on <= until:
                items[pk].append(item)
    return {user: sorted(items[pk], key=lambda item: item.order) for pk, user in known.items()}


def _with_roles(people: QuerySet[User]) -> Sequence[User]:
    """Read active people whose roles are known without a query for each."""
    memberships = Prefetch("memberships", Membership.objects.select_related("organisation"))
    users = list(people.filter(is_active=True).order_by("pk").prefetch_related(memberships))
    for user in users:
        user.roles = frozenset(
            (membership.role, membership.organisation.procurement_region_id)
            for membership in user.memberships.all()
        )
    return users


def _follow_ups(people: dict[int, User]) -> DueItems:
    """Return follow-ups that are not carried out, for whoever is responsible."""
    rows = FollowUp.objects.open().filter(done_on__isnull=True, responsible__in=people)
    for row in rows.select_related(*NAMES):
        title = _("Follow-up (%(method)s): %(area)s, %(plan)s") % _words(row)
        address = _page("followup_followup", row.pk)
        item = DueItem(ReminderKind.FOLLOW_UP, row.pk, row.planned_for, title, address)
        yield from _responsible(people, row, item)


def _deviations(people: dict[int, User]) -> DueItems:
    """Return deviations that are not closed, for whoever is responsible for the follow-up."""
    rows = Deviation.objects.open().filter(follow_up__responsible__in=people)
    rows = rows.exclude(follow_up__status=FollowUpStatus.CANCELLED)
    for row in rows.select_related("requirement", *(f"follow_up__{name}" for name in NAMES)):
        words = _words(row.follow_up) | {"code": row.requirement.code}
        title = _("Deviation from %(code)s is due to be remedied: %(area)s, %(plan)s") % words
        address = _page("followup_deviation", row.pk)
        item = DueItem(ReminderKind.DEVIATION, row.pk, row.due_on, title, address)
        yield from _responsible(people, row.follow_up, item)


def _actions(people: dict[int, User]) -> DueItems:
    """Return actions neither done nor struck, of deviations that are not closed."""
    rows = CorrectiveAction.objects.remaining().filter(
        deviation__follow_up__responsible__in=people
    )
    rows = rows.exclude(deviation__state=DeviationState.CLOSED).exclude(
        deviation__follow_up__status=FollowUpStatus.CANCELLED
    )
    names = (f"deviation__follow_up__{name}" for name in NAMES)
    for row in rows.select_related("deviation__requirement", *names):
        follow_up = row.deviation.follow_up
        words = _words(follow_up) | {"code": row.deviation.requirement.code}
        title = _("Corrective action for %(code)s is due: %(area)s, %(plan)s") % words
        # It is kept on the page of its deviation.
        address = _page("followup_deviation", row.deviation_id)
        item = DueItem(ReminderKind.ACTION, row.pk, row.due_on, title, address)
        yield from _responsible(people, follow_up, item)


def _indicators(people: dict[int, User]) -> DueItems:
    """Yield unmet indicators with a due day, for the coordinators of the plan's region."""
    path = "sub_goal__goal__plan"
    rows = Indicator.objects.filter(
        due_on__isnull=False, **{f"{path}__procurement_region__in": _edited(people.values())}
    ).exclude(**{f"{path}__status": PlanStatus.CLOSED})
    met = _met(rows)
    for row in rows.select_related(f"{path}__category"):
        plan = row.sub_goal.goal.plan
        if row.pk in met or row.due_on is None:
            continue
        title = _("Indicator %(number)s is due: %(plan)s")
        title %= {"number": row.number, "plan": plan}
        address = _page("actionplan_indicator", row.pk)
        item = DueItem(ReminderKind.INDICATOR, row.pk, row.due_on, title, address)
        for pk, user in people.items():
            if plan.procurement_region_id in plan_permissions.followed_up_regions(user):
                yield pk, item


def _met(indicators: QuerySet[Indicator]) -> set[int]:
    """Return indicators that are met: by the country's last word, or else every organisation's."""
    statuses: dict[int, dict[int | None, str]] = defaultdict(dict)
    readings = IndicatorReading.objects.current().filter(indicator__in=indicators.values("pk"))
    rows = readings.order_by("as_of", "pk").values_list("indicator", "organisation", "status")
    for indicator, organisation, status in rows:
        statuses[indicator][organisation] = status
    return {
        indicator
        for indicator, last in statuses.items()
        if ({last[None]} if None in last else set(last.values())) == {ReadingStatus.MET}
    }


def _readings(people: dict[int, User]) -> DueItems:
    """Yield readings that wait for approval, for the reviewers of the plan's region."""
    path = "indicator__sub_goal__goal__plan"
    regions = {
        region for user in people.values() for region in plan_permissions.reviewed_regions(user)
    }
    rows = IndicatorReading.objects.waiting().filter(
        **{f"{path}__procurement_region__in": regions}
    )
    for row in rows.select_related(f"{path}__category", "author"):
        # A constraint sees to it that none of them lacks it.
        if row.submitted_at is None:
            continue
        title = _("Reading of indicator %(number)s awaits approval: %(plan)s")
        title %= {"number": row.indicator.number, "plan": row.plan}
        due_on = _after(row.submitted_at, TO_APPROVE)
        address = _page("followup_indicatorreading", row.pk)
        item = DueItem(ReminderKind.READING, row.pk, due_on, title, address)
        for pk, user in people.items():
            is_reviewer = row.plan.procurement_region_id in plan_permissions.reviewed_regions(user)
            if is_reviewer and permissions.may_approve_reading(user, row):
                yield pk, item


def _changes(people: dict[int, User]) -> DueItems:
    """Yield changes that nobody has decided on, for the coordinators of the package's region.

    A change is told in a follow-up: who does not see that one decides on the package's page.
    """
    for row in _undecided(_edited(people.values())):
        package, follow_up = row.requirement.package, row.lesson.follow_up
        review, proposed_at = row.lesson.review, vars(row)["proposed_at"]
        title = _("Proposed change of %(code)s to decide on: %(package)s")
        title %= {"code": row.requirement.code, "package": package.title}
        due_on = _after(proposed_at, TO_DECIDE)
        address = _page("followup_proposedchange", row.pk)
        item = DueItem(ReminderKind.CHANGE, row.pk, due_on, title, address)
        # By its number: the region itself would be a query for each.
        region = package.plan.procurement_region_id if package.plan else package.steward_id
        for pk, user in people.items():
            is_coordinator = region in plan_permissions.followed_up_regions(user)
            may_decide = is_coordinator and package_permissions.may_edit(user, package)
            if may_decide and permissions.may_see(user, follow_up):
                yield pk, item
            elif may_decide and review is not None and lessons.is_for_everybody(row.lesson):
                # Before the review there was nothing to read.
                at = max(proposed_at, review.reviewed_at)
                there = _page("requirements_pkg_requirementspackage", package.pk)
                yield pk, replace(item, address=there, due_on=_after(at, TO_DECIDE))


def _requests(people: dict[int, User]) -> DueItems:
    """Yield what somebody asks a second person for, for those who may be that person."""
    rows = SecondPersonRequest.objects.pending().with_names()
    for row in rows:
        # What is asked for, and of what, is confidential.
        title = _("A request to a second person awaits your answer")
        address = reverse("admin:followup_request_decide", args=[row.pk])
        due_on = _after(row.requested_at, TO_APPROVE)
        item = DueItem(ReminderKind.REQUEST, row.pk, due_on, title, address)
        for pk, user in people.items():
            if permissions.may_decide(user, row):
                yield pk, item


def _reports(people: dict[int, User]) -> DueItems:
    """Yield the plans to report on within a year, for the coordinators of their regions."""
    for package in reported_packages(_edited(people.values())):
        row, plan = vars(package), package.plan
        if plan is None or plan.status == PlanStatus.CLOSED:
            continue
        title = _("Follow-up report is due: %(package)s") % {"package": package.dated}
        address = reverse("admin:followup_report_write", args=[plan.pk])
        due_on = report_due_on(row["newest_at"] or row["first_at"])
        if due_on > timezone.localdate() + SOON:
            continue
        item = DueItem(ReminderKind.REPORT, package.pk, due_on, title, address)
        for pk, user in people.items():
            if plan.procurement_region_id in plan_permissions.followed_up_regions(user):
                yield pk, item


def _report_requests(people: dict[int, User]) -> DueItems:
    """Yield reports that wait for approval, for the reviewers of the plan's region."""
    rows = ReportRequest.objects.pending().defer("content", "basis")
    names = ("package__plan__category", "package__plan__procurement_region", "requested_by")
    for row in rows.select_related(*names, "package__steward"):
        title = _("Follow-up report awaits approval: %(package)s") % {"package": row.package.dated}
        address = reverse("admin:followup_report_decide", args=[row.pk])
        due_on = _after(row.requested_at, TO_APPROVE)
        item = DueItem(ReminderKind.REPORT_REQUEST, row.pk, due_on, title, address)
        for pk, user in people.items():
            if permissions.may_approve_report(user, row):
                yield pk, item


def _waiting(
    kind: ReminderKind, tasks: Callable[[Iterable[User]], Iterator[tuple[int, Task]]]
) -> Callable[[dict[int, User]], DueItems]:
    """Return a look for what waits for an answer, which is due when it has waited for a week."""

    def look(people: dict[int, User]) -> DueItems:
        for pk, task in tasks(people.values()):
            due_on = (task.since or timezone.localdate()) + TO_APPROVE
            yield pk, DueItem(kind, task.target_id, due_on, task.title, task.address)

    return look


def _looks(people: dict[int, User]) -> DueItems:
    """Yield the packages with requirements to look over, for the coordinators of their regions."""
    for pk, task in look_over_tasks(people.values()):
        due_on = task.since or timezone.localdate()
        yield (
            pk,
            DueItem(ReminderKind.LOOK_OVER, task.target_id, due_on, task.title, task.address),
        )


def _undecided(regions: Collection[int]) -> QuerySet[ProposedChange]:
    """Return the changes that are decided on in these regions, with when they were proposed."""
    proposed = ChangeLog.objects.of(ProposedChange).filter(
        key=OuterRef("pk"), kind=ChangeKind.ADDED
    )
    path = "requirement__package__"
    rows = ProposedChange.objects.undecided().filter(
        Q(**{f"{path}plan__procurement_region__in": regions})
        | Q(**{f"{path}steward__in": regions})
    )
    rows = rows.annotate(
        proposed_at=Coalesce(
            Subquery(proposed.order_by("at").values("at")[:1]),
            F("lesson__written_at"),
        )
    )
    names = (f"lesson__follow_up__{name}" for name in NAMES)
    return rows.select_related("requirement__package__plan", "lesson__review", *names)


def _edited(people: Iterable[User]) -> set[int]:
    """Return the procurement regions that some of these people coordinate."""
    return {region for user in people for region in plan_permissions.followed_up_regions(user)}


def _responsible(people: dict[int, User], follow_up: FollowUp, item: DueItem) -> DueItems:
    """Yield the item for whoever is responsible for a follow-up, if they still see it."""
    responsible = follow_up.responsible_id
    if responsible is not None and permissions.may_see(people[responsible], follow_up):
        yield responsible, item


def _words(follow_up: FollowUp) -> dict[str, object]:
    """Return what may be said of a follow-up where others could read it."""
    area = follow_up.product_area
    method = follow_up.get_method_display()
    return {"method": method, "area": area.name, "plan": area.plan}


def _after(moment: datetime, time: timedelta) -> date:
    """Return the day on which some time has passed since a moment."""
    return timezone.localdate(moment) + time


def _page(model: str, pk: int) -> str:
    """Return where one works with an object in the admin; without a page, the person's list."""
    try:
        return reverse(f"admin:{model}_change", args=[pk])
    except NoReverseMatch:
        return reverse("admin:followup_mine")


LOOKS: Final[Mapping[ReminderKind, Callable[[dict[int, User]], DueItems]]] = {
    ReminderKind.FOLLOW_UP: _follow_ups,
    ReminderKind.DEVIATION: _deviations,
    ReminderKind.ACTION: _actions,
    ReminderKind.INDICATOR: _indicators,
    ReminderKind.READING: _readings,
    ReminderKind.CHANGE: _changes,
    ReminderKind.REQUEST: _requests,
    ReminderKind.REPORT: _reports,
    ReminderKind.REPORT_REQUEST: _report_requests,
    ReminderKind.LOOK_OVER: _looks,
    ReminderKind.MASKING: _waiting(ReminderKind.MASKING, masking_tasks),
    ReminderKind.SUMMARY_REVIEW: _waiting(ReminderKind.SUMMARY_REVIEW, summary_tasks),
    ReminderKind.LESSON_REVIEW: _waiting(ReminderKind.LESSON_REVIEW, lesson_tasks),
    ReminderKind.USE_CLAIM: _waiting(ReminderKind.USE_CLAIM, use_tasks),
    ReminderKind.CONTRACTS: _waiting(ReminderKind.CONTRACTS, changed_contract_tasks),
    # As the first page tells it.
    **{ReminderKind(name): _waiting(ReminderKind(name), tasks) for name, tasks in WAITING.items()},
}
