"""The faults of a file as a person can use them: grouped by column, rows written together.

A page tells the beginning of each group; every fault stands in the file that it leads to.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.text import figure

# A row as Excel numbers it, the column if there is one, and what is wrong.
RowFault = tuple[int, str, str]
# So many are told one by one, in the order of the rows.
FEW: Final = 20
EXAMPLES: Final = 3
# Of a group: sentences that are shown at once, and those folded below; all are in the file.
FIRST: Final = 10
FOLDED: Final = 40
# So many sentences that differ in a value alone are told by themselves.
MOST_ALIKE: Final = 5
# A value in a sentence: what is quoted, the address of a cell, a number.
VALUE: Final = re.compile(r"[“”][^“”]*”|\b[A-Z]{1,3}[0-9]+\b|[0-9]+")
# Of the rows of a sentence: so many are named, those that follow each other as one.
MOST_NAMED: Final = 30


@dataclass(frozen=True, slots=True)
class SharedFault:
    """One thing that is wrong, and the rows where it is."""

    sentence: str
    rows: str


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """What is wrong in one column: how often, the first of it, and more of it."""

    title: str
    first: Sequence[SharedFault]
    folded: Sequence[SharedFault]
    # How many rows have sentences that are not told here.
    others: int


def grouped(faults: Iterable[RowFault], *, whole: str = "") -> list[FaultGroup]:
    """Group faults by column, most of them first; `whole` heads those of no column."""
    columns: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, column, sentence in faults:
        columns[column][sentence].append(row)
    whole = whole or _("The row as a whole")
    groups = [
        _group(_("Column %(name)s") % {"name": column} if column else whole, sentences)
        for column, sentences in columns.items()
    ]
    return [group for _count, group in sorted(groups, key=lambda pair: -pair[0])]


def _group(where: str, sentences: dict[str, list[int]]) -> tuple[int, FaultGroup]:
    rows = sorted({row for numbers in sentences.values() for row in numbers})
    # What is wrong in most rows is what one wants to know first.
    shared = sorted(_alike(sentences), key=lambda entry: (-len(entry[1]), entry[1][0]))
    lines = [
        SharedFault(sentence, spans(numbers)) for sentence, numbers in shared[: FIRST + FOLDED]
    ]
    others = {row for _sentence, numbers in shared[len(lines) :] for row in numbers}
    group = FaultGroup(_title(where, rows), lines[:FIRST], lines[FIRST:], len(others))
    return len(rows), group


def _alike(sentences: dict[str, list[int]]) -> Iterator[tuple[str, list[int]]]:
    """Yield the sentences with their rows; many that differ in a value alone as the first."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences:
        shapes[VALUE.sub("…", sentence)].append(sentence)
    for first, *others in shapes.values():
        if len(others) < MOST_ALIKE:
            yield from ((sentence, sentences[sentence]) for sentence in (first, *others))
            continue
        more = ngettext(
            "%(first)s And %(count)s more of the same kind.",
            "%(first)s And %(count)s more of the same kind.",
            len(others),
        )
        rows = {row for sentence in (first, *others) for row in sentences[sentence]}
        yield more % {"first": first, "count": figure(len(others))}, sorted(rows)


def _title(where: str, rows: Sequence[int]) -> str:
    """Write "Kolumn Nivå: 19 998 rader, till exempel rad 2, 3, 4 …"."""
    if len(rows) <= EXAMPLES:
        sentence = _("%(where)s: row %(rows)s")
        return sentence % {"where": where, "rows": ", ".join(map(str, rows))}
    sentence = ngettext(
        "%(where)s: %(count)s row, for example row %(rows)s …",
        "%(where)s: %(count)s rows, for example row %(rows)s …",
        len(rows),
    )
    examples = ", ".join(map(str, rows[:EXAMPLES]))
    return sentence % {"where": where, "count": figure(len(rows)), "rows": examples}


def spans(rows: Sequence[int]) -> str:
    """Write rows in order, those that follow each other together: 2–4, 7."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    named = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs[:MOST_NAMED])
    return f"{named} …" if len(runs) > MOST_NAMED else named
