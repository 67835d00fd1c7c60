"""What apps to the right add to the risk matrix; see `actionplan.extension_points`."""

from collections.abc import Callable

from django.http import HttpRequest

from actionplan.extension_points import Button, ExtensionPoint
from actionplan.models import ActionPlan
from risks.models import RiskCell

CellLink = Callable[[RiskCell], Button | None]
# A link for each cell of every grid that the person may edit.
cell_links = ExtensionPoint[Callable[[HttpRequest, ActionPlan], CellLink]]()
