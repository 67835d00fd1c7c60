"""Words that a page says hundreds of times: put together once, and kept for each language."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVarTuple

from django.utils.translation import get_language

from actionplan.django_edges import Handed

Given = TypeVarTuple("Given")
# A number in words differs by the number: so many are kept of each function.
MOST: Final = 4096


def cached_by_language(say: Callable[[*Given], str]) -> Callable[[*Given], str]:
    """Let a function keep what it says; it may depend on nothing but its arguments."""

    @lru_cache(maxsize=MOST)
    def words_once(_language: str | None, *given: Handed) -> str:
        return say(*given)

    @wraps(say)
    def cached(*given: *Given) -> str:
        return words_once(get_language(), *given)

    return cached
