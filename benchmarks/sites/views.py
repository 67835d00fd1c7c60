"""What the public page is measured against: nothing, and the page as one usually makes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from requirements_pkg.document import cpv
from requirements_pkg.models import Requirement, RequirementsPackage
from requirements_pkg.rendering.package_parts import REQUIREMENTS_PER_PAGE
from risks.models import Dimension, LifecycleStage, RiskCell


def trivial(request: HttpRequest) -> HttpResponse:
    """Do nothing, so that only the server, Django and our middleware are measured."""
    return HttpResponse("ok", content_type="text/plain")


def live_requirements(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the first requirements of a package, as many as on a page of ours."""
    packages = RequirementsPackage.objects.select_related("plan").prefetch_related(
        "versions", "requirements__product_areas"
    )
    package = get_object_or_404(packages, slug=slug)
    active = [row for row in package.requirements.all() if row.state == "active"]
    context = {
        **_head(package),
        "requirements": active[:REQUIREMENTS_PER_PAGE],
        "total": len(active),
        "menus": _menus(package, active),
    }
    return render(request, "benchmarks/live_requirements.html", context)


def live_area(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the matrix of a product area, with the requirements that treat each cell."""
    cells = (
        RiskCell.objects.select_related(
            "stage",
            "dimension",
            "same_as_category",
            "same_as_cell__product_area",
            "same_as_cell__stage",
            "same_as_cell__dimension",
        )
        .prefetch_related("statements__treatments__requirement", "same_as_cell__statements")
        .order_by("stage__position", "dimension__position")
    )
    packages = RequirementsPackage.objects.select_related("plan").prefetch_related(
        "versions", "plan__product_areas"
    )
    package = get_object_or_404(packages, slug=slug)
    areas = package.plan.product_areas.all()
    area = next(area for area in areas if area.number == number)
    context = {
        **_head(package),
        "areas": areas,
        "area": area,
        "cells": cells.filter(product_area=area),
        "dimensions": Dimension.objects.all(),
    }
    return render(request, "benchmarks/live_area.html", context)


def _menus(
    package: RequirementsPackage, requirements: list[Requirement]
) -> list[dict[str, object]]:
    """Return what the list can be filtered by, as the page of ours has it."""
    codes = sorted({code for requirement in requirements for code in requirement.cpv_codes})
    areas = package.plan.product_areas.all() if package.plan else []
    named = {
        "omrade": (_("Product area"), [(area.number, area.name) for area in areas]),
        "typ": (_("Kind"), Requirement._meta.get_field("kind").choices),
        "niva": (_("Level"), Requirement._meta.get_field("level").choices),
        "steg": (
            _("Life-cycle stage"),
            [(row.code, row.name) for row in LifecycleStage.objects.all()],
        ),
        "dimension": (_("Dimension"), [(row.code, row.name) for row in Dimension.objects.all()]),
        "cpv": (_("CPV code"), [(code, f"{code} {cpv.NAMES.get(code, '')}") for code in codes]),
    }
    return [
        {"name": name, "label": label, "options": options}
        for name, (label, options) in named.items()
    ]


def _head(package: RequirementsPackage) -> dict[str, object]:
    return {
        "package": package,
        "plan": package.plan,
        "version": package.versions.all()[0],
        "section": "packages",
    }
