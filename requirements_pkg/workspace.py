"""What an app to the right adds to the pages of a package and of closing a plan.

A package's page is made of panels, as the plan's page is (see `actionplan.backoffice.panels`).
"""

from collections.abc import Callable

from django.http import HttpRequest

from actionplan.backoffice.panels import Panel
from actionplan.models import ActionPlan
from requirements_pkg.models import RequirementsPackage

MakePanels = Callable[[HttpRequest, RequirementsPackage], list[Panel]]
TellEffects = Callable[[ActionPlan], list[str]]
_makers: list[MakePanels] = []
_effects: list[TellEffects] = []


def package_panels(maker: MakePanels) -> MakePanels:
    """Add panels to the page of every package, after this app's own."""
    _makers.append(maker)
    return maker


def added_panels(request: HttpRequest, package: RequirementsPackage) -> list[Panel]:
    """What other apps show of one package."""
    return [one for make in _makers for one in make(request, package)]


def closing_effect(tell: TellEffects) -> TellEffects:
    """Add what closing a plan means for what an app keeps of it, in a sentence each."""
    _effects.append(tell)
    return tell


def added_effects(plan: ActionPlan) -> list[str]:
    """What other apps say of closing one plan."""
    return [sentence for tell in _effects for sentence in tell(plan)]
