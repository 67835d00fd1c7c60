"""How public pages are answered: as they are kept, or with what a buyer chose in them."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from requirements_pkg.choosing.selection import Pair, Selection, fitting, read
from requirements_pkg.public.sent_pairs import in_address
from requirements_pkg.published import page_cache
from requirements_pkg.published.page_cache import CachedPage
from requirements_pkg.rendering.selection_links import with_selection


def answer(
    request: HttpRequest, page: CachedPage, selection: Selection | None = None
) -> HttpResponseBase:
    """Send a page, and with it what was chosen so far.

    Args:
        request: what was chosen stands in its address.
        page: as everybody gets it.
        selection: what was chosen, where the page knows that better.
    """
    selection = selection or _in_address(request)
    if selection.is_empty:
        return page_cache.answer(request, page)
    html = with_selection(page.body.decode(), selection, request.path)
    return page_cache.answer(request, CachedPage.of(html.encode()))


def take(request: HttpRequest, response: HttpResponse) -> None:
    """Put what was chosen so far into a page that nothing keeps."""
    selection = _in_address(request)
    if not selection.is_empty:
        html = with_selection(response.content.decode(), selection, request.path)
        response.content = html.encode()


def selected_in(request: HttpRequest) -> list[Pair]:
    """Return what an address chooses, as it goes along to another one."""
    return fitting(_in_address(request).carried.pairs())


def _in_address(request: HttpRequest) -> Selection:
    return read(in_address(request)) if request.META.get("QUERY_STRING") else Selection()
