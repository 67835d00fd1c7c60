"""Where long words may break, with a hyphen, in places with little room. Pure.

Not every browser knows Swedish well enough to hyphenate by itself.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from requirements_pkg.language.terms import JOINT, Splitter, plain

SOFT_HYPHEN: Final = "\u00ad"
BETWEEN_WORDS: Final = re.compile(r"(?<=\w)/(?=\w)")
# A name stands in a narrow head, a text has more room.
LONG_NAME: Final = re.compile(r"[^\W\d_]{14,60}")
SHORTEST_LONG: Final = 18
# From where a word begins: else each of its letters is tried.
LONG_WORD: Final = re.compile(rf"(?<![^\W\d_])[^\W\d_]{{{SHORTEST_LONG},60}}")
# A part of a compound that is longer is broken by syllables; so many letters stay together.
LONGEST_PART: Final = 12
SHORTEST_REST: Final = 3
# A consonant goes with the vowel after it, two where they begin words; ng and ck stay behind.
SYLLABLE: Final = re.compile(
    r"(?<=[aeiouy])(?:ng|ck)(?=[aeiouy])"
    r"|(?<=[a-mo-z])(?=(?:[bdgkpt]r|[bfkp]l)[aeiouy])"
    r"|(?<=[a-z])(?<![bdgkpt](?=r))(?<![bfkp](?=l))(?=[b-df-hj-np-tv-xz][aeiouy])"
)
VOWEL: Final = re.compile("[aeiouy]")
COMMON: Final = Splitter.of_words([])


def breakable(text: str) -> SafeString:
    """Put a soft hyphen between the parts of a name's long words, and room after a slash.

    What has been made so already stays as it is.
    """
    html = BETWEEN_WORDS.sub("/<wbr>", LONG_NAME.sub(_softened, conditional_escape(text)))
    return mark_safe(html)  # noqa: S308 - escaped above


def softened(text: str) -> str:
    """Put soft hyphens in the longest words of a text; it is not escaped."""
    # A page has a thousand of them, and few have a word so long. Not by one pattern that takes all
    # and gives nothing back: Python 3.11 once found short words where there was a long one.
    if max(map(len, text.split()), default=0) < SHORTEST_LONG:
        return text
    return LONG_WORD.sub(_softened, text)


def _softened(match: re.Match[str]) -> str:
    return _with_breaks(match[0])


@lru_cache(maxsize=1 << 12)
def _with_breaks(word: str) -> str:
    bare = plain(word)
    if len(bare) != len(word):
        return word
    # Where an ending and an s join two parts, whatever they are, there is no doubt.
    starts = {match.end() for match in JOINT.finditer(bare)}
    starts = starts or {piece.start for piece in COMMON.pieces(bare)} - {0}
    # What joins two parts stays with the first: "säkerhets-uppdatering".
    starts -= {at for at in starts if bare[at] == "s" and at + 1 in starts}
    breaks = sorted(starts)
    for begin, end in pairwise((0, *breaks, len(word))):
        if end - begin > LONGEST_PART:
            breaks += _syllables(bare, begin, end)
    edges = [0]
    # The breaks between the parts of a compound come first.
    for at in sorted(breaks, key=lambda at: (at not in starts, at)):
        if all(abs(at - other) >= SHORTEST_REST for other in (*edges, len(word))):
            edges.append(at)
    return SOFT_HYPHEN.join(word[at:to] for at, to in pairwise((*sorted(edges), len(word))))


def _syllables(word: str, begin: int, end: int) -> Iterator[int]:
    """Tell where a part of a word breaks that has no smaller parts."""
    for match in SYLLABLE.finditer(word, begin, end):
        if VOWEL.search(word, begin, match.end()):
            yield match.end()
