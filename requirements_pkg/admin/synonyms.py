"""The admin of the synonyms that a search knows."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from actionplan import permissions
from actionplan.excel_admin import ExportAdmin
from actionplan.scoping import ReferenceAdmin
from requirements_pkg import pages
from requirements_pkg.models import SearchSynonym
from requirements_pkg.resources import SynonymResource


@admin.register(SearchSynonym)
class SearchSynonymAdmin(ExportAdmin, ReferenceAdmin):
    """Every coordinator and administrator keeps the one list that all regions share."""

    resource_classes = [SynonymResource]
    list_display = ["words"]
    search_fields = ["words"]

    def may_change(self, request: HttpRequest, obj: SearchSynonym | None) -> bool:
        return permissions.may_edit_synonyms(request.user)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # Whoever added a synonym tries it at once.
        pages.forget("synonyms")
