"""Which of the new is which of the old: by what identifies it, then by likeness. Pure."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Final

from requirements_pkg.document.schema import Part
from risks.grid.matrix import match

Rows = Sequence[Part]
Places = list[int | None]
Round = Callable[[Rows, Rows], Places]
# Letters times letters: so few are compared all with all.
FEW: Final = 4_000_000
# From here on two long texts, as rows of words, are one text that was edited.
ALIKE: Final = 0.6
# A word that so many old texts share tells none of them apart.
COMMON: Final = 50
# How many old texts a new one is compared with, those that share most words first, until one is
# alike.
NEAREST: Final = 4


def matched(old: Rows, new: Rows, rounds: Sequence[Round]) -> Places:
    """Return for each new row the place of the old one it continues, or None where it is new.

    Args:
        rounds: ways to match, each tried on what the ways before it left over.
    """
    places: Places = [None] * len(new)
    left_old, left_new = list(range(len(old))), list(range(len(new)))
    for tried in rounds:
        if not left_old or not left_new:
            break
        pairs = tried([old[at] for at in left_old], [new[at] for at in left_new])
        for at, place in zip(left_new, pairs, strict=True):
            places[at] = None if place is None else left_old[place]
        taken = set(places)
        left_old = [at for at in left_old if at not in taken]
        left_new = [at for at in left_new if places[at] is None]
    return places


def same(*names: str) -> Round:
    """Pair rows that agree in these fields, in their order where several do."""

    def key(row: Part) -> Hashable:
        return tuple(getattr(row, name) for name in names)

    def find(old: Rows, new: Rows) -> Places:
        places: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(range(len(old))):
            places[key(old[at])].append(at)
        return [there.pop() if (there := places.get(key(row))) else None for row in new]

    return find


def alike(*names: str) -> Round:
    """Pair rows whose texts in these fields are one text that was edited."""

    def find(old: Rows, new: Rows) -> Places:
        ours, theirs = (
            ["\n".join(getattr(row, name) for name in names) for row in rows]
            for rows in (old, new)
        )
        if sum(map(len, ours)) * sum(map(len, theirs)) <= FEW:
            return match(ours, theirs)
        return _nearest(ours, theirs)

    return find


def moved(places: Places) -> set[int]:
    """Return the new places of the rows that stand in another order than before.

    The most rows that can have stood still did: what is added or removed moves nothing.
    """
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for at, place in enumerate(places):
        if place is None:
            continue
        length = bisect_left(tails, place)
        before[at] = ends[length - 1] if length else None
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [at]
    still = set()
    step = ends[-1] if ends else None
    while step is not None:
        still.add(step)
        step = before[step]
    return before.keys() - still


def _nearest(old: Sequence[str], new: Sequence[str]) -> Places:
    """Yield likely pairs among many long texts, without comparing all with all."""
    ours, theirs = ([text.casefold().split() for text in texts] for texts in (old, new))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(ours):
        for word in set(words):
            holders[word].append(at)
    likely = []
    for at, words in enumerate(theirs):
        shared: Counter[int] = Counter()
        for word in set(words):
            if len(there := holders.get(word, ())) <= COMMON:
                shared.update(there)
        for place, _words in shared.most_common(NEAREST):
            matcher = SequenceMatcher(None, ours[place], words, autojunk=False)
            if matcher.quick_ratio() >= ALIKE and (ratio := matcher.ratio()) >= ALIKE:
                likely.append((-ratio, place, at))
                break
    places: Places = [None] * len(new)
    taken = set()
    for _ratio, place, at in sorted(likely):
        if places[at] is None and place not in taken:
            places[at] = place
            taken.add(place)
    return places
