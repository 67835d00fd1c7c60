"""What became of a selection since it was made, as Atom, with the words that are other ones."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.choosing.selection import TooManyCodes, parse
from requirements_pkg.public.feeds import CONTENT_TYPE, LANGUAGE, NAMED_BY
from requirements_pkg.public.selection_pages import too_many
from requirements_pkg.public.sent_pairs import in_address
from requirements_pkg.published import page_cache
from requirements_pkg.published.page_cache import CachedPage
from requirements_pkg.tender.selected.news import news_of
from requirements_pkg.tender.selected.versions import ReadSelection, read_selection


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
    for entry in news_of(read, base):
        made.add_item(
            title=entry.title,
            link=f"{base}{entry.path}",
            description=entry.html,
            unique_id=f"{NAMED_BY}:{digest}/{entry.name}",
            pubdate=timezone.localtime(entry.at),
            updateddate=timezone.localtime(entry.at),
        )
    return made.writeString("utf-8")
