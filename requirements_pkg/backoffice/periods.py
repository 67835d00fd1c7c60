"""Packages as lists tell them apart: a category has one for each period."""

from typing import Any, Protocol

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges import AnyField
from requirements_pkg.models import PackageVersion, RequirementsPackage


class OfPackage(Protocol):
    """A row that belongs to a package."""

    package: RequirementsPackage


class OfVersion(Protocol):
    """A row that belongs to a version."""

    version: PackageVersion


@admin.display(description=gettext_lazy("package"), ordering="package")
def package(row: OfPackage) -> str:
    """Return the package of a row, with its period."""
    return row.package.dated


@admin.display(description=gettext_lazy("version"), ordering="version")
def version(row: OfVersion) -> str:
    """Return the version of a row, with the period of its package."""
    name = _("%(title)s, version %(number)s")
    return name % {"title": row.version.package.dated, "number": row.version.number}


class PackageFilter(admin.RelatedFieldListFilter):
    """Packages to filter by, each with its period, the latest first."""

    def field_choices(
        self,
        field: AnyField,
        request: HttpRequest,
        model_admin: "admin.ModelAdmin[Any]",
    ) -> list[tuple[Any, Any]]:
        """Ask for all of them with their plans, at once."""
        rows = RequirementsPackage.objects.select_related("plan")
        return [(row.pk, row.dated) for row in rows.order_by("title", "-plan__first_year", "pk")]
