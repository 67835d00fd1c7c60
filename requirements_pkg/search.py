"""Search over everything in force. The database finds whole words; what is best is decided here.

Both databases answer the same: the terms are made in Python (`terms.py`), a text is asked only
whether it has them and where they first stand, and the first `MOST` of the texts that have them
are put in order by that, never by a database's own notion of rank.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from django.db import connection

from requirements_pkg import catalogue, indexing, pages
from requirements_pkg.models import PublishedText, TextKind, VersionWords
from requirements_pkg.terms import BAR, Question, plain, tokens

# So many matches are put in order; a question with more is answered from the first of them.
MOST: Final = 1000
PER_PAGE: Final = 20
MOST_SUGGESTIONS: Final = 5
# How alike a word must be to be suggested, and how many letters longer or shorter it may be.
LIKENESS: Final = 0.72
LENGTH_APART: Final = 3
KIND_ORDER: Final = {kind: at for at, kind in enumerate(TextKind.values)}
TITLED: Final = (TextKind.PACKAGE, TextKind.REQUIREMENT)
# Nothing but the number of columns and the words for "and" is put into these.
MATCHES: Final = {
    "postgresql": """
        SELECT id, kind, strpos(terms, %s){places} FROM requirements_pkg_publishedtext
        WHERE lexemes @@ %s::tsquery AND version_id = ANY(%s::bigint[]) {kind}
        ORDER BY id LIMIT %s
        """,
    "sqlite": """
        SELECT id, kind, instr(texts.terms, %s){places}
        FROM requirements_pkg_publishedtext_terms AS found
        JOIN requirements_pkg_publishedtext AS texts ON texts.id = found.rowid
        WHERE found.requirements_pkg_publishedtext_terms MATCH %s
            AND version_id IN (SELECT value FROM json_each(%s)) {kind}
        ORDER BY found.rowid LIMIT %s
        """,
}
PLACE: Final = {"postgresql": ", strpos(terms, %s)", "sqlite": ", instr(texts.terms, %s)"}
ALL: Final = {"postgresql": " & ", "sqlite": " AND "}
ANY: Final = {"postgresql": " | ", "sqlite": " OR "}
QUOTE: Final = {"postgresql": "'", "sqlite": '"'}


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


class _Match(NamedTuple):
    pk: int
    kind: str
    rank: tuple[int, ...]


def find(question: Question, *, kind: str = "", page: int = 1) -> Results:
    """What answers a question among the versions in force.

    Args:
        kind: only texts of this kind.
        page: counted from 1; a page that does not exist is the nearest that does.
    """
    keys = catalogue.in_force()
    if not question.terms or not keys:
        return Results(question)
    packages = _packages(keys)
    words = ALL
    matches = _matches(question, keys, words)
    if not matches and len(question.terms) > 1:
        words = ANY
        matches = _matches(question, keys, words)
    if not matches:
        return Results(question, suggestions=_suggestions(question, keys))
    kinds = Counter(match.kind for match in matches)
    if kind:
        is_whole = len(matches) <= MOST
        matches = (
            [match for match in matches if match.kind == kind]
            if is_whole
            else _matches(question, keys, words, kind)
        )
    best = sorted(matches[:MOST], key=lambda match: match.rank)
    results = Results(
        question,
        total=len(best),
        is_cut=len(matches) > MOST,
        is_partial=words is ANY,
        kinds=kinds,
    )
    page = min(max(page, 1), results.pages)
    shown = best[(page - 1) * PER_PAGE : page * PER_PAGE]
    texts = tuple(_texts([match.pk for match in shown], packages))
    return replace(results, page=page, texts=texts)


def _matches(
    question: Question, keys: tuple[int, ...], words: Mapping[str, str], kind: str = ""
) -> list[_Match]:
    """The first texts that have the words, each with its rank; one more than are put in order."""
    vendor = connection.vendor
    terms = [*question.terms, *filter(None, [question.code])]
    sql = MATCHES[vendor].format(
        places=PLACE[vendor] * len(terms), kind="AND kind = %s" if kind else ""
    )
    quote = QUOTE[vendor]
    asked = words[vendor].join(f"{quote}{term}{quote}" for term in question.terms)
    if question.code:
        asked = f"({asked}) {ANY[vendor]} {quote}{question.code}{quote}"
    versions: Any = list(keys) if vendor == "postgresql" else json.dumps(keys)
    values = [BAR, *(f" {term} " for term in terms), asked, versions, *filter(None, [kind])]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, MOST + 1])
        return [
            _Match(pk, kind, _rank(pk, kind, bar, places, bool(question.code)))
            for pk, kind, bar, *places in cursor.fetchall()
        ]


def _rank(pk: int, kind: str, bar: int, places: list[int], has_code: bool) -> tuple[int, ...]:
    """What a text is sorted by: the smaller, the better.

    Args:
        bar: where the heading ends.
        places: where each word first stands, 0 if nowhere; the question's code last.
    """
    # A requirement begins with its code; others only mention it.
    is_cited = has_code and kind == TextKind.REQUIREMENT and places[-1] == 1
    found = [place for place in places if place]
    # The heading of a cell is its place, and that of a goal is all of it: no better than a body.
    in_title = sum(place < bar for place in found) if kind in TITLED else 0
    return (not is_cited, -len(found), -in_title, KIND_ORDER[kind], sum(found), pk)


def _texts(pks: list[int], packages: Mapping[int, Package]) -> Iterator[Found]:
    rows = PublishedText.objects.filter(pk__in=pks).values_list(
        "pk", "version", "kind", "anchor", "heading", "body", "terms"
    )
    found = {pk: Found(*rest, package=packages[version]) for pk, version, *rest in rows}
    return (found[pk] for pk in pks)


def _packages(keys: tuple[int, ...]) -> dict[int, Package]:
    """What the versions in force are called, and their addresses; each is indexed by then."""
    rows = PublishedText.objects.filter(kind=TextKind.PACKAGE, version__in=keys).values_list(
        "version", "heading", "version__package__slug", "version__number"
    )

    def ask() -> dict[int, Package]:
        found = {pk: Package(*rest) for pk, *rest in rows}
        if len(found) < len(keys):
            indexing.catch_up()
            found = {pk: Package(*rest) for pk, *rest in rows.all()}
        return found

    return pages.remembered(("packages in search", keys), ask)


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
