"""Which column of a file is which column of a sheet: by its heading, or as somebody says."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final

import tablib
from django.utils.translation import gettext as _

from actionplan import text
from actionplan.excel.columns.kinds import headings as headings_of
from actionplan.excel.columns.kinds import spellings
from actionplan.excel.importing.refusals import ColumnsMissing, ImportRefused
from actionplan.excel.lists import ListColumn

Columns = Mapping[str, ListColumn]
# By column: the place of a column in the file, or a value that stands in every row.
Mapped = Mapping[str, int | str]
LIKE: Final = 0.7
CONTAINED: Final = 0.85
SHORTEST_CONTAINED: Final = 4


def name_columns(
    dataset: tablib.Dataset, columns: Columns, wanted: list[str], mapping: Mapped | None
) -> list[str]:
    """Give the columns of a file the names of ours, and return what is worth knowing.

    Raises:
        ImportRefused: a column that is wanted is missing, or stands there twice.
    """
    if mapping is not None:
        return _as_mapped(dataset, columns, mapping)
    names = named(dataset.headers, columns)
    if twice := [name for name in wanted if names.count(name) > 1]:
        raise ImportRefused(
            _about(
                _("These columns occur twice: %(names)s. Remove or rename one of each."),
                twice,
                columns,
            )
        )
    if missing := [name for name in wanted if name not in names]:
        raise ColumnsMissing(
            _about(_("The file lacks these columns: %(names)s."), missing, columns)
        )
    pairs = list(zip(dataset.headers, names, strict=True))
    dataset.headers = [name or f"?{at}" for at, name in enumerate(names)]
    return _unread([heading for heading, name in pairs if heading and not name])


def named(headings: list[str], columns: Columns) -> list[str | None]:
    """Return the name of the column that each heading is the heading of, in any language."""
    known: dict[str, str] = {}
    for name, column in columns.items():
        known |= dict.fromkeys({text.fold(name), *headings_of(column.column)}, name)
    return [known.get(text.fold(heading)) for heading in headings]


def guessed(headings: list[str], columns: Columns) -> dict[str, int]:
    """Choose the columns of a file that are most like ours, each once and the surest first."""
    scores = sorted(
        (
            (_likeness(text.fold(heading), spelling), -at, name)
            for name, column in columns.items()
            for spelling in _names_of(name, column)
            for at, heading in enumerate(headings)
            if heading
        ),
        reverse=True,
    )
    places: dict[str, int] = {}
    for score, minus_at, name in scores:
        if score >= LIKE and name not in places and -minus_at not in places.values():
            places[name] = -minus_at
    return places


def _names_of(name: str, column: ListColumn) -> Iterator[str]:
    yield text.fold(name)
    yield from headings_of(column.column)
    for aliases in spellings(column.aliases):
        yield from filter(None, map(text.fold, aliases.split(",")))


def _likeness(heading: str, spelling: str) -> float:
    if heading == spelling:
        return 1.0
    shorter, longer = sorted((heading, spelling), key=len)
    if len(shorter) >= SHORTEST_CONTAINED and shorter in longer.split():
        return CONTAINED
    return SequenceMatcher(None, heading, spelling).ratio()


def _as_mapped(dataset: tablib.Dataset, columns: Columns, mapping: Mapped) -> list[str]:
    """Place headings as somebody said; one value for all rows, or a second use, is one more."""
    headings, rows = list(dataset.headers), list(dataset)
    names: list[str] = [f"?{at}" for at in range(len(headings))]
    more: dict[str, list[object]] = {}
    for name, source in mapping.items():
        if name not in columns:
            continue
        if isinstance(source, str):
            more[name] = [source] * len(rows)
        elif 0 <= source < len(headings) and names[source].startswith("?"):
            names[source] = name
        elif 0 <= source < len(headings):
            more[name] = [row[source] for row in rows]
    dataset.wipe()
    dataset.headers = [*names, *more]
    for at, row in enumerate(rows):
        # A row that is empty stays so, and is passed over.
        is_blank = not any(str(value).strip() for value in row if value is not None)
        dataset.append([*row, *("" if is_blank else values[at] for values in more.values())])
    return _unread([h for h, name in zip(headings, names, strict=True) if h and name[0] == "?"])


def _unread(headings: list[str]) -> list[str]:
    sentence = _("These columns are unknown and were not read: %(names)s.")
    return [sentence % {"names": ", ".join(headings)}] if headings else []


def _about(sentence: str, names: list[str], columns: Columns) -> str:
    return sentence % {"names": ", ".join(str(columns[name].label) for name in names)}
