"""What somebody may have meant whose word finds nothing: only words that are near. Pure."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from requirements_pkg.language.terms import SHORTEST_END, SHORTEST_PART, plain, stem, tokens

MOST_SUGGESTIONS: Final = 5
# How alike a word must be to be looked at, and how many letters longer or shorter it may be.
LIKENESS: Final = 0.72
LENGTH_APART: Final = 3
# A word is near where no more than every so manieth letter has to be mended.
LETTERS_A_FAULT: Final = 4


def suggested(text: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words that look like those of a question: the reader may have misspelt one.

    Args:
        words: as they are written, by their plain form.
    """
    suggestions: dict[str, None] = {}
    for token in tokens(text)[:MOST_SUGGESTIONS]:
        wanted = plain(token)
        near = [word for word in words if abs(len(word) - len(wanted)) <= LENGTH_APART]
        alike = get_close_matches(wanted, near, n=MOST_SUGGESTIONS, cutoff=LIKENESS)
        meant = (*_nearest(wanted, alike), *_ending_so(wanted, words))
        suggestions |= dict.fromkeys(words[word] for word in meant)
    return tuple(suggestions)[:MOST_SUGGESTIONS]


def _nearest(wanted: str, words: Iterable[str]) -> list[str]:
    """Return those that are near, unless others are nearer still."""
    counts = {word: _faults_to(wanted, word) for word in words}
    least = min(counts.values(), default=0)
    return [word for word, count in counts.items() if count == least and _is_near(wanted, word)]


def _is_near(wanted: str, word: str) -> bool:
    """Tell whether somebody who typed one may have meant the other: short of a letter or two.

    What a stem is short of is measured by the stem: of two inflected words little else is left.
    """
    pairs = (wanted, word), (stem(wanted), stem(word))
    return any(faults(typed, to) <= max(1, len(typed) // LETTERS_A_FAULT) for typed, to in pairs)


def _faults_to(wanted: str, word: str) -> int:
    return min(faults(wanted, word), faults(stem(wanted), stem(word)))


def _ending_so(wanted: str, words: Iterable[str]) -> list[str]:
    """Return the compounds whose end may have been meant: "hanskar" in "arbetshandskar"."""
    lengths = range(len(wanted) - 1, len(wanted) + 2) if len(wanted) >= SHORTEST_END else ()
    return [
        word
        for word in words
        if any(
            len(word) >= length + SHORTEST_PART
            # Few mistype the first letter, and so few words are left to be looked at.
            and word[-length] == wanted[0]
            # An end that is no part of the compound has no stem of its own.
            and faults(wanted, word[-length:]) <= max(1, len(wanted) // LETTERS_A_FAULT)
            for length in lengths
        )
    ]


def faults(word: str, other: str) -> int:
    """Count the letters to add, leave out, change or swap to make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        last, before, row = before, row, [at]
        for to, there in enumerate(other, 1):
            least = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != there))
            if last and to > 1 and letter == other[to - 2] and word[at - 2] == there:
                least = min(least, last[to - 2] + 1)
            row.append(least)
    return row[-1]
