"""Search over everything in force: a question, and one page of answers.

The same answers in the same order on every database: the terms of a text are made in Python
(`terms.py`), the database finds whole words, and what is best is decided in `lookup.py`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final, NamedTuple

import orjson
from django.db import connection

from requirements_pkg import catalogue, pages, stored_facts
from requirements_pkg.catalogue import Standing
from requirements_pkg.models import VersionWords
from requirements_pkg.models.synonyms import phrases_of
from requirements_pkg.searching import facets, indexing
from requirements_pkg.searching.lookup import ANY, best_matches, matches
from requirements_pkg.searching.question import Question
from requirements_pkg.searching.synonyms import widened
from requirements_pkg.searching.terms import plain, stem, tokens

# So many matches are put in order; a question with more is answered from the first of them.
MOST: Final = 1000
PER_PAGE: Final = 20
MOST_SUGGESTIONS: Final = 5
# How alike a word must be to be suggested, and how many letters longer or shorter it may be.
LIKENESS: Final = 0.72
LENGTH_APART: Final = 3
# A word is near where no more than every so manieth letter has to be mended.
LETTERS_A_FAULT: Final = 4
TEXTS: Final = """
    SELECT texts.id, kind, anchor, heading, body, terms,
        facts.title, package.slug, version.number
    FROM requirements_pkg_publishedtext AS texts
    JOIN requirements_pkg_packageversion AS version ON version.id = texts.version_id
    JOIN requirements_pkg_versionfacts AS facts ON facts.version_id = version.id
    JOIN requirements_pkg_requirementspackage AS package ON package.id = version.package_id
    WHERE texts.id IN ({})
    """


# In SQL, as above: Django takes longer to write it than the database to answer it.
KNOWN: Final = """
    SELECT facts.version_id, version.number, package.slug, facts.title,
        CAST(facts.listing -> 'areas' AS TEXT)
    FROM requirements_pkg_versionfacts AS facts
    JOIN requirements_pkg_packageversion AS version ON version.id = facts.version_id
    JOIN requirements_pkg_requirementspackage AS package ON package.id = version.package_id
    WHERE facts.version_id IN ({})
    UNION ALL
    SELECT 0, 0, '', words, '' FROM requirements_pkg_searchsynonym
    """


class Package(NamedTuple):
    """Where a text is published."""

    title: str
    slug: str
    number: int


@dataclass(frozen=True, slots=True)
class Within:
    """Where to search, and what: an empty value means everywhere, and everything."""

    package: str = ""
    area: str = ""
    # A kind and a level of requirements, by their codes.
    demand: str = ""
    level: str = ""

    @property
    def facets(self) -> tuple[str, ...]:
        """The terms that a text has to have besides."""
        # The number of an area says nothing without its package.
        named = {
            "area": self.area if self.package else "",
            "kind": self.demand,
            "level": self.level,
        }
        return tuple(facets.facet(name, value) for name, value in named.items() if value)


EVERYWHERE: Final = Within()


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
    # What is in force, to choose between.
    packages: tuple[Package, ...] = ()
    # The product areas of the chosen package: number and name.
    areas: tuple[tuple[int, str], ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; one, if there is nothing."""
        return max(1, -(-self.total // PER_PAGE))


def find(
    question: Question, *, kind: str = "", page: int = 1, within: Within = EVERYWHERE
) -> Results:
    """What answers a question among the versions in force.

    Args:
        kind: only texts of this kind.
        page: counted from 1; a page that does not exist is the nearest that does.
        within: only texts of this package, area, kind and level of requirement.
    """
    standing = catalogue.standing()
    keys = standing.keys
    if not question.terms or not keys:
        return Results(question)
    known = _known(standing)
    question = replace(widened(question, known.meanings), besides=within.facets)
    if within.package:
        keys = tuple(pk for pk, package in known.packages if package.slug == within.package)
    results = _found(question, keys, kind, page)
    packages = tuple(package for _pk, package in known.packages)
    return replace(results, packages=packages, areas=_areas(known, keys) if within.package else ())


def _found(question: Question, keys: tuple[int, ...], kind: str, page: int) -> Results:
    words, found = best_matches(question, keys, MOST + 1)
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


@dataclass(frozen=True, slots=True)
class Known:
    """What a search has to know: the packages in force by their versions, and the synonyms."""

    packages: tuple[tuple[int, Package], ...]
    # The product areas of each version as JSON: of all of them one is read.
    areas: tuple[tuple[int, str], ...]
    meanings: tuple[tuple[str, ...], ...]


def meanings() -> tuple[tuple[str, ...], ...]:
    """The synonyms: the phrases that mean one thing, for each thing."""
    return _known(catalogue.standing()).meanings


def _known(standing: Standing) -> Known:
    """Make sure that the versions in force are indexed, with facts; tell of all by one query."""

    def ask() -> Known:
        if not standing.is_ready:
            stored_facts.catch_up()
            indexing.catch_up()
        rows = _rows(standing.keys)
        packages = [
            (pk, Package(title, slug, number))
            for pk, number, slug, title, _areas in rows
            if pk > 0
        ]
        areas = tuple((row[0], row[-1]) for row in rows if row[0] > 0)
        meanings = sorted(words for pk, _number, _slug, words, _none in rows if pk == 0)
        return Known(tuple(packages), areas, tuple(map(phrases_of, meanings)))

    return pages.remembered(("known to search", standing.keys), ask)


def _rows(keys: tuple[int, ...]) -> list[tuple[int, int, str, str, str]]:
    """The key, number, slug, title and areas of each version in force; no key beside synonyms."""
    # PostgreSQL knows no empty list, and no version has this key.
    asked = keys or (0,)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN.format(", ".join(["%s"] * len(asked))), asked)
        found: list[tuple[int, int, str, str, str]] = cursor.fetchall()
    return found


def _areas(known: Known, keys: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    told = [orjson.loads(areas) for pk, areas in known.areas if pk in keys]
    return tuple((number, name) for areas in told for number, name in areas)


def _suggestions(question: Question, keys: tuple[int, ...]) -> tuple[str, ...]:
    """Words in force that look like those asked for: the reader may have misspelt one."""
    words = _words(keys)
    found: dict[str, None] = {}
    for token in tokens(question.text)[:MOST_SUGGESTIONS]:
        asked = plain(token)
        near = [word for word in words if abs(len(word) - len(asked)) <= LENGTH_APART]
        alike = get_close_matches(asked, near, n=MOST_SUGGESTIONS, cutoff=LIKENESS)
        found |= dict.fromkeys(words[word] for word in alike if _is_near(asked, word))
    return tuple(found)[:MOST_SUGGESTIONS]


def _is_near(asked: str, word: str) -> bool:
    """Whether somebody who typed one may have meant the other: it is short of a letter or two."""
    most = max(1, len(asked) // LETTERS_A_FAULT)
    return any(faults(*pair) <= most for pair in ((asked, word), (stem(asked), stem(word))))


def faults(one: str, other: str) -> int:
    """How many letters to add, leave out, change or swap with the next make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, before, row = before, row, [at]
        for to, there in enumerate(other, 1):
            least = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != there))
            if last and to > 1 and letter == other[to - 2] and one[at - 2] == there:
                least = min(least, last[to - 2] + 1)
            row.append(least)
    return row[-1]


def _words(keys: tuple[int, ...]) -> dict[str, str]:
    """Every word in force as it is written, by its plain form."""

    def ask() -> dict[str, str]:
        rows = VersionWords.objects.filter(version__in=keys).values_list("words", flat=True)
        return {plain(word): word for word in sorted(set().union(*map(str.split, rows)))}

    return pages.remembered(("words in search", keys), ask)
