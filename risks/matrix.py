"""The matrix without its rows in the database: what stays itself when texts change. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeVar

Node = TypeVar("Node", bound=Hashable)
# From here on two texts are one text that was edited. Word order and length count; tried on the
# seed's own near-duplicates, which differ by a clause and must not be mixed up at 0.5.
ALIKE: Final = 0.6


def match(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new text the index of the old one it continues, or None where it is really new.

    The same text wins over a likely one, and each old text is continued once at most.
    """
    free = dict.fromkeys(range(len(old)))
    found: list[int | None] = [None] * len(new)
    for at, text in enumerate(new):
        same = next((index for index in free if old[index] == text), None)
        if same is not None:
            found[at] = same
            del free[same]
    likely = sorted(
        (
            (_likeness(old[index], text), index, at)
            for at, text in enumerate(new)
            if found[at] is None
            for index in free
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    for likeness, index, at in likely:
        if likeness >= ALIKE and index in free and found[at] is None:
            found[at] = index
            del free[index]
    return found


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick bound is right often enough to skip the slow comparison of unlike texts.
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def in_circle(targets: Mapping[Node, Node]) -> set[Node]:
    """Those that point at themselves in the end, through whatever others."""
    found: set[Node] = set()
    for start in targets:
        seen: set[Node] = set()
        at = start
        while at in targets and at not in seen:
            seen.add(at)
            at = targets[at]
            if at == start:
                found.add(start)
    return found


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
