"""Numbers out of the way while rows of a plan are renumbered: no two share one meanwhile."""

from collections.abc import Iterable
from typing import Final

from django.db.models import CharField, F, Model, Value
from django.db.models.functions import Cast, Concat

from actionplan.models import Goal, ProductArea, SubGoal

ASIDE: Final[dict[object, object]] = {
    ProductArea: F("number") + 10_000,
    Goal: F("number") + 10_000,
    SubGoal: Concat(Value("~"), Cast("pk", CharField())),
}


def put_aside(model: type[Model], rows: Iterable[Model]) -> None:
    """Give stored rows numbers that no document gives, until they get their own."""
    if model in ASIDE:
        aside = model._base_manager.filter(pk__in=[row.pk for row in rows])
        aside.update(number=ASIDE[model])
