"""What the public page is measured against: nothing, and the page as one usually makes it."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from requirements_pkg.models import RequirementsPackage
from requirements_pkg.tender import downloads
from risks.models import Dimension, RiskCell


def trivial(request: HttpRequest) -> HttpResponse:
    """Do nothing, so that only the server, Django and our middleware are measured."""
    return HttpResponse("ok", content_type="text/plain")


def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the page of a package from model instances, with everything fetched beforehand."""
    cells = RiskCell.objects.select_related(
        "stage",
        "dimension",
        "same_as_category",
        "same_as_cell__product_area",
        "same_as_cell__stage",
        "same_as_cell__dimension",
    ).order_by("stage__position", "dimension__position")
    packages = RequirementsPackage.objects.select_related(
        "plan__category", "plan__procurement_region", "plan__coordinator"
    ).prefetch_related(
        "versions",
        "plan__contacts",
        Prefetch("plan__product_areas__cells", queryset=cells),
        "plan__product_areas__cells__statements",
        "plan__product_areas__cells__same_as_cell__statements",
        "plan__product_areas__cells__statements__treatments__requirement",
        "plan__goals__sub_goals__indicators",
        "requirements__product_areas",
        "inclusions__module__requirements__product_areas",
    )
    package = get_object_or_404(packages, slug=slug)
    context = {
        "package": package,
        "plan": package.plan,
        "version": package.versions.all()[0],
        "dimensions": Dimension.objects.all(),
        "forms": downloads.FORMS,
        "section": "packages",
    }
    return render(request, "benchmarks/live.html", context)
