"""How an app is heard by one to its left, which must not import it. The one mechanism for that.

The app to the left lists what others may add to it in a module of this name. An app to the right
marks a function with the point, when its admin is loaded or in `AppConfig.ready()`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from actionplan.models import ActionPlan, User

Provider = TypeVar("Provider")


class ExtensionPoint(Generic[Provider]):
    """What other apps have added, in the order in which they did."""

    def __init__(self) -> None:
        self._providers: list[Provider] = []

    def __call__(self, provider: Provider) -> Provider:
        """Add a provider: the point is its decorator."""
        self._providers.append(provider)
        return provider

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._providers)


@dataclass(frozen=True)
class Button:
    """A link to something one does with the plan."""

    label: str
    address: str
    is_main: bool = False


@dataclass(frozen=True)
class Panel:
    """A part of a page of the admin: what it shows, what one can do, and what is missing."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class AdminPage:
    """A page of the admin without a model: its route below the admin, its name, its view."""

    route: str
    name: str
    view: Callable[..., HttpResponseBase]


# Panels of the page of every plan, after those of the apps to the left. The plan has its contacts
# read, and `whole_goals` (see `actionplan.backoffice.plan_page`).
plan_panels = ExtensionPoint[Callable[[HttpRequest, ActionPlan], list[Panel]]]()
# A panel below the form of one row, for a row of any model; None for most.
row_panels = ExtensionPoint[Callable[[HttpRequest, models.Model], Panel | None]]()
# Panels of the first page of the back office, above its lists: what waits for whoever asks.
front_panels = ExtensionPoint[Callable[[HttpRequest], list[Panel]]]()
# A sentence that whoever changes a part of a plan's draft has to know, "" for none.
plan_notices = ExtensionPoint[Callable[[ActionPlan], str]]()
# What there is to look at again when these rows of a model have changed, by their keys.
links_to_review = ExtensionPoint[Callable[[type[models.Model], Collection[int]], Button | None]]()
# What ends when somebody has another password, loses a role or is made inactive: secret addresses.
access_narrowed = ExtensionPoint[Callable[[User], None]]()
admin_pages = ExtensionPoint[AdminPage]()
# The rows of confidential models that a person sees, for the lists of the logs.
confidential_rows = ExtensionPoint[Callable[[Any], "Iterable[models.QuerySet[Any]]"]]()
# Pages of the admin that show what is confidential, by their name, with the model of what they
# show: reading them is told in the log. The lists and forms of a confidential model go without.
confidential_pages = ExtensionPoint[Mapping[str, type[models.Model]]]()
