"""What buyers say that they have used: what waits, what was decided, and where one decides."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from actionplan import permissions as plan_permissions
from actionplan.admin_site import admin_page
from actionplan.extension_points import AdminPlace, admin_places
from actionplan.models import Organisation
from actionplan.permissions import signed_in
from followup.actions.contracts.use_claims import decide_on_claim
from followup.models import UseClaim, UseDecision
from requirements_pkg import permissions
from requirements_pkg.backoffice.pages import page

A_PAGE = 50


class UseDecisionForm(forms.Form):
    """Whether a use counts, and of which authority."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (UseDecision.ACCEPTED, gettext_lazy("Confirm: it counts in the next report")),
            (UseDecision.REFUSED, gettext_lazy("Refuse: it does not count")),
        ],
        widget=forms.RadioSelect,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"),
        label=gettext_lazy("Authority among the organisations"),
        required=False,
        empty_label=gettext_lazy("As it was written"),
        help_text=gettext_lazy("Choose it if it is one of these, so that it is counted once."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed if you refuse. Whoever reported it can read it."),
    )


@admin_places
def place_of_use(request: HttpRequest) -> Iterator[AdminPlace]:
    """Yield the reported use, for who decides on it."""
    if plan_permissions.may_edit_something(request.user):
        yield AdminPlace(_("Reported use"), reverse("admin:followup_use_claims"))


@admin_page("anvant/", name="followup_use_claims")
@require_GET
def use_claims(request: HttpRequest) -> HttpResponse:
    """Show the use of packages that this person answers for, what waits first."""
    if not plan_permissions.may_edit_something(request.user):
        raise PermissionDenied
    is_all = "alla" in request.GET
    rows = UseClaim.objects.with_names().filter(permissions.answerable(request.user))
    rows = rows.confirmed() if is_all else rows.pending()
    context = {
        "title": _("Reported use"),
        "is_all": is_all,
        "page": Paginator(rows.order_by("sent_at", "pk"), A_PAGE).get_page(
            request.GET.get("sida")
        ),
    }
    return page(request, "followup/admin/contracts/use_claims.html", context)


@admin_page("anvant/<int:pk>/", name="followup_use_claim_decide")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody says that they have used, and take in whether it counts."""
    if not plan_permissions.may_edit_something(request.user):
        raise PermissionDenied
    claim = get_object_or_404(UseClaim.objects.confirmed().with_names(), pk=pk)
    if not permissions.may_answer(request.user, claim.package):
        raise PermissionDenied
    initial = {
        "decision": claim.decision,
        "organisation": claim.organisation_id,
        "reason": claim.reason,
    }
    form = UseDecisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            decide_on_claim(key=pk, by=signed_in(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The decision is stored."))
            return HttpResponseRedirect(reverse("admin:followup_use_claims"))
    context = {
        "title": _("Reported use: %(name)s") % {"name": claim.authority_name},
        "claim": claim,
        "decided": claim,
        "sender": claim,
        "back": reverse("admin:followup_use_claims"),
        "save": _("Save the decision"),
        "form": form,
        "selection": f"{reverse('selection')}?{claim.selection}",
        "others": _alike(claim),
    }
    return page(request, "followup/admin/contracts/use_claim.html", context)


def _alike(claim: UseClaim) -> list[UseClaim]:
    """Return what else was reported under the same reference: maybe the same use."""
    rows = UseClaim.objects.confirmed().with_names().exclude(pk=claim.pk)
    return list(rows.filter(package=claim.package_id, reference__iexact=claim.reference)[:5])
