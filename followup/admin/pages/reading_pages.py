"""The pages on which a reading goes on: sent, answered, corrected; and its file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from actionplan.accounts.entering.proof import proved
from actionplan.permissions import readable, signed_in
from followup import permissions
from followup.actions import readings
from followup.admin.forms.reading_forms import ReturnForm
from followup.backoffice.sent_files import sent_file
from followup.models import Evidence, IndicatorReading, ReadingState
from requirements_pkg.backoffice.pages import page


def address_of(reading: IndicatorReading) -> str:
    """Tell where one works with a reading."""
    return reverse("admin:followup_indicatorreading_change", args=[reading.pk])


@require_http_methods(["GET", "POST"])
def submit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a draft is to be sent, and send it."""
    reading = _reported(request, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            readings.submit(reading=reading, by=signed_in(request.user))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The reading was submitted."))
            return HttpResponseRedirect(address_of(reading))
    lead = _(
        "A reviewer in the plan's procurement region reviews it. Nobody can change it until it "
        "is returned. When it is approved it becomes public with the next report."
    )
    context = {
        "title": _("Submit the reading"),
        "lead": lead,
        "may_go_on": reading.state in readings.OPEN,
        "form": form,
    }
    return _page(request, "followup/admin/readings/reading_confirm.html", reading, context)


@require_http_methods(["GET", "POST"])
def correct_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a correction is to be begun, and begin it."""
    reading = _reported(request, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            draft = readings.correct(reading=reading, by=signed_in(request.user))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request,
                _("A draft of the correction has been created. Write the correction here."),
            )
            return HttpResponseRedirect(address_of(draft))
    lead = _(
        "An approved reading is never changed. A new draft replaces it once the draft is "
        "approved; until then the existing one stays public."
    )
    may_go_on = reading.state == ReadingState.APPROVED and not hasattr(reading, "corrected_by")
    context = {"title": _("Correct"), "lead": lead, "may_go_on": may_go_on, "form": form}
    return _page(request, "followup/admin/readings/reading_confirm.html", reading, context)


@proved
@require_http_methods(["GET", "POST"])
def decide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a reading, or return it with a reason."""
    reading = _reading(request, pk)
    if not permissions.may_approve_reading(request.user, reading):
        raise PermissionDenied
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            text = _decided(request, reading, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, text)
            return HttpResponseRedirect(address_of(reading))
    context = {
        "title": _("Approve or return a reading"),
        "form": form,
        "may_go_on": reading.state == ReadingState.SUBMITTED,
        "seen": reading.submitted_at.isoformat() if reading.submitted_at else "",
    }
    return _page(request, "followup/admin/readings/reading_decide.html", reading, context)


def _decided(request: HttpRequest, reading: IndicatorReading, form: ReturnForm) -> str:
    if "_approve" in request.POST:
        # What was seen is what is approved.
        at = reading.submitted_at
        if at is None or request.POST.get("seen") != at.isoformat():
            reading.submitted_at = None
        readings.approve(reading=reading, by=signed_in(request.user))
        return _("The reading is approved.")
    reason = form.cleaned_data["reason"]
    readings.return_reading(reading=reading, by=signed_in(request.user), reason=reason)
    return _("The reading was returned.")


@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the file that shows that a reading is right, to whoever has a role."""
    rows = Evidence.objects.filter(readable(request.user))
    evidence = get_object_or_404(rows, pk=pk)
    return sent_file(evidence.file_name, bytes(evidence.content))


def _reading(request: HttpRequest, pk: int) -> IndicatorReading:
    """Return a reading that this person may read."""
    related = ("indicator__sub_goal__goal__plan__category", "organisation", "author")
    rows = IndicatorReading.objects.filter(readable(request.user)).select_related(
        *related, "evidence"
    )
    return get_object_or_404(rows.defer("evidence__content"), pk=pk)


def _reported(request: HttpRequest, pk: int) -> IndicatorReading:
    """Return a reading of what this person reports.

    Raises:
        Http404: they have no role.
        PermissionDenied: it is another region's.
    """
    reading = _reading(request, pk)
    readings.refuse_stranger(request.user, reading)
    return reading


def _page(
    request: HttpRequest, template: str, reading: IndicatorReading, context: dict[str, object]
) -> HttpResponse:
    page_context = {"reading": reading, "home": address_of(reading), **context}
    return page(request, template, page_context)
