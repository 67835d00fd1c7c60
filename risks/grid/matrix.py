"""The matrix without its rows in the database: what stays itself when texts change. Pure."""

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Final, TypeVar
from zlib import crc32

Node = TypeVar("Node", bound=Hashable)
# From here on two texts are one text that was edited: tried on the seed's near-duplicates and on
# rewordings, from "Otrygga anställningar" to whole clauses. A change of one word in three stays.
ALIKE: Final = 0.55
WORD: Final = re.compile(r"\w+")
# So many words tell which text it is, and so many letters which word.
WORDS_COMPARED: Final = 60
LETTERS_COMPARED: Final = 12
# Words that begin with so many equal letters are often one word in two forms.
BEGINNING: Final = 3
RUN: Final = 3
TRAITS: Final = 8192


def match(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new text the index of the old one it continues, or None where it is new.

    The same text wins over a likely one, and each old text is continued once at most.
    """
    matches = _same(old, new)
    taken = set(matches)
    if len(taken - {None}) == len(old) or None not in taken:
        # Nothing is left on one side, so that there is nothing to compare.
        return matches
    ours = [(at, *traits(text)) for at, text in enumerate(old) if at not in taken]
    theirs = [(at, *traits(text)) for at, text in enumerate(new) if matches[at] is None]
    likely = (
        (-likeness, index, at)
        for at, its, size in theirs
        for index, others, other_size in ours
        if (likeness := 2 * (its & others).bit_count() / (size + other_size)) >= ALIKE
    )
    for _likeness, index, at in sorted(likely):
        if index not in taken and matches[at] is None:
            matches[at] = index
            taken.add(index)
    return matches


def likeness(text: str, other: str) -> float:
    """Tell how alike two texts are, from 0 to 1; the order of their words is nothing to it."""
    its, size = traits(text)
    others, other_size = traits(other)
    return 2 * (its & others).bit_count() / (size + other_size)


def _same(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new text the first free old one that says exactly the same."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in reversed(range(len(old))):
        places[old[index]].append(index)
    return [there.pop() if (there := places.get(text)) else None for text in new]


def traits(text: str) -> tuple[int, int]:
    """Return what a text is known by, as bits, and how many they are (never none, to divide by).

    The traits are of its words, in any order: each word, its beginnings, by which inflected words
    are alike, and its runs of three letters, by which misspelt ones are. A trait's bit is the same
    in every process; two may share one, and so many bits keep that rare.
    """
    bits = bytearray(TRAITS // 8)
    for word in WORD.findall(text.casefold())[:WORDS_COMPARED]:
        word = word[:LETTERS_COMPARED]
        spaced = f" {word} "
        beginnings = (word[:end] for end in range(min(BEGINNING, len(word)), len(word) + 1))
        # The sign keeps what stands inside of a word from being another's beginning.
        runs = (f"-{spaced[at : at + RUN]}" for at in range(len(word)))
        for trait in (spaced, *beginnings, *runs):
            bit = crc32(trait.encode()) % TRAITS
            bits[bit >> 3] |= 1 << (bit & 7)
    number = int.from_bytes(bits, "little")
    return number, number.bit_count() or 1


def in_circle(targets: Mapping[Node, Node]) -> set[Node]:
    """Return those that point at themselves in the end, through whatever others."""
    circle: set[Node] = set()
    for start in targets:
        seen: set[Node] = set()
        at = start
        while at in targets and at not in seen:
            seen.add(at)
            at = targets[at]
            if at == start:
                circle.add(start)
    return circle


def weave(kinds: Sequence[str], lines: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Lay the edited lines of each kind back into the order the kinds had in the cell.

    A plan may say an opportunity before a risk; two boxes in a grid must not turn that around.
    Lines beyond the old number of a kind follow the last one of that kind.
    """
    rest = {kind: list(texts) for kind, texts in lines.items()}
    left = {kind: list(kinds).count(kind) for kind in rest}
    woven: list[tuple[str, str]] = []
    for kind in kinds:
        left[kind] -= 1
        take = len(rest[kind]) if left[kind] == 0 else 1
        woven += [(kind, text) for text in rest[kind][:take]]
        rest[kind] = rest[kind][take:]
    return woven + [(kind, text) for kind, texts in rest.items() for text in texts]
