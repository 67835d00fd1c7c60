"""A package's page in the admin is made of panels; an app to the right adds its own.

As on the plan's page (see `actionplan.workspace`), whose panels they are made like.
"""

from collections.abc import Callable

from django.http import HttpRequest

from actionplan.workspace import Panel
from requirements_pkg.models import RequirementsPackage

MakePanels = Callable[[HttpRequest, RequirementsPackage], list[Panel]]
_makers: list[MakePanels] = []


def package_panels(maker: MakePanels) -> MakePanels:
    """Add panels to the page of every package, after this app's own."""
    _makers.append(maker)
    return maker


def added_panels(request: HttpRequest, package: RequirementsPackage) -> list[Panel]:
    """What other apps show of one package."""
    return [one for make in _makers for one in make(request, package)]
