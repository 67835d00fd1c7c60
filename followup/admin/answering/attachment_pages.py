"""Files of answers, deviations and actions: attach one, read it, take it away."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from actionplan.django_edges import Handed
from actionplan.django_edges.form_fields import form_field
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions.answering.attachments import attach, remove
from followup.actions.evidence import ACCEPTED, taken
from followup.admin.pages.deviation_pages import deviation_address, deviation_at
from followup.admin.pages.follow_up_pages import address_of
from followup.backoffice.sent_files import sent_file
from followup.models import Attachment, CorrectiveAction, Deviation
from followup.models.answering import AttachmentQuerySet
from requirements_pkg.backoffice.pages import page


def files_of(deviation: Deviation) -> AttachmentQuerySet:
    """Return the files of a deviation and its actions, without what is in them."""
    rows = Attachment.objects.filter(Q(deviation=deviation) | Q(action__deviation=deviation))
    return rows.names().select_related("action", "uploaded_by")


def attachment_at(request: HttpRequest, pk: int) -> Attachment:
    """Return a file if this person sees its follow-up; others find none at that address."""
    rows = Attachment.objects.handed_in().filter(permissions.visible(request.user, "follow_up"))
    return get_object_or_404(rows, pk=pk)


class AttachForm(forms.Form):
    """A file, and what it shows: the deviation as a whole, or one of the actions."""

    shows = forms.ChoiceField(label=gettext_lazy("What the file shows"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("pdf, docx, xlsx, png or jpg; at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Handed, deviation: Deviation, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        self.deviation = deviation
        self.actions = {str(action.pk): action for action in deviation.actions.all()}
        form_field(self, "shows", forms.ChoiceField).choices = [
            ("", _("The deviation as a whole")),
            *((key, str(action)) for key, action in self.actions.items()),
        ]
        self.fields["shows"].required = False

    # Of the file that was sent.
    file_name = ""

    @property
    def target(self) -> Deviation | CorrectiveAction:
        """What the file is attached to."""
        return self.actions.get(self.cleaned_data["shows"], self.deviation)

    def clean_file(self) -> bytes:
        """Refuse what is too large, or not what its name says."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        self.file_name = file.name or ""
        return taken(file)


@require_http_methods(["GET", "POST"])
def attachments_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the files of a deviation and its actions, and take in another.

    Raises:
        PermissionDenied: the person only reads the follow-up.
    """
    deviation = deviation_at(request, pk)
    if not permissions.may_write(request.user, deviation.follow_up):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = AttachForm(
        request.POST if is_sent else None, request.FILES or None, deviation=deviation
    )
    if is_sent and form.is_valid():
        try:
            attach(
                to=form.target,
                by=signed_in(request.user),
                file_name=form.file_name,
                content=form.cleaned_data["file"],
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The file is attached."))
            return HttpResponseRedirect(reverse("admin:followup_attachments", args=[pk]))
    context = {
        "title": _("Files"),
        "deviation": deviation,
        "follow_up": deviation.follow_up,
        "home": deviation_address(deviation),
        "follow_up_address": address_of(deviation.follow_up),
        "form": form,
        "files": files_of(deviation),
    }
    return page(request, "followup/admin/answering/attachments.html", context)


@require_GET
def attachment_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file to whoever sees the follow-up."""
    file = attachment_at(request, pk)
    return sent_file(file.file_name, bytes(file.content))


@require_POST
def remove_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a file that the region attached."""
    file = attachment_at(request, pk)
    home = _home_of(file)
    try:
        remove(attachment=file, by=signed_in(request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The file is removed."))
    return HttpResponseRedirect(home)


def _home_of(file: Attachment) -> str:
    deviation = file.deviation if file.action is None else file.action.deviation
    if deviation is None:
        return address_of(file.follow_up)
    return reverse("admin:followup_attachments", args=[deviation.pk])
