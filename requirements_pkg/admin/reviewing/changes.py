"""The pages on which a draft is read against the version in force, and ticked as read."""

import re
from typing import Final

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from actionplan.permissions import signed_in
from actionplan.public.sections import PARAMETER
from requirements_pkg.actions.reviewing.ticks import tick_read, untick_read
from requirements_pkg.backoffice.pages import (
    home_of,
    package_at,
    package_of_plan,
    page,
    publishing_address,
)
from requirements_pkg.backoffice.reviews import (
    ITEMS_A_PAGE,
    UNREAD,
    ReviewPages,
    changes_address,
    may_tick,
)
from requirements_pkg.models import PublishRequest, RequirementsPackage
from requirements_pkg.reviewing.draft_review import review_of

ANCHOR: Final = re.compile(r"[-\w.]{0,200}")


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Show a section of what the draft of a plan changes."""
    return _changes(request, package_of_plan(request, pk), section)


@require_http_methods(["GET", "POST"])
def module_changes(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Show a section of what the draft of a shared module changes."""
    return _changes(request, package_at(request, pk), section)


def _changes(request: HttpRequest, package: RequirementsPackage, name: str) -> HttpResponse:
    publish_request, is_refused = waiting_of(package), False
    if request.method == "POST":
        try:
            return _ticked(request, publish_request, changes_address(package, name))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            is_refused = True
    pages = ReviewPages(review_of(package), signed_in(request.user), publish_request)
    section = pages.review.section(name)
    if section is None:
        raise Http404
    context: dict[str, object] = {
        "title": section.title,
        "subject": package.plan or package,
        "home": home_of(package),
        "preview": publishing_address("preview", package),
        "pages": pages,
        "section": section,
        "page": pages.page_of(section, request.GET),
        "only_unread": UNREAD in request.GET,
        "here": pages.address(section.id),
        "before": pages.beside(section, -1),
        "after": pages.beside(section, 1),
    }
    answer = page(request, "requirements_pkg/admin/reviewing/changes.html", context)
    answer.status_code = 400 if is_refused else 200
    return answer


def waiting_of(package: RequirementsPackage) -> PublishRequest | None:
    """Return the request of a package that waits, if there is one."""
    if package.pk is None:
        return None
    publish_request = package.requests.pending().select_related("requested_by").first()
    if publish_request is not None:
        # With what is known of it.
        publish_request.package = package
    return publish_request


def _ticked(
    request: HttpRequest, publish_request: PublishRequest | None, address: str
) -> HttpResponse:
    """Tick changes as read, or take the ticks away; come back to where they stand.

    Raises:
        PermissionDenied: this person does not answer a request that waits.
        ValidationError: somebody has decided meanwhile.
    """
    by = signed_in(request.user)
    if publish_request is None or not may_tick(by, publish_request):
        raise PermissionDenied
    items = _sent_items(request)
    if "_unread" in request.POST:
        untick_read(request=publish_request, by=by, items=items)
    else:
        tick_read(request=publish_request, by=by, items=items)
    query = {key: request.POST[key] for key in (PARAMETER, UNREAD) if request.POST.get(key)}
    anchor = request.POST.get("then", "")
    if not ANCHOR.fullmatch(anchor):
        raise BadRequest
    query_string = f"?{urlencode(query)}" if query else ""
    return HttpResponseRedirect(f"{address}{query_string}#{anchor}")


def _sent_items(request: HttpRequest) -> dict[str, str]:
    """Return the changes that were sent, each with how it was read.

    Raises:
        BadRequest: a page sends no such thing.
    """
    pairs = [sent.split(" ") for sent in request.POST.getlist("item")]
    if not 0 < len(pairs) <= ITEMS_A_PAGE or any(len(pair) != 2 for pair in pairs):
        raise BadRequest
    if any(len(item) > 200 or len(digest) != 64 for item, digest in pairs):
        raise BadRequest
    return dict(pairs)
