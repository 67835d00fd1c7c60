"""From a cell of the grid to what one makes of its risks; the apps to the right say where."""

from collections.abc import Iterable

from django.http import HttpRequest

from actionplan.extension_points import Button
from actionplan.models import ActionPlan, ProductArea
from risks.extension_points import cell_links, cell_notes
from risks.models import RiskCell


def links(
    request: HttpRequest, plan: ActionPlan, cells: Iterable[RiskCell]
) -> list[tuple[RiskCell, Button]]:
    """Return what leads on from cells; nothing is asked of them but their statements."""
    made = [provide(request, plan) for provide in cell_links]
    return [
        (cell, button) for cell in cells for link in made if (button := link(cell)) is not None
    ]


def notes(
    request: HttpRequest, area: ProductArea, cells: Iterable[RiskCell]
) -> dict[int, list[Button]]:
    """Return the links that stand in each cell, by its key."""
    made = [provide(request, area) for provide in cell_notes]
    return {
        cell.pk: [button for link in made if (button := link(cell)) is not None] for cell in cells
    }
