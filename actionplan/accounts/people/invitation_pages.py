"""The page behind the link of an invitation: a name and a password, or roles to accept."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.accounts import address_proof
from actionplan.accounts.people import invitations
from actionplan.accounts.people.invitation_forms import JoinForm
from actionplan.models import Invitation, User
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded


@bounded(AllowanceKind.PASSWORDS)
def invitation_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Let somebody in who has the link; whoever has another is told nothing but that it ended."""
    invitation = invitations.opened_by(token)
    if invitation is None:
        return _page(request, {"title": _("Invitation"), "ended": invitations.ended()})
    owner = invitations.owner_of(invitation)
    if owner is not None:
        return _for_owner(request, invitation, owner)
    form = JoinForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            person = invitations.join(
                invitation=invitation,
                first_name=facts["first_name"],
                last_name=facts["last_name"],
                password=facts["password1"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _led_to_log_in(request, person)
    return _page(request, {"title": _("Welcome"), "form": form, **_facts(invitation)})


def _for_owner(request: HttpRequest, invitation: Invitation, owner: User) -> HttpResponse:
    """Give somebody who has an account the roles, when they are logged in and say yes.

    Without any role nobody logs in: then who reads the mail of the address says yes.
    """
    is_in = request.user.is_authenticated and request.user.pk == owner.pk
    may_accept = is_in or not owner.is_staff
    if may_accept and request.method == "POST":
        try:
            invitations.accept(invitation=invitation, by=owner)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("You have the new roles."))
        return redirect("admin:index" if is_in else "account_login")
    context = {
        "title": _("New roles"),
        "may_accept": may_accept,
        "log_in": reverse("account_login", query={"next": request.path}),
        **_facts(invitation),
    }
    return _page(request, context)


def _facts(invitation: Invitation) -> dict[str, object]:
    roles = invitation.roles.select_related("organisation")
    return {"invitation": invitation, "roles": [str(role) for role in roles]}


def _led_to_log_in(request: HttpRequest, person: User) -> HttpResponse:
    address_proof.keep(request, person)
    messages.success(request, _("Your account is ready. Log in with your e-mail address."))
    return redirect("account_login")


def _page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    context = admin.site.each_context(request) | context
    response = render(request, "actionplan/invitations/page.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    # What the page loads and leads to is told the site alone; without that its form is refused.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
