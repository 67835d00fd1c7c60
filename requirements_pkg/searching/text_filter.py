"""Which requirements of one content answer a question: what a search finds, on the page itself.

The version need not be in force for it, and what a shared module says counts too.
"""

from collections.abc import Mapping

from requirements_pkg.document.schema import Document
from requirements_pkg.language.terms import Splitter, written_of
from requirements_pkg.searching.indexing import IndexedWords, requirement_text, words_in
from requirements_pkg.searching.question import SearchQuestion
from requirements_pkg.searching.synonyms import widened


def terms_of(content: Document) -> dict[str, str]:
    """Return the terms of each requirement by its code."""
    areas = tuple(area.number for area in content.areas)
    cuts = [
        IndexedWords.of(requirement_text(requirement, areas))
        for requirement in content.requirements
    ]
    splitter = Splitter.of_words(words_in(cuts))
    return {
        cut.text.anchor: written_of(cut.title, cut.body, splitter, cut.text.facets) for cut in cuts
    }


def codes_saying(
    text: str, terms: Mapping[str, str], meanings: tuple[tuple[str, ...], ...]
) -> frozenset[str]:
    """Return the codes of the requirements that have all of the words, or a synonym of each."""
    question = widened(SearchQuestion.of(text), meanings)
    if not question.groups:
        return frozenset()
    return frozenset(code for code, words in terms.items() if question.is_answered_by(words))
