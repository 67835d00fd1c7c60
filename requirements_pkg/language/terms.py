"""Terms: what of a text is searched, the same for every inflection, spelling and compound. Pure.

Python makes the terms and the databases only compare whole words, so both give the same answers.
A word becomes its stem without case and diacritics; a compound also the stems of its parts, where
every part is a word that is known; what a hyphen joins, a code among it, also stands as one word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from snowballstemmer.swedish_stemmer import SwedishStemmer

from actionplan.text import INVISIBLE
from requirements_pkg.document import cpv
from requirements_pkg.language.lexicon import (
    ENDS_OF_COMPOUNDS,
    NO_COMPOUNDS,
    NO_LAST_PARTS,
    PARTS,
    SAME_WORDS,
    SHORT_FIRST_PARTS,
    STOP_WORDS,
    WHOLE_WORDS,
)

# Letters and digits, held together by hyphens; an ending after a colon (EU:s) says nothing.
TOKEN: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
ENDING: Final = re.compile(r":[^\W\d_]{1,3}\b")
HYPHEN: Final = re.compile(r"[-\u2010\u2011]")
DIGIT: Final = re.compile(r"\d")
# How a requirement is cited: SE-01, se01, SE 01, SE-01:2.
CODE: Final = re.compile(r"([^\W\d_]{1,6})[-\u2010\u2011 ]?([0-9]{1,4})(?::[0-9]{1,4})?")
NUMBERED: Final = re.compile(r"([a-z]+)([0-9]{1,4})")
# Letters that Unicode does not take apart.
PLAIN: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l"})
VOWELS: Final = frozenset("aeiouy")
LONGEST_STEM: Final = 40
LONGEST_COMPOUND: Final = 60
SHORTEST_PART: Final = 3
# "elkablar" is one.
SHORTEST_BEFORE_LAST: Final = 2
SHORTEST_WORD: Final = 4
# The stemmer takes away at most this much.
LONGEST_ENDING: Final = 8
# What joins two parts: arbetSmiljö, kvinnOfrid, varUförsörjning.
LINKS: Final = frozenset("sou")
# What joins a first part that ends so: undersökningSrock, säkerhetSsko. Known or not, it is one.
JOINT: Final = re.compile(r"(?:ing|ion|het|tet|skap|dom|nad)s(?=[a-z]{3})")
VOWEL: Final = re.compile("[aeiouy]")
# The shortest unknown parts beside a known one, last and first; the shortest known end of a word.
SHORTEST_UNKNOWN: Final = 4
SHORTEST_BEGINNING: Final = 5
SHORTEST_END: Final = 6
LONGEST_QUESTION: Final = 200
MOST_WORDS: Final = 12
# Short enough for a database to keep it beside its row, and so to read a thousand of them fast.
LONGEST_OPENING: Final = 280
# Only among short words do two part by their diacritics alone: lag and låg, mal and mål.
LONGEST_TWIN: Final = 5
# Ends the stem of a word with its diacritics, which stands before the one without.
SPELLED: Final = "å"
# Parts the terms of a heading from those of the body.
BAR: Final = "|"
# See `stretches`.
Stretches = dict[str, None]


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Return a word without case and diacritics: "Hållbarhet" and "hallbarhet" are one."""
    if word.isascii() and word.isalnum():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold().translate(PLAIN))
    # Accents go, and what stands between two signs that were one: ½ is 1 and 2.
    return "".join(filter(str.isalnum, apart))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of a plain word."""
    if same := SAME.get(word) or SAME.get(word.removesuffix("s")):
        return same
    end = LAST_PART.search(word)
    if end and end.start() >= SHORTEST_BEFORE_LAST and word not in NO_COMPOUND:
        return f"{word[: end.start()]}{SAME[end[1]]}"[:LONGEST_STEM]
    root = _cut(word)
    return SAME_STEM.get(root, root)


def _cut(word: str) -> str:
    # A stemmer keeps what it works on in itself, so that two threads cannot share one.
    stemmer = SwedishStemmer()
    root: str = stemmer.stemWord(word)
    # Once is not enough: "certifikatet" becomes "certifikat", and that "certifik".
    while root not in SAME and root != (shorter := stemmer.stemWord(_bare(root))):
        if len(shorter) < SHORTEST_PART:
            break
        root = shorter
    return SAME.get(root, root)[:LONGEST_STEM]


def _bare(word: str) -> str:
    """Cut off what the stemmer leaves: miljö(n), motor(n), verk(et), resur(s), stipendi(um)."""
    if len(word) > SHORTEST_WORD + 2 and word.endswith("ium"):
        return word[:-2]
    if len(word) > SHORTEST_WORD + 1 and word.endswith("et"):
        return word[:-2]
    if len(word) <= SHORTEST_WORD:
        return word
    has_article = word[-1] == "n" and (word[-2] in VOWELS or word.endswith(("orn", "eln")))
    return word[:-1] if word[-1] == "s" or has_article else word


SAME: Final = {plain(form): plain(first) for form, first in SAME_WORDS.items()}
# The other inflections of those words; a short stem could be another word's.
SAME_STEM: Final = {
    short: first for form, first in SAME.items() if len(short := _cut(form)) >= SHORTEST_WORD
}
_LAST: Final = sorted(
    (form for form, first in SAME.items() if first in set(map(plain, ENDS_OF_COMPOUNDS.split()))),
    key=len,
)
LAST_PART: Final = re.compile(rf"({'|'.join(reversed(_LAST))})n?s?$")
NO_COMPOUND: Final = frozenset(map(plain, NO_COMPOUNDS.split()))
STOP: Final = frozenset(map(plain, STOP_WORDS.split()))
# "underleverantör" is the one stop word worth a part.
KNOWN: Final = frozenset(stem(plain(word)) for word in PARTS.split()) - set(
    map(stem, STOP - {"under"})
)
WHOLE: Final = tuple(map(plain, WHOLE_WORDS))
NO_PARTS: Final = frozenset(map(plain, NO_LAST_PARTS.split()))
SHORT_FIRST: Final = tuple(SHORT_FIRST_PARTS.split())


def spelled(word: str) -> str:
    """Return a short word's stem with its diacritics, or "": "låg" and "lag" are two words."""
    bare = plain(word)
    if word.isascii() or bare in SAME or bare in STOP:
        return ""
    short, written = stem(bare), unicodedata.normalize("NFC", word.casefold())[: len(stem(bare))]
    is_twin = len(short) <= LONGEST_TWIN and written != short and plain(written) == short
    return f"{written}{SPELLED}" if is_twin else ""


