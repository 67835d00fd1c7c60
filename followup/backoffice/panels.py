"""A follow-up's page in the admin is made of panels, each in the module of its topic.

As on the plan's page (see `actionplan.backoffice.panels`): who writes a panel registers it here,
and the page shows them in the order in which the modules are imported by `followup.admin`.
"""

from collections.abc import Callable

from django.http import HttpRequest

from actionplan.backoffice.panels import Panel
from followup.models import FollowUp

MakePanel = Callable[[HttpRequest, FollowUp], Panel]
_makers: list[MakePanel] = []


def panel(maker: MakePanel) -> MakePanel:
    """Add a panel to the page of every follow-up."""
    _makers.append(maker)
    return maker


def panels(request: HttpRequest, follow_up: FollowUp) -> list[Panel]:
    """The panels of one follow-up's page."""
    return [make(request, follow_up) for make in _makers]
