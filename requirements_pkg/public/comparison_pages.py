"""What became of a package from version to version: public pages, kept like all others."""

import re
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan.public.sections import ListSection
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.comparing import requirement_versions
from requirements_pkg.comparing.comparison import compare as compare_contents
from requirements_pkg.comparing.history import steps
from requirements_pkg.public import responses
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.published.catalogue import PackageVersions
from requirements_pkg.published.periods import earlier_of, elsewhere, later_of
from requirements_pkg.published.version_info import VersionInfo

# As in the addresses of versions: a number has one spelling.
NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@bounded(AllowanceKind.SEARCHES)
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show two versions side by side; without a choice, what is new in the version in force."""
    versions = catalogue.versions_of(slug)
    earlier = earlier_of(versions)
    old, new = _two_versions(request, versions, earlier)
    is_earlier = earlier is not None and old in earlier.all
    ended = versions.ended(timezone.localdate())

    def make() -> str:
        before, after = catalogue.contents_of(old, new)
        query = {"fran": _of_earlier(earlier, old) if is_earlier else old.number}
        context = {
            "title": after.package.title,
            "versions": versions,
            "earlier": earlier,
            "is_earlier": is_earlier,
            "ended": ended,
            "old": old,
            "new": new,
            "parts": [part for part in compare_contents(before, after) if part.groups],
            "section": "packages",
            "query": urlencode({**query, "till": new.number}),
        }
        return render_to_string("requirements_pkg/compare.html", context)

    key = ("compare", slug, old.key, new.key, versions.key, earlier and earlier.key, ended)
    return responses.answer(request, page_cache.page(key, make))


@require_safe
def requirement_history(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """Show one requirement over all versions, also when it is gone; so many changes at a time.

    Raises:
        Http404: no version has the code.
    """
    versions = catalogue.versions_of(slug)
    traces = catalogue.traces(versions)
    if code not in traces.codes:
        raise Http404
    _newest, uid = traces.codes[code]
    cuts = traces.cuts(uid)
    part = ListSection.of(cuts, request.GET)
    before, after = elsewhere(earlier_of(versions), uid), elsewhere(later_of(versions), uid)
    ended = versions.ended(timezone.localdate())

    def make() -> str:
        last = traces.runs[uid][0].newest
        wanted = [last, *requirement_versions.of(part.rows)]
        seen = requirement_versions.seen(versions, traces, wanted)
        numbers = {version.number: version for version in versions.all}
        context = {
            "title": versions.all[0].title,
            "latest": seen[last.number],
            "steps": list(
                steps(part.rows, seen, numbers, first=cuts[-1], is_carried=before is not None)
            ),
            "elsewhere": [period for period in (after, before) if period is not None],
            "is_dropped": versions.in_force is not None
            and not traces.code(uid, versions.in_force.number),
            "versions": versions,
            "ended": ended,
            "part": part,
            "query": part.query,
            "section": "packages",
        }
        return render_to_string("requirements_pkg/requirement_history.html", context)

    key = ("history", slug, code, versions.key, before, after, ended, part.number)
    return responses.answer(request, page_cache.page(key, make))


def _two_versions(
    request: HttpRequest, versions: PackageVersions, earlier: PackageVersions | None
) -> tuple[VersionInfo, VersionInfo]:
    """Return the versions that the address asks for; the older may be of the period before.

    Raises:
        Http404: there is no such version, or that is no number.
    """
    new = versions.get(_number(request.GET.get("till")))
    wanted = request.GET.get("fran")
    if wanted and earlier is not None and wanted.startswith(_of_earlier(earlier)):
        return earlier.get(_number(wanted.removeprefix(_of_earlier(earlier)))), new
    if wanted is not None:
        return versions.get(_number(wanted)), new
    older = [version for version in versions.all if version.number < new.number]
    in_use = [version for version in older if version.withdrawn is None]
    before = [] if earlier is None else [earlier.newest]
    # Of the first version there is nothing older to tell; it is compared with itself.
    return next(iter([*in_use, *older, *before, new])), new


def _of_earlier(earlier: PackageVersions | None, version: VersionInfo | None = None) -> str:
    """Write a version of the period before as the address does: `slug/3`."""
    slug = "" if earlier is None else earlier.slug
    return f"{slug}/{version.number if version else ''}"


def _number(number: str | None) -> int | None:
    if number is None:
        return None
    if not NUMBER.fullmatch(number):
        raise Http404
    return int(number)
