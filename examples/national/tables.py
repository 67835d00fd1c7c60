"""Rows made up by the hundred thousand: tuples on their way into the database.

Nothing is asked of a row: what fills it knows the rules, and the database refuses what breaks
them. Django's own bulk insert takes five times as long, and tells no log.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final

from django.db import connection, models
from django.db.models import Max

from actionplan.database import bulk_tuples
from actionplan.django_edges import AnyField
from actionplan.models import ChangeKind, ChangeLog, User
from actionplan.models.change_log import COLUMNS, RowChange, Values, label_of
from actionplan.models.logged import Logged, json_value

# When something was done, and the key of who did it.
Signature = tuple[datetime, int]
# What became of a row later, step by step: what was set, when and by whom.
Later = Sequence[tuple[Signature, dict[str, Any]]]
# Of every table, its name and the key's as a statement names them.
FOREIGN_KEYS: Final = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    ORDER BY 1, 2
"""
# SQLite goes on from the largest key by itself.
NEXT_KEY: Final = """
    SELECT setval(name, greatest(nextval(name), (SELECT coalesce(max({}), 1) FROM {})))
    FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS name) AS sequence
    WHERE name IS NOT NULL
"""


class Table:
    """The rows of one model, and what the log tells of them, until they are written."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        fields = model._meta.concrete_fields
        self._blank = {field.attname: _blank(field) for field in fields}
        self._rows = _Rows(model, fields)
        self._key = model._meta.pk.attname
        self._last: int = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        # Of each change: when, by whom, and what became of which row.
        self._changes: list[tuple[Signature, RowChange]] = []

    @property
    def next(self) -> int:
        """The key that the next row gets."""
        return self._last + 1

    def add(self, signature: Signature | None = None, later: Later = (), **values: object) -> int:
        """Make a row, by the names of its columns, and what is told of it; returns its key.

        Args:
            signature: when and by whom it was made, where the log tells of the model.
        """
        self._last += 1
        row = self._blank | values
        row[self._key] = self._last
        if len(row) != len(self._blank):
            raise TypeError(f"{self.model.__name__} has no {row.keys() - self._blank.keys()}.")
        self._tell(row, ChangeKind.ADDED, signature, {}, row)
        for when, changes in later:
            before = {name: row[name] for name in changes}
            self._tell(row, ChangeKind.CHANGED, when, before, changes)
            row |= changes
        self._rows.add(tuple(row.values()))
        return self._last

    def _tell(
        self,
        row: Values,
        kind: ChangeKind,
        signature: Signature | None,
        before: Values,
        after: Values,
    ) -> None:
        if signature is not None and issubclass(self.model, Logged):
            part = f"{self.model.logged_in}_id" if self.model.logged_in else ""
            change = (row[self._key], row.get(part), kind, *map(self._json, (before, after)))
            self._changes.append((signature, RowChange(*change)))

    def _json(self, values: Values) -> Values:
        meta = self.model._meta
        return {name: json_value(meta.get_field(name), value) for name, value in values.items()}

    def write(self) -> None:
        """Put the rows into the database."""
        self._rows.write()

    def tell(self, names: dict[int, str]) -> None:
        """Put into the log what is told of them, when all rows are there.

        Args:
            names: what people are called, by their keys.
        """
        changes, self._changes = self._changes, []
        if not changes:
            return
        model: Any = self.model
        first = min(change.key for _signature, change in changes)
        rows = model._base_manager.filter(pk__gte=first).order_by()
        plans, packages = (
            {} if path is None else dict(rows.values_list("pk", path or "pk"))
            for path in (model.logged_plan, model.logged_package)
        )
        label = label_of(model)
        changes.sort(key=itemgetter(0))
        bulk_tuples.insert(
            ChangeLog,
            (*COLUMNS, "plan", "package"),
            (
                (
                    *(at, by, names[by], change.kind.value, label, *change[:2], *change[3:]),
                    *("", "", plans.get(change.key), packages.get(change.key)),
                )
                for (at, by), change in changes
            ),
        )


class Tables:
    """The tables that are being filled, made when they are first asked for."""

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], Table] = {}

    def __getitem__(self, model: type[models.Model]) -> Table:
        if model not in self._tables:
            self._tables[model] = Table(model)
        return self._tables[model]

    def write(self) -> None:
        """Put everything into the database."""
        for table in self._tables.values():
            table.write()
        names = dict(User.objects.values_list("pk", "username"))
        for table in self._tables.values():
            table.tell(names)

    def close(self) -> None:
        """Let the database give the next keys itself, and none that it has given before."""
        if connection.vendor == "postgresql":
            models_filled: list[type[models.Model]] = [*self._tables, ChangeLog]
            with connection.cursor() as cursor:
                for model in models_filled:
                    table = connection.ops.quote_name(model._meta.db_table)
                    key = str(model._meta.pk.column)
                    cursor.execute(NEXT_KEY.format(key, table), [table, key])
        look_around()


def begin() -> None:
    """Let PostgreSQL answer what is asked in between without compiling it first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")


@contextmanager
def unlinked() -> Iterator[None]:
    """Let PostgreSQL look whether keys lead somewhere once, when all rows are there.

    For each row by itself that takes it a fifth of the time. The foreign keys are put back as they
    were; if the making is broken off they were never away.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        # A table that something waits to be looked at in is not altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(FOREIGN_KEYS)
        keys = cursor.fetchall()
        for table, name, _definition in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def look_around() -> None:
    """Let the database see how much there is: it answers questions to new rows by guesses."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Rows:
    """Tuples of one table of the database."""

    def __init__(self, model: type[models.Model], fields: Sequence[AnyField]) -> None:
        self._model = model
        self._names = [field.name for field in fields]
        self._waiting: list[tuple[object, ...]] = []

    def add(self, row: tuple[object, ...]) -> None:
        self._waiting.append(row)

    def write(self) -> None:
        rows, self._waiting = self._waiting, []
        if rows:
            bulk_tuples.insert(self._model, self._names, rows)


def _blank(field: AnyField) -> object:
    """Return the value of a column that nobody names; None for a moment, which is always given."""
    value = None if field.default in (models.NOT_PROVIDED, None) else field.get_default()
    if isinstance(value, date | datetime):
        return None
    return "" if value is None and field.empty_strings_allowed and not field.null else value
