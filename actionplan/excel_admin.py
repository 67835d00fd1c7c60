"""Export and import in the admin, with the project's rights, formats and sentences.

class AreaAdmin(ExportAdmin, admin.ModelAdmin):              export only
class StatementAdmin(ImportExportAdmin, admin.ModelAdmin):   and back again
    resource_classes = [StatementResource]
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from import_export.admin import ExportMixin, ImportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from actionplan import permissions
from actionplan.sheet_formats import FileRefused, SafeCSV, SafeXLSX
from actionplan.sheet_resource import ScopedResource
from actionplan.sheet_results import SheetResult

MAX_UPLOAD = 20 * 1024 * 1024


class SheetExportForm(ExportForm):
    """Which sheet, and as what; Excel unless something else is chosen."""

    media = forms.Media()

    def __init__(self, formats: list, resources: list, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].choices = [(str(i), f().get_title()) for i, f in enumerate(formats)]
        self.fields["format"].initial = "0"
        self.fields["resource"].label = _("Sheet")


class SheetImportForm(ImportForm):
    """An Excel file; there is nothing to choose about it."""

    media = forms.Media()

    def __init__(self, formats: list, resources: list, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["resource"].label = _("Sheet")
        file = self.fields["import_file"]
        file.widget.attrs["accept"] = ".xlsx"
        file.help_text = _("An Excel file (.xlsx) exported from this list and edited.")

    def clean_import_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["import_file"]
        if file.size > MAX_UPLOAD:
            raise ValidationError(_("The file is larger than 20 MB."))
        return file


class SheetConfirmForm(ConfirmImportForm):
    """What the preview hands on; the values come back from a browser."""

    format = forms.ChoiceField(choices=[("0", "")], widget=forms.HiddenInput)
    resource = forms.IntegerField(
        min_value=0, max_value=20, required=False, widget=forms.HiddenInput
    )


class ExportAdmin(ExportMixin):
    """Export of exactly the rows that the list shows, in one sheet or another."""

    resource_classes: ClassVar[list[type[ScopedResource]]] = []
    export_formats = [SafeXLSX, SafeCSV]
    export_form_class = SheetExportForm

    def has_export_permission(self, request: HttpRequest) -> bool:
        return permissions.may_export(request.user)

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"user": request.user}

    def init_request_context_data(self, request: HttpRequest, form: forms.Form) -> dict[str, Any]:
        """The page of the export, with what each sheet holds."""
        context = super().init_request_context_data(request, form)
        context["sheets"] = _sheets(self.get_export_resource_classes(request))
        return context

    def _do_file_export(self, file_format: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super()._do_file_export(file_format, *args, **kwargs)
        name = f"{capfirst(self.opts.verbose_name_plural)} {timezone.localdate().isoformat()}"
        response.headers["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=f"{name}.{file_format.get_extension()}"
        )
        return response


class ImportExportAdmin(ExportAdmin, ImportMixin):
    """Also import, with a preview that has to be confirmed, and all rows or none."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_formats = [SafeXLSX]
    import_form_class = SheetImportForm
    confirm_form_class = SheetConfirmForm

    def has_import_permission(self, request: HttpRequest) -> bool:
        return permissions.may_edit_something(request.user)

    def get_import_resource_classes(self, request: HttpRequest) -> list[type[ScopedResource]]:
        return [sheet for sheet in self.resource_classes if sheet.is_imported()]

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"user": request.user}

    def choose_import_resource_class(
        self, form: forms.Form, request: HttpRequest
    ) -> type[ScopedResource]:
        """The sheet chosen; a number that no form offered stands for the first."""
        sheets = self.get_import_resource_classes(request)
        chosen = form.cleaned_data.get("resource") or 0
        return sheets[int(chosen)] if int(chosen) < len(sheets) else sheets[0]

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheets = [sheet for sheet in self.resource_classes if sheet.is_imported()]
        return {**super().get_import_context_data(**kwargs), "sheets": _sheets(sheets)}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Without it a row that became invalid since the preview would be left out in silence.
        kwargs = super().get_import_data_kwargs(**kwargs)
        return {**kwargs, "rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        unread = _("The file is damaged and could not be read.")
        form.add_error("import_file", str(e) if isinstance(e, FileRefused) else unread)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The confirmed import; a file that has gone meanwhile is asked for again."""
        if (
            self.has_import_permission(request)
            and not self.create_confirm_form(request).is_valid()
        ):
            return self._again(request, _("The file is no longer here. Upload it again."))
        try:
            return super().process_import(request, **kwargs)
        except FileRefused as error:
            return self._again(request, str(error))

    def process_result(self, result: SheetResult, request: HttpRequest) -> HttpResponse:
        """Tell what was stored, or that nothing was."""
        if result.has_errors() or result.has_validation_errors():
            sentence = _("Something has changed since the preview: nothing was imported.")
            return self._again(request, sentence)
        return super().process_result(result, request)

    def _again(self, request: HttpRequest, sentence: str) -> HttpResponse:
        messages.error(request, sentence)
        name = "admin:{}_{}_import".format(*self.get_model_info())
        return HttpResponseRedirect(reverse(name, current_app=self.admin_site.name))

    def _create_log_entry(
        self, user_pk: int, rows: list, import_type: str, action_flag: int
    ) -> None:
        if rows:
            LogEntry.objects.log_actions(
                user_pk, rows, action_flag, change_message=_("Imported from Excel")
            )


def _sheets(classes: list[type[ScopedResource]]) -> list[dict[str, Any]]:
    return [{"name": sheet.get_display_name(), "columns": sheet.columns()} for sheet in classes]
