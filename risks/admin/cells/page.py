"""The page of one cell of the matrix, which the side panel of the matrix shows too."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from actionplan import permissions
from risks.grid.shown_cells import area_address, shown_cells, whole_cells
from risks.models import RiskCell


@require_safe
def cell_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one cell."""
    rows = RiskCell.objects.filter(permissions.readable(request.user))
    cell = get_object_or_404(whole_cells(rows), pk=pk)
    area = cell.product_area
    (shown,) = shown_cells(request, area, [cell])
    context = {
        **admin.site.each_context(request),
        "title": str(cell),
        "shown": shown,
        "cell": cell,
        "back": area_address(area.plan_id, area.number, cell.pk),
    }
    return TemplateResponse(request, "risks/admin/cells/page.html", context)
