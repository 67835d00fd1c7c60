"""Questions that Django writes down once: that takes it longer than a database takes to answer.

Only for questions whose rows are named by keys and read as tuples; all else in them stands in the
code. A process keeps the SQL, never what was answered. Several are asked `together` by one
statement, since the way to a database and back costs as much as a short answer.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from itertools import chain, count, groupby, islice
from operator import itemgetter
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import QuerySet

# A key or a slug, or several keys of which a row has any: of none no row has one.
Key = int | str | list[int]
Row = tuple[Any, ...]
# What stands for the keys while a question is written, for a slug as text; no row has such a key.
FIRST: Final = 7_000_000_000_000_000_001
# Of several questions: which one a row answers, and its place among those answers.
PLACE: Final = 2
# Columns of types that PostgreSQL unites stand in one place: the type that holds them all.
WIDEST: Final = {
    "smallint": "bigint",
    "integer": "bigint",
    "serial": "bigint",
    "bigserial": "bigint",
    "varchar": "text",
}


@dataclass(frozen=True, slots=True)
class _CompiledQuery:
    """A question as SQL; where it was written with a stand-in, a key is put each time."""

    sql: str
    values: tuple[Any, ...]
    # By column: what makes of a database's value the model's.
    converters: tuple[tuple[int, tuple[object, object]], ...]
    # By column: the kind of value that it has, "" where the database has none.
    kinds: tuple[str, ...]


class PreparedQuery:
    """A question that is written once for each number of keys."""

    def __init__(self, question: Callable[..., QuerySet[Any, Row]]) -> None:
        update_wrapper(self, question)
        self._question = question
        self._known: dict[tuple[object, ...], _CompiledQuery] = {}

    def __call__(self, *keys: Key) -> list[Row]:
        """Ask it alone."""
        (rows,) = together(self.of(*keys))
        return rows

    def of(self, *keys: Key) -> "KeyedQuery":
        """Give it its keys, to be asked together with others."""
        return KeyedQuery(self, keys)

    def written(self, keys: tuple[Key, ...]) -> _CompiledQuery:
        """Return its SQL for as many keys as these."""
        # The same question of two keys is another of three.
        shape = connection.vendor, *map(_shape, keys)
        if shape not in self._known:
            stand_ins = frozenset(_stand_ins(keys))
            self._known[shape] = _write(self._question(*_stood_in(keys)), stand_ins)
        return self._known[shape]


@dataclass(frozen=True, slots=True)
class KeyedQuery:
    """A question and the keys that it is asked with."""

    question: PreparedQuery
    keys: tuple[Key, ...]

    @property
    def written(self) -> _CompiledQuery:
        """Its SQL for as many keys."""
        return self.question.written(self.keys)

    @property
    def has_an_answer(self) -> bool:
        """Whether any row may be found: of no key no row has one."""
        return [] not in self.keys


Part = tuple[PreparedQuery, _CompiledQuery]
Made = TypeVar("Made")
# Work that asks several questions at a step, and is given their rows for the next.
Steps = Generator[Sequence[KeyedQuery], list[list[Row]], Made]


def prepared(question: Callable[..., QuerySet[Any, Row]]) -> PreparedQuery:
    """Make of a function that gives a `values_list()` one that gives its rows."""
    return PreparedQuery(question)


def together(*questions: KeyedQuery) -> list[list[Row]]:
    """Ask several questions by one statement; returns the rows of each, in its own order."""
    queries = [query for query in questions if query.has_an_answer]
    if len(queries) < 2:
        return apart(*questions)
    parts = [(query.question, query.written) for query in queries]
    places = _places(parts)
    rows = _rows(_statement(parts, places), chain.from_iterable(map(_values, queries)))
    answers = zip(queries, _parted(rows, parts, places), strict=True)
    by_question = {
        id(query): _converted(part, query.written.converters) for query, part in answers
    }
    return [by_question.get(id(query), []) for query in questions]


def apart(*questions: KeyedQuery) -> list[list[Row]]:
    """Ask each by a statement of its own: cheaper where the answers are long."""
    return [
        _converted(_rows(query.written.sql, _values(query)), query.written.converters)
        if query.has_an_answer
        else []
        for query in questions
    ]


def alone(work: Steps[Made]) -> Made:
    """Do one piece of work that reads much: what it asks is asked apart."""
    try:
        queries = next(work)
        while True:
            queries = work.send(apart(*queries))
    except StopIteration as end:
        made: Made = end.value
        return made


def in_step(*works: Steps[Made]) -> list[Made]:
    """Do pieces of work side by side: what all of them ask at a step is asked together."""
    work = side_by_side(*works)
    try:
        queries = next(work)
        while True:
            queries = work.send(together(*queries))
    except StopIteration as end:
        made: list[Made] = end.value
        return made


def side_by_side(*works: Steps[object]) -> Steps[list[Any]]:
    """Make one piece of work of several that need nothing of each other: a step asks for all."""
    made: dict[int, object] = {}
    answers: dict[int, list[list[Row]] | None] = dict.fromkeys(range(len(works)))
    while True:
        waiting: dict[int, Sequence[KeyedQuery]] = {}
        for at, answer in answers.items():
            try:
                waiting[at] = next(works[at]) if answer is None else works[at].send(answer)
            except StopIteration as end:
                made[at] = end.value
        if not waiting:
            return [made[at] for at in range(len(works))]
        rows = iter((yield [*chain.from_iterable(waiting.values())]))
        answers = {
            at: [next(rows) for _question in questions] for at, questions in waiting.items()
        }


def _statement(parts: Sequence[Part], places: Mapping[PreparedQuery, list[int]]) -> str:
    """Write one statement: where a question has fewer columns than another, it says nothing."""
    nothing = _nothings(parts, places)
    clauses, selects = [], []
    for at, (question, written) in enumerate(parts):
        names = [f"c{place}" for place in range(len(written.kinds))]
        columns = list(nothing)
        for name, place in zip(names, places[question], strict=True):
            columns[place] = name
        clauses.append(f"q{at}({', '.join(names)}) AS ({written.sql})")
        # Numbered in the order that each question asks for: a union has none of its own.
        numbered = ", ".join([str(at), "ROW_NUMBER() OVER ()", *columns])
        selects.append(f"SELECT {numbered} FROM q{at}")  # noqa: S608 - our own
    return f"WITH {', '.join(clauses)} {' UNION ALL '.join(selects)}"


def _places(parts: Iterable[Part]) -> dict[PreparedQuery, list[int]]:
    """Lay the columns of several questions over each other, those of one kind in one place."""
    places: dict[PreparedQuery, list[int]] = {}
    of_kind: defaultdict[str, list[int]] = defaultdict(list)
    numbers = count()
    for question, written in parts:
        taken: Counter[str] = Counter()
        places[question] = []
        for kind in written.kinds:
            if taken[kind] == len(of_kind[kind]):
                of_kind[kind].append(next(numbers))
            places[question].append(of_kind[kind][taken[kind]])
            taken[kind] += 1
    return places


def _nothings(parts: Iterable[Part], places: Mapping[PreparedQuery, list[int]]) -> list[str]:
    """Write by place what says nothing: PostgreSQL unites only columns of one type."""
    kinds = {
        place: kind
        for question, written in parts
        for place, kind in zip(places[question], written.kinds, strict=True)
    }
    return [f"NULL::{kinds[at]}" if kinds[at] else "NULL" for at in range(len(kinds))]


def _rows(sql: str, values: Iterable[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        rows: list[Row] = cursor.fetchall()
    return rows


def _values(query: KeyedQuery) -> Iterator[object]:
    """Put the keys of a question where their stand-ins were written."""
    known = dict(zip(_stand_ins(query.keys), _every(query.keys), strict=True))
    return (known.get(v, v) if type(v) in (int, str) else v for v in query.written.values)


def _parted(
    rows: Iterable[Row], parts: Sequence[Part], places: Mapping[PreparedQuery, list[int]]
) -> list[list[Row]]:
    # The database is not made to sort the texts; it almost always has them in order.
    ordered = sorted(rows, key=itemgetter(0, 1))
    parted: list[list[Row]] = [[] for _part in parts]
    for at, answers in groupby(ordered, key=itemgetter(0)):
        own = [PLACE + place for place in places[parts[at][0]]]
        parted[at] = [tuple([row[place] for place in own]) for row in answers]
    return parted


def _shape(key: Key) -> int | str | None:
    """Return what two keys have in common that are asked for by the same SQL."""
    if isinstance(key, list):
        return len(key)
    return "text" if isinstance(key, str) else None


def _every(keys: Iterable[Key]) -> Iterator[int | str]:
    for key in keys:
        yield from key if isinstance(key, list) else [key]


def _stand_ins(keys: Iterable[Key]) -> Iterator[int | str]:
    return (
        str(number) if isinstance(key, str) else number
        for number, key in zip(count(FIRST), _every(keys), strict=False)
    )


def _stood_in(keys: Sequence[Key]) -> Iterator[Key]:
    stand_ins = _stand_ins(keys)
    for key in keys:
        if isinstance(key, list):
            yield [number for number in islice(stand_ins, len(key)) if isinstance(number, int)]
        else:
            yield next(stand_ins)


def _write(question: QuerySet[Any, Row], stand_ins: frozenset[int | str]) -> _CompiledQuery:
    """Compile the SQL of a question.

    Raises:
        ValueError: it does not ask for each of its keys, or reads more than it shows.
    """
    compiler = question.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    if compiler.has_extra_select or stand_ins - {v for v in values if type(v) in (int, str)}:
        raise ValueError(f"It cannot be written once: {sql}")
    columns = [expression for expression, *_sql in compiler.select]
    converters = compiler.get_converters(columns)
    return _CompiledQuery(
        sql, tuple(values), tuple(converters.items()), tuple(map(_kind, columns))
    )


def _kind(column: Any) -> str:
    """Return what PostgreSQL calls a column's type, without its length; SQLite has no types."""
    if connection.vendor != "postgresql":
        return ""
    name: str = column.output_field.cast_db_type(connection).partition("(")[0]
    return WIDEST.get(name, name)


def _converted(rows: list[Row], converters: Sequence[tuple[int, tuple[Any, object]]]) -> list[Row]:
    if not converters:
        return rows
    converted = []
    for row in rows:
        values = list(row)
        for at, (convert, expression) in converters:
            value = values[at]
            for converter in convert:
                value = converter(value, expression, connection)
            values[at] = value
        converted.append(tuple(values))
    return converted
