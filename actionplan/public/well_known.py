"""Addresses that programs look for on every site (RFC 8615)."""

from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

# So long what it says may be relied on: RFC 9116 wants less than a year.
VALID: Final = timedelta(days=180)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a security fault (RFC 9116).

    Raises:
        Http404: the operator has named nobody.
    """
    if not settings.SECURITY_CONTACT:
        raise Http404
    last_day = timezone.localdate() + VALID
    expires = datetime.combine(last_day, time(), tzinfo=timezone.get_current_timezone())
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: sv, en",
    ]
    if settings.SITE_ADDRESS:
        lines.append(f"Canonical: {settings.SITE_ADDRESS}{reverse('security_txt')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def change_password(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to where a password is changed: password managers look here."""
    return HttpResponseRedirect(reverse("admin:password_change"))
