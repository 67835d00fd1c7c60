"""Admin forms that take a file: it is read before the form's transaction begins.

The admin holds a transaction while it checks a form, on SQLite the only one that may write, and a
file may take seconds to be read.
"""

from collections.abc import Callable
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from actionplan.backoffice.base_admin import BaseAdmin
from actionplan.django_edges import Handed

# Takes an upload, and raises ValidationError where it is refused.
Take = Callable[["UploadedFile[bytes]"], bytes]


def taken_once(file: "UploadedFile[bytes]", take: Take) -> bytes:
    """Return what is kept of an upload, or raise why it is refused; read each file only once.

    Raises:
        ValidationError: as `take` raises it.
    """
    known = vars(file)
    if "outcome" not in known:
        try:
            known["outcome"] = take(file)
        except ValidationError as refused:
            known["outcome"] = refused
    if isinstance(known["outcome"], ValidationError):
        raise known["outcome"]
    content: bytes = known["outcome"]
    return content


class UploadAdmin(BaseAdmin):
    """An admin whose form has a field `file`; the form takes it with `taken_once` too."""

    @staticmethod
    def take(file: "UploadedFile[bytes]") -> bytes:
        """Return what is kept of an upload; `take = staticmethod(...)` in each admin.

        Raises:
            ValidationError: it is refused.
        """
        raise NotImplementedError

    def changeform_view(
        self, request: HttpRequest, *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        may_send = self.has_add_permission(request) or self.has_change_permission(request)
        file = request.FILES.get("file") if request.method == "POST" and may_send else None
        if file is not None:
            # The form tells a refusal, beside the field.
            with suppress(ValidationError):
                taken_once(file, type(self).take)
        return super().changeform_view(request, *args, **kwargs)
