"""How a version was announced: by mail to how many, and where else, as somebody notes it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from actionplan.admin_site import admin_page
from actionplan.permissions import may_read, signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.dialogue.announcements import note_announcement
from requirements_pkg.backoffice.pages import home_of, page
from requirements_pkg.models import Announcement, PackageVersion, Subscription


class AnnouncementForm(forms.Form):
    where = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=200,
        help_text=gettext_lazy("A newsletter, a meeting, a web page. Write no names of people."),
    )
    on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@admin_page("kommunicerat/<int:pk>/", name="requirements_pkg_announcements")
@require_http_methods(["GET", "POST"])
def announcements(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a version was announced, and take in another way for who answers for it."""
    if not may_read(request.user):
        raise PermissionDenied
    owner = ("package__plan__category", "package__plan__procurement_region", "package__steward")
    rows = PackageVersion.objects.defer("content").select_related(*owner)
    version = get_object_or_404(rows, pk=pk)
    may_note = permissions.may_answer(request.user, version.package)
    form = AnnouncementForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST":
        if not may_note:
            raise PermissionDenied
        if form.is_valid():
            try:
                note_announcement(version=version, by=signed_in(request.user), **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _("It is noted."))
                return HttpResponseRedirect(request.path)
    readers = Subscription.objects.confirmed().of_package(version.package_id)
    context = {
        "title": _("How %(version)s was announced") % {"version": version},
        "version": version,
        "rows": Announcement.objects.of_version(pk).select_related("noted_by"),
        "readers": readers.values("email").distinct().count(),
        "form": form if may_note else None,
        "home": home_of(version.package),
    }
    return page(request, "requirements_pkg/admin/dialogue/announcements.html", context)
