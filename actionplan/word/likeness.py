"""Which known heading a written one is close to: an inflection, a compound or a typing error."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# Longer than any heading; what is longer is a sentence.
LONGEST: Final = 80
# How near each way of being close is: the less, the nearer. A typing error counts its letters.
INFLECTED: Final = 0
COMPOUND: Final = 4
SHORTEST_PART: Final = 5
MOST_NEAR: Final = 3
LIKE_ENOUGH: Final = 0.6

BRACKETS: Final = re.compile(r"\([^()]*\)")
PARTS: Final = re.compile(r"/|,|;|\+|&|\s(?:och|samt|eller)\s")
GAPS: Final = re.compile(r"[\s/-]+")
ENDING: Final = re.compile(
    r"(?:a|e|n|s|t|an|ar|as|en|er|et|na|ns|or|ans|ens|ets|ers|ors|ars|nas"
    r"|arna|erna|orna|arnas|ernas|ornas)?"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The heading that is meant, or those that may be; `is_tie` says that two are as near."""

    code: str = ""
    names: tuple[str, ...] = ()
    is_tie: bool = False
    key: str = ""
    spellings: Mapping[str, str] = field(default_factory=dict)

    @property
    def near(self) -> tuple[str, ...]:
        """The headings to tell of; looked for only here, since most headings are none."""
        return self.names or _suggested(self.key, self.spellings)


def likeness(key: str, spellings: Mapping[str, str], *, is_last_part: bool) -> Likeness:
    """Return the known heading that a folded heading is close to.

    `is_last_part` says that a known heading may end a compound: "elavfall" is waste, but
    "arbetsmiljö" is not the environment.
    """
    bare = BRACKETS.sub(" ", key).strip(" :.-")
    if not bare or len(bare) > LONGEST:
        return Likeness()
    closest = _closest(bare, spellings, is_last_part=is_last_part)
    parts = [part.strip() for part in PARTS.split(bare)]
    if not closest and len(parts) > 1:
        each = [_closest(part, spellings, is_last_part=is_last_part) for part in parts]
        closest = (
            {code: name for codes in each for code, name in codes.items()} if all(each) else {}
        )
    names = tuple(name[:1].upper() + name[1:] for name in closest.values())
    if len(closest) == 1:
        return Likeness(next(iter(closest)), names)
    return Likeness("", names, bool(closest), bare, spellings)


def _closest(key: str, spellings: Mapping[str, str], *, is_last_part: bool) -> dict[str, str]:
    """Return the codes that are nearest, if any is close, each with its nearest spelling."""
    best: dict[str, str] = {}
    nearest = COMPOUND + 1
    for spelling, code in sorted(spellings.items()):
        if (how := _distance(key, spelling, is_last_part=is_last_part)) is None or how > nearest:
            continue
        best = {} if how < nearest else best
        nearest = how
        best.setdefault(code, spelling)
    return best


def _distance(key: str, spelling: str, *, is_last_part: bool) -> int | None:
    """Tell how near a heading is to a spelling, None if it is not close."""
    if (errors := misspelt(key, spelling)) is not None:
        return errors
    return COMPOUND if _is_compound(key, spelling, is_last_part=is_last_part) else None


def misspelt(key: str, spelling: str) -> int | None:
    """Count the typing errors that make a spelling of a heading; 0 if inflected, None if more."""
    written, known = GAPS.sub("", key), GAPS.sub("", spelling)
    if written == known or _is_inflection(key, spelling):
        return INFLECTED
    most = 1 if len(known) < 10 else 2 if len(known) < 16 else 3
    letters = typing_errors(written, known, most) if len(known) >= SHORTEST_PART else most + 1
    return letters if letters <= most else None


def _is_inflection(key: str, spelling: str) -> bool:
    """Tell whether two headings differ in the endings of their words alone."""
    words, others = key.split(), spelling.split()
    return len(words) == len(others) and all(map(_same_word, words, others))


def _same_word(word: str, other: str) -> bool:
    common = 0
    for letter, wanted in zip(word, other, strict=False):
        if letter != wanted:
            break
        common += 1
    endings = word[common:], other[common:]
    return word == other or (common > 3 and all(map(ENDING.fullmatch, endings)))


def _is_compound(key: str, spelling: str, *, is_last_part: bool) -> bool:
    """Tell whether a heading is one word made of a known one and more: "råvaruutvinning"."""
    if len(spelling) < SHORTEST_PART or " " in key or " " in spelling:
        return False
    # "Råvara" is "råvaru" in front of another word.
    stem = spelling.rstrip("ae")
    is_first = len(stem) >= SHORTEST_PART - 1 and key.startswith(stem)
    # A short word at the end tells too little: "gruvdrift" is no use of a product.
    may_end = is_last_part and len(spelling) > SHORTEST_PART
    return len(key) > len(spelling) and (is_first or (may_end and key.endswith(spelling)))


def typing_errors(written: str, known: str, most: int) -> int:
    """Count letters left out, put in, changed or swapped; more than `most` is `most` + 1."""
    if abs(len(written) - len(known)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(known) + 1))
    for at, letter in enumerate(written, start=1):
        last, before, row = before, row, [at]
        for to, wanted in enumerate(known, start=1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != wanted))
            is_swapped = (
                at > 1 and to > 1 and letter == known[to - 2] and written[at - 2] == wanted
            )
            row.append(min(cost, last[to - 2] + 1) if is_swapped else cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _suggested(key: str, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """Return known headings that somebody may have meant, one for each of them."""
    like = [spelling for spelling in sorted(spellings) if len(key) > 3 and key in spelling]
    like += difflib.get_close_matches(key, spellings, n=MOST_NEAR, cutoff=LIKE_ENOUGH)
    suggestions: dict[str, str] = {}
    for spelling in like:
        suggestions.setdefault(spellings[spelling], spelling)
    return tuple(name[:1].upper() + name[1:] for name in list(suggestions.values())[:MOST_NEAR])
