"""Whose failed log-ins are counted together, so that nobody is shut out by somebody else's.

Strangers who try the password of one person share one count, wherever they come from. A browser in
which that person has been logged in before has a count of its own.
"""

from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from actionplan.accounts.log_in import person_named
from actionplan.kept_forms.senders import mark_of_browser

# A server that listens on a socket is asked from no address.
UNKNOWN: Final = "0.0.0.0"  # noqa: S104


def key_of(request: HttpRequest, name: str) -> str:
    """Return what the attempts to log in by a name are counted under."""
    person = person_named(name)
    if person is None:
        return f"nobody:{name.lower()}"
    return f"{person.pk}:{mark_of_browser(request, person.pk)}"


def address_of(request: HttpRequest) -> str:
    """Return the address that the outermost of our proxies was asked from; UNKNOWN without any."""
    named = request.headers.get("X-Forwarded-For", "")
    asked = [address.strip() for address in named.split(",") if address.strip()]
    addresses = [*asked, request.META.get("REMOTE_ADDR", "")]
    chosen = addresses[max(-len(addresses), -1 - settings.TRUSTED_PROXIES)]
    try:
        return str(ip_address(chosen))
    except ValueError:
        return UNKNOWN
