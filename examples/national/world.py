"""What the parts of the made-up nation share: how large it is, who is there, and the dice."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from django.db import models

from actionplan.models import ChangeEvent, EventKind, Organisation, User
from examples import national_texts as texts
from examples.national.tables import Signature, Tables
from examples.national_categories import CATEGORIES

YEARS: Final = 4  # of a plan


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is of everything; by default a nation that has used it for ten years."""

    categories: int = len(CATEGORIES)
    periods: int = 3
    areas: int = 6
    statements: tuple[int, int] = (5, 10)  # of a cell that is described
    requirements: tuple[int, int] = (195, 249)  # of a package
    versions: tuple[int, ...] = (3, 2, 2, 2, 3, 2, 2, 2, 2)  # of a package, by turns
    treats: int = 5
    follow_ups: int = 37  # of an area, over the years of its plan
    questions: int = 10
    deviations: tuple[int, ...] = (0, 2, 3, 3, 4, 5, 5, 6)  # of a follow-up, one of these
    readings: int = 3  # of each indicator, for the country and each organisation


FULL: Final = Sizes()
SMALL: Final = Sizes(
    categories=16,
    periods=1,
    statements=(1, 3),
    requirements=(50, 90),
    versions=(2, 1),
    follow_ups=15,
    questions=5,
    deviations=(0, 1, 1, 2),
    readings=2,
)


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who works in a procurement region."""

    coordinator: User
    reviewer: User


@dataclass(frozen=True, slots=True)
class Area:
    """A product area, with the risks that can be treated: their keys and words."""

    pk: int
    name: str
    risks: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Indicated:
    """An indicator: its key, and its target where it is measured."""

    pk: int
    number: str
    target: int | None


@dataclass(slots=True)
class Plan:
    """A plan that is made, as far as what comes after it asks."""

    pk: int
    slug: str
    name: str
    prefix: str
    region: int
    keepers: Keepers
    first_year: int
    is_current: bool
    areas: list[Area] = field(default_factory=list)
    sub_goals: list[tuple[int, str]] = field(default_factory=list)
    indicators: list[Indicated] = field(default_factory=list)

    @property
    def last_year(self) -> int:
        return self.first_year + YEARS - 1


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is needed to make a part of the nation."""

    sizes: Sizes
    until: date
    organisations: list[Organisation]
    tables: Tables
    chance: random.Random

    def signature(self, day: date, who: User) -> Signature:
        """Date it at noon of a day, by somebody."""
        return noon(day), who.pk

    def event(
        self,
        kind: EventKind,
        target: tuple[type[models.Model], int],
        by: User,
        at: datetime,
        **detail: object,
    ) -> None:
        """Tell of something that was done: a row of its model, by its key."""
        model, pk = target
        self.tables[ChangeEvent].add(
            kind=kind.value,
            target=model._meta.label,
            target_id=pk,
            actor=by.get_username(),
            at=at,
            detail=detail,
        )

    def happens(self, often: float) -> bool:
        """Tell whether something happens that does so this often, of once."""
        return self.chance.random() < often

    def filled(self, sentence: str, area: str, **more: object) -> str:
        """Return a sentence filled in with an area, some material and more."""
        material = self.chance.choice(texts.MATERIALS)
        return sentence.format(area=area.lower(), Area=area, material=material, **more)


@cache
def noon(day: date, later: int = 0) -> datetime:
    """Return noon, in Swedish winter time, of a day or of one some days later."""
    return datetime.combine(day + timedelta(days=later), time(11), tzinfo=UTC)
