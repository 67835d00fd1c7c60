"""From a cell of the grid to what one makes of its risks; the apps to the right say where.

The grid is this app's, but requirements belong to one that it must not import. That one registers
a link, as it registers a panel on the plan's page.
"""

from collections.abc import Callable, Iterable

from django.http import HttpRequest

from actionplan.backoffice.panels import Button
from actionplan.models import ActionPlan
from risks.models import RiskCell

Link = Callable[[RiskCell], Button | None]
MakeLink = Callable[[HttpRequest, ActionPlan], Link]
_makers: list[MakeLink] = []


def onward(maker: MakeLink) -> MakeLink:
    """Add a link for each cell of every grid that the person may edit."""
    _makers.append(maker)
    return maker


def links(
    request: HttpRequest, plan: ActionPlan, cells: Iterable[RiskCell]
) -> list[tuple[RiskCell, Button]]:
    """What leads on from cells; nothing is asked of them but their statements."""
    made = [make(request, plan) for make in _makers]
    return [
        (cell, button) for cell in cells for link in made if (button := link(cell)) is not None
    ]
