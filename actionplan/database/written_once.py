"""Questions that Django writes down once: that takes it longer than a database takes to answer.

Only for questions whose rows are named by keys and read as tuples; all else in them stands in the
code. A process keeps the SQL, never what was answered. Several are asked `together` by one
statement, since the way to a database and back costs as much as a short answer.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from itertools import accumulate, chain, count, pairwise
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import QuerySet

# A key, or several of which a row has any: of none no row has one.
Key = int | list[int]
Row = tuple[Any, ...]
# What stands for the keys while a question is written; no row of ours has such a key.
FIRST: Final = 7_000_000_000_000_000_001
# Of several questions: which one a row answers, and its place among those answers.
PLACE: Final = 2


@dataclass(frozen=True, slots=True)
class _Written:
    """A question as SQL; where it was written with a stand-in, a key is put each time."""

    sql: str
    values: tuple[Any, ...]
    # By column: what makes of a database's value the model's.
    converters: tuple[tuple[int, tuple[Any, Any]], ...]
    # By column: nothing, as the database writes it.
    nothing: tuple[str, ...]


class WrittenOnce:
    """A question that is written once for each number of keys."""

    def __init__(self, question: Callable[..., QuerySet[Any, Row]]) -> None:
        update_wrapper(self, question)
        self._question = question
        self._known: dict[tuple[Any, ...], _Written] = {}

    def __call__(self, *keys: Key) -> list[Row]:
        """Ask it alone."""
        (rows,) = together(self.of(*keys))
        return rows

    def of(self, *keys: Key) -> "Asked":
        """Give it its keys, to be asked together with others."""
        return Asked(self, keys)

    def written(self, keys: tuple[Key, ...]) -> _Written:
        """Return its SQL for as many keys as these."""
        # The same question of two keys is another of three.
        shape = connection.vendor, *(None if isinstance(key, int) else len(key) for key in keys)
        if shape not in self._known:
            stand_ins = frozenset(_stand_ins(keys))
            self._known[shape] = _write(self._question(*_stood_in(keys)), stand_ins)
        return self._known[shape]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the keys that it is asked with."""

    question: WrittenOnce
    keys: tuple[Key, ...]

    @property
    def written(self) -> _Written:
        """Its SQL for as many keys."""
        return self.question.written(self.keys)


Part = tuple[WrittenOnce, _Written]
Made = TypeVar("Made")
# Work that asks several questions at a step, and is given their rows for the next.
Steps = Generator[Sequence[Asked], list[list[Row]], Made]


def written_once(question: Callable[..., QuerySet[Any, Row]]) -> WrittenOnce:
    """Make of a function that gives a `values_list()` one that gives its rows."""
    return WrittenOnce(question)


def together(*questions: Asked) -> list[list[Row]]:
    """Ask several questions by one statement; returns the rows of each, in its own order."""
    found: list[list[Row]] = [[] for _one in questions]
    told = [at for at, one in enumerate(questions) if [] not in one.keys]
    if not told:
        return found
    parts = [(questions[at].question, questions[at].written) for at in told]
    values = (
        _values(questions[at].keys, one) for at, (_question, one) in zip(told, parts, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(_statement(parts), list(chain.from_iterable(values)))
        rows = cursor.fetchall()
    parted = _parted(rows, parts) if parts[1:] else [rows]
    for at, (_question, one), part in zip(told, parts, parted, strict=True):
        found[at] = _converted(part, one.converters)
    return found


def in_step(*works: Steps[Made]) -> list[Made]:
    """Do pieces of work side by side: what all of them ask at a step is asked together."""
    made: dict[int, Made] = {}
    answers: dict[int, list[list[Row]] | None] = dict.fromkeys(range(len(works)))
    while answers:
        asked: dict[int, Sequence[Asked]] = {}
        for at, answer in answers.items():
            try:
                asked[at] = works[at].send(answer)
            except StopIteration as end:
                made[at] = end.value
        rows = iter(together(*chain.from_iterable(asked.values())))
        answers = {at: [next(rows) for _one in questions] for at, questions in asked.items()}
    return [made[at] for at in range(len(works))]


def _statement(parts: Sequence[Part]) -> str:
    """Write one statement: each question has columns of its own, in which others say nothing."""
    if not parts[1:]:
        return parts[0][1].sql
    nothing = {question: ", ".join(one.nothing) for question, one in parts}
    selects = []
    for at, (question, one) in enumerate(parts):
        columns = nothing | {question: "told.*"}
        # Numbered in the order that each question asks for: a union has none of its own.
        numbered = ", ".join([str(at), "ROW_NUMBER() OVER ()", *columns.values()])
        selects.append(f"SELECT {numbered} FROM ({one.sql}) AS told")  # noqa: S608 - our own
    return f"{' UNION ALL '.join(selects)} ORDER BY 1, 2"


def _values(keys: Sequence[Key], written: _Written) -> Iterator[Any]:
    """Put the keys of a question where their stand-ins were written."""
    known = dict(zip(_stand_ins(keys), _every(keys), strict=True))
    return (known.get(value, value) if type(value) is int else value for value in written.values)


def _parted(rows: Iterable[Row], parts: Sequence[Part]) -> list[list[Row]]:
    widths = {question: len(one.nothing) for question, one in parts}
    ends = pairwise(accumulate(widths.values(), initial=PLACE))
    columns = {question: slice(*span) for question, span in zip(widths, ends, strict=True)}
    spans = [columns[question] for question, _one in parts]
    found: list[list[Row]] = [[] for _one in parts]
    for row in rows:
        found[row[0]].append(row[spans[row[0]]])
    return found


def _every(keys: Iterable[Key]) -> Iterator[int]:
    for key in keys:
        yield from [key] if isinstance(key, int) else key


def _stand_ins(keys: Iterable[Key]) -> Iterator[int]:
    return (stand_in for stand_in, _key in zip(count(FIRST), _every(keys), strict=False))


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
    columns = [expression for expression, *_sql in compiler.select]
    converters = compiler.get_converters(columns)
    return _Written(sql, tuple(values), tuple(converters.items()), tuple(map(_nothing, columns)))


def _nothing(column: Any) -> str:
    """Write NULL of a column's type: PostgreSQL unites only columns of one type."""
    if connection.vendor != "postgresql":
        return "NULL"
    return f"NULL::{column.output_field.cast_db_type(connection)}"


def _converted(rows: list[Row], converters: Sequence[tuple[int, tuple[Any, Any]]]) -> list[Row]:
    if not converters:
        return rows
    found = []
    for row in rows:
        values = list(row)
        for at, (convert, expression) in converters:
            value = values[at]
            for one in convert:
                value = one(value, expression, connection)
            values[at] = value
        found.append(tuple(values))
    return found
