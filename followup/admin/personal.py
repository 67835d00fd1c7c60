"""One person's own page in the admin: what is due, reminders, and the address of a calendar."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final, TypedDict

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.admin_site import admin_page
from actionplan.extension_points import (
    AdminPlace,
    Button,
    Panel,
    PlaceGroup,
    admin_places,
    change_places,
    front_panels,
)
from actionplan.models import ChangeLog, User
from actionplan.permissions import signed_in
from actionplan.workspace.home_panels import own_pages
from followup import permissions as own_permissions
from followup.actions.personal import make_calendar, reminders_off, reminders_on, revoke_calendar
from followup.admin.pages.report_tasks import reports_to_see_to
from followup.admin.pages.request_pages import requests_to_answer
from followup.models import (
    Contract,
    CorrectiveAction,
    Deviation,
    FollowUp,
    IndicatorReading,
    Lesson,
    Question,
    ReminderKind,
    ReportingPeriod,
    Sanction,
    Summary,
)
from followup.reminders.due import DueItem, due
from requirements_pkg.backoffice.pages import page
from requirements_pkg.backoffice.tasks import Task, TaskGroup
from requirements_pkg.backoffice.to_do import WAITING, to_do

# So many are told on the first page; all of them stand on the person's own.
FIRST: Final = 12
# And so many at least of each group.
LEAST: Final = 2
# A region of a nation may have hundreds.
TASKS_A_PAGE: Final = 50
# What stands among the tasks in more words than a mail may have.
AMONG_TASKS: Final = (
    ReminderKind.REQUEST,
    ReminderKind.REPORT,
    ReminderKind.REPORT_REQUEST,
    *map(ReminderKind, WAITING),
)
# The days of what somebody else waits for are those by which they should have their answer.
ANSWERS: Final = (
    ReminderKind.READING,
    ReminderKind.CHANGE,
    ReminderKind.MASKING,
    ReminderKind.SUMMARY_REVIEW,
    ReminderKind.LESSON_REVIEW,
    ReminderKind.USE_CLAIM,
    ReminderKind.CONTRACTS,
)
GROUPS: Final = {
    TaskGroup.ANSWER: gettext_lazy("Others are waiting for you"),
    TaskGroup.OVERDUE: gettext_lazy("Overdue"),
    TaskGroup.MEND: gettext_lazy("To see to"),
    TaskGroup.COMING: gettext_lazy("Coming up"),
}


@admin_places
def places_of_follow_up(request: HttpRequest) -> Iterator[AdminPlace]:
    """Yield one's own tasks, and what is followed up, for who may see it."""
    if not permissions.may_read(request.user):
        return
    mine = reverse("admin:followup_mine")
    yield AdminPlace(_("My reminders and my calendar"), mine, PlaceGroup.MINE)
    if own_permissions.may_see_any(request.user):
        yield AdminPlace(_("Follow-ups"), reverse("admin:followup_followup_changelist"))
        yield AdminPlace(_("Contracts"), reverse("admin:followup_contract_changelist"))
        yield AdminPlace(_("Suppliers"), reverse("admin:followup_supplier_changelist"))
        yield AdminPlace(_("Deviations"), reverse("admin:followup_deviation_changelist"))
        yield AdminPlace(_("Lessons"), reverse("admin:followup_lesson_changelist"))
    yield AdminPlace(_("Status reports"), reverse("admin:followup_indicatorreading_changelist"))
    workbook = reverse("admin:followup_workbook")
    yield AdminPlace(_("Workbook for analysts"), workbook, PlaceGroup.LOOK_UP)


@change_places
def pages_of_follow_up(changes: Collection[ChangeLog]) -> dict[int, str]:
    """Lead to the page of what was changed of a follow-up or of a reading."""
    kinds = (FollowUp, Contract, Deviation, Lesson, IndicatorReading, ReportingPeriod)
    parts: dict[type[models.Model], type[models.Model]] = {
        Question: FollowUp,
        Sanction: FollowUp,
        Summary: FollowUp,
        CorrectiveAction: Deviation,
    }
    return own_pages(changes, *kinds, parts=parts)


class FirstTasks(TypedDict):
    """The first of what waits under a heading, and how much there is."""

    title: object
    number: int
    items: list[DueItem]
    tasks: list[Task]


