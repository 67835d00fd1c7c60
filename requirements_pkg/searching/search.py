"""Search over everything in force: a question, and one page of answers.

The same answers in the same order on every database: the terms of a text are made in Python
(`terms.py`), the database finds whole words, and what is best is decided in `lookup.py`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils import timezone

from requirements_pkg.language.terms import plain, stem, tokens
from requirements_pkg.models import VersionFacts, VersionWords
from requirements_pkg.models.shared_lists import phrases_of
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.searching import facets
from requirements_pkg.searching.lookup import ANY, best_matches, matches
from requirements_pkg.searching.question import SearchQuestion
from requirements_pkg.searching.suggesting import suggested
from requirements_pkg.searching.synonyms import widened

# So many matches are put in order; a question with more is answered from the first of them.
MOST: Final = 1000
PER_PAGE: Final = 20
TEXTS: Final = """
    SELECT id, version_id, kind, anchor, heading, body, terms
    FROM requirements_pkg_publishedtext WHERE id IN ({})
    """
# Each version in force, with whether it has facts and is indexed; a synonym has no key, and stands
# as a title. The versions are found first, for a database cannot guess how many there are and
# looks each up in every table. A test holds it to what `PackageVersion.objects.in_force` gives.
KNOWN: Final = """
    WITH version AS MATERIALIZED (
        SELECT id, package_id, number FROM (
            SELECT id, package_id, number, MAX(number) OVER (PARTITION BY package_id) AS newest
            FROM requirements_pkg_packageversion
            WHERE id NOT IN (SELECT version_id FROM requirements_pkg_versionwithdrawal)
        ) AS newest_versions WHERE number = newest
    )
    SELECT version.id, number, slug, facts.title, facts.listing ->> 'period',
        CAST(facts.masked AS text), facts.version_id, words.version_id
    FROM version
    JOIN requirements_pkg_requirementspackage AS package ON package.id = package_id
    LEFT JOIN requirements_pkg_versionfacts AS facts ON facts.version_id = version.id
    LEFT JOIN requirements_pkg_versionwords AS words ON words.version_id = version.id
    UNION ALL SELECT 0, 0, '', words, '', '', 0, 0 FROM requirements_pkg_searchsynonym
    """


class PackageInForce(NamedTuple):
    """Where a text is published."""

    title: str
    slug: str
    number: int
    # The years of its plan, "" of a shared module.
    period: str = ""


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to search, and what: an empty value means everywhere, and everything."""

    package: str = ""
    area: str = ""
    # A kind and a level of requirements, by their codes.
    requirement_kind: str = ""
    level: str = ""
    # Also in packages of which there is one for a later period.
    earlier: bool = False

    @property
    def facets(self) -> tuple[str, ...]:
        """The terms that a text has to have besides."""
        # The number of an area says nothing without its package.
        named = {
            "area": self.area if self.package else "",
            "kind": self.requirement_kind,
            "level": self.level,
        }
        return tuple(facets.facet(name, value) for name, value in named.items() if value)


