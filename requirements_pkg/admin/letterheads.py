"""The admin of the regions' Word templates: upload, look at a sample, replace, remove."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from actionplan import permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import PlanScopedMixin
from actionplan.backoffice.upload_admin import UploadAdmin, taken_once
from actionplan.django_edges import FieldNames, Handed
from actionplan.models import Organisation
from actionplan.permissions import signed_in
from requirements_pkg.actions.letterheads import keep_template
from requirements_pkg.excel.package_sheets import TEMPLATES
from requirements_pkg.models import WordTemplate
from requirements_pkg.tender.downloads import FORMS
from requirements_pkg.tender.letterhead import letterhead
from requirements_pkg.tender.sample import sample_tender
from requirements_pkg.tender.word import write_tender


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organisation and its file; the file is all there is to replace."""

    file = forms.FileField(
        label=gettext_lazy("Word template (.docx or .dotx)"),
        help_text=gettext_lazy(
            "At most 2 MB. Page, header, footer and styles are used, but not the text. "
            "Everybody who downloads requirements may choose the template."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.dotx"}),
    )

    class Meta:
        model = WordTemplate
        fields: FieldNames = ["organisation"]

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is no letterhead.

        Raises:
            ValidationError: with what is wrong with the file.
        """
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        self.content = taken_once(file, letterhead.taken)
        return file


@admin.register(WordTemplate)
class WordTemplateAdmin(ExportAdmin, PlanScopedMixin, UploadAdmin):
    """A coordinator keeps the templates of the organisations in her procurement region."""

    sheets = [TEMPLATES]
    form = TemplateForm
    take = staticmethod(letterhead.taken)
    list_display = ["organisation", "file_name", "uploaded_at", "sample"]
    list_filter = ["organisation__procurement_region"]
    search_fields = ["organisation__name", "file_name"]
    list_select_related = ["organisation"]
    list_per_page = 50

    def may_change(self, request: HttpRequest, obj: WordTemplate | None) -> bool:
        if obj is None:
            return permissions.may_follow_up_something(request.user)
        region = obj.organisation.procurement_region_id
        return permissions.may_follow_up_in(request.user, region)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_follow_up_something(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[WordTemplate]:
        # A list of files must not fetch the files.
        templates: QuerySet[WordTemplate] = super().get_queryset(request)
        return templates.defer("content").select_related("organisation")

    def get_fields(self, request: HttpRequest, obj: WordTemplate | None = None) -> FieldNames:
        if obj is None:
            return ["organisation", "file"]
        fields: FieldNames = ["organisation", "file_name", "uploaded_at", "sample"]
        return [*fields, "file"] if self.may_change(request, obj) else fields

    def get_readonly_fields(
        self, request: HttpRequest, obj: WordTemplate | None = None
    ) -> list[str]:
        return [] if obj is None else ["organisation", "file_name", "uploaded_at", "sample"]

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Handed
    ) -> Any:
        """Offer only organisations of regions where the person edits."""
        if db_field.name == "organisation":
            rows = Organisation.objects.order_by("name")
            if not permissions.is_everything(request.user):
                regions = permissions.followed_up_regions(request.user)
                rows = rows.filter(procurement_region__in=regions)
            kwargs["queryset"] = rows
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: WordTemplate, form: Any, change: bool) -> None:
        name, content = form.cleaned_data["file"].name, form.content
        keep_template(template=obj, by=signed_in(request.user), file_name=name, content=content)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(sample)
        return [
            path("<int:pk>/prov/", view, name="requirements_pkg_template_sample"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("sample"))
    def sample(self, template: WordTemplate) -> str:
        """Link to a sample document written on the template."""
        address = reverse("admin:requirements_pkg_template_sample", args=[template.pk])
        return format_html('<a href="{}">{}</a>', address, _("Download a sample"))


@require_GET
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a made-up tender on a template, to show what its pages will look like."""
    rows = WordTemplate.objects.filter(permissions.readable(request.user))
    template = get_object_or_404(rows.select_related("organisation"), pk=pk)
    body = write_tender(sample_tender(), paper=bytes(template.content))
    response = HttpResponse(body, content_type=FORMS["docx"].content_type)
    words = template.organisation.name, _("sample")
    name = f"{'-'.join(map(slugify, words))}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return response
