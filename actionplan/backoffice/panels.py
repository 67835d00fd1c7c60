"""The plan's page in the admin is made of panels; each app to the right adds its own.

The plan is the lowest app's, but what is worth seeing of it (matrix, versions) belongs to apps
that it must not import. They register a panel, as they register a model admin.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from actionplan.models import ActionPlan


@dataclass(frozen=True)
class Button:
    """A link to something one does with the plan."""

    label: str
    address: str
    is_main: bool = False


@dataclass(frozen=True)
class Panel:
    """A part of the plan's page: what it shows, what one can do, and what is missing."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    missing: tuple[str, ...] = ()


# The plan has its contacts read, and `whole_goals`: with their sub-goals and indicators, in order.
MakePanel = Callable[[HttpRequest, ActionPlan], Panel]
MakePanels = Callable[[HttpRequest, ActionPlan], list[Panel]]
MakeNotice = Callable[[ActionPlan], str]
_makers: list[MakePanels] = []
_notices: list[MakeNotice] = []


def panel(maker: MakePanel) -> MakePanel:
    """Add a panel to the page of every plan, after those of the apps to the left."""
    _makers.append(lambda request, plan: [maker(request, plan)])
    return maker


def panel_group(maker: MakePanels) -> MakePanels:
    """Add several panels that are made of one look at the plan."""
    _makers.append(maker)
    return maker


def notice(maker: MakeNotice) -> MakeNotice:
    """Add a sentence that whoever changes a part of a plan's draft has to know, "" for none."""
    _notices.append(maker)
    return maker


def tell_notices(request: HttpRequest, plan: ActionPlan) -> None:
    """Say on the page that is being made what its reader has to know before they change it."""
    for make in _notices:
        if sentence := make(plan):
            messages.warning(request, sentence)


def panels(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """The panels of one plan's page."""
    return [one for make in _makers for one in make(request, plan)]
