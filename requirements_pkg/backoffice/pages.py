"""What the pages of a package in the admin share: whose they are, and where they lead."""

from typing import Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from actionplan.django_edges import Handed, PageContext
from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan
from actionplan.permissions import editable as editable_plans
from actionplan.permissions import readable
from actionplan.text import is_number
from actionplan.workspace.tabs import tab_address
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import package_or_new
from requirements_pkg.models import Requirement, RequirementsPackage

# In the address of a new requirement: the cell of the matrix that it is written from.
CELL: Final = "ruta"


def package_of_plan(request: HttpRequest, pk: int) -> RequirementsPackage:
    """Return the package of a plan this person reads, or an unsaved one where it has none."""
    rows = ActionPlan.objects.with_head().filter(readable(request.user))
    return package_or_new(get_object_or_404(rows, pk=pk))


def named_package(request: HttpRequest) -> RequirementsPackage | None:
    """Return the package in the address, named itself or by its plan, if this person edits it."""
    named = {name: request.GET.get(name, "") for name in ("package", "plan")}
    if is_number(named["package"]):
        rows = RequirementsPackage.objects.with_owner()
        return rows.filter(permissions.editable(request.user), pk=named["package"]).first()
    if is_number(named["plan"]):
        plans = ActionPlan.objects.with_head().filter(editable_plans(request.user))
        plan = plans.filter(pk=named["plan"]).first()
        return None if plan is None else package_or_new(plan)
    return None


def read_package(plan: ActionPlan) -> RequirementsPackage:
    """Return the package of a plan with what its page has read of it; asked for `once`."""
    package = package_or_new(plan)
    package.plan = plan
    return package


def package_at(request: HttpRequest, pk: int) -> RequirementsPackage:
    """Return a stored package that this person reads."""
    rows = RequirementsPackage.objects.with_owner().filter(readable(request.user))
    return get_object_or_404(rows, pk=pk)


def address_of(package: RequirementsPackage) -> str:
    """Tell where one works with a package: its own page, or its plan's until it is stored."""
    if package.pk is None:
        return tab_address(package.plan.pk, PlanTab.REQUIREMENTS)
    return reverse("admin:requirements_pkg_requirementspackage_change", args=[package.pk])


def requirement_address(requirement: Requirement) -> str:
    """Tell where a requirement is written."""
    return reverse("admin:requirements_pkg_requirement_change", args=[requirement.pk])


def home_of(package: RequirementsPackage, tab: PlanTab = PlanTab.REVIEW) -> str:
    """Tell where one comes back to: a tab of the plan, or a shared module's own page."""
    if package.plan is None:
        return address_of(package)
    return tab_address(package.plan.pk, tab)


def publishing_address(name: str, package: RequirementsPackage) -> str:
    """Return the address of the page of publishing called `name`.

    Of a plan it is found by the plan, which may have no package yet.
    """
    if package.plan is None:
        return reverse(f"admin:requirements_pkg_module_{name}", args=[package.pk])
    return reverse(f"admin:requirements_pkg_{name}", args=[package.plan.pk])


def new_requirement(package: RequirementsPackage, **links: Handed) -> str:
    """Tell where a requirement of a package is written; a plan may have no package yet."""
    which = {"plan": package.plan.pk} if package.pk is None else {"package": package.pk}
    return reverse("admin:requirements_pkg_requirement_add", query={**which, **links})


def led_home(package: RequirementsPackage) -> HttpResponse:
    """Lead on to where one works with the package."""
    return HttpResponseRedirect(home_of(package))


def page(request: HttpRequest, template: str, context: PageContext) -> TemplateResponse:
    """Return a page of our own in the admin; one with a faulty form has status 400."""
    form = context.get("form")
    faulty = form is not None and form.is_bound and not form.is_valid()
    return TemplateResponse(
        request,
        template,
        {**admin.site.each_context(request), **context},
        status=400 if faulty else 200,
    )
