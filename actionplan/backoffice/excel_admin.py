"""Export and import in the admin, with the project's rights, formats and sentences.

class AreaAdmin(ExportAdmin, admin.ModelAdmin):              export only
class StatementAdmin(ImportExportAdmin, admin.ModelAdmin):   and back again
    sheets = [STATEMENTS]
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final

import tablib
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from import_export.admin import ExportMixin, ImportMixin

from actionplan import permissions
from actionplan.audit.reading import model_read
from actionplan.backoffice import long_lists
from actionplan.backoffice.base_admin import RequestValue, understood
from actionplan.backoffice.excel_forms import (
    MappingForm,
    SettlingForm,
    SheetConfirmForm,
    SheetExportForm,
    SheetImportForm,
)
from actionplan.django_edges import AnyRows, Handed
from actionplan.excel.formats import SafeCSV, SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.excel.importing.results import MOST_PREVIEWED, SheetResult
from actionplan.excel.importing.settling import NOTHING_SETTLED
from actionplan.excel.lists import ExcelList
from actionplan.excel.lists.kept_words import may_keep
from actionplan.excel.lists.stored_rows import StoredRows
from actionplan.processes.streamed_files import streamed
from actionplan.processes.uploads import FileRefused
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import refusal

# While the rows of a file are asked for: nobody is shown the list.
FOR_FILE: Final = RequestValue[bool]("is_for_file")


# The package has no types.
class ExportAdmin(ExportMixin, admin.ModelAdmin):  # type: ignore[misc,type-arg]
    """Export of exactly the rows that the list shows, in one sheet or another."""

    sheets: ClassVar[list[ExcelList]] = []
    export_formats = [SafeXLSX, SafeCSV]
    export_form_class = SheetExportForm

    def has_export_permission(self, request: HttpRequest) -> bool:
        return permissions.may_export(request.user)

    def get_resource_classes(self, request: HttpRequest) -> list[ResourceFront]:
        return list(map(ResourceFront, self.sheets))

    def get_export_resource_kwargs(
        self, request: HttpRequest, **kwargs: Handed
    ) -> dict[str, object]:
        return {"user": request.user}

    def get_export_queryset(self, request: HttpRequest) -> AnyRows:
        FOR_FILE.keep(request, True)
        with understood():
            rows: AnyRows = super().get_export_queryset(request)
        return rows

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Return the filters of the list; of a file those alone that narrow it.

        A filter by a relation asks for all of its choices, which nobody is shown there.
        """
        filters = list(super().get_list_filter(request))
        if not FOR_FILE.get(request):
            return filters
        return [list_filter for list_filter in filters if _narrows(list_filter, request.GET)]

    def init_request_context_data(
        self, request: HttpRequest, form: forms.Form
    ) -> dict[str, object]:
        """Return what the page of the export shows, with what each sheet holds."""
        context: dict[str, object] = super().init_request_context_data(request, form)
        context["sheets"] = _described(self.sheets)
        return context

    def export_action(self, request: HttpRequest) -> HttpResponseBase:
        """Show what may be chosen, and send the file; nobody takes out more than so many."""
        refused = refusal(request, AllowanceKind.FILES) if request.method == "POST" else None
        return refused or super().export_action(request)

    def _do_file_export(
        self,
        file_format: SafeXLSX,
        request: HttpRequest,
        queryset: AnyRows,
        export_form: forms.Form | None = None,
    ) -> StreamingHttpResponse:
        """Send the file while its rows are read; import-export holds all of it in memory."""
        sheet = self.choose_export_resource_class(export_form, request).sheet
        rows = StoredRows(sheet).rows_of(queryset)
        name = f"{capfirst(self.opts.verbose_name_plural)} {timezone.localdate().isoformat()}"
        response = streamed(
            file_format.pieces(str(sheet.name), sheet.for_reading(), rows),
            file_name=f"{name}.{file_format.get_extension()}",
            content_type=file_format.get_content_type(),
        )
        match = request.resolver_match
        if match is not None and model_read(match.url_name or ""):
            # For the log.
            response.number_of_rows = queryset.count()  # type: ignore[attr-defined]
        return response


def _narrows(list_filter: object, query: Iterable[str]) -> bool:
    """Tell whether a filter narrows a list; one of our own is asked itself."""
    path = list_filter[0] if isinstance(list_filter, tuple) else list_filter
    return not isinstance(path, str) or any(name.startswith(path) for name in query)


