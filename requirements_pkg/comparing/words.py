"""Two texts compared word by word. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, NamedTuple

KEEP: Final = "keep"
INSERT: Final = "insert"
DELETE: Final = "delete"
# A word with the white space before it, so that nothing of the text is lost. What is written
# together, 48820000-2 or 2,5, is one word.
WORD: Final = re.compile(r"\s*(?:\w+(?:[-.,:/’']\w+)*|[^\w\s])|\s+\Z")
# Below this the texts have only small words in common: two texts read better than a puzzle.
UNLIKE: Final = 0.3
# A kept word this short between two changes is part of the change.
TINY: Final = 3


class WordRun(NamedTuple):
    """A run of words that is kept, inserted or deleted."""

    kind: str
    text: str


Pieces = tuple[WordRun, ...]
Block = tuple[bool, str, str]


def words_of(text: str) -> list[str]:
    """Split a text into words, each with the white space before it; joined they are the text."""
    return WORD.findall(text)


def compared(old: str, new: str) -> Pieces:
    """Return what is kept, deleted and inserted on the way from one text to another."""
    blocks = list(_blocks(words_of(old), words_of(new)))
    kept = sum(len(before) for same, before, _after in blocks if same)
    if 2 * kept < UNLIKE * (len(old) + len(new)):
        blocks = [(False, old, new)]
    return tuple(_pieces(blocks))


def before(pieces: Pieces) -> Pieces:
    """Return the pieces that the old text has."""
    return tuple(piece for piece in pieces if piece.kind != INSERT)


def after(pieces: Pieces) -> Pieces:
    """Return the pieces that the new text has."""
    return tuple(piece for piece in pieces if piece.kind != DELETE)


def joined(pieces: Pieces) -> str:
    """Join the words of some pieces into a text."""
    return "".join(piece.text for piece in pieces)


def _blocks(old: list[str], new: list[str]) -> Iterator[Block]:
    """Tell whether a run is the same, and its text on both sides."""
    # Most edits are small: what is the same at both ends is not searched.
    head = _in_common(old, new)
    old_rest, new_rest = old[head:], new[head:]
    tail = _in_common(old_rest[::-1], new_rest[::-1])
    old_part, new_part = old_rest[: len(old_rest) - tail], new_rest[: len(new_rest) - tail]
    if head:
        text = "".join(old[:head])
        yield True, text, text
    matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag == "equal", "".join(old_part[i1:i2]), "".join(new_part[j1:j2])
    if tail:
        text = "".join(old[len(old) - tail :])
        yield True, text, text


def _in_common(run: list[str], other: list[str]) -> int:
    """Tell how many words two runs begin with in common."""
    unlike = (at for at, pair in enumerate(zip(run, other, strict=False)) if pair[0] != pair[1])
    return next(unlike, min(len(run), len(other)))


def _pieces(blocks: Sequence[Block]) -> Iterator[WordRun]:
    last = len(blocks) - 1

    def stays(numbered: tuple[int, Block]) -> bool:
        at, (same, text, _after) = numbered
        return same and (at in (0, last) or len(text.strip()) > TINY)

    for kept, group in groupby(enumerate(blocks), key=stays):
        runs = [block for _at, block in group]
        old = "".join(block[1] for block in runs)
        new = "".join(block[2] for block in runs)
        if kept:
            yield WordRun(KEEP, old)
            continue
        if old:
            yield WordRun(DELETE, old)
        if new:
            yield WordRun(INSERT, new)
