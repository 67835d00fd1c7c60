"""What a session has proved of its person: two factors, and how long ago it was them."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from actionplan.accounts.sessions import BEGAN
from actionplan.django_edges import Handed
from actionplan.kept_forms import pages as kept_pages

View = Callable[..., HttpResponse]


def has_two_factors(request: HttpRequest) -> bool:
    """Tell whether a code or a passkey was part of this log-in, or was asked for since.

    The region's own log-in may ask for both by itself.
    """
    enough = {"mfa", "socialaccount"} if settings.OIDC_TWO_FACTORS else {"mfa"}
    records = get_authentication_records(request, request.user)
    return any(record["method"] in enough for record in records)


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person logged in, or proved again that it is them, a short while ago."""
    records = get_authentication_records(request, request.user)
    last = max([request.session.get(BEGAN, 0), *(record["at"] for record in records)])
    return bool(time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def needs_proof(answer: HttpResponse) -> bool:
    """Tell whether an answer asks for proof, so that nothing was done yet."""
    return answer.get("Location", "").startswith(reverse("account_reauthenticate"))


def proved(view: View) -> View:
    """Ask whoever sends something to a page to confirm that it is them, if their log-in is old.

    For what is published or approved, and for rights. What was sent comes back after it.
    """

    @wraps(view)
    def asking(request: HttpRequest, *args: Handed, **kwargs: Handed) -> HttpResponse:
        if request.method == "POST" and not is_fresh(request):
            return kept_pages.prove_first(request, reverse("account_reauthenticate"))
        return view(request, *args, **kwargs)

    return asking
