"""Questions that Django writes down once: that takes it longer than a database takes to answer.

Only for questions whose rows are named by keys and read as tuples; all else in them stands in the
code. A process keeps the SQL, never what was answered.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import chain, count
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

# A key, or several of which a row has any: of none no row has one.
Key = int | list[int]
Row = tuple[Any, ...]
# What stands for the keys while a question is written; no row of ours has such a key.
FIRST: Final = 7_000_000_000_000_000_001


@dataclass(frozen=True, slots=True)
class _Written:
    """A question as SQL; where it was written with a stand-in, a key is put each time."""

    sql: str
    values: tuple[Any, ...]
    # By column: what makes of a database's value the model's.
    converters: tuple[tuple[int, tuple[Any, Any]], ...]


def written_once(question: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """Make of a function that gives a `values_list()` one that gives its rows."""
    known: dict[tuple[Any, ...], _Written] = {}

    @wraps(question)
    def ask(*keys: Key) -> list[Row]:
        if [] in keys:
            return []
        # As many stand-ins as there are keys; the same question of two keys is another of three.
        shape = connection.vendor, *(None if isinstance(key, int) else len(key) for key in keys)
        stand_ins = dict(zip(count(FIRST), chain.from_iterable(map(_each, keys)), strict=False))
        written = known.get(shape)
        if written is None:
            written = known[shape] = _write(question(*_stood_in(keys)), frozenset(stand_ins))
        with connection.cursor() as cursor:
            cursor.execute(
                written.sql,
                [stand_ins.get(v, v) if type(v) is int else v for v in written.values],
            )
            rows = cursor.fetchall()
        return list(_converted(rows, written.converters)) if written.converters else rows

    return ask


def _each(key: Key) -> list[int]:
    return [key] if isinstance(key, int) else key


def _stood_in(keys: Iterable[Key]) -> Iterator[Key]:
    numbers = count(FIRST)
    for key in keys:
        yield next(numbers) if isinstance(key, int) else [next(numbers) for _each in key]


def _write(question: QuerySet[Any, Row], stand_ins: frozenset[int]) -> _Written:
    """The SQL of a question.

    Raises:
        ValueError: it does not ask for each of its keys, or reads more than it shows.
    """
    compiler = question.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    if compiler.has_extra_select or stand_ins - {v for v in values if type(v) is int}:
        raise ValueError(f"It cannot be written once: {sql}")
    converters = compiler.get_converters([expression for expression, *_sql in compiler.select])
    return _Written(sql, tuple(values), tuple(converters.items()))


def _converted(
    rows: Iterable[Row], converters: Sequence[tuple[int, tuple[Any, Any]]]
) -> Iterator[Row]:
    for row in rows:
        values = list(row)
        for at, (convert, expression) in converters:
            value = values[at]
            for one in convert:
                value = one(value, expression, connection)
            values[at] = value
        yield tuple(values)
