"""The page of the grid: what it shows, and how it asks where two people wrote in one place."""

from operator import attrgetter

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from actionplan.backoffice.panels import tell_notices
from actionplan.extension_points import Button
from risks.admin.forms import AreaForm, MatrixForm
from risks.grid.cell_links import links, notes
from risks.models import RiskCell, RiskMatrix, RiskStatement


def grid_page(
    request: HttpRequest,
    area: RiskMatrix,
    head: AreaForm,
    matrix: MatrixForm,
    *,
    is_editable: bool,
) -> HttpResponse:
    """Show an area's grid, with what is wrong in it."""
    if is_editable:
        tell_notices(request, area.plan)
    faulty = [form for form in matrix.forms if form.errors]
    cells = [form.cell for form in matrix.forms] if is_editable else []
    aside = _place_notes(request, area, matrix, is_editable=is_editable)
    siblings = {cell.product_area for cell in matrix.names.cells.values()}
    context = {
        **admin.site.each_context(request),
        "title": str(area),
        # The grid takes the width that the list of models would have.
        "is_nav_sidebar_enabled": False,
        "opts": RiskMatrix._meta,
        "area": area,
        "siblings": sorted(siblings, key=attrgetter("number")),
        "head": head,
        "matrix": matrix,
        "dimensions": matrix.names.dimensions.values(),
        "overall": area.overall_levels.select_related("dimension"),
        "faulty": faulty,
        "is_saved": len(matrix.waiting) == len(faulty) and (not head.errors or head.is_waiting),
        "kept": RiskStatement.objects.filter(cell__product_area=area, is_kept=True),
        "cell_links": [*links(request, area.plan, cells), *aside],
        "is_editable": is_editable,
    }
    return TemplateResponse(request, "risks/admin/grid/matrix.html", context)


def _place_notes(
    request: HttpRequest, area: RiskMatrix, matrix: MatrixForm, *, is_editable: bool
) -> list[tuple[RiskCell, Button]]:
    """Let each cell have its links, and return those that do not stand in it.

    Tab goes from box to box: between boxes stand only links to what waits for somebody.
    """
    notes_of = notes(request, area, [form.cell for form in matrix.forms])
    aside = []
    for form in matrix.forms:
        of_cell = notes_of[form.cell.pk]
        within = [note for note in of_cell if note.is_main or not is_editable]
        vars(form)["notes"] = within
        aside += [(form.cell, note) for note in of_cell if note not in within]
    return aside


def ask_which_holds(
    request: HttpRequest, area: RiskMatrix, head: AreaForm, matrix: MatrixForm
) -> HttpResponse:
    """Show the grid as it is stored now, with what waits for a choice between two texts."""
    stored = RiskMatrix.objects.select_related("plan__category").get(pk=area.pk)
    sent = request.POST if head.is_waiting else None
    waiting = {form.cell.pk for form in matrix.waiting}
    head = AreaForm(sent, instance=stored, prefix="area")
    matrix = MatrixForm(stored, request.POST, sent=waiting)
    # Each tells its faults then.
    head.is_valid()
    matrix.is_valid()
    return grid_page(request, stored, head, matrix, is_editable=True)
