"""The admin of the grid's rows and columns, and of what documents call them."""

from django.contrib import admin
from django.http import HttpRequest

from actionplan import permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ReferenceAdmin
from risks.actions.headings import complete_matrices
from risks.admin.sheets import ALIASES, DIMENSIONS, STAGES
from risks.models import Dimension, HeadingAlias, LifecycleStage
from risks.models.spellings import MEANT


class HeadingAdmin(ExportAdmin, ReferenceAdmin):
    """Rows and columns of the grid: added, named and ordered, and never taken away.

    What plans and published versions say stands under them. A code is given once.
    """

    list_display = ["name", "code", "position"]
    search_fields = ["name", "code"]

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return [] if obj is None else ["code"]

    def save_model(self, request: HttpRequest, obj: object, form: object, change: bool) -> None:
        """Store a row or column; a new one gets a cell in every matrix, so the grid is whole."""
        super().save_model(request, obj, form, change)
        if not change:
            complete_matrices(by=permissions.signed_in(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(LifecycleStage)
class StageAdmin(HeadingAdmin):
    sheets = [STAGES]


@admin.register(Dimension)
class DimensionAdmin(HeadingAdmin):
    sheets = [DIMENSIONS]


@admin.register(HeadingAlias)
class HeadingAliasAdmin(ExportAdmin, ReferenceAdmin):
    sheets = [ALIASES]
    list_display = ["folded", *MEANT]
    list_filter = ["stage", "dimension"]
    search_fields = ["folded", "organisation__name", "category__name"]
    list_select_related = MEANT