# The package has no types.
class ImportExportAdmin(ExportAdmin, ImportMixin):  # type: ignore[misc]
    """Also import, with a preview that has to be confirmed, and all rows or none."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_formats = [SafeXLSX]
    import_form_class = SheetImportForm
    confirm_form_class = SheetConfirmForm

    def get_urls(self) -> list[URLPattern]:
        name = "{}_{}_template".format(*self.get_model_info())
        view = self.admin_site.admin_view(self.template)
        return [path("import/mall/", view, name=name), *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return permissions.may_edit_something(request.user)

    @method_decorator(require_GET)
    def template(self, request: HttpRequest) -> HttpResponse:
        """Send an empty workbook with the columns of a sheet, to fill in and bring back."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        sheets = self._imported()
        number = request.GET.get("blad", "")
        at = int(number) if number.isdecimal() and len(number) < 3 else 0
        sheet = sheets[at] if at < len(sheets) else sheets[0]
        name = f"{capfirst(str(sheet.name))}.xlsx"
        form = SafeXLSX()
        data = form.export_data(sheet.empty())
        response = HttpResponse(data, content_type=form.get_content_type())
        response.headers["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=name
        )
        return response

    def import_action(self, request: HttpRequest, **kwargs: Handed) -> HttpResponse:
        """Show the preview; where the headings are not ours, ask first which column is which."""
        if request.POST.keys() & {"columns", "_settle"}:
            return self._preview_as_mapped(request)
        response: TemplateResponse = super().import_action(request, **kwargs)
        context = response.context_data or {}
        result = context.get("result")
        if result is not None:
            context |= _about_result(request, result)
        if result is not None and result.questions:
            initial = self.get_confirm_form_initial(request, context["form"])
            context["settling_form"] = SettlingForm(initial=initial)
        if result is not None and result.lacks_columns:
            initial = self.get_confirm_form_initial(request, context["form"])
            try:
                dataset = self._uploaded(initial["import_file_name"])
            except FileRefused as error:
                return self._import_again(request, str(error))
            sheet = self.choose_import_resource_class(context["form"], request)
            context["mapping_form"] = MappingForm(sheet(request.user), dataset, initial=initial)
        return response

    def _preview_as_mapped(self, request: HttpRequest) -> HttpResponse:
        """Show the preview of a file whose columns somebody has pointed out."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        start = SheetConfirmForm(request.POST)
        if not start.is_valid():
            return self._import_again(request, _("The file is no longer here. Upload it again."))
        try:
            dataset = self._uploaded(start.cleaned_data["import_file_name"])
        except FileRefused as error:
            return self._import_again(request, str(error))
        sheet = self.choose_import_resource_class(start, request)(user=request.user)
        form: SheetConfirmForm = MappingForm(sheet, dataset, data=request.POST)
        if "_settle" in request.POST:
            form = SettlingForm(request.POST)
        context = {**self.admin_site.each_context(request), **self.get_import_context_data()}
        context |= {"title": _("Import"), "opts": self.opts}
        context |= {
            "media": self.media,
            "mapping_form": form if isinstance(form, MappingForm) else None,
            "form": SheetImportForm(*self._choices(request)),
        }
        if form.is_valid():
            import_kwargs = self.get_import_data_kwargs(request=request, form=form)
            name = form.cleaned_data["original_file_name"]
            result = sheet.import_data(
                dataset, dry_run=True, file_name=name, user=request.user, **import_kwargs
            )
            context["result"] = result
            context |= _about_result(request, result)
            if result.questions:
                context["settling_form"] = SettlingForm(initial=form.handed_on())
            if not result.has_errors() and not result.has_validation_errors():
                context["confirm_form"] = SheetConfirmForm(initial=form.handed_on())
        request.current_app = self.admin_site.name
        return TemplateResponse(request, [self.import_template_name], context)

    def _choices(self, request: HttpRequest) -> tuple[list[object], list[Any]]:
        return self.get_import_formats(), self.get_import_resource_classes(request)

    def _uploaded(self, name: str) -> tablib.Dataset:
        """Read the file that waits for its confirmation.

        Raises:
            FileRefused: it has gone meanwhile.
        """
        storage = self.get_tmp_storage_class()(name=name, read_mode="rb")
        return SafeXLSX().create_dataset(storage.read())

    def _imported(self) -> list[ExcelList]:
        return [sheet for sheet in self.sheets if sheet.incoming]

    def get_import_resource_classes(self, request: HttpRequest) -> list[ResourceFront]:
        return list(map(ResourceFront, self._imported()))

    def get_import_resource_kwargs(
        self, request: HttpRequest, **kwargs: Handed
    ) -> dict[str, object]:
        return {"user": request.user}

    def choose_import_resource_class(
        self, form: forms.Form, request: HttpRequest
    ) -> ResourceFront:
        """Return the chosen sheet, or the first for a number that no form offered."""
        sheets = self.get_import_resource_classes(request)
        resource = form.cleaned_data.get("resource") or 0
        return sheets[int(resource)] if int(resource) < len(sheets) else sheets[0]

    def get_import_context_data(self, **kwargs: Handed) -> dict[str, object]:
        return {
            **super().get_import_context_data(**kwargs),
            "sheets": _described(self._imported()),
        }

    def get_import_data_kwargs(self, **kwargs: Handed) -> dict[str, Any]:
        form = kwargs["form"]
        mapping = form.cleaned_data.get("mapping")
        settled = form.settled_words() if isinstance(form, SheetConfirmForm) else NOTHING_SETTLED
        options = {"mapping": mapping, "settled": settled}
        return {**super().get_import_data_kwargs(**kwargs), **options}

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        unread = _(
            "The file is damaged and could not be read. Open it in Excel, save it and "
            "upload it again."
        )
        form.add_error("import_file", str(e) if isinstance(e, FileRefused) else unread)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Handed) -> HttpResponse:
        """Carry out the confirmed import; ask again for a file that has gone meanwhile."""
        if (
            self.has_import_permission(request)
            and not self.create_confirm_form(request).is_valid()
        ):
            return self._import_again(request, _("The file is no longer here. Upload it again."))
        try:
            response: HttpResponse = super().process_import(request, **kwargs)
        except FileRefused as error:
            return self._import_again(request, str(error))
        return response

    def process_result(self, result: SheetResult, request: HttpRequest) -> HttpResponse:
        """Tell what was stored, or that nothing was."""
        if result.has_errors() or result.has_validation_errors():
            sentence = _(
                "Something has changed since the preview, so nothing was imported. Upload "
                "the file again."
            )
            return self._import_again(request, sentence)
        response: HttpResponse = super().process_result(result, request)
        return response

    def _import_again(self, request: HttpRequest, sentence: str) -> HttpResponse:
        messages.error(request, sentence)
        name = "admin:{}_{}_import".format(*self.get_model_info())
        return HttpResponseRedirect(reverse(name, current_app=self.admin_site.name))

    def _create_log_entry(
        self, user_pk: int, rows: list[Any], import_type: str, action_flag: int
    ) -> None:
        if rows:
            LogEntry.objects.log_actions(
                user_pk, rows, action_flag, change_message=_("Imported from Excel")
            )


def _about_result(request: HttpRequest, result: SheetResult) -> dict[str, object]:
    """Return what the page tells of a preview beside its result."""
    words = [question.word for question in result.questions]
    return {
        "faults_address": _faults_address(request, result),
        "changes_address": _changes_address(request, result),
        "may_remember": any(may_keep(word, request.user) for word in words),
        "keeps_for_all": permissions.may_edit_reference_data(request.user),
    }


def _changes_address(request: HttpRequest, result: SheetResult) -> str:
    """Tell where all that a file changes stands; "" where the page tells each row of it."""
    if result.faults or len(result.changed_rows) <= MOST_PREVIEWED:
        return ""
    headings = (_("Row"), _("Column"), _("From"), _("To"))
    rows = [(number + result.head_row, *change) for number, *change in result.changes]
    return long_lists.kept(request, _("Changes"), headings, rows)


def _faults_address(request: HttpRequest, result: SheetResult) -> str:
    """Tell where all that is wrong with a file stands; "" where the page tells each of it."""
    if result.has_few_faults:
        return ""
    headings = (_("Row"), _("Column"), _("What is wrong"))
    return long_lists.kept(request, _("Faults"), headings, result.faults)


def _described(sheets: Sequence[ExcelList]) -> list[dict[str, object]]:
    return [{"name": sheet.name, "columns": sheet.for_reading()} for sheet in sheets]
