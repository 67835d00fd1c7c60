"""The two addresses that are one person's own and need no login: whoever has the link may."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from actionplan.models import User
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from followup.actions.personal import person_of
from followup.actions.personal import reminders_off as turn_off
from followup.models.personal import token_hash
from followup.reminders.due import due
from followup.reminders.icalendar import CONTENT_TYPE, CalendarEvent, calendar
from followup.reminders.sending import LANGUAGE


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_off(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to turn reminders off, and do it.

    Mail programs fetch every link that they see, so only POST turns anything off; they also send
    that POST themselves, without a form of ours (RFC 8058). The token in the address is what a
    form's own would be.

    Raises:
        Http404: no token of ours, or of nobody who is here.
    """
    user = person_of(token)
    if user is None:
        raise Http404
    is_off = request.method == "POST"
    if is_off:
        turn_off(by=user)
    return _secret(render(request, "followup/reminders_off.html", {"is_off": is_off}))


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Send what one person has to do, as a calendar that other programs read.

    Raises:
        Http404: nobody who is here has this address.
    """
    rows = User.objects.filter(is_active=True, calendar_feed__token_sha256=token_hash(token))
    user = get_object_or_404(rows)
    base = settings.SITE_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    host = urlsplit(base).hostname
    with override(LANGUAGE):
        (items,) = due(User.objects.filter(pk=user.pk)).values()
        events = [
            CalendarEvent(
                f"{item.kind.value}-{item.target_id}@{host}",
                item.due_on,
                item.title,
                f"{base}{item.address}",
            )
            for item in items
        ]
        body = calendar(events, name=_("Follow-up"), product=settings.SITE_NAME, at=timezone.now())
    return _secret(HttpResponse(body, content_type=CONTENT_TYPE))


def _secret(response: HttpResponse) -> HttpResponse:
    """Keep a page out of every cache on the way, and of search engines."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
