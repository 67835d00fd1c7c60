"""Who read what is confidential, or took it out: one line of the log for each page and file.

Written when the answer is made and before it is sent: what cannot be written is not shown.
"""

from http import HTTPStatus
from typing import Final

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from actionplan.extension_points import confidential_pages
from actionplan.models import ChangeKind, ChangeLog
from actionplan.models.logged import Logged
from actionplan.text import is_number

# An address may be as long as the proxy lets it.
LONGEST_FILTER: Final = 500
# What the admin calls the pages of a model.
KINDS_OF_PAGE: Final = ("changelist", "change", "history", "delete", "export")


def tell_reading(request: HttpRequest, response: HttpResponseBase) -> None:
    """Write that somebody got a page or a file, where it shows what is confidential."""
    match = request.resolver_match
    if response.status_code != HTTPStatus.OK or match is None:
        return
    name = match.url_name or ""
    model = model_read(name)
    if model is None:
        return
    is_file = "attachment" in response.headers.get("Content-Disposition", "")
    detail: dict[str, object] = {"page": name}
    key = str(match.kwargs.get("object_id") or match.kwargs.get("pk") or 0)
    if query_string := request.META.get("QUERY_STRING", ""):
        detail["filter"] = query_string[:LONGEST_FILTER]
    number = _number_of_rows(response)
    if number is not None:
        detail["rows"] = number
    if name.endswith("_export") and not is_file:
        # It asks what is to be taken out.
        return
    kind = ChangeKind.EXPORTED if is_file else ChangeKind.READ
    ChangeLog.objects.access(model, kind, detail, key=int(key) if is_number(key) else 0)


def model_read(name: str) -> type[models.Model] | None:
    """Return the confidential model that a page of the admin shows rows of; None for others."""
    for pages in confidential_pages:
        if name in pages:
            return pages[name]
    label, _dot, page = name.rpartition("_")
    return _by_label().get(label) if page in KINDS_OF_PAGE else None


def _by_label() -> dict[str, type[models.Model]]:
    """Return the confidential models that have pages of their own."""
    return {
        f"{model._meta.app_label}_{model._meta.model_name}": model
        for model in admin.site._registry
        if is_confidential(model)
    }


def is_confidential(model: type[models.Model]) -> bool:
    """Tell whether reading the rows of a model is told in the log."""
    return issubclass(model, Logged) and model.is_confidential


def _number_of_rows(response: HttpResponseBase) -> int | None:
    """Return how many rows a list or a file has; None of a page of one row."""
    number = getattr(response, "number_of_rows", None)
    changelist = (getattr(response, "context_data", None) or {}).get("cl")
    return len(changelist.result_list) if number is None and changelist is not None else number
