"""The admin of requirements: all of them in one list, out to Excel and back."""

from django.contrib import admin

from actionplan.excel_admin import ImportExportAdmin
from actionplan.scoping import ReadOnlyAdmin
from requirements_pkg.models import Requirement
from requirements_pkg.requirement_sheet import RequirementResource


@admin.register(Requirement)
class RequirementAdmin(ImportExportAdmin, ReadOnlyAdmin):
    """Requirements; many are written in Excel and brought in."""

    resource_classes = [RequirementResource]
    list_display = ["code", "title", "package", "kind", "level", "state"]
    list_filter = ["package", "kind", "level", "state"]
    search_fields = ["code", "title", "text"]
    list_select_related = ["package"]
