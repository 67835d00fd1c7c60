"""One person's own page in the admin: what is due, reminders, and the address of a calendar."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.admin_site import admin_page
from actionplan.extension_points import Button, Panel, front_panels
from actionplan.models import User
from actionplan.permissions import signed_in
from followup.actions.personal import make_calendar, reminders_off, reminders_on, revoke_calendar
from followup.admin.pages.report_tasks import reports_to_see_to
from followup.admin.pages.request_pages import requests_to_answer
from followup.models import ReminderKind
from followup.reminders.due import due
from requirements_pkg.backoffice.pages import page
from requirements_pkg.backoffice.to_do import to_do

# So many are told on the first page; all of them stand on the person's own.
FIRST: Final = 8
# A region of a nation may have hundreds.
TASKS_A_PAGE: Final = 50
# What stands among the tasks in more words than a mail may have.
AMONG_TASKS: Final = (
    ReminderKind.REQUEST,
    ReminderKind.REPORT,
    ReminderKind.REPORT_REQUEST,
)


@front_panels
def tasks_panel(request: HttpRequest) -> list[Panel]:
    """Show whoever has logged in the first of what waits for them."""
    if not permissions.may_read(request.user):
        return []
    context = _tasks(signed_in(request.user))
    tasks, items = context["tasks"], context["items"]
    first = {**context, "tasks": tasks[:FIRST], "items": items[: max(FIRST - len(tasks), 0)]}
    mine = Button(_("All my tasks"), reverse("admin:followup_mine"))
    return [Panel(_("Your tasks"), "followup/admin/personal/_front_tasks.html", first, (mine,))]


@admin_page("followup/mitt/", name="followup_mine")
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show the page of whoever asks, and do what they choose on it."""
    if not permissions.may_read(request.user):
        raise PermissionDenied
    if request.method == "GET":
        return _shown(request)
    match request.POST.get("do"):
        case "make":
            # Shown in the answer itself: nothing that is stored could show it again.
            return _shown(request, token=make_calendar(by=signed_in(request.user)))
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


def _shown(request: HttpRequest, *, token: str = "") -> HttpResponse:
    """Show the page; with a new token also the address that it makes."""
    user = signed_in(request.user)
    tasks = _tasks(user)
    shown = Paginator(tasks["items"], TASKS_A_PAGE).get_page(request.GET.get("sida"))
    if shown.has_previous():
        # They stand before all that has a day.
        tasks["tasks"] = []
    # Both are one person's own, and read in one query.
    own = User.objects.select_related("calendar_feed", "reminder_opt_out").get(pk=user.pk)
    context: dict[str, Any] = {
        **tasks,
        "page": shown,
        "title": _("My reminders and my calendar"),
        "is_reminded": not hasattr(own, "reminder_opt_out"),
        "feed": getattr(own, "calendar_feed", None),
        "calendar": _address(request, token) if token else "",
    }
    return page(request, "followup/admin/personal/mine.html", context)


def _tasks(user: User) -> dict[str, Any]:
    """Return what somebody has to do, and the day to compare it with."""
    ((_user, items),) = due(User.objects.filter(pk=user.pk), without=AMONG_TASKS).items()
    tasks = [*requests_to_answer(user), *reports_to_see_to(user), *to_do(user)]
    return {"today": timezone.localdate(), "items": items, "tasks": tasks}


def _address(request: HttpRequest, token: str) -> str:
    path = reverse("calendar", args=[token])
    base = settings.SITE_ADDRESS
    return f"{base}{path}" if base else request.build_absolute_uri(path)
