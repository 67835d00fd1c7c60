"""The answers to a consultation: all of them, each with its decision, summed up, and in Excel."""

from collections import Counter
from typing import Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from actionplan.accounts.entering.proof import proved
from actionplan.admin_site import admin_page
from actionplan.excel.writing.spreadsheet import XLSX_TYPE
from actionplan.extension_points import confidential_pages
from actionplan.permissions import may_edit_something, signed_in
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg import permissions
from requirements_pkg.actions.dialogue.deciding import decide_remark, sum_up, summary_of
from requirements_pkg.admin.forms.package_forms import NamesStandField
from requirements_pkg.backoffice.pages import home_of, page
from requirements_pkg.cards.consultations import consultation_cards
from requirements_pkg.excel.answers import answers_workbook
from requirements_pkg.models import (
    Consultation,
    ConsultationRemark,
    ConsultationState,
    RemarkDecision,
    Requirement,
)

A_PAGE: Final = 50
ALL: Final = "alla"


class RemarkDecisionForm(forms.Form):
    """What comes of a remark, in words that are published."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (value, capfirst(label))
            for value, label in RemarkDecision.choices
            if value != RemarkDecision.PENDING
        ],
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(
        label=gettext_lazy("The remark in short"),
        help_text=gettext_lazy("Published with the next version. Leave out names of people."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "aria-describedby": "id_summary_helptext"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Published with the next version."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "aria-describedby": "id_reason_helptext"}),
    )


class SummingUpForm(forms.Form):
    names_stand = NamesStandField()


# Who sent what, by name: reading it is told in the log, and so is the file.
confidential_pages(
    {
        "requirements_pkg_answers": Consultation,
        "requirements_pkg_answers_file": Consultation,
        "requirements_pkg_invitees": Consultation,
        "requirements_pkg_decide_remark": ConsultationRemark,
    }
)


@admin_page("remisser/<int:pk>/svar/", name="requirements_pkg_answers")
@require_GET
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the remarks that wait for a decision, or all of them, and how many came to what."""
    row = answerable(request, pk)
    remarks = ConsultationRemark.objects.of(row)
    is_all = ALL in request.GET
    counts = Counter(remarks.order_by().values_list("decision", flat=True))
    context = {
        "title": _("Answers to the consultation on %(package)s") % {"package": row.title},
        "consultation": row,
        "is_all": is_all,
        "counts": [(label, counts[value]) for value, label in RemarkDecision.choices],
        "waiting": counts[RemarkDecision.PENDING],
        "replies": row.replies.sent().count(),
        "page": Paginator(remarks if is_all else remarks.pending(), A_PAGE).get_page(
            request.GET.get("sida")
        ),
        "may_sum_up": row.state() is ConsultationState.CLOSED,
        "home": home_of(row.package),
    }
    return page(request, "requirements_pkg/admin/consultation/replies.html", context)


@admin_page("remisser/synpunkt/<int:pk>/", name="requirements_pkg_decide_remark")
@require_http_methods(["GET", "POST"])
def decide_remark_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody says, and take in what comes of it; then the next one."""
    rows = ConsultationRemark.objects.select_related("reply", "decided_by")
    remark = get_object_or_404(rows, pk=pk)
    row = answerable(request, remark.reply.consultation_id)
    remark.reply.consultation = row
    form = RemarkDecisionForm(
        request.POST or None,
        initial={
            "decision": remark.decision,
            "summary": remark.summary or remark.text[:2000],
            "reason": remark.reason,
        },
    )
    if request.method == "POST" and form.is_valid() and _is_decided(request, remark, form):
        messages.success(request, _("The decision is saved."))
        return HttpResponseRedirect(_after(row, remark))
    context = {
        "title": _("Remark on %(what)s") % {"what": remark},
        "remark": remark,
        "consultation": row,
        "decided": remark,
        "sender": remark.reply,
        "back": reverse("admin:requirements_pkg_answers", args=[row.pk]),
        "save": _("Save, and on to the next"),
        "form": form,
        "draft": Requirement.objects.filter(uid=remark.uid).first() if remark.uid else None,
    }
    return page(request, "requirements_pkg/admin/consultation/remark.html", context)


def _is_decided(
    request: HttpRequest, remark: ConsultationRemark, form: RemarkDecisionForm
) -> bool:
    for name, value in form.cleaned_data.items():
        setattr(remark, name, value)
    try:
        decide_remark(remark=remark, by=signed_in(request.user))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return form.is_valid()


def _after(row: Consultation, remark: ConsultationRemark) -> str:
    """Lead to the next remark that waits, or back to the list."""
    waiting = list(ConsultationRemark.objects.of(row).pending().values_list("pk", "cite"))
    later = (pk for pk, cite in waiting if (cite, pk) > (remark.cite, remark.pk))
    following = next(later, next((pk for pk, _cite in waiting), None))
    if following is None:
        return reverse("admin:requirements_pkg_answers", args=[row.pk])
    return reverse("admin:requirements_pkg_decide_remark", args=[following])


@admin_page("remisser/<int:pk>/sammanfatta/", name="requirements_pkg_sum_up")
@proved
@require_http_methods(["GET", "POST"])
def sum_up_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the summary that is published with the next version."""
    row = answerable(request, pk)
    form = SummingUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sum_up(consultation=row, by=signed_in(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("It is summed up, and stands in the draft."))
            address = reverse("admin:requirements_pkg_consultation", args=[row.pk])
            return HttpResponseRedirect(address)
    remarks = list(ConsultationRemark.objects.of(row))
    context: dict[str, object] = {
        "title": _("Sum up the consultation"),
        "consultation": row,
        "home": home_of(row.package),
        "waiting": sum(remark.decision == RemarkDecision.PENDING for remark in remarks),
        "consultations": consultation_cards([summary_of(row, remarks)]),
        "form": form,
    }
    return page(request, "requirements_pkg/admin/consultation/sum_up.html", context)


@admin_page("remisser/<int:pk>/svar.xlsx", name="requirements_pkg_answers_file")
@require_GET
@bounded(AllowanceKind.FILES)
def answers_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Send all answers as an Excel file."""
    row = answerable(request, pk)
    body = answers_workbook(row, ConsultationRemark.objects.of(row))
    name = f"remissvar-{row.package.slug}-{row.number}.xlsx"
    return HttpResponse(
        body,
        content_type=XLSX_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def answerable(request: HttpRequest, pk: int) -> Consultation:
    """Return a consultation for who answers for its package.

    Raises:
        PermissionDenied: this person does not.
    """
    if not may_edit_something(request.user):
        raise PermissionDenied
    row: Consultation = get_object_or_404(Consultation.objects.approved().with_names(), pk=pk)
    if not permissions.may_answer(request.user, row.package):
        raise PermissionDenied
    return row
