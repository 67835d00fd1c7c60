"""Search over everything in force: a question, and one page of answers.

The same answers in the same order on every database: the terms of a text are made in Python
(`terms.py`), the database finds whole words, and what is best is decided in `lookup.py`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, NamedTuple

from django.db import connection

from requirements_pkg import catalogue, pages, stored_facts
from requirements_pkg.models import VersionWords
from requirements_pkg.searching import indexing
from requirements_pkg.searching.lookup import ALL, ANY, matches
from requirements_pkg.searching.question import Question
from requirements_pkg.searching.terms import plain, tokens

# So many matches are put in order; a question with more is answered from the first of them.
MOST: Final = 1000
PER_PAGE: Final = 20
MOST_SUGGESTIONS: Final = 5
# How alike a word must be to be suggested, and how many letters longer or shorter it may be.
LIKENESS: Final = 0.72
LENGTH_APART: Final = 3
TEXTS: Final = """
    SELECT texts.id, kind, anchor, heading, body, terms,
        facts.title, package.slug, version.number
    FROM requirements_pkg_publishedtext AS texts
    JOIN requirements_pkg_packageversion AS version ON version.id = texts.version_id
    JOIN requirements_pkg_versionfacts AS facts ON facts.version_id = version.id
    JOIN requirements_pkg_requirementspackage AS package ON package.id = version.package_id
    WHERE texts.id IN ({})
    """


class Package(NamedTuple):
    """Where a text is published."""

    title: str
    slug: str
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """One text that answers the question."""

    kind: str
    anchor: str
    heading: str
    body: str
    terms: str
    package: Package


@dataclass(frozen=True, slots=True)
class Results:
    """One page of answers, best first; and what to try instead if there are none."""

    question: Question
    texts: tuple[Found, ...] = ()
    total: int = 0
    # More texts match than are put in order.
    is_cut: bool = False
    # No text has all of the words; these have some of them.
    is_partial: bool = False
    page: int = 1
    # How many texts there are of each kind, whichever kind is asked for.
    kinds: Mapping[str, int] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; one, if there is nothing."""
        return max(1, -(-self.total // PER_PAGE))


def find(question: Question, *, kind: str = "", page: int = 1) -> Results:
    """What answers a question among the versions in force.

    Args:
        kind: only texts of this kind.
        page: counted from 1; a page that does not exist is the nearest that does.
    """
    keys = catalogue.in_force()
    if not question.terms or not keys:
        return Results(question)
    _index(keys)
    words = ALL
    found = matches(question, words, keys, MOST + 1)
    if not found and len(question.terms) > 1:
        words = ANY
        found = matches(question, words, keys, MOST + 1)
    if not found:
        return Results(question, suggestions=_suggestions(question, keys))
    kinds = Counter(match[-1] for match in found)
    if kind and len(found) > MOST:
        # There may be more of this kind than among the first of all kinds.
        found = matches(question, words, keys, MOST + 1, kind)
    elif kind:
        found = [match for match in found if match[-1] == kind]
    best = found[:MOST]
    page = min(max(page, 1), max(1, -(-len(best) // PER_PAGE)))
    shown = best[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Results(
        question,
        texts=_texts([match[-2] for match in shown]),
        total=len(best),
        is_cut=len(found) > MOST,
        is_partial=words == ANY,
        page=page,
        kinds=kinds,
    )


def _texts(pks: list[int]) -> tuple[Found, ...]:
    # SQLite knows an empty list, PostgreSQL does not.
    if not pks:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(TEXTS.format(", ".join(["%s"] * len(pks))), pks)
        found = {pk: Found(*row[:5], Package(*row[5:])) for pk, *row in cursor.fetchall()}
    return tuple(found[pk] for pk in pks)


def _index(keys: tuple[int, ...]) -> None:
    """Make sure that the versions in force are indexed, with facts; once for the same versions."""

    def ask() -> bool:
        ready = VersionWords.objects.filter(version__in=keys, version__facts__isnull=False)
        if ready.count() < len(keys):
            stored_facts.catch_up()
            indexing.catch_up()
        return True

    pages.content(("indexed", keys), ask)


def _suggestions(question: Question, keys: tuple[int, ...]) -> tuple[str, ...]:
    """Words in force that look like those asked for: the reader may have misspelt one."""
    words = _words(keys)
    found: dict[str, None] = {}
    for token in tokens(question.text)[:MOST_SUGGESTIONS]:
        asked = plain(token)
        near = [word for word in words if abs(len(word) - len(asked)) <= LENGTH_APART]
        alike = get_close_matches(asked, near, n=MOST_SUGGESTIONS, cutoff=LIKENESS)
        found |= dict.fromkeys(words[word] for word in alike)
    return tuple(found)[:MOST_SUGGESTIONS]


def _words(keys: tuple[int, ...]) -> dict[str, str]:
    """Every word in force as it is written, by its plain form."""

    def ask() -> dict[str, str]:
        rows = VersionWords.objects.filter(version__in=keys).values_list("words", flat=True)
        return {plain(word): word for word in sorted(set().union(*map(str.split, rows)))}

    return pages.remembered(("words in search", keys), ask)
