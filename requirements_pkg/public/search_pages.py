"""The page of a search: the question in its address, the answers with why they were found."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.text import swedish_key
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.cards import pieces
from requirements_pkg.cards.package_parts import place_of
from requirements_pkg.cards.requirement_cards import kind_names, level_names
from requirements_pkg.choosing.filters import KINDS as REQUIREMENT_KINDS
from requirements_pkg.choosing.filters import LEVELS
from requirements_pkg.choosing.selection import Selection, TooManyCodes, parse
from requirements_pkg.language.terms import LONGEST_QUESTION
from requirements_pkg.models import TextKind
from requirements_pkg.public import responses
from requirements_pkg.public.sent_pairs import in_address
from requirements_pkg.published import page_cache
from requirements_pkg.rendering.templates import languages
from requirements_pkg.searching.excerpts import WantedWords, WordMarker
from requirements_pkg.searching.question import SearchQuestion
from requirements_pkg.searching.search import (
    MOST,
    PER_PAGE,
    SearchHit,
    SearchResults,
    SearchScope,
    find,
    in_force,
)
from requirements_pkg.searching.withdrawn import withdrawn_with

Pairs = tuple[tuple[str, str], ...]
# As the address says them.
KINDS: Final = {"krav": TextKind.REQUIREMENT, "risk": TextKind.RISK, "mal": TextKind.GOAL}
LONGEST_PAGE_NUMBER: Final = 4
# The filters, as the address says them; kinds and levels as on the page of a package.
# Not "paket", which is that of a selection.
PACKAGE: Final = "kravpaket"
AREA: Final = "omrade"
REQUIREMENT_KIND: Final = "slag"
LEVEL: Final = "niva"
# Also in packages of earlier periods.
EARLIER: Final = "tidigare"
SLUG: Final = re.compile("[-a-z0-9]+")
LONGEST_SLUG: Final = 200


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What an address asks for; what it does not know counts as not asked."""

    question: SearchQuestion
    kind: str = ""
    page: int = 1
    # What a buyer had chosen when she began to search; it is there again after it.
    kept: Pairs = ()
    # The filters by their names in the address.
    filters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, query: QueryDict, pairs: Sequence[tuple[str, str]]) -> "SearchRequest":
        """Read an address, whatever stands in it.

        Args:
            query: the names in it, each with its values.
            pairs: the same in their order, for what is chosen.
        """
        kind, page = query.get("typ", ""), query.get("sida", "")
        is_number = page.isascii() and page.isdigit() and len(page) <= LONGEST_PAGE_NUMBER
        return cls(
            SearchQuestion.of(query.get("q", "")),
            kind if kind in KINDS else "",
            max(int(page), 1) if is_number else 1,
            _kept(pairs),
            tuple((name, value) for name, value in _filters(query).items() if value),
        )

    @property
    def within(self) -> SearchScope:
        """Where to search, and what."""
        given = dict(self.filters)
        return SearchScope(
            given.get(PACKAGE, ""),
            given.get(AREA, ""),
            REQUIREMENT_KINDS.get(given.get(REQUIREMENT_KIND, ""), ""),
            LEVELS.get(given.get(LEVEL, ""), ""),
            earlier=EARLIER in given,
        )

    @property
    def selection(self) -> Selection:
        """The selection that goes along."""
        return parse(self.kept)

    def address(self, *, kind: str | None = None, page: int = 1) -> str:
        """Return the address of the same question, for one kind or another page of it."""
        number = page if page > 1 else ""
        kind = self.kind if kind is None else kind
        pairs = (("q", self.question.text), *self.filters, ("typ", kind), ("sida", number))
        given = [(name, value) for name, value in pairs if value]
        return f"{reverse('search')}?{urlencode([*given, *self.kept])}"


