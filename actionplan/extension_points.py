"""How an app is heard by one to its left, which must not import it. The one mechanism for that.

The app to the left lists what others may add to it in a module of this name. An app to the right
marks a function with the point, when its admin is loaded or in `AppConfig.ready()`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any, Generic, TypeVar

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from actionplan.django_edges import PageContext
from actionplan.models import ActionPlan, ChangeLog, User

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


class PlanTab(Enum):
    """The parts of a plan's workspace, in the order of their tabs; the value is in the address."""

    OVERVIEW = "oversikt"
    MATRIX = "matris"
    REQUIREMENTS = "krav"
    GOALS = "mal"
    FOLLOW_UP = "uppfoljning"
    REVIEW = "granska"
    HISTORY = "history"


class TabPoint(ExtensionPoint[Provider]):
    """What other apps have added to the tabs of a plan; a tab asks only those that are its own."""

    def __init__(self) -> None:
        super().__init__()
        self._of: dict[PlanTab, list[Provider]] = defaultdict(list)

    def __call__(self, provider: Provider) -> Provider:
        """Add a provider to the overview."""
        return self.on(PlanTab.OVERVIEW)(provider)

    def on(self, tab: PlanTab) -> Callable[[Provider], Provider]:
        """Return a decorator that adds a provider to a tab."""

        def add(provider: Provider) -> Provider:
            self._of[tab].append(provider)
            return super(TabPoint, self).__call__(provider)

        return add

    def of(self, tab: PlanTab) -> list[Provider]:
        """Return those of one tab, in the order in which they were added."""
        return list(self._of[tab])


@dataclass(frozen=True)
class Button:
    """A link to something one does with the plan."""

    label: str
    address: str
    is_main: bool = False


@dataclass(frozen=True)
class Panel:
    """A part of a page of the admin: what it shows, what one can do, and what is missing.

    `anchor` is its place in the address of the page; a wide one takes the whole width.
    """

    title: str
    template: str
    context: PageContext = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    missing: tuple[str, ...] = ()
    anchor: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class Figure:
    """How far a part of a plan has come, in words or a number, and the tab that tells more."""

    label: str
    words: str
    tab: PlanTab
    done: int = 0
    total: int = 0


class Urgency(IntEnum):
    """How soon something that a plan lacks is to be seen to."""

    NOW = 1
    SOON = 2
    SOME_TIME = 3


@dataclass(frozen=True)
class Gap:
    """Something that a plan lacks, and the place where one sees to it."""

    text: str
    address: str
    urgency: Urgency = Urgency.SOON


@dataclass(frozen=True)
class AdminPage:
    """A page of the admin without a model: its route below the admin, its name, its view."""

    route: str
    name: str
    view: Callable[..., HttpResponseBase]


class PlaceGroup(IntEnum):
    """The parts of the side menu, in their order."""

    MINE = 1
    WORK = 2
    LOOK_UP = 3


@dataclass(frozen=True)
class AdminPlace:
    """A place of the back office where people work, as the side menu names it."""

    title: str
    address: str
    group: PlaceGroup = PlaceGroup.WORK


# Panels of a tab of every plan, after those of the apps to the left: `@plan_panels.on(tab)`.
plan_panels = TabPoint[Callable[[HttpRequest, ActionPlan], list[Panel]]]()
# How far plans have come, by their keys: for the overview of one, and for whoever has many.
plan_figures = ExtensionPoint[Callable[[Collection[int]], Mapping[int, Figure]]]()
# What a plan lacks: said on the tab where one sees to it, and all together on the overview.
plan_gaps = TabPoint[Callable[[HttpRequest, ActionPlan], Iterable[Gap]]]()
# A panel below the form of one row, for a row of any model; None for most.
row_panels = ExtensionPoint[Callable[[HttpRequest, models.Model], Panel | None]]()
# Places of the side menu that are for whoever asks.
admin_places = ExtensionPoint[Callable[[HttpRequest], Iterable[AdminPlace]]]()
# Where one goes on with what changes of the log were about, by the keys of the changes; else with
# their plan.
change_places = ExtensionPoint[Callable[[Collection[ChangeLog]], Mapping[int, str]]]()
# Panels of the first page of the back office: what waits for whoever asks. Those of the apps to
# the right come first.
front_panels = ExtensionPoint[Callable[[HttpRequest], list[Panel]]]()
# A sentence that whoever changes a part of a plan's draft has to know, "" for none.
plan_notices = ExtensionPoint[Callable[[ActionPlan], str]]()
# What there is to look at again when these rows of a model have changed, by their keys.
links_to_review = ExtensionPoint[Callable[[type[models.Model], Collection[int]], Button | None]]()
# What ends when somebody has another password, loses a role or is made inactive: secret addresses.
access_narrowed = ExtensionPoint[Callable[[User], None]]()
admin_pages = ExtensionPoint[AdminPage]()
# What removes personal data that has been kept for long enough, and returns of how many; told by
# `tidy`, which with True only counts.
old_personal_data = ExtensionPoint[Callable[[bool], int]]()
# The rows of confidential models that a person sees, for the lists of the logs.
confidential_rows = ExtensionPoint[Callable[[Any], "Iterable[models.QuerySet[Any]]"]]()
# Pages of the admin that show what is confidential, by their name, with the model of what they
# show: reading them is told in the log. The lists and forms of a confidential model go without.
confidential_pages = ExtensionPoint[Mapping[str, type[models.Model]]]()
