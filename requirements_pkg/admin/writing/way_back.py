"""Where a new requirement leads, when it is saved: to what it was written from."""

from django.http import HttpRequest
from django.urls import reverse

from actionplan.text import is_number
from requirements_pkg.backoffice.pages import CELL, address_of
from requirements_pkg.models import Requirement
from risks.grid.cell_views import AREA, area_address
from risks.models import RiskCell


def way_back(request: HttpRequest, requirement: Requirement) -> str:
    """Return the address of the cell or the work list that it was written from, or its package."""
    plan = requirement.package.plan_id
    if plan is None:
        return address_of(requirement.package)
    key = request.GET.get(CELL, "")
    cells = RiskCell.objects.filter(product_area__plan=plan).select_related("product_area")
    cell = cells.filter(pk=key).first() if is_number(key) else None
    if cell is not None:
        return area_address(plan, cell.product_area.number, cell.pk)
    if request.GET.get("statements"):
        area = request.GET.get(AREA, "")
        query = {AREA: area} if is_number(area) else {}
        return reverse("admin:requirements_pkg_coverage", args=[plan], query=query)
    return address_of(requirement.package)
