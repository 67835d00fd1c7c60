"""The admin of the synonyms that a search knows."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from actionplan import permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ReferenceAdmin
from requirements_pkg.excel.package_sheets import SYNONYMS
from requirements_pkg.models import SearchSynonym
from requirements_pkg.published import page_cache


@admin.register(SearchSynonym)
class SearchSynonymAdmin(ExportAdmin, ReferenceAdmin):
    """Every coordinator and administrator keeps the one list that all regions share."""

    sheets = [SYNONYMS]
    list_display = ["words"]
    search_fields = ["words"]

    def may_change(self, request: HttpRequest, obj: SearchSynonym | None) -> bool:
        return permissions.may_edit_synonyms(request.user)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # Whoever added a synonym tries it at once.
        page_cache.forget("synonyms")
