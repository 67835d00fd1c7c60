"""Consultations: a draft is sent out, that is answered, and it is extended, closed, withdrawn."""

from datetime import timedelta
from typing import Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from actionplan.accounts.entering.proof import proved
from actionplan.admin_site import admin_page
from actionplan.permissions import may_read, signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.dialogue import consultations as actions
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.admin.forms.package_forms import DecisionForm, NamesStandField
from requirements_pkg.backoffice.pages import home_of, package_at, package_of_plan, page
from requirements_pkg.document.facts import Listing
from requirements_pkg.models import (
    Consultation,
    ConsultationRemark,
    ConsultationState,
    Decision,
    RequirementsPackage,
)
from requirements_pkg.rendering.draft_page import draft_html
from requirements_pkg.rendering.package_page import PackagePage
from requirements_pkg.reviewing.consulted import opened_draft

# Swedish authorities are given three months; a draft of requirements needs less.
USUAL: Final = timedelta(days=30)
BY_ADDRESS: Final = "address"
ANYBODY: Final = "anybody"


class LastDayField(forms.DateField):
    """The last day to answer."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Last day to answer"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )


class ConsultationForm(forms.Form):
    """What is asked about, until when, and who finds it."""

    introduction = forms.CharField(
        label=gettext_lazy("What you ask about"),
        help_text=gettext_lazy("It stands first on the page of the draft. Write no names."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "aria-describedby": "id_introduction_helptext"}),
    )
    closes_on = LastDayField()
    found_by = forms.ChoiceField(
        label=gettext_lazy("Who finds it"),
        choices=[
            ("all", gettext_lazy("Everybody: it is listed among the consultations of the site")),
            (
                BY_ADDRESS,
                gettext_lazy("Those who get its address, which nobody can guess"),
            ),
        ],
        initial="all",
        widget=forms.RadioSelect,
    )
    is_for_anybody = forms.ChoiceField(
        label=gettext_lazy("Who answers"),
        choices=[
            (ANYBODY, gettext_lazy("Anybody who finds it")),
            ("invited", gettext_lazy("Only those you invite by mail, once it is approved")),
        ],
        initial=ANYBODY,
        widget=forms.RadioSelect,
    )
    names_stand = NamesStandField()


class ExtensionForm(forms.Form):
    closes_on = LastDayField()


@admin_page("remisser/plan/<int:pk>/ny/", name="requirements_pkg_consult")
@proved
@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another person to open the draft of a plan for consultation."""
    return _consult(request, package_of_plan(request, pk))


@admin_page("remisser/modul/<int:pk>/ny/", name="requirements_pkg_module_consult")
@proved
@require_http_methods(["GET", "POST"])
def module_consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another person to open the draft of a shared module for consultation."""
    return _consult(request, package_at(request, pk))


def _consult(request: HttpRequest, package: RequirementsPackage) -> HttpResponse:
    if not permissions.may_edit(request.user, package):
        raise PermissionDenied
    first = {"closes_on": timezone.localdate() + USUAL}
    form = ConsultationForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            row = _requested(request, package, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The consultation was sent for approval."))
            return HttpResponseRedirect(_address(row))
    context = {
        "title": _("Open the draft for consultation"),
        "what": package.dated,
        "home": home_of(package),
        "lead": _(
            "The draft is frozen as it stands now, so that all answers are about the same words. "
            "A reviewer in your procurement region has to approve that it goes out."
        ),
        "form": form,
        "send": _("Send for approval"),
    }
    return page(request, "requirements_pkg/admin/writing/one_form.html", context)


def _requested(
    request: HttpRequest, package: RequirementsPackage, form: ConsultationForm
) -> Consultation:
    """Send what was filled in for approval; a plan's package is made if there is none yet."""
    given = form.cleaned_data
    stored = package_of(package.plan) if package.pk is None and package.plan else package
    row = Consultation(
        introduction=given["introduction"],
        closes_on=given["closes_on"],
        is_secret=given["found_by"] == BY_ADDRESS,
        is_for_anybody=given["is_for_anybody"] == ANYBODY,
    )
    by, names_stand = signed_in(request.user), given["names_stand"]
    return actions.request_consultation(package=stored, by=by, row=row, names_stand=names_stand)


