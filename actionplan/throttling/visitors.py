"""Who asks: a person by number, anybody else by the address that our proxies were asked from."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest

# A server that listens on a socket is asked from no address.
UNKNOWN: Final = "0.0.0.0"  # noqa: S104
# Of IPv6 each house has so many bits, and any number of addresses.
HOUSE: Final = 64
BEHIND: Final = "/admin/"


def address_of(request: HttpRequest) -> str:
    """Return the address that the outermost of our proxies was asked from; UNKNOWN without any."""
    named = request.headers.get("X-Forwarded-For", "")
    forwarded = [address.strip() for address in named.split(",") if address.strip()]
    addresses = [*forwarded, request.META.get("REMOTE_ADDR", "")]
    address = addresses[max(-len(addresses), -1 - settings.TRUSTED_PROXIES)]
    try:
        return str(ip_address(address))
    except ValueError:
        return UNKNOWN


def visitor_of(request: HttpRequest) -> str:
    """Return under what somebody's requests are counted.

    Behind the log-in each person has a count, however many share an address. The public pages
    know nobody, and ask no session who it is.
    """
    if request.path.startswith(BEHIND) and request.user.is_authenticated:
        return f"person:{request.user.pk}"
    address = ip_address(address_of(request))
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/{HOUSE}", strict=False))
    return str(address)
