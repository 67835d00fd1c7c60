"""The pages of one's own log-in: second factors, recovery codes, the proof that it is oneself."""

from http import HTTPStatus

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actionplan import permissions
from actionplan.accounts import address_proof
from actionplan.accounts.entering import notices, proof
from actionplan.accounts.entering.entrance import InDress
from actionplan.accounts.entering.factors import FactorAdapter
from actionplan.accounts.entering.log_in_places import places
from actionplan.django_edges import Handed

OVERVIEW = reverse_lazy("mfa_index")
# In a session: where somebody was going when a second factor was asked for.
GOING = "going"


class LogInOverview(InDress, IndexView):  # type: ignore[misc]
    """Shows of what one's log-in consists, and what is still needed."""

    template_name = "actionplan/log_in/overview.html"
    title = _("My log-in")

    def get(self, request: HttpRequest, *args: Handed, **kwargs: Handed) -> HttpResponse:
        """Remember where somebody was going who is sent here first."""
        going = request.GET.get(REDIRECT_FIELD_NAME, "")
        if going and url_has_allowed_host_and_scheme(going, {request.get_host()}):
            request.session[GOING] = going
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Handed) -> dict[str, object]:
        """Add whether the person can do anything yet."""
        needs = settings.MFA_REQUIRED and permissions.needs_two_factors(self.request.user)
        context = super().get_context_data(**kwargs)
        return context | {
            "is_missing": needs and not proof.has_two_factors(self.request),
            "places": places(self.request),
        }


class _Added:
    """A second factor that was just added has been shown, too: this log-in has two from now on."""

    request: HttpRequest
    kind: Authenticator.Type

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        record_authentication(self.request, self.request.user, "mfa", type=self.kind)
        return response


class _AfterAddress:
    """The first second step is chosen by whoever reads the mail, not by whoever has a password."""

    def dispatch(self, request: HttpRequest, *args: Handed, **kwargs: Handed) -> HttpResponseBase:
        if address_proof.is_needed(request):
            return redirect("prove_address")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class ConnectApp(_AfterAddress, _Added, InDress, ActivateTOTPView):  # type: ignore[misc]
    """Shows what an app reads or is told, and asks for its first code."""

    template_name = "actionplan/log_in/app.html"
    title = _("Connect an app")
    kind = Authenticator.Type.TOTP


class DisconnectApp(InDress, DeactivateTOTPView):  # type: ignore[misc]
    """Asks whether the app is to be removed."""

    template_name = "actionplan/log_in/remove.html"
    title = _("Remove the app")


class AddPasskey(_AfterAddress, _Added, InDress, AddWebAuthnView):  # type: ignore[misc]
    """Has the browser make a passkey."""

    template_name = "actionplan/log_in/passkey.html"
    title = _("Add a passkey")
    kind = Authenticator.Type.WEBAUTHN


class RemovePasskey(InDress, RemoveWebAuthnView):  # type: ignore[misc]
    """Asks whether a passkey is to be removed."""

    template_name = "actionplan/log_in/remove.html"
    title = _("Remove a passkey")
    success_url = OVERVIEW

    def form_valid(self, form: Form) -> HttpResponse:
        """Remove it, unless the person would be left without what they need."""
        if not FactorAdapter().can_delete_authenticator(self.object):
            raise PermissionDenied
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Handed) -> dict[str, object]:
        """Add whether it may be removed."""
        may = FactorAdapter().can_delete_authenticator(self.object)
        return super().get_context_data(**kwargs) | {"may_remove": may}


class RecoveryCodes(InDress, ViewRecoveryCodesView):  # type: ignore[misc]
    """Shows new recovery codes, once."""

    template_name = "actionplan/log_in/recovery_codes.html"
    title = _("Recovery codes")

    def get_context_data(self, **kwargs: Handed) -> dict[str, object]:
        """Add where somebody was going who had to get a second factor first."""
        going = self.request.session.get(GOING)
        return super().get_context_data(**kwargs) | {"going": going}


class NewRecoveryCodes(InDress, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Asks whether the old codes are to be replaced."""

    template_name = "actionplan/log_in/new_recovery_codes.html"
    title = _("New recovery codes")


class ProveByPassword(InDress, ReauthenticateView):  # type: ignore[misc]
    """Asks for the password again before something that others trust in."""

    template_name = "actionplan/log_in/prove.html"
    title = _("Confirm that it is you")


class ProveByCode(InDress, CodeView):  # type: ignore[misc]
    """Asks for a code instead."""

    template_name = "actionplan/log_in/prove.html"
    title = _("Confirm that it is you")


class ProveByPasskey(InDress, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Asks for a passkey instead."""

    template_name = "actionplan/log_in/prove.html"
    title = _("Confirm that it is you")


def prove_address(request: HttpRequest) -> HttpResponse:
    """Mail a link to whoever has to show that the mail of their address reaches them."""
    person = permissions.signed_in(request.user)
    if not address_proof.is_needed(request):
        return redirect("mfa_index")
    can_reach = address_proof.can_reach(person)
    if request.method == "POST" and can_reach:
        if address_proof.send_link(person):
            text = _("The mail is on its way. Open its link in this browser.")
            messages.success(request, text)
        else:
            messages.warning(request, _("You have had many links. Wait an hour and try again."))
        return redirect("prove_address")
    context = {"title": _("Show that it is you"), "can_reach": can_reach}
    context = admin.site.each_context(request) | context
    return render(request, "actionplan/log_in/address.html", context)


@require_safe
def address_proved(request: HttpRequest, token: str) -> HttpResponse:
    """Lead on whoever opened the mail, and is logged in here."""
    if address_proof.open_link(request, token):
        messages.success(request, _("Thank you. Now choose your second step."))
    elif address_proof.is_needed(request):
        messages.error(request, _("The link no longer works. Get a new one."))
        return redirect("prove_address")
    return redirect("mfa_index")


def change_password(request: HttpRequest) -> HttpResponse:
    """Let somebody choose another password who knows the old one, and tell them by mail."""
    answer = admin.site.password_change(request)
    if answer.status_code == HTTPStatus.FOUND:
        notices.send(notices.PASSWORD_CHANGED, permissions.signed_in(request.user))
    return answer


overview = LogInOverview.as_view()
connect_app = ConnectApp.as_view()
disconnect_app = DisconnectApp.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
recovery_codes = RecoveryCodes.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
prove = ProveByPassword.as_view()
prove_by_code = ProveByCode.as_view()
prove_by_passkey = ProveByPasskey.as_view()