@front_panels
def tasks_panel(request: HttpRequest) -> list[Panel]:
    """Show whoever has logged in the first of what waits for them."""
    if not permissions.may_read(request.user):
        return []
    context = {"groups": _first_groups(signed_in(request.user)), "today": timezone.localdate()}
    mine = Button(_("All my tasks"), reverse("admin:followup_mine"))
    template = "followup/admin/personal/_front_tasks.html"
    return [Panel(_("Your tasks"), template, context, (mine,), is_wide=True)]


def _first_groups(user: User) -> list[FirstTasks]:
    """Return the first of what waits for somebody under headings, each with how much there is."""
    everything = _tasks(user)
    rows: list[FirstTasks] = []
    for group, title in GROUPS.items():
        tasks = [task for task in everything["tasks"] if task.group is group]
        items = [item for item in everything["items"] if _group_of(item) is group]
        if number := len(tasks) + len(items):
            rows.append({"title": title, "number": number, "tasks": tasks, "items": items})
    left = FIRST
    for at, row in enumerate(rows, start=1):
        tasks, items = row["tasks"], row["items"]
        # However much stands before it, no heading stands without a task while there is room.
        kept_back = sum(min(LEAST, later["number"]) for later in rows[at:])
        room = max(left - kept_back, min(left, 1))
        row["tasks"], row["items"] = tasks[:room], items[: max(room - len(tasks), 0)]
        left -= min(room, row["number"])
    return rows


def _group_of(item: DueItem) -> TaskGroup:
    if item.kind in ANSWERS:
        return TaskGroup.ANSWER
    return TaskGroup.OVERDUE if item.due_on < timezone.localdate() else TaskGroup.COMING


@admin_page("followup/mitt/", name="followup_mine")
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show the page of whoever asks, and do what they choose on it."""
    if not permissions.may_read(request.user):
        raise PermissionDenied
    if request.method == "GET":
        return _calendar_page(request)
    match request.POST.get("do"):
        case "make":
            # Shown in the answer itself: nothing that is stored could show it again.
            return _calendar_page(request, token=make_calendar(by=signed_in(request.user)))
        case "revoke":
            revoke_calendar(by=signed_in(request.user))
            messages.success(request, _("The address of your calendar no longer works."))
        case "off":
            reminders_off(by=signed_in(request.user))
            messages.success(request, _("You get no more reminders by mail."))
        case "on":
            reminders_on(by=signed_in(request.user))
            messages.success(request, _("You get reminders by mail."))
        case _other:
            raise BadRequest
    return HttpResponseRedirect(reverse("admin:followup_mine"))


def _calendar_page(request: HttpRequest, *, token: str = "") -> HttpResponse:
    """Show the page; with a new token also the address that it makes."""
    user = signed_in(request.user)
    tasks = _tasks(user)
    page_of_tasks = Paginator(tasks["items"], TASKS_A_PAGE).get_page(request.GET.get("sida"))
    if page_of_tasks.has_previous():
        # They stand before all that has a day.
        tasks["tasks"] = []
    # Both are one person's own, and read in one query.
    own = User.objects.select_related("calendar_feed", "reminder_opt_out").get(pk=user.pk)
    context: dict[str, object] = {
        **tasks,
        "page": page_of_tasks,
        "title": _("My reminders and my calendar"),
        "is_reminded": not hasattr(own, "reminder_opt_out"),
        "feed": getattr(own, "calendar_feed", None),
        "calendar": _address(request, token) if token else "",
    }
    return page(request, "followup/admin/personal/mine.html", context)


class OwnTasks(TypedDict):
    """What somebody has to do, and the day to compare it with."""

    today: date
    items: list[DueItem]
    tasks: list[Task]


def _tasks(user: User) -> OwnTasks:
    """Return what somebody has to do, and the day to compare it with."""
    ((_user, items),) = due(User.objects.filter(pk=user.pk), without=AMONG_TASKS).items()
    tasks = [*requests_to_answer(user), *reports_to_see_to(user), *to_do(user)]
    return {"today": timezone.localdate(), "items": items, "tasks": tasks}


def _address(request: HttpRequest, token: str) -> str:
    path = reverse("calendar", args=[token])
    base = settings.SITE_ADDRESS
    return f"{base}{path}" if base else request.build_absolute_uri(path)
