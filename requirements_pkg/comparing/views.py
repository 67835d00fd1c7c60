"""What became of a package from version to version: public pages, kept like all others."""

import re
from itertools import chain
from typing import Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from requirements_pkg import catalogue, pages
from requirements_pkg.catalogue import Edition, Editions
from requirements_pkg.comparing.comparison import compare as compare_contents
from requirements_pkg.comparing.history import history

# As in the addresses of versions: a number has one spelling.
NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Two versions side by side; without a choice, what is new in the version in force."""
    editions = catalogue.editions(slug)
    old, new = _chosen(request, editions)

    def make() -> str:
        before, after = catalogue.contents_of(old, new)
        context = {
            "title": after["package"]["title"],
            "editions": editions,
            "old": old,
            "new": new,
            "parts": [part for part in compare_contents(before, after) if part.groups],
            "section": "packages",
            "query": f"fran={old.number}&till={new.number}",
        }
        return render_to_string("requirements_pkg/compare.html", context)

    return pages.answer(
        request, pages.page(("compare", slug, old.key, new.key, editions.key), make)
    )


@require_safe
def requirement_history(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """One requirement over all versions, also when it is gone."""
    editions = catalogue.editions(slug)

    if catalogue.is_known_to_lack(editions, code):
        raise Http404

    def make() -> str:
        versions = catalogue.each_content(editions)
        newest = next(versions)
        found = history(code, chain([newest], versions))
        if found is None:
            # So that the next guess finds the codes known, and reads nothing.
            catalogue.last_with(editions, code)
            raise Http404
        context = {
            "title": newest[1]["package"]["title"],
            "found": found,
            "gone": editions.in_force is not None and editions.in_force not in found.editions,
            "editions": editions,
            "section": "packages",
        }
        return render_to_string("requirements_pkg/requirement_history.html", context)

    return pages.answer(request, pages.page(("history", slug, code, editions.key), make))


def _chosen(request: HttpRequest, editions: Editions) -> tuple[Edition, Edition]:
    """The versions that the address asks for.

    Raises:
        Http404: the package has no such version, or that is no number.
    """
    new = editions.get(_number(request, "till"))
    wanted = _number(request, "fran")
    if wanted:
        return editions.get(wanted), new
    older = [edition for edition in editions.all if edition.number < new.number]
    in_use = [edition for edition in older if edition.withdrawn is None]
    # Of the first version there is nothing older to tell; it is compared with itself.
    return next(iter([*in_use, *older, new])), new


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name)
    if said is None:
        return None
    if not NUMBER.fullmatch(said):
        raise Http404
    return int(said)
