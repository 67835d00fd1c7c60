"""Who changed what from what to what, read from the change log."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from actionplan.audit.moments import local_moment
from actionplan.database.past_states import PastState, pasts, value_of
from actionplan.django_edges import AnyField, AnyRows
from actionplan.models import ChangeKind, ChangeLog
from actionplan.models.change_log import Values

ROWS_A_PAGE: Final = 50
LONGEST_NAME: Final = 80
# What a person does not call a change.
SILENT: Final = {"id", "uid", "slug", "position"}
Field: TypeAlias = AnyField
Value = tuple[Field, object]


def own_name(past: PastState) -> str:
    """Return what a row called itself then: it may have another name since, or be removed."""
    return Truncator(str(past.instance)).chars(LONGEST_NAME)


@dataclass(frozen=True)
class HistoryEntry:
    """One change of one field, or the making or removing of a row."""

    at: datetime
    who: str
    what: str
    where: str
    field: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class ModelHistory:
    """Changes of rows of a model, how to say where each belongs, and which of them say nothing.

    `silent` names the fields that tell a reader nothing, besides those that never do.
    """

    changes: QuerySet[ChangeLog]
    where: Callable[[PastState], str] = lambda past: ""
    is_listed: Callable[[ChangeLog], bool] = lambda change: True
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Change:
    """An entry whose values are not in words yet."""

    past: PastState
    where: Callable[[PastState], str]
    words: str
    before: Sequence[Value] = ()
    after: Sequence[Value] = ()


class _Pages(Paginator):  # type: ignore[type-arg]
    """Only the page that is looked at is put into words."""

    def _get_page(
        self, object_list: Iterable[_Change], number: int, paginator: "Paginator[HistoryEntry]"
    ) -> "Page[HistoryEntry]":
        return Page(_in_words(list(object_list)), number, paginator)


def entries(histories: Iterable[ModelHistory]) -> "Paginator[HistoryEntry]":
    """Return the changes that the log tells of, newest first, in pages."""
    changes: list[_Change] = []
    for history in histories:
        changes += _of(history)
    changes.sort(key=lambda change: change.past.change.at, reverse=True)
    return _Pages(changes, ROWS_A_PAGE)


def _of(history: ModelHistory) -> Iterator[_Change]:
    """Return all changes of one source: a row of the log may tell of several fields."""
    for past in pasts(history.changes.select_related("by")):
        if history.is_listed(past.change):
            yield from _changes(past, history)


def _changes(past: PastState, history: ModelHistory) -> Iterator[_Change]:
    change = past.change
    fields = _fields(apps.get_model(change.model), history.silent)
    if change.kind == ChangeKind.REMOVED:
        yield _Change(past, history.where, _("removed"), before=_whole(fields, change.before))
    elif change.kind == ChangeKind.ADDED:
        yield _Change(past, history.where, _("added"), after=_whole(fields, change.after))
    else:
        for field in fields:
            if field.attname in change.after:
                before, after = (_value(field, side) for side in (change.before, change.after))
                yield _Change(past, history.where, str(field.verbose_name), [before], [after])


def _fields(model: type[models.Model], silent: frozenset[str]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if field.name not in SILENT | silent]


def _whole(fields: Iterable[Field], values: Values) -> list[Value]:
    """Return the plain values of a whole row, without what it belongs to."""
    return [
        _value(field, values)
        for field in fields
        if not field.is_relation and field.attname in values
    ]


def _value(field: Field, values: Values) -> Value:
    return field, value_of(field.model, field.attname, values[field.attname])


def _in_words(changes: Sequence[_Change]) -> list[HistoryEntry]:
    names = _Names(changes)
    return [
        HistoryEntry(
            at=change.past.change.at,
            who=change.past.change.who or _("the command line"),
            what=str(apps.get_model(change.past.change.model)._meta.verbose_name),
            where=change.where(change.past),
            field=change.words,
            before=names.together(change.before),
            after=names.together(change.after),
            reason=change.past.change.reason,
        )
        for change in changes
    ]


class _Names:
    """Values as people read them; the related rows of each model are asked for once."""

    def __init__(self, changes: Iterable[_Change]) -> None:
        keys: dict[type[models.Model], set[object]] = defaultdict(set)
        for change in changes:
            for field, value in (*change.before, *change.after):
                if field.related_model is not None and value is not None:
                    keys[field.related_model].add(value)
        self.known = {
            (model, row.pk): str(row) for model, pks in keys.items() for row in _named(model, pks)
        }

    def together(self, values: Iterable[Value]) -> str:
        """Return what is said: one value as it is, several each on a line after its name."""
        parts = [(field, words) for field, value in values if (words := self._words(field, value))]
        if len(parts) == 1:
            return parts[0][1]
        return "\n".join(f"{capfirst(str(field.verbose_name))}: {words}" for field, words in parts)

    def _words(self, field: Field, value: object) -> str:
        """Say one value: a choice's label, a related row's name, else the value itself."""
        if value in (None, ""):
            return ""
        if field.related_model is not None:
            removed = _("removed (%(pk)s)") % {"pk": value}
            return self.known.get((field.related_model, value), removed)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime):
            return local_moment(value.isoformat())
        return str(dict(field.flatchoices).get(value, value))


def _named(model: type[models.Model], pks: Iterable[object]) -> AnyRows:
    """Read rows with what they always point at, for that is what their names are made of."""
    points_at = [f.name for f in model._meta.fields if f.is_relation and not f.null]
    rows = model._base_manager.filter(pk__in=pks)
    return rows.select_related(*points_at) if points_at else rows
