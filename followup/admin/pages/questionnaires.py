"""The questionnaire in the admin: download it, and take it in when it comes back."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from actionplan.backoffice import long_lists
from actionplan.excel.formats import SafeXLSX
from actionplan.excel.importing.faults import FEW, grouped
from actionplan.permissions import signed_in
from actionplan.text import figure
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from followup.admin.pages.follow_up_pages import address_of, led_home, written
from followup.excel.alterations import notices_of
from followup.excel.answers import compare, sealed, store_answers, unsealed
from followup.excel.questionnaire import (
    LARGEST,
    AnswersRefused,
    ReturnedRow,
    questionnaire_file,
    rows_of,
    sheet_of,
)
from followup.models import FollowUp
from requirements_pkg.backoffice.pages import page


class AnswersForm(forms.Form):
    """The questionnaire as the supplier sent it back."""

    file = forms.FileField(
        label=gettext_lazy("The questionnaire (.xlsx)"),
        help_text=gettext_lazy("At most 5 MB. Nothing is saved until you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read.

        Raises:
            ValidationError: more than 5 MB.
        """
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Choose a smaller file."))
        return file


@bounded(AllowanceKind.FILES)
@require_GET
def questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the questionnaire for the supplier."""
    follow_up = written(request, pk)
    name = _("self-assessment %(reference)s") % {"reference": follow_up.reference}
    data = questionnaire_file(follow_up)
    response = HttpResponse(data, content_type=SafeXLSX().get_content_type())
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.xlsx"
    )
    return response


@require_http_methods(["GET", "POST"])
def read_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file in, show what it answers, and on confirmation store exactly that."""
    follow_up = written(request, pk)
    if "sealed" in request.POST:
        return _confirm(request, follow_up)
    data = request.POST if request.method == "POST" else None
    form = AnswersForm(data, request.FILES or None)
    if not (form.is_bound and form.is_valid()):
        return _upload(request, follow_up, form)
    try:
        sheet = sheet_of(form.cleaned_data["file"].read())
        return _preview(request, follow_up, rows_of(sheet), notices_of(sheet))
    except AnswersRefused as refused:
        return _upload(request, follow_up, AnswersForm(), refused)


def _preview(
    request: HttpRequest, follow_up: FollowUp, rows: list[ReturnedRow], notices: list[str]
) -> HttpResponse:
    context = {
        "title": _("Preview"),
        "follow_up": follow_up,
        "home": address_of(follow_up),
        "upload": reverse("admin:followup_read_answers", args=[follow_up.pk]),
        "compared": compare(follow_up, rows),
        "notices": notices,
        "sealed": sealed(follow_up, rows, by=signed_in(request.user)),
    }
    return page(request, "followup/admin/follow_ups/answers_preview.html", context)


def _confirm(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    try:
        rows = unsealed(follow_up, request.POST["sealed"], by=signed_in(request.user))
        compared = store_answers(follow_up=follow_up, rows=rows, by=signed_in(request.user))
    except AnswersRefused as refused:
        return _upload(request, follow_up, AnswersForm(), refused)
    number = len(compared.changes)
    text = ngettext("Read: %(number)s answer.", "Read: %(number)s answers.", number)
    messages.success(request, text % {"number": figure(number)})
    return led_home(follow_up)


def _upload(
    request: HttpRequest,
    follow_up: FollowUp,
    form: AnswersForm,
    refused: AnswersRefused | None = None,
) -> HttpResponse:
    faults = refused.faults if refused else ()
    context = {
        "title": _("Read the answers"),
        "follow_up": follow_up,
        "home": address_of(follow_up),
        "form": form,
        **_faults_in_words(request, faults),
    }
    response = page(request, "followup/admin/follow_ups/answers_upload.html", context)
    if faults:
        response.status_code = 400
    return response


def _faults_in_words(
    request: HttpRequest, reasons: Sequence[tuple[int, str]]
) -> dict[str, object]:
    """Return the faults of a file one by one, or by what is wrong where they are many."""
    faults = [
        (_("Row %(number)d") % {"number": row} if row else _("the file"), sentence)
        for row, sentence in reasons
    ]
    headings = (_("Place"), _("Faults"))
    if len(faults) <= FEW:
        return {"faults": long_lists.cut_list(request, _("Faults"), headings, faults)}
    by_row = [(row, "", sentence) for row, sentence in reasons]
    return {
        "groups": grouped(by_row, whole=_("The questionnaire")),
        "faults_address": long_lists.kept(request, _("Faults"), headings, faults),
    }
