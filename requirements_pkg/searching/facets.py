"""What a text is, as terms of its index: what the filters of a search ask for. Pure."""

from functools import lru_cache
from typing import Final

from requirements_pkg.document import cpv
from requirements_pkg.document.schema import Requirement
from requirements_pkg.language.lexicon import KIND_WORDS, LEVEL_WORDS
from requirements_pkg.language.terms import Splitter, plain, stem

# No word of a language begins so.
FACET: Final = "xqfacet"
NO_WORDS: Final = Splitter.of_words([])


@lru_cache(maxsize=256)
def facet(name: str, value: str | int) -> str:
    """Return the term of a text for which a facet has this value."""
    return f"{FACET}{name}{plain(str(value))}"


def of_requirement(requirement: Requirement, areas: tuple[int, ...]) -> tuple[str, ...]:
    """Return the terms of a requirement beside its words: kind, level, areas, CPV names.

    Args:
        areas: every product area of its package; it is for all of them if it names none.
    """
    kind, level, cpv_codes = requirement.kind, requirement.level, requirement.cpv
    return _beside(kind, level, requirement.product_areas or areas, cpv_codes)


@lru_cache(maxsize=1024)
def _beside(
    kind: str, level: str, areas: tuple[int, ...], cpv_codes: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the terms of all requirements that have these; many have the same."""
    return (
        facet("kind", kind),
        facet("level", level),
        *(facet("area", number) for number in areas),
        *_tender_words(kind, level),
        *(term for code in cpv_codes for term in _named(code)),
    )


@lru_cache(maxsize=64)
def _tender_words(kind: str, level: str) -> tuple[str, ...]:
    """Return a tender's words for a kind and a level, as terms.

    They are kept: there are few, and many requirements of each.
    """
    # Whole words: who asks for "krav" does not mean every qualification requirement.
    return tuple(map(stem, map(plain, f"{KIND_WORDS[kind]} {LEVEL_WORDS[level]}".split())))


@lru_cache(maxsize=1024)
def _named(code: str) -> tuple[str, ...]:
    """Return the terms of the names of a CPV code and of what it lies under."""
    return tuple(term for name in cpv.names_above(code) for term in NO_WORDS.terms_of(name))
