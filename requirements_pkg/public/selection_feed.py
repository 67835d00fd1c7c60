"""What became of a selection since it was made, as Atom, with the words that are other ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.choosing.selection import TooManyCodes, parse
from requirements_pkg.comparing.since import RequirementFate, changed_since
from requirements_pkg.public.feeds import CONTENT_TYPE, LANGUAGE, NAMED_BY
from requirements_pkg.public.selection_pages import too_many
from requirements_pkg.public.sent_pairs import in_address
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.published.page_cache import CachedPage
from requirements_pkg.published.version_info import VersionInfo
from requirements_pkg.tender.selected.versions import (
    ReadSelection,
    SelectedVersion,
    read_selection,
)

TEMPLATE: Final = "requirements_pkg/selection/notices/_news.html"
# Of each package: whoever has not read for longer reads the page of the selection.
MOST_VERSIONS: Final = 3


@dataclass(frozen=True, slots=True)
class SelectionNews:
    """What a version means for what was chosen in an earlier one, or that it was withdrawn."""

    name: str
    title: str
    path: str
    at: datetime
    html: str


@bounded(AllowanceKind.SEARCHES)
@require_safe
def selection_feed(request: HttpRequest) -> HttpResponseBase:
    """Send what became of the requirements that an address chooses.

    Raises:
        Http404: none of its packages and versions exists.
    """
    try:
        read = read_selection(parse(in_address(request)))
    except TooManyCodes as error:
        return too_many(request, error)
    with override(LANGUAGE):
        page = CachedPage.of(_written(request, read).encode(), CONTENT_TYPE)
        return page_cache.answer(request, page)


def _written(request: HttpRequest, read: ReadSelection) -> str:
    base = request.build_absolute_uri("/").rstrip("/")
    query = read.selection.query()
    # Of the same choice it is the same feed, wherever the site stands.
    digest = sha256(query.encode()).hexdigest()
    name = _("Your selection")
    made = Atom1Feed(
        title=f"{name} – {settings.SITE_NAME}",
        link=f"{base}{reverse('selection')}?{query}",
        description=_("What has changed in the requirements that you chose"),
        language=LANGUAGE,
        feed_url=f"{base}{request.path}?{query}",
        feed_guid=f"{NAMED_BY}:{request.path}{digest}",
        author_name=settings.SITE_NAME,
    )
    news = [entry for part in read.parts for entry in _news(part, base)]
    for entry in sorted(news, key=lambda entry: (entry.at, entry.name), reverse=True):
        made.add_item(
            title=entry.title,
            link=f"{base}{entry.path}",
            description=entry.html,
            unique_id=f"{NAMED_BY}:{digest}/{entry.name}",
            pubdate=timezone.localtime(entry.at),
            updateddate=timezone.localtime(entry.at),
        )
    return made.writeString("utf-8")


def _news(part: SelectedVersion, base: str) -> Iterator[SelectionNews]:
    """Yield what happened to a package since the selection, and the version that it is of."""
    own, title = part.version, part.content.package.title
    newer = [version for version in part.versions.all if version.number > own.number]
    for version in newer[:MOST_VERSIONS]:
        if version.withdrawn is None:
            yield _of_version(part, version, base)
    path = reverse("version", args=[part.slug, own.number])
    words = {"package": title, "number": own.number}
    if own.withdrawn is not None:
        yield SelectionNews(
            f"{part.slug}/v{own.number}/indragen",
            _("Withdrawn: version %(number)s of %(package)s, which you chose from") % words,
            path,
            own.withdrawn.at,
            render_to_string(TEMPLATE, {"reason": own.withdrawn.reason}),
        )
    yield SelectionNews(
        f"{part.slug}/v{own.number}",
        _("You chose from version %(number)s of %(package)s") % words,
        path,
        own.published_at,
        render_to_string(TEMPLATE, {"codes": part.group.codes}),
    )


def _of_version(part: SelectedVersion, version: VersionInfo, base: str) -> SelectionNews:
    since = changed_since(part.content, catalogue.content_of(version), part.group.codes)
    changed = [change for change in since if change.fate != RequirementFate.UNCHANGED]
    words = {"package": part.content.package.title, "number": version.number}
    title = (
        _("Version %(number)s of %(package)s changes requirements that you chose")
        if changed
        else _("Version %(number)s of %(package)s changes nothing that you chose")
    )
    return SelectionNews(
        f"{part.slug}/v{part.version.number}-v{version.number}",
        title % words,
        reverse("version", args=[part.slug, version.number]),
        version.published_at,
        render_to_string(
            TEMPLATE,
            {"changed": changed, "slug": part.slug, "number": version.number, "base": base},
        ),
    )
