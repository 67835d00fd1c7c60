"""What somebody asks: words, each with what else may stand in its place. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Final

from actionplan.text import clean
from requirements_pkg.document import cpv
from requirements_pkg.language.terms import (
    CODE,
    DIGIT,
    HYPHEN,
    KNOWN,
    LONGEST_QUESTION,
    MOST_WORDS,
    SHORT_FIRST,
    STOP,
    joined,
    plain,
    spelled,
    stem,
    tokens,
)

# What may stand for a word: terms that a text must have all of.
Alternative = tuple[str, ...]
# A word, or words that mean one thing, and after it what else may stand there.
Group = tuple[Alternative, ...]
# The longest word that is written apart, or with a hyphen, or neither: "it system", "e post".
LONGEST_LOOSE: Final = 3
# Of so many digits a number may be one that only measures: "scope 3", "95 procent".
LONGEST_MEASURE: Final = 2
SHORTEST_BRANCH: Final = 5
CPV_DIGITS: Final = 8
# So many digits name a division, a group, a class or a category of CPV; the rest make it narrower.
CATEGORY_LENGTH: Final = 5
CPV_LENGTHS: Final = range(cpv.DIVISION_LENGTH, CPV_DIGITS + 1)


@dataclass(frozen=True)
class SearchQuestion:
    """What somebody searches for: the text as shown, its groups, and the code it may be."""

    text: str = ""
    groups: tuple[Group, ...] = ()
    code: str = ""
    # The terms whose words were asked for with diacritics that short words part by, and those.
    spellings: tuple[tuple[str, str], ...] = ()
    # What is looked for as well, as a synonym.
    also: tuple[str, ...] = ()
    # Terms that a text must have whatever is asked, and that do not count for its rank.
    besides: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "SearchQuestion":
        """Read a question; whatever is written, it is only words."""
        text = clean(text[: 2 * LONGEST_QUESTION])[:LONGEST_QUESTION].rstrip()
        code = CODE.fullmatch(text)
        if code and ("-" in text or ":" in text or " " not in text):
            term = joined(code[1] + code[2])
            return cls(text, (((term,),),), term)
        groups = tuple(dict.fromkeys(_groups(text)))[:MOST_WORDS]
        pairs = ((stem(plain(word)), spelled(word)) for word in tokens(text))
        spellings = tuple((term, twin) for term, twin in dict.fromkeys(pairs) if twin)
        return cls(text, groups, joined(code[1] + code[2]) if code else "", spellings)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms of the words as they were asked for."""
        first_words = chain.from_iterable(group[0] for group in self.groups)
        return tuple(dict.fromkeys(first_words))[:MOST_WORDS]

    @cached_property
    def every_term(self) -> frozenset[str]:
        """Every term that an answer may have been found by."""
        alternatives = chain.from_iterable(self.groups)
        return frozenset((*chain.from_iterable(alternatives), self.code)) - {""}

    @property
    def distinctive(self) -> "SearchQuestion":
        """The question without numbers that say nothing of their own, if there are words."""
        groups = tuple(
            group
            for group in self.groups
            if not (group[0][0].isdigit() and len(group[0][0]) <= LONGEST_MEASURE)
        )
        return replace(self, groups=groups) if groups else self

    def is_answered_by(self, terms: str) -> bool:
        """Tell whether written terms have all of what is asked for."""
        if self.code and f" {self.code} " in terms:
            return True
        return all(
            any(all(f" {term} " in terms for term in alternative) for alternative in group)
            for group in self.groups
        )


def _groups(text: str) -> Iterator[Group]:
    """Yield the groups of a question; a compound is meant as it stands, and not taken apart."""
    words = tokens(text)
    content_words = [word for word in words if plain(word) not in STOP] or words
    at = 0
    while at < len(content_words):
        word, after = content_words[at], content_words[at + 1 : at + 2]
        if after and _is_loose(word, after[0]):
            pair = (stem(plain(word)), stem(plain(after[0])))
            yield pair, (joined(word + after[0]),)
            at += 1
        elif after and _is_split(word, after[0]):
            # One word that was written as two: "arbets kläder".
            pair = (stem(plain(word)), stem(plain(after[0])))
            yield (joined(word + after[0]),), pair
            at += 1
        else:
            yield from _groups_of(word)
        at += 1


def _is_loose(word: str, after: str) -> bool:
    return len(word) <= LONGEST_LOOSE and word.isalpha() and after.isalpha()


def _is_split(word: str, after: str) -> bool:
    return word.isalpha() and after.isalpha() and word.endswith("s")


def _groups_of(word: str) -> Iterator[Group]:
    if DIGIT.search(word):
        term = joined(word)
        yield ((term,), *((code,) for code in (*_branches(word), *_codes_above(word))))
        return
    parts = tuple(filter(None, map(plain, HYPHEN.split(word))))
    if len(parts) > 1:
        yield tuple(map(stem, parts)), (joined(word),)
    elif parts:
        apart = (
            (first, stem(parts[0].removeprefix(first)))
            for first in SHORT_FIRST
            if parts[0].startswith(first)
        )
        yield ((stem(parts[0]),), *(pair for pair in apart if pair[1] in KNOWN))


def _branches(word: str) -> Iterator[str]:
    """Yield the branch of CPV codes that a number may name: 33141, 33141000 or 33141000-0."""
    digits = word[:8] if cpv.FORM.fullmatch(word) else word
    if digits.isascii() and digits.isdigit() and len(digits) in CPV_LENGTHS:
        yield f"cpv{cpv.branch(digits)}"


def _codes_above(word: str) -> Iterator[str]:
    """Yield the wide codes above a CPV code: what is for 33140000-3 is for 33141420-0 too."""
    digits = word[:8] if cpv.FORM.fullmatch(word) else word
    if digits.isascii() and digits.isdigit() and SHORTEST_BRANCH <= len(digits) <= CPV_DIGITS:
        branch = cpv.branch(digits)
        nearest = min(len(branch) - 1, CATEGORY_LENGTH)
        for length in range(nearest, cpv.DIVISION_LENGTH - 1, -1):
            above = branch[:length].ljust(CPV_DIGITS, "0")
            yield f"{above}{cpv.check_digit(above)}"
