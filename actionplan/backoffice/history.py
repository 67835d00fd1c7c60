"""Who changed what from what to what, read from the historical rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

ROWS_A_PAGE: Final = 50
LONGEST_NAME: Final = 80
# What a person does not call a change.
SILENT: Final = {"id", "slug", "position"}
OWN: Final = (
    "history_id",
    "history_date",
    "history_type",
    "history_user",
    "history_change_reason",
)
Value = tuple[models.Field, Any]


def own_name(row: Any) -> str:
    """What a row called itself then: it may have another name since, or be removed."""
    return Truncator(str(row.instance)).chars(LONGEST_NAME)


@dataclass(frozen=True)
class Entry:
    """One change of one field, or the making or removing of a row."""

    at: datetime
    who: str
    what: str
    where: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """Historical rows, how to say where each of them belongs, and which of them say nothing.

    `silent` names the fields that tell a reader nothing, besides those that never do.
    """

    rows: QuerySet
    where: Callable[[Any], str] = lambda row: ""
    is_told: Callable[[Any], bool] = lambda row: True
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Change:
    """An entry whose values are not in words yet."""

    row: Any
    where: Callable[[Any], str]
    said: str
    before: Sequence[Value] = ()
    after: Sequence[Value] = ()


class _Pages(Paginator):
    """Only the page that is looked at is put into words."""

    def _get_page(self, object_list: Iterable[_Change], *args: Any, **kwargs: Any) -> Page:
        return super()._get_page(_in_words(list(object_list)), *args, **kwargs)


def entries(histories: Iterable[Told]) -> Paginator:
    """The changes told by historical rows, newest first, in pages."""
    found: list[_Change] = []
    for told in histories:
        found += _of(told)
    found.sort(key=lambda change: change.row.history_date, reverse=True)
    return _Pages(found, ROWS_A_PAGE)


def _of(told: Told) -> Iterator[_Change]:
    """All the changes of one source: how many a row makes is known when it has been compared."""
    rows = told.rows.select_related("history_user").order_by("id", "history_id")
    fields = _fields(rows.model, told.silent)
    earlier: Any = None
    for row in rows:
        if earlier is not None and earlier.id != row.id:
            earlier = None
        if told.is_told(row):
            yield from _changes(earlier, row, told.where, fields)
        earlier = row


def _fields(model: type[models.Model], silent: frozenset[str]) -> list[models.Field]:
    return [f for f in model._meta.fields if f.name not in SILENT | silent and f.name not in OWN]


def _changes(
    earlier: Any, row: Any, where: Callable[[Any], str], fields: Sequence[models.Field]
) -> Iterator[_Change]:
    # A whole row is told by its plain values, without what it belongs to.
    whole = [(field, getattr(row, field.attname)) for field in fields if not field.is_relation]
    if row.history_type == "-":
        yield _Change(row, where, _("removed"), before=whole)
    elif row.history_type == "+":
        yield _Change(row, where, _("added"), after=whole)
    elif earlier is None:
        # What it was before was never written down, which is not to say that it was nothing.
        yield _Change(row, where, _("changed"), after=whole)
    else:
        for field in fields:
            before, after = (getattr(version, field.attname) for version in (earlier, row))
            if before != after:
                name = str(field.verbose_name)
                yield _Change(row, where, name, [(field, before)], [(field, after)])


def _in_words(changes: Sequence[_Change]) -> list[Entry]:
    names = _Names(changes)
    return [
        Entry(
            at=change.row.history_date,
            who=str(change.row.history_user or _("the command line")),
            what=str(change.row.instance_type._meta.verbose_name),
            where=change.where(change.row),
            field=change.said,
            before=names.together(change.before),
            after=names.together(change.after),
        )
        for change in changes
    ]


class _Names:
    """Values as people read them; the related rows of each model are asked for once."""

    def __init__(self, changes: Iterable[_Change]) -> None:
        keys: dict[type[models.Model], set[Any]] = defaultdict(set)
        for change in changes:
            for field, value in (*change.before, *change.after):
                if field.is_relation and value is not None:
                    keys[field.related_model].add(value)
        self.known = {
            (model, row.pk): str(row) for model, pks in keys.items() for row in _named(model, pks)
        }

    def together(self, values: Iterable[Value]) -> str:
        """Several values in one line, without the empty ones."""
        return ", ".join(filter(None, (self._one(field, value) for field, value in values)))

    def _one(self, field: models.Field, value: Any) -> str:
        """One value: a choice's label, a related row's name, else the value itself."""
        if value in (None, ""):
            return ""
        if field.is_relation:
            gone = _("removed (%(pk)s)") % {"pk": value}
            return self.known.get((field.related_model, value), gone)
        return str(dict(field.flatchoices).get(value, value))


def _named(model: type[models.Model], pks: Iterable[Any]) -> QuerySet:
    """Rows with what they always point at, for that is what their names are made of."""
    points_at = [f.name for f in model._meta.fields if f.is_relation and not f.null]
    rows = model._base_manager.filter(pk__in=pks)
    return rows.select_related(*points_at) if points_at else rows
