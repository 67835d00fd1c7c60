"""What was published, withdrawn and masked, as Atom: one feed for each package and one for all."""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from actionplan.text import writable
from requirements_pkg.published import catalogue, news, page_cache
from requirements_pkg.published.news import PublicationNews
from requirements_pkg.published.page_cache import CachedPage

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
# A feed is read in a reader of its own, which says nothing of the language of the site.
LANGUAGE: Final = "sv"
# Whose names they are (RFC 4151), and since when: never the host, for a site may move.
NAMED_BY: Final = "tag:kravkedjan.example,2026"


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """Send the feed of what changed in any package."""
    return _answer(request, news.latest(), "", reverse("start"))


@require_safe
def package_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the feed of what changed in one package.

    Raises:
        Http404: there is no such package, or nothing of it is published.
    """
    catalogue.versions_of(slug)
    entries = news.latest(slug)
    return _answer(request, entries, entries[0].title, reverse("package", args=[slug]))


def _answer(
    request: HttpRequest, entries: Sequence[PublicationNews], title: str, path: str
) -> HttpResponseBase:
    base = request.build_absolute_uri("/").rstrip("/")
    here = f"{base}{request.path}"
    name = f"{title} – {settings.SITE_NAME}" if title else settings.SITE_NAME

    def make() -> CachedPage:
        made = Atom1Feed(
            title=writable(name),
            link=f"{base}{path}",
            description=_("What changed lately"),
            language=LANGUAGE,
            feed_url=here,
            feed_guid=f"{NAMED_BY}:{request.path}",
            author_name=settings.SITE_NAME,
        )
        for entry in entries:
            _add(made, entry, base)
        return CachedPage.of(made.writeString("utf-8").encode(), CONTENT_TYPE)

    with override(LANGUAGE):
        return page_cache.answer(request, page_cache.file(("feed", here, entries), make))


def _add(made: Atom1Feed, entry: PublicationNews, base: str) -> None:
    made.add_item(
        title=writable(_title(entry)),
        link=f"{base}{entry.path}",
        # Atom says that it is HTML.
        description=linebreaks(writable(_text(entry)), autoescape=True),
        unique_id=f"{NAMED_BY}:{_name(entry)}",
        # With the day that the pages say: near midnight it is another one in UTC.
        pubdate=timezone.localtime(entry.at),
        updateddate=timezone.localtime(entry.at),
    )


def _name(entry: PublicationNews) -> str:
    """Name what happened: it is news of its own, though a version stands at the same address."""
    if entry.is_masking:
        return f"{entry.slug}/maskering/{entry.at.timestamp():.6f}"
    named = f"{entry.slug}/{'r' if entry.is_report else 'v'}{entry.number}"
    return f"{named}/indragen" if entry.is_withdrawal else named


def _title(entry: PublicationNews) -> str:
    words = {"title": f"{entry.title} {entry.period}".rstrip(), "number": entry.number}
    if entry.is_masking:
        return _("Words masked: %(title)s") % words
    if entry.is_report:
        return _("%(title)s, follow-up report %(number)d") % words
    title = _("%(title)s, version %(number)d") % words
    return _("Withdrawn: %(title)s") % {"title": title} if entry.is_withdrawal else title


def _text(entry: PublicationNews) -> str:
    if not entry.is_masking:
        return entry.text
    # Whoever keeps a copy is to know that the words are to be read no longer.
    text = _(
        "Words in what is published were masked: %(provision)s. Replace copies that you have kept."
    )
    return text % {"provision": entry.text}
