"""Who is invited to answer a consultation, and how far each has come."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from actionplan.admin_site import admin_page
from actionplan.permissions import signed_in
from actionplan.text import figure
from requirements_pkg.actions.dialogue.invitations import invite
from requirements_pkg.admin.dialogue.replies import answerable
from requirements_pkg.backoffice.pages import page


class InviteesForm(forms.Form):
    addresses = forms.CharField(
        label=gettext_lazy("Email addresses"),
        help_text=gettext_lazy("One on each line. Each gets a mail and an address of its own."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "aria-describedby": "id_addresses_helptext"}),
    )


@admin_page("remisser/<int:pk>/inbjudna/", name="requirements_pkg_invitees")
@require_http_methods(["GET", "POST"])
def invitees(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is invited, and take in more addresses."""
    row = answerable(request, pk)
    form = InviteesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        addresses = form.cleaned_data["addresses"].splitlines()
        try:
            number = invite(consultation=row, by=signed_in(request.user), addresses=addresses)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _invited_words(number))
            return HttpResponseRedirect(request.path)
    context = {
        "title": _("Invited to answer: %(package)s") % {"package": row.title},
        "consultation": row,
        "invitees": row.invitees.select_related("reply"),
        "form": form if row.is_open or form.is_bound else None,
    }
    return page(request, "requirements_pkg/admin/consultation/invitees.html", context)


def _invited_words(number: int) -> str:
    words = ngettext(
        "%(number)s address is invited. The mail goes within the hour.",
        "%(number)s addresses are invited. The mails go within the hour.",
        number,
    )
    return words % {"number": figure(number)}
