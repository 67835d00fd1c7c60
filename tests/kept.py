"""Fixtures that are made once: the rows that they wrote are put back for every later test.

Making a plan and publishing it costs a twentieth of a second, and thousands of tests begin with
it. A fixture that gives rows (or lists of rows, texts and numbers) is marked `@kept`, below
`@pytest.fixture`. The first test that asks for it makes it, and notes every row that came, went
or changed; later tests get those rows back with a few statements, and the object read anew.

They are set up before the fixtures that are not kept, and put back only where they would be made
the same: after the same kept fixtures, on the same day, when nothing else has been written and no
fixture has changed a setting or taken a function's place. Otherwise they are made, as unmarked.
Writes are seen where Django executes them, and where `actionplan.database.bulk_tuples` copies
them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, wraps
from inspect import isgeneratorfunction
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from actionplan.database import bulk_tuples

WRITING = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)', re.I)
# Whoever asks for these changes what others find; but every test has these fixtures of ours.
CHANGING = {"monkeypatch", "settings"}
HARMLESS = {"quick_settings", "nothing_remembered", "places_for_files", "children_at_home"}


@dataclass
class SoFar:
    """What the running test has set up until now."""

    names: tuple[str, ...] = ()
    rows: list[models.Model] = field(default_factory=list)
    is_changed: bool = False
    # The tables that were written to other than by a kept fixture.
    written: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Made:
    """What a fixture gave, and the statements that write its rows again."""

    value: object
    tables: frozenset[str]
    statements: tuple[str, ...]


so_far = SoFar()
made: dict[tuple[object, ...], Made] = {}
# In the order in which they are set up.
marked: list[Callable[..., Any]] = []


copy_rows = bulk_tuples.insert_as_stored


def noted(model: type[models.Model], *what: Any, **how: Any) -> None:
    """Write rows as tuples, which PostgreSQL takes by COPY, and note their table."""
    so_far.written.add(model._meta.db_table)
    copy_rows(model, *what, **how)


bulk_tuples.insert_as_stored = noted


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Set up what is kept first, after what every test has.

    Not where a server runs: nothing is kept there, and its database has to be filled before.
    """
    for item in items:
        if isinstance(item, pytest.Function) and "live_server" not in item.fixturenames:
            definitions = item._fixtureinfo.name2fixturedefs
            order = {
                name: marked.index(definitions[name][-1].func)
                for name in item.fixturenames
                if name in definitions and definitions[name][-1].func in marked
            }
            first = 1 + max(item.fixturenames.index(name) for name in HARMLESS)
            late = [name for name in item.fixturenames[first:] if name not in order]
            item.fixturenames = [
                *(name for name in item.fixturenames[:first] if name not in order),
                *sorted(order, key=order.__getitem__),
                *late,
            ]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Nothing is set up for the next test yet, and all that it writes is watched."""
    global so_far
    so_far = SoFar()
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef) -> Iterator[None]:
    """Note a fixture of ours that may change more than the database."""
    is_ours = fixturedef.func.__module__.startswith("tests.") and fixturedef.scope == "function"
    changes = isgeneratorfunction(fixturedef.func) or CHANGING & set(fixturedef.argnames)
    if is_ours and changes and fixturedef.argname not in HARMLESS:
        so_far.is_changed = True
    made_fixture = yield
    if fixturedef.argname == "django_db_setup":
        # The tables are made for the first test that runs; that is no writing of its own.
        so_far.written.clear()
    return made_fixture


def kept(make: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a fixture whose rows are put back rather than made again."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def fixture(**given: object) -> object:
        is_watched = connection.in_atomic_block and watch in connection.execute_wrappers
        if so_far.is_changed or so_far.written or not is_watched:
            so_far.is_changed = True
            return make(**given)
        key = (timezone.localdate(), *so_far.names, name)
        if key not in made:
            made[key] = first_made(make, given)
        return put_back(made[key], name)

    marked.append(fixture)
    return fixture


def watch(execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
    """Note what table a statement writes to."""
    if writes := WRITING.match(sql):
        so_far.written.add(writes[1])
    return execute(sql, params, many, context)


def first_made(make: Callable[..., Any], given: dict[str, object]) -> Made:
    """Make what a fixture gives, note what it wrote, and take it back."""
    with transaction.atomic():
        value = make(**{name: again(argument) for name, argument in given.items()})
        tables = frozenset(so_far.written)
        after = {table: rows_of(table) for table in tables}
        transaction.set_rollback(True)
    before = {table: rows_of(table) for table in tables}
    statements = (sql for table in tables for sql in changing(before[table], after[table], table))
    return Made(value, tables, tuple(statements))


def put_back(what: Made, name: str) -> object:
    """Write the rows of a fixture, and read what it gave."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and what.statements:
            cursor.execute(";".join(what.statements))
        else:
            for statement in what.statements:
                cursor.execute(statement)
    for row in so_far.rows:
        if row._meta.db_table in what.tables:
            row.refresh_from_db()
    value = again(what.value)
    so_far.names += (name,)
    so_far.rows += [row for row in (value if isinstance(value, list) else [value]) if is_row(row)]
    so_far.written.clear()
    return value


def is_row(value: object) -> bool:
    return isinstance(value, models.Model)


def again(value: Any) -> Any:
    """The same, with every row read from the database."""
    if is_row(value):
        return type(value)._base_manager.get(pk=value.pk)
    if isinstance(value, list):
        return [again(part) for part in value]
    if isinstance(value, dict):
        return {name: again(part) for name, part in value.items()}
    return value


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """The names of a table's columns, the key first; not of those that the database works out."""
    (model,) = (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table == table and not model._meta.proxy
    )
    key = model._meta.pk.column
    rest = [
        concrete.column
        for concrete in model._meta.local_concrete_fields
        if not concrete.primary_key
    ]
    return (key, *rest)


def rows_of(table: str) -> dict[str, str]:
    """Every row of a table as it would be written in SQL, under its key."""
    quote = "quote_nullable({}::text)" if connection.vendor == "postgresql" else "quote({})"
    literals = [quote.format(connection.ops.quote_name(name)) for name in columns_of(table)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(literals)} FROM {table}")  # noqa: S608
        return {row[0]: f"({', '.join(row)})" for row in cursor.fetchall()}


def changing(before: dict[str, str], after: dict[str, str], table: str) -> Iterator[str]:
    """The statements that make the rows of a table what they are afterwards."""
    if removed := [key for key, row in before.items() if after.get(key) != row]:
        key = connection.ops.quote_name(columns_of(table)[0])
        yield f"DELETE FROM {table} WHERE {key} IN ({', '.join(removed)})"  # noqa: S608
    if new := [row for key, row in after.items() if before.get(key) != row]:
        names = ", ".join(map(connection.ops.quote_name, columns_of(table)))
        yield f"INSERT INTO {table} ({names}) VALUES {', '.join(new)}"  # noqa: S608
