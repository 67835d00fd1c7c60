"""Which of a plan's items a document goes on with: by their words, never by a number alone. Pure.

Readings, treatments and follow-ups belong to words. Where words leave it open whether an item is
the same, that is a question for a person; until she says yes it is another item.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product, takewhile
from typing import Any, Final

from actionplan.word.likeness import typing_errors
from risks.grid.matrix import ALIKE, WORD, likeness, traits

# Words that were only added, or only taken away, leave a text the same from here on.
NEARLY_ALL: Final = 0.75
# A word of so many letters says what an item is about; a figure always does.
FEWEST_LETTERS: Final = 4
# Two forms of one word share so much of the shorter one's beginning, and so many letters.
SHARED: Final = 0.65
FEWEST_SHARED: Final = 3
# There may be a typing error in so many letters of a word.
MISTYPED: Final = 6
# Words are looked up by so many of their first and last letters. What more texts than these have
# in common tells none of them from the others: so the time grows with the plan, and not with its
# square. In a plan with fewer items each is compared with every other that shares a word.
EDGE: Final = 4
MOST_SHARING: Final = 60


@dataclass(frozen=True)
class ComparableItem:
    """Something numbered, as the plan or the document has it.

    `parent` is what it stands under, told for both sides as the document's.
    """

    number: str
    text: str
    parent: Hashable = None


@dataclass
class Pairs:
    """For each of the document's items the plan's that it goes on with, and what is doubtful.

    `doubtful` holds pairs of a plan's and a document's item, each of them in one pair at most.
    """

    matches: list[int | None]
    doubtful: list[tuple[int, int]] = field(default_factory=list)

    def take(self, old: int, new: int) -> None:
        """Go on with one item as another."""
        self.matches[new] = old

    def left(self, number: int) -> list[int]:
        """Return those of so many old items that nothing goes on with."""
        taken = set(self.matches)
        return [at for at in range(number) if at not in taken]


def pair(old: Sequence[ComparableItem], new: Sequence[ComparableItem]) -> Pairs:
    """Find which new item goes on with which old one, and which pairs a person should judge.

    The same words are the same item, whatever their number. Words that are nearly the same are if
    they are like no other's. Others that are alike, or have the same number, are doubtful.
    """
    pairs = Pairs([None] * len(new))
    _take_equal(old, new, pairs)
    left = pairs.left(len(old)), [at for at, index in enumerate(pairs.matches) if index is None]
    measured = _measure(old, new, *left)
    _take_reworded(old, new, measured, pairs)
    _ask(old, new, measured, pairs)
    return pairs


def is_reworded(before: str, after: str, alike: float | None = None) -> bool:
    """Tell whether two texts are one in other words: none that tells what it is about differs.

    Args:
        alike: how alike they are, where it is known.
    """
    ours, theirs = _words(before), _words(after)
    lost = _without_counterpart(ours, theirs)
    gained = _without_counterpart(theirs, ours)
    if lost and gained:
        return False
    alike = likeness(before, after) if alike is None else alike
    return alike >= (NEARLY_ALL if lost or gained else ALIKE)


def same_words(before: str, after: str) -> bool:
    """Tell whether two texts are the same but for signs, white space and capitals."""
    return _words(before) == _words(after)


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.casefold()))


def _take_equal(
    old: Sequence[ComparableItem], new: Sequence[ComparableItem], pairs: Pairs
) -> None:
    """Pair what has the same words: under the same parent, or where only one item has them."""
    groups: defaultdict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(
        lambda: ([], [])
    )
    for side, items in enumerate((old, new)):
        for at, item in enumerate(items):
            groups[_words(item.text) or (item.text,)][side].append(at)
    for ours, theirs in groups.values():
        is_only_pair = len(ours) == len(theirs) == 1
        likely = [
            (old[index].number != new[at].number, index, at)
            for index, at in product(ours, theirs)
            if is_only_pair or old[index].parent == new[at].parent
        ]
        _take(sorted(likely), pairs)


def _take(likely: Iterable[tuple[Any, ...]], pairs: Pairs) -> None:
    """Pair greedily, the likeliest first; each row ends with the old and the new item."""
    taken = set(pairs.matches)
    for *_rank, index, at in likely:
        if index not in taken and pairs.matches[at] is None:
            pairs.take(index, at)
            taken.add(index)


def _measure(
    old: Sequence[ComparableItem],
    new: Sequence[ComparableItem],
    ours: Sequence[int],
    theirs: Sequence[int],
) -> dict[tuple[int, int], float]:
    """Tell how alike the items are that are left, where they are alike at all."""
    known = {at: traits(new[at].text) for at in theirs}
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for at in theirs:
        for edge in _edges(new[at].text):
            sharing[edge].append(at)
    measured = {}
    for index in ours:
        bits, size = traits(old[index].text)
        for at in _candidates(old[index].text, sharing):
            others, other_size = known[at]
            alike = 2 * (bits & others).bit_count() / (size + other_size)
            if alike >= ALIKE:
                measured[index, at] = alike
    return measured


def _candidates(text: str, sharing: Mapping[str, Sequence[int]]) -> list[int]:
    """Return the items that share with a text the beginning or the end of a word that few have."""
    lists = (sharing.get(edge, ()) for edge in _edges(text))
    return sorted({at for items in lists if len(items) <= MOST_SHARING for at in items})


def _edges(text: str) -> set[str]:
    """Return the beginnings and ends of a text's words."""
    words = _words(text)
    return {word[:EDGE] for word in words} | {f"-{word[-EDGE:]}" for word in words}


