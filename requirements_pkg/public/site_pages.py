"""The public pages that tell of the site itself, and of what its files hold."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from requirements_pkg.document.json_schema import json_schema, written_schema
from requirements_pkg.public import responses
from requirements_pkg.published import page_cache
from requirements_pkg.published.page_cache import CachedPage

SCHEMA_TYPE: Final = "application/schema+json"


@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    """Show what this site is and who is behind it."""
    return _page(request, "about", section="about")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """Show the accessibility statement that Swedish law asks for."""
    return _page(request, "accessibility")


@require_safe
def privacy(request: HttpRequest) -> HttpResponseBase:
    """Show what the site keeps of people, why, and for how long."""
    return _page(request, "privacy", months=str(settings.SENDER_MONTHS))


@require_safe
def document_schema(request: HttpRequest) -> HttpResponseBase:
    """Send the schema of what a version says as JSON, field by field, for other programs."""

    def make() -> CachedPage:
        return CachedPage.of(written_schema(json_schema()).encode(), SCHEMA_TYPE)

    return page_cache.answer(request, page_cache.file("document schema", make))


def _page(request: HttpRequest, name: str, **context: str) -> HttpResponseBase:
    def make() -> str:
        return render_to_string(f"requirements_pkg/{name}.html", context)

    return responses.answer(request, page_cache.page(name, make))
