"""In which browsers somebody is logged in, and how they are logged out of them."""

from dataclasses import dataclass
from typing import Final

from allauth.usersessions.models import UserSession
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actionplan.permissions import signed_in
from actionplan.text import is_number

# As browsers name themselves: a later name stands in what an earlier one says of itself, too.
BROWSERS: Final = {"Firefox": "Firefox", "Edg": "Edge", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS: Final = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class LogInPlace:
    """A browser in which somebody is logged in."""

    session: UserSession
    browser: str
    is_here: bool


def places(request: HttpRequest) -> list[LogInPlace]:
    """Return where the person is logged in, the newest first; this browser is among them."""
    UserSession.objects.create_from_request(request)
    sessions = UserSession.objects.purge_and_list(signed_in(request.user))
    known = [
        LogInPlace(session, in_words(session.user_agent), session.is_current())
        for session in sessions
    ]
    return sorted(known, key=lambda place: place.session.created_at, reverse=True)


def in_words(agent: str) -> str:
    """Return which browser on which system it is, as people call them."""
    browser = next((browser_name for name, browser_name in BROWSERS.items() if name in agent), "")
    system = next((system_name for name, system_name in SYSTEMS.items() if name in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End one log-in of the person, or all but this one."""
    own = UserSession.objects.filter(user=signed_in(request.user))
    if pk := request.POST.get("place", ""):
        ended = [get_object_or_404(own, pk=pk if is_number(pk) else None)]
    else:
        ended = [session for session in own if not session.is_current()]
    is_here = any(session.is_current() for session in ended)
    for session in ended:
        session.end()
    if is_here:
        auth.logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    messages.success(request, _("You are logged out there."))
    return HttpResponseRedirect(reverse("mfa_index"))
