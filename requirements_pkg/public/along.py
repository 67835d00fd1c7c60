"""How public pages are answered: as they are kept, or with what a buyer chose in them."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from requirements_pkg.choosing.selection import Selection, read
from requirements_pkg.public.sent_pairs import in_address
from requirements_pkg.published import page_cache
from requirements_pkg.published.page_cache import CachedPage
from requirements_pkg.rendering.going_along import with_selection


def answer(
    request: HttpRequest, page: CachedPage, selection: Selection | None = None
) -> HttpResponseBase:
    """Send a page, and with it what was chosen so far.

    Args:
        request: what was chosen stands in its address.
        page: as everybody gets it.
        selection: what was chosen, where the page knows that better.
    """
    if selection is None and request.GET:
        selection = read(in_address(request))
    if selection is None or not selection.slug or not selection.count:
        return page_cache.answer(request, page)
    html = with_selection(page.body.decode(), selection, request.path)
    return page_cache.answer(request, CachedPage.of(html.encode()))
