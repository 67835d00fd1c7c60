"""The statements of one cell as somebody writes them: moved, joined, cut, and merged. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from actionplan.text import clean

Part = TypeVar("Part")


@dataclass(frozen=True)
class Row:
    """A statement as it is written; a new one has no key.

    `absorbed` are the keys of those that were joined with it, and on which others build.
    """

    key: int | None
    kind: str
    text: str
    absorbed: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class MergedRow:
    """A statement after a merge; where two people changed it, `theirs` is what is stored.

    It is None where they have removed it, and then it is one to be added anew.
    """

    row: Row
    is_clash: bool = False
    theirs: Row | None = None


@dataclass(frozen=True)
class Merge:
    """The statements in their order, and those that stay since somebody else changed them."""

    rows: list[MergedRow]
    kept: list[Row]


def cut(rows: Iterable[Row]) -> list[Row]:
    """Cut each row at its line breaks; the first part stays what it was, empty ones go."""
    parts: list[Row] = []
    for row in rows:
        texts = list(filter(None, map(clean, row.text.splitlines())))
        parts += [replace(row, text=text) for text in texts[:1]]
        parts += [Row(None, row.kind, text) for text in texts[1:]]
    return parts


def moved(rows: Sequence[Part], at: int, step: int) -> list[Part]:
    """Return the rows with one of them a step further up or down."""
    to = at + step
    if not (0 <= at < len(rows) and 0 <= to < len(rows)):
        return list(rows)
    others = [*rows[:at], *rows[at + 1 :]]
    return [*others[:to], rows[at], *others[to:]]


def joined(rows: Sequence[Row], at: int, needed: Collection[int]) -> list[Row]:
    """Return the rows with one of them and the next made one.

    Args:
        rows: in their order.
        at: which of them.
        needed: the keys of those that others build on: such a row goes on. If both are, what
            builds on the second comes along.
    """
    if not 0 <= at < len(rows) - 1:
        return list(rows)
    first, second = rows[at : at + 2]
    is_second = first.key is None or (second.key in needed and first.key not in needed)
    key = second.key if is_second and second.key is not None else first.key
    text = " ".join(filter(None, (clean(first.text), clean(second.text))))
    leaving = {first.key, second.key} & set(needed) - {key}
    absorbed = dict.fromkeys((*first.absorbed, *second.absorbed, *filter(None, leaving)))
    return [*rows[:at], Row(key, first.kind, text, tuple(absorbed)), *rows[at + 2 :]]


def merged(start: Sequence[Row], stored: Sequence[Row], mine: Sequence[Row]) -> Merge:
    """Merge what somebody made of the rows that were shown with what is stored now."""
    was, now = ({row.key: row for row in rows} for rows in (start, stored))
    rows = [entry for row in _known(was, stored, mine) if (entry := _entry(row, was, now))]
    if _order(mine, was) == _order(start, {row.key for row in mine}):
        rows = _in_order(rows, stored)
    kept = []
    for at, row in enumerate(stored):
        if any(entry.row.key == row.key for entry in rows):
            continue
        if row.key in was:
            if row == was[row.key]:
                # Nobody else changed what is removed here.
                continue
            kept.append(row)
        before = {other.key for other in stored[:at]}
        place = max((i for i, entry in enumerate(rows, 1) if entry.row.key in before), default=0)
        rows.insert(place, MergedRow(row))
    return Merge(rows, kept)


def _known(was: Collection[int | None], stored: Sequence[Row], mine: Sequence[Row]) -> list[Row]:
    """Return what somebody wrote; a new row that is stored by now is that one.

    The same was sent twice: a browser sends a page again that it has gone back to.
    """
    taken = {row.key for row in mine}
    new = {(row.kind, row.text): row for row in stored if row.key not in {*was, *taken}}
    return [new.pop((row.kind, row.text), row) if row.key is None else row for row in mine]


def _entry(row: Row, was: dict[int | None, Row], now: dict[int | None, Row]) -> MergedRow | None:
    before, theirs = was.get(row.key), now.get(row.key)
    if row.key is None:
        return MergedRow(row)
    if theirs is None:
        is_untouched = row == before
        return None if is_untouched else MergedRow(replace(row, key=None), is_clash=True)
    if row == before:
        return MergedRow(theirs)
    if before is None or theirs in (before, row):
        return MergedRow(row)
    return MergedRow(row, is_clash=True, theirs=theirs)


def _order(rows: Iterable[Row], known: Collection[int | None]) -> list[int | None]:
    return [row.key for row in rows if row.key is not None and row.key in known]


def _in_order(rows: Sequence[MergedRow], stored: Sequence[Row]) -> list[MergedRow]:
    """Put rows in the order in which they are stored, each with the new ones that follow it."""
    place = {row.key: at for at, row in enumerate(stored)}
    at, placed = -1, []
    for entry in rows:
        at = place.get(entry.row.key, at) if entry.row.key is not None else at
        placed.append((at, entry))
    by_place: Callable[[tuple[int, MergedRow]], int] = lambda pair: pair[0]  # noqa: E731
    return [entry for _at, entry in sorted(placed, key=by_place)]
