"""Who changed what from what to what, read from the historical rows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

ROWS_A_PAGE: Final = 50
# What a person does not call a change.
SILENT: Final = {"id", "slug", "position"}
OWN: Final = (
    "history_id",
    "history_date",
    "history_type",
    "history_user",
    "history_change_reason",
)


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
    """Historical rows, and how to say where in the object each of them belongs."""

    rows: QuerySet
    where: Callable[[Any], str] = field(default=lambda row: "")


def entries(histories: Iterable[Told]) -> Paginator:
    """The changes told by historical rows, newest first, in pages."""
    found: list[Entry] = []
    for told in histories:
        found += _of(told)
    found.sort(key=lambda entry: entry.at, reverse=True)
    return Paginator(found, ROWS_A_PAGE)


def _of(told: Told) -> Iterator[Entry]:
    rows = told.rows.select_related("history_user").order_by("id", "history_id")
    fields = _fields(rows.model)
    names = _Names(fields)
    earlier: Any = None
    for row in rows:
        if earlier is not None and earlier.id != row.id:
            earlier = None
        yield from _changes(earlier, row, told.where(row), names)
        earlier = row


def _fields(model: type[models.Model]) -> list[models.Field]:
    return [f for f in model._meta.fields if f.name not in SILENT and f.name not in OWN]


def _changes(earlier: Any, row: Any, where: str, names: "_Names") -> Iterator[Entry]:
    who = str(row.history_user) if row.history_user else _("the command line")
    what = str(row.instance_type._meta.verbose_name)
    if row.history_type == "-":
        yield Entry(row.history_date, who, what, where, _("removed"), names.whole(row), "")
        return
    if earlier is None:
        yield Entry(row.history_date, who, what, where, _("added"), "", names.whole(row))
        return
    for told in names.fields:
        before, after = (getattr(version, told.attname) for version in (earlier, row))
        if before != after:
            yield Entry(
                row.history_date,
                who,
                what,
                where,
                str(told.verbose_name),
                names.value(told, before),
                names.value(told, after),
            )


class _Names:
    """Values as people read them; a related row is asked for once."""

    def __init__(self, fields: list[models.Field]) -> None:
        self.fields = fields
        self.known: dict[tuple[type[models.Model], Any], str] = {}

    def value(self, field: models.Field, value: Any) -> str:
        """One value: a choice's label, a related row's name, else the value itself."""
        if value in (None, ""):
            return ""
        if field.is_relation:
            return self._related(field.related_model, value)
        return str(dict(field.flatchoices).get(value, value))

    def whole(self, row: Any) -> str:
        """A whole row in one line: its plain values, without what it belongs to."""
        said = [self.value(f, getattr(row, f.attname)) for f in self.fields if not f.is_relation]
        return ", ".join(filter(None, said))

    def _related(self, model: type[models.Model], pk: Any) -> str:
        if (model, pk) not in self.known:
            obj = model._base_manager.filter(pk=pk).first()
            self.known[model, pk] = str(obj) if obj else _("removed (%(pk)s)") % {"pk": pk}
        return self.known[model, pk]