def _kept(pairs: Sequence[tuple[str, str]]) -> Pairs:
    """Return the selection in an address, if it is one that chooses something."""
    try:
        selection = parse(pairs)
    except TooManyCodes:
        return ()
    is_pinned = all(group.number is not None for group in selection.groups)
    is_of_one_package = selection.slug and is_pinned and selection.count and selection.fits
    return tuple(replace(selection, letterhead="").pairs()) if is_of_one_package else ()


def _filters(query: QueryDict) -> dict[str, str]:
    """Return the filters of an address as far as they can mean something."""
    package, area = query.get(PACKAGE, ""), query.get(AREA, "")
    # Packages differ from day to day: what none is called finds nothing, and says so.
    is_slug = len(package) <= LONGEST_SLUG and SLUG.fullmatch(package)
    is_number = area.isascii() and area.isdigit() and len(area) <= LONGEST_PAGE_NUMBER
    return {
        PACKAGE: package if is_slug else "",
        AREA: area if is_slug and is_number else "",
        EARLIER: "ja" if query.get(EARLIER) == "ja" else "",
        **{
            name: query.get(name, "") if query.get(name, "") in known else ""
            for name, known in ((REQUIREMENT_KIND, REQUIREMENT_KINDS), (LEVEL, LEVELS))
        },
    }


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One text as the page shows it."""

    kind: str | Promise
    code: str
    heading: SafeString
    excerpt: SafeString
    hit: SearchHit

    @classmethod
    def of(cls, hit: SearchHit, words: WantedWords) -> "SearchAnswer":
        """Mark the words of the question, its synonyms among them."""
        marker = WordMarker(words, hit.terms)
        return cls(
            kind=capfirst(TextKind(hit.kind).label),
            code=marker.marked(hit.anchor) if hit.kind == TextKind.REQUIREMENT else "",
            heading=marker.marked(hit.heading),
            excerpt=marker.excerpt(hit.body),
            hit=hit,
        )

    @property
    def address(self) -> str:
        """Where the text stands now."""
        slug, anchor = self.hit.package.slug, self.hit.anchor
        if self.hit.kind == TextKind.REQUIREMENT:
            return reverse("requirement", args=[slug, anchor])
        return place_of(anchor, slug)

    @property
    def adding_address(self) -> str:
        """Where a requirement is added to what was chosen before, which goes along."""
        package = self.hit.package
        address = reverse("pick", args=[package.slug, package.number])
        return _at(address, "", [("krav", self.hit.anchor)])

    @property
    def fixed_address(self) -> str:
        """Where it stands for ever."""
        package, anchor = self.hit.package, self.hit.anchor
        if self.hit.kind == TextKind.REQUIREMENT:
            args = [package.slug, package.number, anchor]
            return reverse("requirement_version", args=args)
        return place_of(anchor, package.slug, package.number)


@bounded(AllowanceKind.SEARCHES)
@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """Show what answers a question, in everything that is in force."""
    search_request = SearchRequest.of(request.GET, in_address(request))
    # Which plans are over depends on the year.
    year = timezone.localdate().year
    key = ("search", in_force(), search_request, get_language(), year)
    # Not kept for ever as other pages are: there are more questions than a memory holds.
    if search_request.kept:
        return responses.answer(request, page_cache.CachedPage.of(_html(search_request).encode()))
    page = page_cache.remembered(
        key, lambda: page_cache.CachedPage.of(_html(search_request).encode())
    )
    return responses.answer(request, page)


def _html(search_request: SearchRequest) -> str:
    results = _results(search_request)
    context = {
        "search_request": search_request,
        # For the change of language, which stays at the question.
        "query": _query(search_request, 1),
        "question": search_request.question,
        "results": results,
        "answers": _answers(results),
        "withdrawn": withdrawn_with(search_request.question.code),
        "first": (results.page - 1) * PER_PAGE + 1,
        "most": MOST,
        "kept": search_request.kept,
        "selected_count": search_request.selection.count,
        "selection_address": _at(reverse("selection"), "", search_request.kept),
        "longest": LONGEST_QUESTION,
        "kinds": _kinds(search_request, results),
        "menus": _menus(search_request, results) if search_request.question.terms else [],
        "also": results.question.also,
        "unfiltered": replace(search_request, filters=()).address()
        if search_request.filters
        else "",
        "with_earlier": replace(
            search_request, filters=(*search_request.filters, (EARLIER, "ja"))
        ).address(),
        "every_kind": search_request.address(kind=""),
        "part": _part(search_request, results),
        "suggestions": [
            (word, _at(reverse("search"), "", [("q", word), *search_request.kept]))
            for word in results.suggestions
        ],
    }
    return render_to_string("requirements_pkg/search.html", context)


def _results(search_request: SearchRequest) -> SearchResults:
    question, page = search_request.question, search_request.page
    kind = KINDS.get(search_request.kind, "")
    return find(question, kind=kind, page=page, within=search_request.within)


def _answers(results: SearchResults) -> list[SearchAnswer]:
    words = WantedWords(results.question)
    return [SearchAnswer.of(hit, words) for hit in results.texts]


def _part(search_request: SearchRequest, results: SearchResults) -> dict[str, object]:
    """Return which page of the answers it is, with the ways to the one before and after."""
    return {
        "number": results.page,
        "pages": results.pages,
        "before": _query(search_request, results.page - 1),
        "after": _query(search_request, results.page + 1),
    }


def _query(search_request: SearchRequest, page: int) -> str:
    return search_request.address(page=page).partition("?")[2]


def _titles(results: SearchResults) -> dict[str, str]:
    """Return the titles of the packages that can be searched, in Swedish order."""
    packages = sorted(
        results.packages, key=lambda package: (swedish_key(package.title), package.slug)
    )
    titles = Counter(package.title for package in packages)
    # A category has a package for each period.
    return {
        package.slug: f"{package.title} {package.period}".rstrip()
        if titles[package.title] > 1
        else package.title
        for package in packages
    }


def _menus(search_request: SearchRequest, results: SearchResults) -> list[dict[str, object]]:
    """Return the filters as menus: name, label and what can be chosen."""
    given = dict(search_request.filters)
    kinds, levels = kind_names(), level_names()
    named = {
        PACKAGE: (_("Requirements package"), _titles(results)),
        AREA: (_("Product area"), {str(number): name for number, name in results.areas}),
        REQUIREMENT_KIND: (
            _("Kind of requirement"),
            {word: kinds[code] for word, code in REQUIREMENT_KINDS.items()},
        ),
        LEVEL: (_("Level"), {word: levels[code] for word, code in LEVELS.items()}),
    }
    lang = languages()["lang"]
    return [
        {
            "name": name,
            "label": label,
            # What people wrote is Swedish, whatever language the page is in.
            "html": pieces.options(
                (
                    {"value": value, "label": text, "is_selected": value == given.get(name)}
                    for value, text in options.items()
                ),
                lang if name in (PACKAGE, AREA) else "",
            ),
        }
        for name, (label, options) in named.items()
        if options
    ]


def _kinds(search_request: SearchRequest, results: SearchResults) -> list[dict[str, object]]:
    """Return the choice of kinds, each with its number of texts; empty ones are left out."""
    names = {"": _("All"), "krav": _("Requirements"), "risk": _("Risks"), "mal": _("Goals")}
    counts = {
        "": sum(results.kinds.values()),
        **{name: results.kinds.get(kind, 0) for name, kind in KINDS.items()},
    }
    return [
        {
            "name": names[name],
            # What was not counted to the end is better not told at all.
            "count": "" if sum(results.kinds.values()) > MOST else count,
            "address": search_request.address(kind=name),
            "is_selected": name == search_request.kind,
        }
        for name, count in counts.items()
        if count or name == search_request.kind
    ]


def _at(address: str, anchor: str, pairs: Sequence[tuple[str, str]] = ()) -> str:
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f"{address}{query}#{anchor}" if anchor else f"{address}{query}"
