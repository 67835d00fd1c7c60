"""Addresses as people type them from a citation: SE-01:2, se-01 or SE01, and where they lead."""

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from requirements_pkg.document.codes import Citation
from requirements_pkg.published import catalogue, wordings
from requirements_pkg.published.catalogue import PackageVersions


@require_safe
def lead(
    request: HttpRequest, slug: str, cited: str, number: int | None = None
) -> HttpResponseRedirect:
    """Lead to the requirement that is cited, or to the version that has the wording.

    Raises:
        Http404: no version has the code, or the wording.
    """
    versions = catalogue.versions_of(slug)
    citation, code = _resolve(versions, cited)
    if citation.wording is not None:
        version = wordings.with_wording(versions, code, citation.wording)
        if version is None:
            raise Http404
        number = version.number
    if number is None:
        return _redirect(request, reverse("requirement", args=[slug, code]))
    return _redirect(request, reverse("requirement_version", args=[slug, number, code]))


@require_safe
def lead_to_history(request: HttpRequest, slug: str, cited: str) -> HttpResponseRedirect:
    """Lead to the history of the requirement that is cited.

    Raises:
        Http404: no version has the code.
    """
    _citation, code = _resolve(catalogue.versions_of(slug), cited)
    return _redirect(request, reverse("requirement_history", args=[slug, code]))


def _resolve(versions: PackageVersions, cited: str) -> tuple[Citation, str]:
    citation = Citation.of(cited)
    code = "" if citation is None else citation.among(catalogue.traces(versions).codes)
    if citation is None or not code:
        raise Http404
    return citation, code


def _redirect(request: HttpRequest, address: str) -> HttpResponseRedirect:
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
