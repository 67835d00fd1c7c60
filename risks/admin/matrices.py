"""The admin of the risk matrix: the grid, its rows as lists, and the import of plans."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplan import permissions
from actionplan.backoffice.deletion import Deleted
from actionplan.backoffice.excel_admin import ExportAdmin, ImportExportAdmin
from actionplan.backoffice.history import ModelHistory
from actionplan.backoffice.panels import tell_links_to_review
from actionplan.backoffice.scoping import ReadOnlyAdmin, ScopedAdmin
from actionplan.database import write_marks
from actionplan.database.broken_rules import BrokenRule, all_or_nothing, tell
from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan, ChangeKind, ChangeLog, ProductArea
from actionplan.models.logged import added
from actionplan.text import figure
from actionplan.workspace.tabs import tab_address
from risks.actions.delete_protection import holders
from risks.actions.removal import remove_areas
from risks.admin import export_page, level_pages, settling_pages
from risks.admin.cells.page import cell_page
from risks.admin.cells.presence import here
from risks.admin.forms import AreaForm, MatrixForm
from risks.admin.grid_page import ask_which_holds, grid_page
from risks.admin.importing import pages, undoing
from risks.admin.sheets import (
    CELLS,
    MATRICES,
    STATEMENTS,
    UPLOADS,
)
from risks.grid.editing import follow_number
from risks.importing.stored_state import grid_state
from risks.models import (
    Assessment,
    Dimension,
    OverallLevel,
    PlanUpload,
    RiskCell,
    RiskMatrix,
    RiskStatement,
)
from risks.models.matrix import RiskMatrixQuerySet


@admin.register(RiskMatrix)
class RiskMatrixAdmin(ExportAdmin, ScopedAdmin):
    """A product area with its grid; made here, so that it is never without its cells."""

    form = AreaForm
    sheets = [MATRICES]
    plan_path = "plan"
    # Hundreds of rows go with each.
    most_deleted = 20
    # Named, since a count leaves out the model's own order.
    ordering = ["plan", "number"]
    list_display = ["name", "number", "plan", "progress"]
    list_filter = ["plan__procurement_region", "plan__status"]
    search_fields = ["name", "plan__category__name"]
    list_select_related = ["plan__category"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RiskMatrix]:
        areas: RiskMatrixQuerySet = super().get_queryset(request)
        return areas.select_related("plan__category").with_progress()

    @admin.display(description=gettext_lazy("assessed"), ordering="assessed")
    def progress(self, area: Any) -> str:
        return _("%(assessed)s of %(cells)s") % {
            "assessed": figure(area.assessed),
            "cells": figure(area.cell_count),
        }

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("importera/", wrap(pages.upload), name="risks_import"),
            path("importera/<int:pk>/", wrap(pages.preview), name="risks_import_preview"),
            path("exportera/<int:pk>/<str:form>/", wrap(export_page.export), name="risks_export"),
            path("angra/<int:pk>/", wrap(undoing.undo), name="risks_undo_import"),
            path("behallet/<int:pk>/", wrap(settling_pages.kept), name="risks_kept"),
            path("ruta/<int:pk>/", wrap(cell_page), name="risks_cell"),
            path("ruta/<int:pk>/har/", wrap(here), name="risks_here"),
            path("<int:pk>/nivaer/", wrap(level_pages.levels), name="risks_levels"),
            *super().get_urls(),
        ]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Deleted:
        """Ask only for the right to an area: what it holds goes with it, or stands in the way."""
        names, counts, needed, protected = super().get_deleted_objects(objs, request)
        own = str(RiskMatrix._meta.verbose_name)
        return names, counts, {right for right in needed if str(right) == own}, protected

    def save_model(
        self, request: HttpRequest, obj: RiskMatrix, form: object, change: bool
    ) -> None:
        """Store an area; a new one gets its whole matrix at once."""
        super().save_model(request, obj, form, change)
        if not change:
            cells = RiskCell.objects.filter(pk__in=RiskCell.objects.complete([obj]))
            ChangeLog.objects.write(RiskCell, added(cells), by=permissions.signed_in(request.user))

    def delete_model(self, request: HttpRequest, obj: RiskMatrix) -> None:
        """Delete the area with all that is in it, in a few statements."""
        remove_areas([ProductArea.objects.get(pk=obj.pk)], by=permissions.signed_in(request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[RiskMatrix]) -> None:
        """Remove all of them together, since one may refer to another."""
        areas = ProductArea.objects.filter(pk__in=queryset.values("pk"))
        with transaction.atomic():
            remove_areas(areas, by=permissions.signed_in(request.user))

    def response_add(
        self, request: HttpRequest, obj: RiskMatrix, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Lead on to the new area's grid: that is what one came for."""
        return HttpResponseRedirect(reverse("admin:risks_riskmatrix_change", args=[obj.pk]))

    def history_of(self, obj: RiskMatrix) -> list[ModelHistory]:
        """Return what the log tells of the area, of its cells and of what they say."""
        cells = RiskCell.objects.filter(product_area=obj).in_grid_order()
        names = {cell.pk: str(cell) for cell in cells}
        dimensions = {row.pk: str(row) for row in Dimension.objects.all()}
        log = ChangeLog.objects
        return [
            *super().history_of(obj),
            ModelHistory(
                log.parts(RiskCell, obj.pk),
                lambda past: names.get(past.change.key, ""),
                # The empty cells of a new area say nothing, and are many.
                lambda change: (
                    change.kind != ChangeKind.ADDED
                    or change.after["assessment"] != Assessment.NOT_ASSESSED
                ),
            ),
            ModelHistory(
                log.parts(OverallLevel, obj.pk),
                lambda past: dimensions.get(past.values["dimension_id"], ""),
            ),
            ModelHistory(
                log.parts(RiskStatement, *names),
                lambda past: names.get(past.values["cell_id"], ""),
            ),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Show the grid, or store what was sent: worked out without a lock, written under one."""
        data = request.POST if request.method == "POST" else None
        for _attempt in range(write_marks.ATTEMPTS):
            area = self.get_object(request, object_id)
            if area is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            is_editable = self.has_change_permission(request, area)
            if data is not None and not is_editable:
                raise PermissionDenied
            # Before what it is about is read: a change in between is then seen.
            mark, state = (None, "") if data is None else (write_marks.mark(), grid_state(area))
            if data is not None:
                area.refresh_from_db()
            head = AreaForm(data, instance=area, prefix="area")
            matrix = MatrixForm(area, data, is_editable=is_editable)
            is_ready = [head.is_valid() or head.is_waiting, matrix.is_valid()]  # Both are asked.
            if data is None or not all(is_ready):
                return grid_page(request, area, head, matrix, is_editable=is_editable)
            saved, reworded = None, matrix.reworded()
            try:
                with all_or_nothing():
                    self.hold(area)
                    still = write_marks.is_as_it_was(mark) or grid_state(area) == state
                    if still and not holders(matrix.lost()):
                        saved = self._save_grid(request, area, head, matrix)
            except BrokenRule as refused:
                tell(head, refused)
                return grid_page(request, area, head, matrix, is_editable=is_editable)
            if saved is not None:
                tell_links_to_review(request, RiskStatement, reworded)
                return saved
        messages.warning(request, _("Somebody else is changing the plan. Save again."))
        return grid_page(request, area, head, matrix, is_editable=is_editable)

    def _save_grid(
        self, request: HttpRequest, area: RiskMatrix, head: AreaForm, matrix: MatrixForm
    ) -> HttpResponse:
        by = permissions.signed_in(request.user)
        is_head_saved = head.has_changed() and head.is_valid()
        if is_head_saved:
            before = RiskMatrix.objects.values_list("number", flat=True).get(pk=area.pk)
            self.save_model(request, area, head, change=True)
            if before != area.number:
                follow_number(area, before=before, by=by, names=matrix.names)
        saved = matrix.save(by=by)
        number = len(saved)
        if number or is_head_saved:
            text = ngettext("Saved: %(number)s cell.", "Saved: %(number)s cells.", number)
            text = text % {"number": figure(number)} if number else _("Saved.")
            messages.success(request, text)
        elif not matrix.waiting and not head.is_waiting:
            messages.info(request, _("Nothing was changed."))
        if matrix.waiting or head.is_waiting:
            return ask_which_holds(request, area, head, matrix)
        if "_back" in request.POST:
            return HttpResponseRedirect(tab_address(area.plan_id, PlanTab.MATRIX))
        # Where there is no script the page opens at a cell that was written.
        return HttpResponseRedirect(request.path + (f"#cell-{saved[0].pk}" if saved else ""))


@admin.register(RiskStatement)
class RiskStatementAdmin(ImportExportAdmin, ReadOnlyAdmin):
    """All risks and opportunities in one list; they are written in the grid."""

    sheets = [STATEMENTS]
    change_form_template = "admin/object.html"
    # By the keys: a cell's own order is that of plans, stages and dimensions, over six joins.
    ordering = ["cell_id", "position", "id"]
    list_display = ["text", "kind", "cell_name", "area", "plan"]
    list_filter = [
        "kind",
        "cell__stage",
        "cell__dimension",
        "cell__level",
        "cell__product_area__plan__procurement_region",
    ]
    search_fields = [
        "text",
        "cell__product_area__name",
        "cell__product_area__plan__category__name",
    ]
    list_select_related = [
        "cell__stage",
        "cell__dimension",
        "cell__product_area__plan__category",
    ]

    @admin.display(description=gettext_lazy("cell"), ordering="cell__stage__position")
    def cell_name(self, statement: RiskStatement) -> str:
        return str(statement.cell)

    @admin.display(description=gettext_lazy("product area"), ordering="cell__product_area__name")
    def area(self, statement: RiskStatement) -> str:
        return statement.cell.product_area.name

    @admin.display(
        description=gettext_lazy("plan"),
        ordering="cell__product_area__plan__category__name",
    )
    def plan(self, statement: RiskStatement) -> ActionPlan:
        return statement.cell.product_area.plan


@admin.register(RiskCell)
class RiskCellAdmin(ExportAdmin, ReadOnlyAdmin):
    """All cells in one list, to find what is not assessed; they are written in the grid."""

    sheets = [CELLS]
    change_form_template = "admin/object.html"
    # By the keys: those of an area are made in the order of the grid.
    ordering = ["product_area_id", "id"]
    list_display = ["__str__", "product_area", "plan", "assessment", "level"]
    fields = [
        "product_area",
        "stage",
        "dimension",
        "assessment",
        "same_as_cell",
        "same_as_category",
        "level",
        "level_source",
        "level_source_dated",
    ]
    list_filter = [
        "assessment",
        "level",
        "stage",
        "dimension",
        "product_area__plan__procurement_region",
    ]
    search_fields = ["product_area__name", "product_area__plan__category__name"]
    list_select_related = ["stage", "dimension", "product_area__plan__category"]

    @admin.display(description=gettext_lazy("plan"), ordering="product_area__plan__category__name")
    def plan(self, cell: RiskCell) -> ActionPlan:
        return cell.product_area.plan


@admin.register(PlanUpload)
class PlanUploadAdmin(ExportAdmin, ReadOnlyAdmin):
    """The documents that plans were imported from."""

    sheets = [UPLOADS]

    list_display = ["file_name", "uploaded_by", "uploaded_at", "confirmed_at"]
    list_filter = ["uploaded_at", "confirmed_at"]
    search_fields = ["file_name", "uploaded_by__username"]
    list_select_related = ["uploaded_by"]
    fields = ["file_name", "sha256", "uploaded_by", "uploaded_at", "confirmed_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanUpload]:
        # A list of documents must not fetch the documents.
        uploads: QuerySet[PlanUpload] = super().get_queryset(request)
        return uploads.defer("content")
