"""A question widened by synonyms: each of them may stand for what was asked. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from requirements_pkg.searching.question import Alternative, SearchQuestion

# What may stand for some terms: how it is written, and its own terms.
Others = tuple[tuple[str, Alternative], ...]


def widened(question: SearchQuestion, meanings: tuple[tuple[str, ...], ...]) -> SearchQuestion:
    """Return the question with every synonym as an alternative; `also` has their phrases.

    Args:
        meanings: the phrases that mean one thing, for each thing.
    """
    others = _by_terms(meanings)
    longest = max(map(len, others), default=0)
    groups, also, at = [], dict[str, None](), 0
    while at < len(question.groups):
        for end in range(min(at + longest, len(question.groups)), at, -1):
            replaced = question.groups[at:end]
            terms = tuple(term for group in replaced for term in group[0])
            if synonyms := others.get(terms):
                spellings = replaced[0] if end - at == 1 else (terms,)
                groups.append((*spellings, *(words for _phrase, words in synonyms)))
                also |= dict.fromkeys(phrase for phrase, _words in synonyms)
                break
        else:
            end = at + 1
            groups.append(question.groups[at])
        at = end
    return replace(question, groups=tuple(groups), also=tuple(also)) if also else question


@lru_cache(maxsize=8)
def _by_terms(meanings: tuple[tuple[str, ...], ...]) -> Mapping[Alternative, Others]:
    by_terms: dict[Alternative, dict[tuple[str, Alternative], None]] = {}
    for phrases in meanings:
        read = [
            (phrase, terms) for phrase in phrases if (terms := SearchQuestion.of(phrase).terms)
        ]
        for _phrase, terms in read:
            others = by_terms.setdefault(terms, {})
            others |= dict.fromkeys(other for other in read if other[1] != terms)
    return {terms: tuple(others) for terms, others in by_terms.items() if others}
