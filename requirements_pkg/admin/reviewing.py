"""The pages on which a draft is read against the version in force, and ticked as read."""

import re
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from actionplan.permissions import signed_in
from actionplan.public.sections import PARAMETER
from requirements_pkg import permissions
from requirements_pkg.actions.reviewing import tick_read, untick_read
from requirements_pkg.backoffice.pages import (
    home_of,
    package_at,
    package_of_plan,
    page,
    publishing_address,
)
from requirements_pkg.backoffice.reviews import ITEMS_A_PAGE, UNREAD, ReviewPages, changes_address
from requirements_pkg.models import PublishRequest, RequirementsPackage
from requirements_pkg.reviewing.draft_review import review_of

SECTION: Final = re.compile(r"[-a-z0-9]{1,40}")
ANCHOR: Final = re.compile(r"[-\w.]{0,200}")


@require_GET
def changes(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Show a section of what the draft of a plan changes."""
    return _changes(request, package_of_plan(request, pk), section)


@require_GET
def module_changes(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Show a section of what the draft of a shared module changes."""
    return _changes(request, package_at(request, pk), section)


def _changes(request: HttpRequest, package: RequirementsPackage, name: str) -> HttpResponse:
    pages = ReviewPages(review_of(package), signed_in(request.user), waiting_of(package))
    section = pages.review.section(name)
    if section is None:
        raise Http404
    context: dict[str, Any] = {
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
    return page(request, "requirements_pkg/admin/reviewing/changes.html", context)


def waiting_of(package: RequirementsPackage) -> PublishRequest | None:
    """Return the request of a package that waits, if there is one."""
    if package.pk is None:
        return None
    asked = package.requests.pending().select_related("requested_by").first()
    if asked is not None:
        # With what is known of it.
        asked.package = package
    return asked


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick changes of a request as read, or take the ticks away; come back to where they stand."""
    rows = PublishRequest.objects.select_related(
        "package__plan", "package__steward", "requested_by"
    )
    asked = get_object_or_404(rows, pk=pk)
    by = signed_in(request.user)
    if not permissions.may_approve(by, asked.package, by=asked.requested_by):
        raise PermissionDenied
    items = _sent_items(request)
    try:
        if "_unread" in request.POST:
            untick_read(request=asked, by=by, items=items)
        else:
            tick_read(request=asked, by=by, items=items)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    address = changes_address(asked.package, _part(SECTION, request.POST.get("section", "")))
    query = {key: request.POST[key] for key in (PARAMETER, UNREAD) if request.POST.get(key)}
    anchor = _part(ANCHOR, request.POST.get("then", ""))
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


def _part(pattern: re.Pattern[str], text: str) -> str:
    """Return a part of an address as it may be written there.

    Raises:
        BadRequest: it is none.
    """
    if not pattern.fullmatch(text):
        raise BadRequest
    return text
