"""What rows were at each change that the log tells of, removed rows included."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from actionplan.models import ChangeKind, ChangeLog
from actionplan.models.change_log import Values
from actionplan.models.logged import stored_values


@dataclass(frozen=True)
class PastState:
    """One change, and what the row was after it; before it, where it was removed then."""

    change: ChangeLog
    values: Values

    @property
    def instance(self) -> object:
        """The row as it was then."""
        model = apps.get_model(self.change.model)
        return model(**{name: value_of(model, name, value) for name, value in self.values.items()})


def value_of(model: type[models.Model], column: str, value: object) -> object:
    """Make of a value of the log the value of the column again."""
    return _fields(model)[column].to_python(value)


def pasts(changes: QuerySet[ChangeLog]) -> Iterator[PastState]:
    """Yield the state of a row at each of these changes, row by row, the oldest of each first."""
    rows = list(changes.order_by("key", "id"))
    unknown = [
        key
        for key, group in groupby(rows, attrgetter("key"))
        if next(group).kind != ChangeKind.ADDED
    ]
    # A row that was there before the log: it is known from what it is now.
    stored = stored_values(apps.get_model(rows[0].model), unknown) if unknown else {}
    for key, group in groupby(rows, attrgetter("key")):
        yield from _states(list(group), stored.get(key, {}))


def _states(changes: Sequence[ChangeLog], stored: Values) -> Iterator[PastState]:
    values = stored
    for change in reversed(changes):
        values = values | change.before
    for change in changes:
        values = values | change.after
        yield PastState(change, values)


def _fields(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    return {field.attname: field for field in model._meta.concrete_fields}
