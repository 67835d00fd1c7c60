"""Names and identifiers in words that are to become public: people judge each that is met. Pure.

Suppliers, sub-suppliers and contracts that the system knows are met however they are spaced,
hyphenated, bent or accented, and with one letter wrong: "Slite-El" for "Slite El AB". Addresses,
telephone and organisation numbers are met by their form.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from followup.report.masking import plan_texts
from followup.report.quick_screening import CleanTexts, Signs
from followup.report.schema import Report

# Shorter names are words of the language more often than not, and one letter makes them another.
SHORTEST, SHORTEST_MISSPELT = 4, 7
MOST_WORDS: Final = 5
# So many letters at one end of a name are right, where it is misspelt.
END: Final = 3
WORD: Final = re.compile(r"[\w&]+", re.UNICODE)
PATTERNS: Final = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<![\d-])\d{6}-\d{4}(?![\d-])"),
    # Groups of two or three digits, however they are parted: 08-123 456 78, 070-123 45 67.
    re.compile(
        r"(?<![\w-])(?:\+46\s?(?:\(0\)\s?)?\d{1,3}|0\d{1,3})[\s-]\d{2,3}(?:[\s-]?\d{2,3}){1,2}(?!\d)"
    ),
)
# What a number of an organisation ends with, and a telephone number begins with.
LAST_FOUR: Final = re.compile(r"-\d{4}")
AREA_CODE: Final = re.compile(r"0\d{1,3}[\s-]\d\d")
AGREEMENT: Final = re.compile("avtal|kontrakt", re.IGNORECASE)
OF_CONTRACT: Final = r"s?\s+(?:\w+\s+)?(?:avtal|kontrakt|ramavtal)"


@dataclass(frozen=True, slots=True)
class NameHit:
    """Words in a text that may name somebody; `key` is the same for the same words in the text."""

    place: str
    words: str
    text: str

    @property
    def key(self) -> str:
        """What a decision on these words is of."""
        return sha256(f"{self.words.casefold()}\x1f{self.text}".encode()).hexdigest()


class _NameParts(dict[str, bool]):
    """Which words of a text may be the beginning, the end or all of a known name.

    With one letter wrong a name of several words still begins or ends with a word that is right.
    """

    def __init__(self, names: "KnownNames") -> None:
        super().__init__()
        self.names = names
        self.beginnings = {key[:at] for key in names.keys for at in range(len(key))}
        ends = {key[at:] for key in names.keys for at in range(1, len(key) + 1)}
        # Whose it is may stand after it.
        self.ends = ends | {f"{end}s" for end in ends}

    def __missing__(self, word: str) -> bool:
        key = _key(word)
        is_part = key in self.beginnings or key in self.ends
        self[word] = is_part or self.names.is_known(key)
        return self[word]


class KnownNames:
    """What the system knows of suppliers and contracts, and whose contracts they are.

    Args:
        names: of suppliers and sub-suppliers, without the form of the firm.
        contracts: their numbers.
        owners: the organisations whose contracts they are.
    """

    def __init__(
        self, names: Iterable[str], contracts: Iterable[str] = (), owners: Iterable[str] = ()
    ) -> None:
        keys = {_key(name) for name in (*names, *contracts)}
        self.keys = {key for key in keys if len(key) >= SHORTEST}
        # A name with one letter wrong shares with the right one what is left without a letter.
        self.shortened = {
            short
            for key in self.keys
            if len(key) >= SHORTEST_MISSPELT and not key.isdigit()
            for short in _without_a_letter(key)
        }
        self.starts = {key[:END] for key in self.keys}
        self.ends = {key[-END:] for key in self.keys}
        self.longest = max(map(len, self.keys), default=0) + 1
        self._parts = _NameParts(self)
        owned = [name for name in owners if name]
        wanted = "|".join(map(re.escape, owned))
        self.contracts = (
            re.compile(rf"(?:{wanted}){OF_CONTRACT}", re.IGNORECASE) if wanted else None
        )
        self._signs = Signs(owned)
        self._clean = CleanTexts()
        self._clean_marks = CleanTexts()

    def hits(self, place: str, text: str) -> list[NameHit]:
        """Return the words in a text that may name somebody, in reading order, each once."""
        return self._hits_at(place, text, {*self._named(text), *self._by_form(text)})

    def were_clean(self, mark: str) -> bool:
        """Tell whether nothing was met in the texts that have this mark; "" is nobody's."""
        return mark != "" and not self._clean_marks.others([mark])

    def keep_clean(self, mark: str) -> None:
        """Remember that nothing was met in the texts that have this mark."""
        if mark:
            self._clean_marks.add([mark])

    def may_meet(self, row: bytes) -> bool:
        """Tell whether anything may be met in one of many texts that stand in a row."""
        whole = row.decode()
        return self._signs.has_any(whole, row) or self._may_name(whole)

    def hits_in(self, places: Mapping[str, str]) -> Iterator[NameHit]:
        """Yield what `hits` returns of many texts, each with its place.

        What tells that something may be met is looked for in all of them at once, and not again
        in those that had nothing to be met.
        """
        texts = self._clean.others(places)
        signed = self._signs.texts_with_any(texts)
        may_name = self._may_name("\n".join(texts))
        met = dict[str, set[tuple[int, int]]]()
        for text in texts if may_name else filter(signed.__contains__, texts):
            spans = {*self._named(text), *(self._by_form(text) if text in signed else ())}
            if spans:
                met[text] = spans
        self._clean.add([text for text in texts if text not in met])
        for text, spans in met.items():
            yield from self._hits_at(places[text], text, spans)

    def _hits_at(self, place: str, text: str, met: Iterable[tuple[int, int]]) -> list[NameHit]:
        spans = sorted(met, key=lambda span: span[0])
        hits: list[NameHit] = []
        end = 0
        for start, stop in spans:
            if start >= end:
                hits.append(NameHit(place, text[start:stop], text))
                end = stop
        return hits

    def _by_form(self, text: str) -> Iterator[tuple[int, int]]:
        # A package has thousands of texts, and most have no sign of any of these.
        patterns = [PATTERNS[0]] if "@" in text else []
        if LAST_FOUR.search(text):
            patterns.append(PATTERNS[1])
        if "+46" in text or AREA_CODE.search(text):
            patterns.append(PATTERNS[2])
        if self.contracts is not None and AGREEMENT.search(text):
            patterns.append(self.contracts)
        for pattern in patterns:
            yield from (match.span() for match in pattern.finditer(text))

    def _may_name(self, whole: str) -> bool:
        """Tell whether any word of texts in a row may be a part of a known name."""
        if not self.keys:
            return False
        words = WORD.findall("\n".join(set(whole.split())))
        return any(map(self._parts.__getitem__, words))

    def _named(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where one to five words together make a known name; the longest first."""
        parts = self._parts
        if not self.keys or not any(map(parts.__getitem__, WORD.findall(text))):
            return
        words = list(WORD.finditer(text))
        keys = [_key(word.group()) for word in words]
        are_parts = [parts[word.group()] for word in words]
        for at, first in enumerate(words):
            for number in range(min(MOST_WORDS, len(words) - at), 0, -1):
                last = at + number - 1
                if (are_parts[at] or are_parts[last]) and self.is_known(
                    "".join(keys[at : last + 1])
                ):
                    yield first.start(), words[last].end()
                    break

    def is_known(self, key: str) -> bool:
        """Tell whether words, as they are compared, are a known name or nearly one."""
        if not SHORTEST <= len(key) <= self.longest:
            return False
        if key in self.keys or (key.endswith("s") and key[:-1] in self.keys):
            return True
        if len(key) < SHORTEST_MISSPELT or key.isdigit():
            return False
        # One wrong letter is not at both ends.
        if key[:END] not in self.starts and key[-END:] not in self.ends:
            return False
        return key in self.shortened or any(
            short in self.keys or short in self.shortened for short in _without_a_letter(key)
        )


def report_hits(report: Report, note: str, known: KnownNames) -> Sequence[NameHit]:
    """Return what may name somebody in a report and its note, each in its place.

    The supplier of a summary is named where a review has said so: it is no hit there.
    """
    hits = known.hits("note", note)
    for text in plan_texts(report):
        hits += known.hits("plan", text)
    for reading in report.readings:
        hits += known.hits("reading", reading.comment)
        hits += known.hits("reading", reading.evidence_url)
    for summary in report.summaries:
        supplier = _key(summary.supplier)
        of_summary = known.hits("summary", summary.text)
        hits += [hit for hit in of_summary if not supplier or _key(hit.words) not in supplier]
    for lesson in report.lessons:
        hits += known.hits("lesson", lesson.text)
    return list(dict.fromkeys(hits))


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    """Return a name as it is compared: letters and digits alone, without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _without_a_letter(key: str) -> Iterator[str]:
    return (key[:at] + key[at + 1 :] for at in range(len(key)))
