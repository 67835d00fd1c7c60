"""What a session has proved of its person: two factors, and how long ago it was them."""

import time

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from actionplan.accounts.sessions import BEGAN


def has_two_factors(request: HttpRequest) -> bool:
    """Tell whether a code or a passkey was part of this log-in, or was asked for since."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person logged in, or proved again that it is them, a short while ago."""
    records = get_authentication_records(request, request.user)
    last = max([request.session.get(BEGAN, 0), *(record["at"] for record in records)])
    return bool(time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