@admin_page("remisser/<int:pk>/", name="requirements_pkg_consultation")
@require_http_methods(["GET", "POST"])
def consultation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a consultation, and extend, close or withdraw it for who answers for the package."""
    row = _row(request, pk)
    may_answer = permissions.may_answer(request.user, row.package)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    form = ExtensionForm(request.POST if "_extend" in request.POST else None)
    if request.method == "POST" and ("_extend" not in request.POST or form.is_valid()):
        try:
            messages.success(request, _changed(request, row, form))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(request.path)
    public = reverse("consultation", args=[row.key])
    context = {
        "title": _("Consultation on %(package)s") % {"package": row.title},
        "consultation": row,
        "sent": row.replies.sent().count(),
        "may_sum_up": row.state() is ConsultationState.CLOSED
        and not ConsultationRemark.objects.of(row).pending().exists(),
        "begun": row.replies.filter(sent_at__isnull=True).exclude(texts={}).count(),
        "invited": row.invitees.count(),
        "public": request.build_absolute_uri(public),
        "is_out": row.decision == Decision.APPROVED and row.withdrawn_at is None,
        "may_answer": may_answer,
        "form": form,
        "home": home_of(row.package),
    }
    return page(request, "requirements_pkg/admin/consultation/consultation.html", context)


def _changed(request: HttpRequest, row: Consultation, form: ExtensionForm) -> str:
    """Do what the button says, and return what is said of that."""
    by = signed_in(request.user)
    if "_extend" in request.POST:
        closes_on = form.cleaned_data["closes_on"]
        actions.extend_consultation(consultation=row, by=by, closes_on=closes_on)
        return _("The time to answer is extended.")
    if "_withdraw" in request.POST:
        if "sure" not in request.POST:
            raise ValidationError(
                _("Tick that you know that the consultation cannot be opened again.")
            )
        actions.withdraw_consultation(consultation=row, by=by)
        return _("The consultation is withdrawn.")
    actions.close_consultation(consultation=row, by=by)
    return _("The consultation is closed.")


@admin_page("remisser/<int:pk>/beslut/", name="requirements_pkg_decide_consultation")
@proved
@require_http_methods(["GET", "POST"])
def decide_consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve that a draft is opened for consultation, or return it with a reason."""
    row, by = _row(request, pk), signed_in(request.user)
    may_approve = permissions.may_approve(by, row.package, by=row.requested_by)
    if not may_approve and by.pk != row.requested_by_id:
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = _decided(request, row, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            row.refresh_from_db()
        else:
            messages.success(request, text)
            return HttpResponseRedirect(_address(row))
    context = {
        "title": _("Request to open a draft for consultation"),
        "consultation": row,
        "form": form,
        "may_approve": may_approve,
        "is_pending": row.decision == Decision.PENDING,
        "home": home_of(row.package),
    }
    return page(request, "requirements_pkg/admin/consultation/decide.html", context)


def _decided(request: HttpRequest, row: Consultation, form: DecisionForm) -> str:
    """Approve or return a consultation, and return what is said of that.

    Raises:
        PermissionDenied: this person may not approve it.
        ValidationError: it cannot be approved, or no reason is given for returning it.
    """
    by = signed_in(request.user)
    if "_approve" not in request.POST:
        answer = form.cleaned_data["reason"]
        actions.return_consultation(consultation=row, by=by, answer=answer)
        return _("The request was returned.")
    if not permissions.may_approve(by, row.package, by=row.requested_by):
        raise PermissionDenied
    try:
        actions.approve_consultation(consultation=row, by=by)
    except PermissionDenied as error:
        sentence = _(
            "The request cannot be approved: the plan is closed, or the person who sent "
            "it no longer coordinates the plan. Return it."
        )
        raise ValidationError(sentence) from error
    return _("The draft is open for consultation.")


@admin_page("remisser/<int:pk>/forslag/", name="requirements_pkg_consulted_draft")
@require_GET
def consulted_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the frozen draft, as those read it who are asked about it."""
    row = _row(request, pk)
    content = opened_draft(row).content
    package = content.package
    whole = PackagePage(package.slug, package.title, Listing.of(content))
    response = HttpResponse(draft_html(whole, content))
    response.headers["Cache-Control"] = "no-store"
    return response


def _row(request: HttpRequest, pk: int) -> Consultation:
    """Return a consultation for whoever reads drafts.

    Raises:
        PermissionDenied: this person does not.
    """
    if not may_read(request.user):
        raise PermissionDenied
    row: Consultation = get_object_or_404(Consultation.objects.with_names(), pk=pk)
    return row


def _address(row: Consultation) -> str:
    return reverse("admin:requirements_pkg_consultation", args=[row.pk])
