"""The pages of whoever has forgotten a password, or has none yet."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from actionplan.accounts import address_proof
from actionplan.accounts.background import do_afterwards
from actionplan.accounts.entering import notices
from actionplan.accounts.password_links import can_send, send_to_address
from actionplan.django_edges import Handed
from actionplan.models import User
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded


class AddressForm(forms.Form):
    """Whom a link is sent to."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=User._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


@bounded(AllowanceKind.PASSWORDS, of=("POST",))
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Ask for an address. The answer, and how long it takes, are the same whoever has it."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and can_send() and form.is_valid():
        do_afterwards(send_to_address, form.cleaned_data["email"])
        return redirect("password_sent")
    context = {
        **admin.site.each_context(request),
        "title": _("Forgotten your password?"),
        "form": form,
        "can_send": can_send(),
    }
    return render(request, "actionplan/passwords/forgotten.html", context)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say what happens now, if the address is known."""
    context = {**admin.site.each_context(request), "title": _("Check your mail")}
    return render(request, "actionplan/passwords/sent.html", context)


class ChoosePassword(PasswordResetConfirmView):
    """Django's own page behind the link of a mail, in our dress and for active people only."""

    template_name = "actionplan/passwords/choose.html"
    title = gettext_lazy("Choose a password")
    success_url = reverse_lazy("admin:login")

    def get_user(self, uidb64: str) -> User | None:
        """Find the person of a link, who may have left since it was sent."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def get_context_data(self, **kwargs: Handed) -> dict[str, object]:
        """Add what every page of the admin knows."""
        return admin.site.each_context(self.request) | super().get_context_data(**kwargs)

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        """Lead on to the log-in, which tells that it worked."""
        answer = super().form_valid(form)
        if self.user is not None:
            notices.send(notices.PASSWORD_CHANGED, self.user)
            address_proof.keep(self.request, self.user)
        messages.success(self.request, _("Your password is saved. Log in with it."))
        return answer


choose = ChoosePassword.as_view()