def _take_reworded(
    old: Sequence[ComparableItem],
    new: Sequence[ComparableItem],
    measured: dict[tuple[int, int], float],
    pairs: Pairs,
) -> None:
    """Pair what was worded anew, unless it could go on as two, or two as one."""
    likely = [
        (index, at)
        for (index, at), alike in measured.items()
        # The same words that were not paired are several items'.
        if not same_words(old[index].text, new[at].text)
        and is_reworded(old[index].text, new[at].text, alike)
    ]
    ours, theirs = Counter(i for i, _at in likely), Counter(at for _i, at in likely)
    for index, at in likely:
        if ours[index] == theirs[at] == 1:
            pairs.take(index, at)


def _ask(
    old: Sequence[ComparableItem],
    new: Sequence[ComparableItem],
    measured: dict[tuple[int, int], float],
    pairs: Pairs,
) -> None:
    """Name the pairs that are left and alike, or that share a number."""
    ours = set(pairs.left(len(old)))
    theirs = {at for at, index in enumerate(pairs.matches) if index is None}
    by_number: defaultdict[str, list[int]] = defaultdict(list)
    for at in theirs:
        by_number[new[at].number].append(at)
    likely = [
        (-alike, old[index].number != new[at].number, index, at)
        for (index, at), alike in measured.items()
        if index in ours and at in theirs
    ]
    likely += [(0.0, False, i, at) for i in ours for at in by_number[old[i].number]]
    judged = Pairs([None] * len(new))
    _take(sorted(likely), judged)
    pairs.doubtful = sorted(
        (index, at) for at, index in enumerate(judged.matches) if index is not None
    )


def _without_counterpart(words: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the telling words that no word of the others is a form of."""
    there = list(others)
    same = set(there)
    return [
        word
        for word in words
        if word not in same
        and (len(word) >= FEWEST_LETTERS or not word.isalpha())
        and not any(_is_one_word(word, other) for other in there)
    ]


def _is_one_word(word: str, other: str) -> bool:
    """Tell whether two words are one, inflected or misspelt; figures are only themselves."""
    if word == other:
        return True
    if not (word.isalpha() and other.isalpha()):
        return False
    shorter = min(len(word), len(other))
    common = sum(
        1 for _ in takewhile(lambda two: two[0] == two[1], zip(word, other, strict=False))
    )
    if common >= max(FEWEST_SHARED, SHARED * shorter):
        return True
    most = shorter // MISTYPED
    return shorter > FEWEST_LETTERS and typing_errors(word, other, most) <= most
