"""A requirement as buyers will read it, and what the rules remark on: also while it is typed."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requirements_pkg.backoffice.pages import named_package, package_at, page
from requirements_pkg.cards.requirement_cards import RequirementCards
from requirements_pkg.document import schema
from requirements_pkg.document.facts import Listing, RequirementIndex
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.draft import drafted
from requirements_pkg.drafting.quality import findings
from requirements_pkg.drafting.quality_case import DraftContext, PlaceKind
from requirements_pkg.drafting.typed_requirement import stored_in, typed, with_requirement
from requirements_pkg.models import Requirement, RequirementsPackage


def preview_address(package: RequirementsPackage, requirement: Requirement | None) -> str:
    """Tell where a requirement, or a new one of a package, is shown as buyers will read it."""
    if requirement is not None:
        return reverse("admin:requirements_pkg_requirement_preview", args=[requirement.pk])
    of = {"plan": package.plan_id} if package.pk is None else {"package": package.pk}
    return reverse("admin:requirements_pkg_new_requirement_preview", query=of)


@require_http_methods(["GET", "POST"])
def stored_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a stored requirement on a page; what its form holds as a part of the form's page."""
    requirement = get_object_or_404(Requirement, pk=pk)
    package = package_at(request, requirement.package_id)
    draft = drafted(package)
    stored = stored_in(draft, pk)
    if stored is None:
        raise Http404
    if request.method == "POST":
        return _part(request, draft.content, typed(request.POST, package, draft, stored))
    context = {
        "title": _("How buyers will read %(code)s") % {"code": requirement.code},
        "original": requirement,
        **_preview_context(draft.content, stored, level=2),
    }
    return page(request, "requirements_pkg/admin/writing/preview.html", context)


@require_POST
def new_preview(request: HttpRequest) -> HttpResponse:
    """Show what the form of a new requirement holds, as a part of the form's page.

    Raises:
        PermissionDenied: the address names no package that this person edits.
    """
    package = named_package(request)
    if package is None:
        raise PermissionDenied
    draft = drafted(package)
    return _part(request, draft.content, typed(request.POST, package, draft, None))


def _part(
    request: HttpRequest, content: Document, requirement: schema.Requirement
) -> HttpResponse:
    # Under the heading of the part beside the form.
    content = with_requirement(content, requirement)
    context = _preview_context(content, requirement, level=3)
    return render(request, "requirements_pkg/admin/writing/_preview.html", context)


def _preview_context(
    content: Document, requirement: schema.Requirement, *, level: int
) -> dict[str, object]:
    """Return a requirement as its public page has it, and the findings that are about it.

    Args:
        level: of its headings; those within it are one lower.
    """
    remarks = findings(content, DraftContext(today=timezone.localdate())).all
    links = RequirementIndex.of(content).links(requirement.uid)
    return {
        "at": level,
        "below": level + 1,
        "requirement": RequirementCards(Listing.of(content)).page(requirement, links),
        "remarks": [
            finding
            for finding in remarks
            if finding.place.kind is PlaceKind.REQUIREMENT and finding.place.key == requirement.uid
        ],
    }
