"""Health and error pages, and what every template knows of the site."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse


def site(request: HttpRequest) -> dict[str, str]:
    """The name of the site, for every template."""
    return {"site_name": settings.SITE_NAME}


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers and is migrated."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return JsonResponse({"pending_migrations": len(pending)}, status=503 if pending else 200)
