"""The page of a search: the question in its address, the answers with why they were found."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from requirements_pkg import catalogue, pages
from requirements_pkg.models import TextKind
from requirements_pkg.search import MOST, PER_PAGE, Found, Results, find
from requirements_pkg.searching.excerpts import Marker
from requirements_pkg.searching.question import Question
from requirements_pkg.searching.terms import LONGEST_QUESTION

# As the address says them.
KINDS: Final = {"krav": TextKind.REQUIREMENT, "risk": TextKind.RISK, "mal": TextKind.GOAL}
LONGEST_PAGE_NUMBER: Final = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; what it does not know counts as not asked."""

    question: Question
    kind: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """Read an address, whatever stands in it."""
        kind, page = query.get("typ", ""), query.get("sida", "")
        is_number = page.isascii() and page.isdigit() and len(page) <= LONGEST_PAGE_NUMBER
        return cls(
            Question.of(query.get("q", "")),
            kind if kind in KINDS else "",
            max(int(page), 1) if is_number else 1,
        )

    def address(self, *, kind: str | None = None, page: int = 1) -> str:
        """The same question, for one kind or another page of it."""
        pairs = {"q": self.question.text, "typ": self.kind if kind is None else kind}
        number = page if page > 1 else ""
        given = {name: value for name, value in (*pairs.items(), ("sida", number)) if value}
        return f"{reverse('search')}?{urlencode(given)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One text as the page shows it."""

    kind: str
    code: str
    heading: SafeString
    excerpt: SafeString
    found: Found

    @classmethod
    def of(cls, found: Found, question: Question) -> "Answer":
        """Mark the words of the question."""
        marker = Marker(question, found.terms)
        return cls(
            kind=capfirst(TextKind(found.kind).label),
            code=marker.marked(found.anchor) if found.kind == TextKind.REQUIREMENT else "",
            heading=marker.marked(found.heading),
            excerpt=marker.excerpt(found.body),
            found=found,
        )

    @property
    def address(self) -> str:
        """Where the text stands now."""
        slug, anchor = self.found.package.slug, self.found.anchor
        if self.found.kind == TextKind.REQUIREMENT:
            return reverse("requirement", args=[slug, anchor])
        return _at(reverse("package", args=[slug]), anchor)

    @property
    def fixed_address(self) -> str:
        """Where it stands for ever."""
        package, anchor = self.found.package, self.found.anchor
        if self.found.kind == TextKind.REQUIREMENT:
            args = [package.slug, package.number, anchor]
            return reverse("requirement_version", args=args)
        return _at(reverse("version", args=[package.slug, package.number]), anchor)


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """What answers a question, in everything that is in force."""
    asked = Asked.of(request.GET)
    key = ("search", catalogue.in_force(), asked, get_language())
    # Not kept for ever as other pages are: there are more questions than a memory holds.
    page = pages.remembered(key, lambda: pages.Page.of(_html(asked).encode()))
    return pages.answer(request, page)


def _html(asked: Asked) -> str:
    kind = KINDS.get(asked.kind, "")
    results = find(asked.question, kind=kind, page=asked.page)
    context = {
        "asked": asked,
        # For the change of language, which stays at the question.
        "query": asked.address().partition("?")[2],
        "question": asked.question,
        "results": results,
        "answers": [Answer.of(found, asked.question) for found in results.texts],
        "first": (results.page - 1) * PER_PAGE + 1,
        "most": MOST,
        "longest": LONGEST_QUESTION,
        "kinds": _kinds(asked, results),
        "every_kind": asked.address(kind=""),
        "before": asked.address(page=results.page - 1) if results.page > 1 else "",
        "after": asked.address(page=results.page + 1) if results.page < results.pages else "",
        "suggestions": [
            (word, f"{reverse('search')}?{urlencode({'q': word})}") for word in results.suggestions
        ],
    }
    return render_to_string("requirements_pkg/search.html", context)


def _kinds(asked: Asked, results: Results) -> list[dict[str, object]]:
    """The choice of kinds, each with its number of texts; those without any are left out."""
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
            "address": asked.address(kind=name),
            "is_chosen": name == asked.kind,
        }
        for name, count in counts.items()
        if count or name == asked.kind
    ]


def _at(address: str, anchor: str) -> str:
    return f"{address}#{anchor}" if anchor else address