@dataclass(frozen=True, slots=True)
class CompoundPart:
    """A part of a compound: where it stands in the word, and its stem."""

    start: int
    end: int
    term: str


class Splitter:
    """Makes the terms of words, their compounds taken apart into known words; each word once."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        # What a part may begin with: most parts are refused by this, without being stemmed.
        self._beginnings = self._known | SAME.keys() | SAME_STEM.keys()
        self._pieces: dict[str, tuple[CompoundPart, ...]] = {}
        # The same, half known ones too; many spellings are one plain word.
        self._parts: dict[str, tuple[CompoundPart, ...]] = {}
        self._terms: dict[str, tuple[str, ...]] = {}
        self._stretches = _Stretches(self)

    @classmethod
    def of_words(cls, words: Iterable[str]) -> "Splitter":
        """Make a splitter that knows these words, and the common parts of compounds."""
        stems = {stem(word) for word in map(plain, words) if _is_part(word)}
        return cls(KNOWN.union(term for term in stems if len(term) >= SHORTEST_WORD))

    def terms(self, token: str) -> tuple[str, ...]:
        """Return the terms of a word as it is written."""
        return tuple(" ".join(self.entries(token)).split())

    def terms_of(self, text: str) -> Iterator[str]:
        """Return the terms of a text in the order of its words; the same may come again."""
        return iter(" ".join(self.entries_in(stretches(text))).split())

    def entries(self, token: str) -> tuple[str, ...]:
        """Return the terms of a word; an entry may be two, with diacritics and then without."""
        terms = self._terms.get(token)
        if terms is None:
            terms = self._terms[token] = tuple(self._entries_of(token))
        return terms

    def entries_in(self, text_stretches: Stretches) -> Iterator[str]:
        """Return the entries of a text whose stretches somebody has found already."""
        return chain.from_iterable(map(self._stretches.__getitem__, text_stretches))

    def pieces(self, word: str) -> tuple[CompoundPart, ...]:
        """Return the parts of a plain word in every way to take it apart; none, if it cannot."""
        parts = self._parts.get(word)
        if parts is None:
            parts = self._known_pieces(word) or tuple(self._half_known(word))
            self._parts[word] = parts
        return parts

    def _known_pieces(self, word: str) -> tuple[CompoundPart, ...]:
        """Return the parts of a plain word in every way to take it apart into known words."""
        parts = self._pieces.get(word)
        if parts is None:
            parts = self._pieces[word] = tuple(self._take_apart(word))
        return parts

    def _entries_of(self, token: str) -> Iterator[str]:
        words = HYPHEN.split(token)
        if len(words) > 1 or DIGIT.search(token):
            yield from _whole(token)
        for word in words:
            bare = plain(word)
            if DIGIT.search(bare):
                yield bare[:LONGEST_STEM]
            elif bare:
                yield _entry(word, stem(bare))
                for piece in self.pieces(bare):
                    # The part as it is written, where each letter has become one letter.
                    part = word[piece.start : piece.end] if len(word) == len(bare) else ""
                    yield _entry(part, piece.term)

    def _take_apart(self, word: str) -> Iterator[CompoundPart]:
        if not _may_be_compound(word):
            return
        parts: dict[CompoundPart, None] = {}
        shortest = len(SHORT_FIRST[0]) if word.startswith(SHORT_FIRST) else SHORTEST_PART
        for at in range(shortest, len(word) - SHORTEST_PART + 1):
            last = () if word[at:] in NO_PARTS else self._part(word[at:])
            if last and (first := self._first_part(word[:at])):
                parts |= dict.fromkeys(first)
                parts |= {
                    CompoundPart(at + part.start, at + part.end, part.term): None for part in last
                }
        yield from parts

    def _half_known(self, word: str) -> Iterator[CompoundPart]:
        """Yield the parts of a compound of which one never stands alone: "nitrilhandskar"."""
        if not _may_be_compound(word):
            return
        for joint in JOINT.finditer(word):
            at = joint.end()
            if joint.start() >= SHORTEST_PART and word[at:] not in NO_PARTS:
                yield CompoundPart(0, at - 1, stem(word[: at - 1]))
                yield CompoundPart(at, len(word), stem(word[at:]))
        for at in range(SHORTEST_PART, len(word) - SHORTEST_UNKNOWN + 1):
            first, last = word[:at], word[at:]
            if last in NO_PARTS or not VOWEL.search(last):
                continue
            is_end = at >= SHORTEST_BEGINNING and stem(last) in self._known
            if is_end:
                bare = first[:-1] if first[-1] in LINKS else first
                yield CompoundPart(0, len(bare), stem(bare))
            if (is_end and len(last) >= SHORTEST_END) or self._first_part(first):
                yield CompoundPart(at, len(word), stem(last))

    def _first_part(self, text: str) -> tuple[CompoundPart, ...]:
        if text in SHORT_FIRST:
            return (CompoundPart(0, len(text), text),)
        parts = self._part(text)
        if not parts and len(text) > SHORTEST_PART and text[-1] in LINKS:
            parts = self._part(text[:-1])
        return parts

    def _part(self, text: str) -> tuple[CompoundPart, ...]:
        """Return a text as a known word, with its own parts; or only those; or nothing."""
        smaller = self._known_pieces(text)
        least = max(SHORTEST_PART, len(text) - LONGEST_ENDING)
        if any(text[:end] in self._beginnings for end in range(least, len(text) + 1)):
            term = stem(text)
            if term in self._known:
                return (CompoundPart(0, len(text), term), *smaller)
        return smaller


class _Stretches(dict[str, tuple[str, ...]]):
    """The terms of stretches, each looked at once: the same come again and again."""

    def __init__(self, splitter: Splitter) -> None:
        super().__init__()
        self._entries = splitter.entries

    def __missing__(self, stretch: str) -> tuple[str, ...]:
        entries = self[stretch] = tuple(chain.from_iterable(map(self._entries, tokens(stretch))))
        return entries


def written(heading: str, body: str, splitter: Splitter) -> str:
    """Return the terms of a text as they are stored: each once, where it first occurs."""
    return written_of(stretches(heading), stretches(body), splitter)


def written_of(
    heading: Stretches, body: Stretches, splitter: Splitter, facets: Iterable[str] = ()
) -> str:
    """Return the terms of a text as they are stored, from stretches that were found already.

    Args:
        facets: more terms that it is to be found by, though nobody reads them in it.
    """
    terms = chain(splitter.entries_in(heading), (BAR,), splitter.entries_in(body), facets)
    return f" {' '.join(dict.fromkeys(terms))} "


def opening_of(terms: str) -> str:
    """Return the beginning of written terms, with all of the heading: texts are ranked by it."""
    end = max(LONGEST_OPENING, terms.index(BAR) + 2)
    return terms[: terms.rfind(" ", 0, end) + 1]


def words_of(text_stretches: Iterable[str]) -> set[str]:
    """Return the words of stretches that are long enough to be part of a compound."""
    return {
        word
        for token in set(tokens(" ".join(text_stretches)))
        for word in HYPHEN.split(token.casefold())
        if len(word) <= LONGEST_STEM and _is_part(word)
    }


def stretches(text: str) -> Stretches:
    """Return what stands between the spaces of a text, each once and in order.

    No word has a space.
    """
    return dict.fromkeys(text.split())


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are written, still joined by their hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    if ":" in text:
        text = ENDING.sub(" ", text)
    return TOKEN.findall(text)


def joined(token: str) -> str:
    """Join what hyphens part as one word; in a code, zeros before the number do not count."""
    word = plain(HYPHEN.sub("", token))
    if code := NUMBERED.fullmatch(word):
        return f"{code[1]}{int(code[2])}"
    return word[:LONGEST_STEM] if DIGIT.search(word) else stem(word)


@lru_cache(maxsize=1 << 14)
def _whole(token: str) -> tuple[str, ...]:
    """Return what a token is found by as a whole; codes come again with each version."""
    return joined(token), *branches(token)


def branches(token: str) -> Iterator[str]:
    """Yield a CPV code as terms: itself and every branch above it; nothing of another word."""
    if cpv.FORM.fullmatch(token):
        digits = cpv.branch(token)
        lengths = range(cpv.DIVISION_LENGTH, len(digits) + 1)
        yield from (f"cpv{digits[:length]}" for length in lengths)


def _entry(word: str, term: str) -> str:
    twin = spelled(word) if word else ""
    return f"{twin} {term}" if twin and plain(twin[:-1]) == term else term


def _may_be_compound(word: str) -> bool:
    return 2 * SHORTEST_PART <= len(word) <= LONGEST_COMPOUND and not word.startswith(WHOLE)


def _is_part(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word.isalpha() and plain(word) not in STOP
