"""The admin of the lists that all regions share: synonyms of the search, accepted proofs."""

from typing import Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from actionplan import permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ReferenceAdmin
from requirements_pkg.admin.forms.package_forms import AcceptedProofForm
from requirements_pkg.excel.package_sheets import PROOFS, SYNONYMS
from requirements_pkg.models import AcceptedProof, SearchSynonym
from requirements_pkg.published import page_cache

# No package: what is remembered about all of them is asked anew.
SYNONYMS_OF_SEARCH: Final = "synonyms"


@admin.register(SearchSynonym)
class SearchSynonymAdmin(ExportAdmin, ReferenceAdmin):
    """Every coordinator and administrator keeps the one list that all regions share."""

    sheets = [SYNONYMS]
    list_display = ["words"]
    search_fields = ["words"]

    def may_change(self, request: HttpRequest, obj: SearchSynonym | None) -> bool:
        return permissions.may_edit_synonyms(request.user)

    # Whoever added a synonym, or took one away, tries it at once.

    def save_model(
        self, request: HttpRequest, obj: SearchSynonym, form: object, change: bool
    ) -> None:
        """Store a synonym, and search with it from now on."""
        super().save_model(request, obj, form, change)
        page_cache.forget_on_commit(SYNONYMS_OF_SEARCH)

    def delete_model(self, request: HttpRequest, obj: SearchSynonym) -> None:
        """Remove a synonym, and search without it from now on."""
        super().delete_model(request, obj)
        page_cache.forget_on_commit(SYNONYMS_OF_SEARCH)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SearchSynonym]) -> None:
        """Remove synonyms, and search without them from now on."""
        super().delete_queryset(request, queryset)
        page_cache.forget_on_commit(SYNONYMS_OF_SEARCH)


@admin.register(AcceptedProof)
class AcceptedProofAdmin(ExportAdmin, ReferenceAdmin):
    """Labels and certificates that requirements accept: read by all, changed by administrators."""

    form = AcceptedProofForm
    sheets = [PROOFS]
    list_display = ["name", "owner", "url"]
    search_fields = ["name", "owner", "proves"]
