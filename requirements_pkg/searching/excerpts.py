"""How an answer shows why it was found: the words marked, and the sentence around them. Pure."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from requirements_pkg.language.terms import DIGIT, HYPHEN, TOKEN, Splitter, joined, plain, stem
from requirements_pkg.searching.question import SearchQuestion

LONGEST: Final = 260
# What stands before the first marked word, so that it is read in its sentence.
BEFORE: Final = 70
ELLIPSIS: Final = "…"
# Where one paragraph ends and the next begins.
BETWEEN: Final = " · "
Span = tuple[int, int]


class WantedWords(dict[str, bool]):
    """Which words may have something to mark; a page says most of its words many times."""

    def __init__(self, question: SearchQuestion) -> None:
        super().__init__()
        self.terms = question.every_term
        self._beginnings = tuple({term[:3] for term in self.terms})

    def __missing__(self, token: str) -> bool:
        words = [token, *HYPHEN.split(token)]
        self[token] = any(map(self._may_hold, words)) or joined(token) in self.terms
        return self[token]

    def _may_hold(self, word: str) -> bool:
        bare = plain(word)
        return stem(bare) in self.terms or any(term in bare for term in self._beginnings)


class WordMarker:
    """Marks the words of one question in one text that was found."""

    def __init__(self, words: WantedWords, terms: str) -> None:
        self._words, self._wanted = words, words.terms
        # The parts of every compound are among the text's own terms.
        self._splitter = Splitter(terms.split())

    def marked(self, text: str) -> SafeString:
        """Return the whole text, escaped, with its matching words marked."""
        text = unicodedata.normalize("NFC", text)
        return _marked(text, list(self._spans(text)), (0, len(text)))

    def excerpt(self, text: str) -> SafeString:
        """Return the part of a text with most of the words, or its beginning."""
        paragraphs = unicodedata.normalize("NFC", text).split("\n\n")
        text = BETWEEN.join(" ".join(paragraph.split()) for paragraph in paragraphs)
        spans = list(self._spans(text))
        start = _best_start(spans)
        window = _whole_words(text, start, start + LONGEST)
        before = f"{ELLIPSIS} " if window[0] else ""
        after = f" {ELLIPSIS}" if window[1] < len(text) else ""
        return format_html("{}{}{}", before, _marked(text, spans, window), after)

    def _spans(self, text: str) -> Iterator[Span]:
        may_have = self._words
        for token in TOKEN.finditer(text):
            at, words = token.start(), token[0]
            if not may_have[words]:
                continue
            has_joint = HYPHEN.search(words) or DIGIT.search(words)
            if has_joint and joined(words) in self._wanted:
                yield token.span()
                continue
            for word in HYPHEN.split(words):
                yield from ((at + start, at + end) for start, end in self._spans_of(word))
                at += len(word) + 1

    def _spans_of(self, word: str) -> Iterator[Span]:
        bare = plain(word)
        if bare in self._wanted or stem(bare) in self._wanted:
            yield 0, len(word)
            return
        if len(bare) != len(word):
            return
        # Taking apart is dear: `WantedWords` let only those through that could hold one.
        spans = {
            (piece.start, piece.end)
            for piece in self._splitter.pieces(bare)
            if piece.term in self._wanted
        }
        end = 0
        # Of two that begin alike the longer: "kaffeautomat" is of "kaffe", not of its stem.
        for span in sorted(spans, key=lambda span: (span[0], -span[1])):
            if span[0] >= end:
                yield span
                end = span[1]


def _best_start(spans: list[Span]) -> int:
    """Tell where the stretch with most marks begins, the first of equals."""
    if not spans:
        return 0
    starts = [start for start, _end in spans]
    reach = LONGEST - BEFORE
    best = max(starts, key=lambda at: sum(at <= start < at + reach for start in starts))
    # What fits from the beginning is shown from the beginning.
    return max(0, best - BEFORE) if best > reach else 0


def _whole_words(text: str, start: int, end: int) -> Span:
    """Move the ends of a window inwards until it cuts no word."""
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        cut = text.rfind(" ", start, end + 1)
        end = cut if cut > start else end
    return start, min(end, len(text))


def _marked(text: str, spans: list[Span], window: Span) -> SafeString:
    pieces, at = [], window[0]
    for start, end in spans:
        if window[0] <= start and end <= window[1]:
            pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    pieces.append(escape(text[at : window[1]]))
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped above
