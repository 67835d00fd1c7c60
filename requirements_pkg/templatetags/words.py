"""How long words are shown where there is little room."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from requirements_pkg.searching.terms import Splitter, plain

register = template.Library()

SOFT_HYPHEN: Final = "\u00ad"
BETWEEN_WORDS: Final = re.compile(r"(?<=\w)/(?=\w)")
LONG_WORD: Final = re.compile(r"[^\W\d_]{14,60}")
COMMON: Final = Splitter.of_words([])


@register.filter
def breakable(text: object) -> SafeString:
    """The text with a soft hyphen between the parts of its long compounds, and room after a slash.

    Not every browser knows Swedish well enough to hyphenate by itself.
    """
    softened = LONG_WORD.sub(lambda word: _with_breaks(word[0]), str(text))
    return mark_safe(BETWEEN_WORDS.sub("/<wbr>", escape(softened)))  # noqa: S308 - escaped


@lru_cache(maxsize=1 << 10)
def _with_breaks(word: str) -> str:
    bare = plain(word)
    if len(bare) != len(word):
        return word
    starts = sorted({one.start for one in COMMON.pieces(bare)} - {0})
    edges = [0, *starts, len(word)]
    return SOFT_HYPHEN.join(word[at:to] for at, to in pairwise(edges))