EVERYWHERE: Final = SearchScope()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One text that answers the question."""

    kind: str
    anchor: str
    heading: str
    body: str
    terms: str
    package: PackageInForce


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of answers, best first; and what to try instead if there are none."""

    question: SearchQuestion
    texts: tuple[SearchHit, ...] = ()
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
    packages: tuple[PackageInForce, ...] = ()
    # The product areas of the chosen package: number and name.
    areas: tuple[tuple[int, str], ...] = ()
    # How many packages of earlier periods were left out.
    left_out: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are; one, if there is nothing."""
        return max(1, -(-self.total // PER_PAGE))


def find(
    question: SearchQuestion, *, kind: str = "", page: int = 1, within: SearchScope = EVERYWHERE
) -> SearchResults:
    """Find what answers a question among the versions in force.

    Args:
        kind: only texts of this kind.
        page: counted from 1; a page that does not exist is the nearest that does.
        within: only texts of this package, area, kind and level of requirement.
    """
    if not question.terms:
        return SearchResults(question)
    known = _known()
    keys = tuple(pk for pk, _package in known.packages)
    if not keys:
        return SearchResults(question)
    question = replace(widened(question, known.meanings), besides=within.facets)
    left_out = 0
    if within.package:
        keys = tuple(pk for pk, package in known.packages if package.slug == within.package)
    elif not within.earlier and (past := _past(known, timezone.localdate())):
        keys, left_out = tuple(pk for pk in keys if pk not in past), len(past)
    results = _results(question, keys, kind, page, known)
    if not results.total:
        results = replace(results, suggestions=suggested(question.text, _words(keys, known)))
    return replace(
        results,
        packages=tuple(package for _pk, package in known.packages),
        areas=_areas(keys, known) if within.package else (),
        left_out=left_out,
    )


def _past(known: "SearchContext", on: date) -> frozenset[int]:
    """Return the versions of plans that are over, and followed by a later one of the category."""
    latest: dict[str, str] = {}
    for _pk, package in known.packages:
        if package.period > latest.get(package.title, ""):
            latest[package.title] = package.period
    return frozenset(
        pk
        for pk, package in known.packages
        if package.period < latest.get(package.title, "") and catalogue.is_over(package.period, on)
    )


def _results(
    question: SearchQuestion, keys: tuple[int, ...], kind: str, page: int, known: "SearchContext"
) -> SearchResults:
    words, ranking = best_matches(question, keys, MOST + 1)
    if words == ANY:
        question = question.distinctive
    if not ranking:
        return SearchResults(question)
    kinds = Counter(match[-1] for match in ranking)
    if kind and len(ranking) > MOST:
        # There may be more of this kind than among the first of all kinds.
        ranking = matches(question, words, keys, MOST + 1, kind)
    elif kind:
        ranking = [match for match in ranking if match[-1] == kind]
    best = ranking[:MOST]
    page = min(max(page, 1), max(1, -(-len(best) // PER_PAGE)))
    page_matches = best[(page - 1) * PER_PAGE : page * PER_PAGE]
    texts = _texts([match[-2] for match in page_matches], dict(known.packages))
    return SearchResults(
        replace(question, also=_synonyms_on_page(question.also, texts)),
        texts=texts,
        total=len(best),
        is_cut=len(ranking) > MOST,
        is_partial=words == ANY,
        page=page,
        kinds=kinds,
    )


def _texts(pks: list[int], packages: Mapping[int, PackageInForce]) -> tuple[SearchHit, ...]:
    # SQLite knows an empty list, PostgreSQL does not.
    if not pks:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(TEXTS.format(", ".join(["%s"] * len(pks))), pks)
        rows = cursor.fetchall()
    hits = {
        pk: SearchHit(kind, anchor, heading, body, terms, packages[version])
        for pk, version, kind, anchor, heading, body, terms in rows
    }
    return tuple(hits[pk] for pk in pks)


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What a search has to know: the packages in force by their versions, and the synonyms."""

    packages: tuple[tuple[int, PackageInForce], ...]
    meanings: tuple[tuple[str, ...], ...]
    # What is masked in each version, as the database writes it: another where that is.
    masked: tuple[tuple[int, str | None], ...]


def in_force() -> tuple[int, ...]:
    """Return the keys of the versions that are searched."""
    return tuple(pk for pk, _package in _known().packages)


def meanings() -> tuple[tuple[str, ...], ...]:
    """Return the synonyms: the phrases that mean one thing, for each thing."""
    return _known().meanings


def _known() -> SearchContext:
    """Tell by one query of the versions in force that are indexed, and of the synonyms."""

    def ask() -> SearchContext:
        rows = _rows()
        packages = [
            (pk, PackageInForce(title, slug, number, period))
            for pk, number, slug, title, period, _masked, facts, words in rows
            if pk > 0 and facts is not None and words is not None
        ]
        meanings = sorted(row[3] for row in rows if row[0] == 0)
        masked = tuple(sorted((row[0], row[5]) for row in rows if row[0]))
        return SearchContext(tuple(sorted(packages)), tuple(map(phrases_of, meanings)), masked)

    return page_cache.remembered("known to search", ask)


def _rows() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        rows: list[tuple[object, ...]] = cursor.fetchall()
    return rows


def _areas(keys: tuple[int, ...], known: SearchContext) -> tuple[tuple[int, str], ...]:
    """Return the product areas of the one package that is searched."""

    def ask() -> tuple[tuple[int, str], ...]:
        rows = VersionFacts.objects.filter(version__in=keys).values_list("listing", flat=True)
        return tuple(area for listing in rows for area in listing.areas)

    return page_cache.content(("areas in search", keys, known.masked), ask)


def _synonyms_on_page(phrases: tuple[str, ...], texts: tuple[SearchHit, ...]) -> tuple[str, ...]:
    """Return the synonyms that a text on the page has: they say why it is there."""
    return tuple(
        phrase
        for phrase in phrases
        if any(
            all(f" {stem(plain(word))} " in text.terms for word in tokens(phrase))
            for text in texts
        )
    )


def _words(keys: tuple[int, ...], known: SearchContext) -> dict[str, str]:
    """Return every word in force as it is written, by its plain form."""

    def ask() -> dict[str, str]:
        rows = VersionWords.objects.filter(version__in=keys).values_list("words", flat=True)
        return {plain(word): word for word in sorted(set().union(*map(str.split, rows)))}

    return page_cache.content(("words in search", keys, known.masked), ask)
