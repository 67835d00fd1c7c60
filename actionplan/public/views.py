"""Health and error pages, and what every template knows of the site."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from actionplan.django_edges.answered import request_name
from actionplan.kept_forms.sent import SentForm

# Seconds until it is worth asking again: a restart of the database takes no longer.
TRY_AGAIN = "10"


def site(request: HttpRequest) -> dict[str, str]:
    """Return the name of the site, for every template."""
    return {"site_name": settings.SITE_NAME}


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers and is migrated."""
    try:
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (OperationalError, InterfaceError):
        headers = {"Retry-After": TRY_AGAIN}
        return JsonResponse(
            {"database": "unavailable"}, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers
        )
    return JsonResponse({"pending_migrations": pending}, status=503 if pending else 200)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what is wrong with a request, where it is something that a person can do about."""
    context = {}
    if isinstance(exception, TooManyFieldsSent):
        text = _(
            "The form has more than %(most)d fields, and nothing was saved. Go back: what you "
            "wrote is still there. Send it in several parts."
        )
        context["reason"] = text % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
    return render(request, "400.html", context, status=HTTPStatus.BAD_REQUEST)


def fault(_request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, with the number that the log has of it; ask nothing else."""
    page = get_template("500.html").render({"number": request_name()})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest, *, nothing_saved: bool) -> HttpResponse:
    """Say that the database is away or too busy; the page itself asks it nothing.

    What was sent in a form stands in the page, to be sent again by a button.

    Args:
        nothing_saved: whether what was sent is certain to be undone.
    """
    sent = SentForm.of(request) if request.method not in ("GET", "HEAD") else None
    context = {"sent": sent, "nothing_saved": nothing_saved}
    response = render(request, "503.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = TRY_AGAIN
    response.headers["Cache-Control"] = "no-store"
    return response
