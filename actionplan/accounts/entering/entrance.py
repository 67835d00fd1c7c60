"""The pages before somebody is in: the password, the code after it, a passkey instead of both."""

from typing import Any, Final

from allauth.account.utils import get_login_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import admin, auth
from django.core.cache import cache
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from actionplan.accounts.entering.openid_connect import OpenIDConnectAdapter
from actionplan.accounts.log_in import LogInForm
from actionplan.django_edges import Handed
from actionplan.kept_forms import pages as kept_pages
from actionplan.kept_forms import sent
from actionplan.throttling.bounded import wait

A_MINUTE: Final = 60


class InDress:
    """A page of allauth's in the dress of the admin."""

    title: object
    request: HttpRequest

    def get_context_data(self, **kwargs: Handed) -> dict[str, object]:
        """Add what every page of the admin knows."""
        context: dict[str, object] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return admin.site.each_context(self.request) | {"title": self.title} | context


class LogIn(InDress, LoginView):  # type: ignore[misc]
    """Asks for the password, and keeps what was sent before the log-in."""

    template_name = "actionplan/admin/log_in.html"
    title = _("Log in")

    def get(self, request: HttpRequest, *args: Handed, **kwargs: Handed) -> HttpResponse:
        """Lead whoever is in already to where they want."""
        if admin.site.has_permission(request):
            return HttpResponseRedirect(get_login_redirect_url(request))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: LogInForm) -> HttpResponse:
        """Let one person in at a time."""
        if self.request.user.is_authenticated:
            auth.logout(self.request)
        kept_pages.remember_sent(self.request)
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Handed) -> dict[str, object]:
        """Add what was sent before, and goes on being carried along."""
        kept = self.request.POST.get("kept", "")
        is_known = sent.from_signed(kept) is not None
        context = super().get_context_data(**kwargs)
        return context | {
            "kept": kept if is_known else "",
            "next": context["redirect_field_value"] or "",
            "app_path": reverse("account_login"),
        }


class Code(InDress, AuthenticateView):  # type: ignore[misc]
    """Asks for the code after the password, or for a passkey."""

    template_name = "actionplan/log_in/code.html"
    title = _("One more step")


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that somebody, or somebody at the same address, tries too often.

    Raises:
        OperationalError: tries cannot be counted, since the database takes nothing just now.
    """
    if not cache.add(f"probe:{get_random_string(16)}", True, 1):
        raise OperationalError("Nothing can be counted.")
    return wait(request, seconds=A_MINUTE)


def elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the region's own log-in."""
    return _answer_of(openid_connect.login, request, provider_id)


def back_from_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Let somebody in who has logged in there."""
    return _answer_of(openid_connect.callback, request, provider_id)


def _answer_of(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    try:
        response: HttpResponse = view(request, provider_id)
    except RequestException as error:
        OpenIDConnectAdapter().on_authentication_error(request, None, "away", exception=error)
        raise
    return response


log_in = LogIn.as_view()
code = Code.as_view()
passkey = LoginWebAuthnView.as_view()
