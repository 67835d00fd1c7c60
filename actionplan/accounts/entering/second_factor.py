"""Everything behind the log-in needs two factors of whoever may do what others trust in."""

from collections.abc import Callable
from typing import Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from actionplan import permissions
from actionplan.accounts.entering import proof
from actionplan.kept_forms import pages as kept_pages

BEHIND: Final = "/admin/"
# What one needs to get there, and to leave.
OPEN: Final = tuple(
    f"/admin/{name}/" for name in ("login", "konto", "losenord", "inbjudan", "logout")
)


class SecondFactor:
    """Leads whoever needs a second factor and has not shown it to where it is shown or chosen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Keep what was sent, and ask for the second factor first."""
        if not settings.MFA_REQUIRED or not request.path.startswith(BEHIND):
            return None
        is_enough = not permissions.needs_two_factors(request.user) or proof.has_two_factors(
            request
        )
        if is_enough or request.path.startswith(OPEN):
            return None
        has_second_factor = is_mfa_enabled(request.user)
        return kept_pages.prove_first(
            request, reverse("mfa_reauthenticate" if has_second_factor else "mfa_index")
        )
