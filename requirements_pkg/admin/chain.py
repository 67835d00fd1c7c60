"""The chain in the admin: what covers the risks, and which links to look at again."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import build_q_object_from_lookup_parameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from actionplan import permissions as plan_permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ReadOnlyAdmin
from actionplan.database.any_of import AnyOf
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan, SubGoal, User
from actionplan.permissions import signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.links import confirm, set_services, set_treatments
from requirements_pkg.actions.publishing import locked
from requirements_pkg.admin.forms.requirement_form import ModuleLinksForm
from requirements_pkg.backoffice.links import PlaceLinks
from requirements_pkg.backoffice.pages import (
    address_of,
    home_of,
    new_requirement,
    package_at,
    package_of_plan,
    page,
)
from requirements_pkg.cards.cell_words import MARKS, head, rest, state_names
from requirements_pkg.document.coverage import AreaCoverage, Coverage, coverage
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.drafting.quality_case import PlaceKind, QualityPlace
from requirements_pkg.drafting.suspects import MODELS, explained, suspects_of_person
from requirements_pkg.excel.package_sheets import TREATMENTS
from requirements_pkg.models import (
    PackageInclusion,
    Requirement,
    RequirementsPackage,
    RiskTreatment,
)
from requirements_pkg.models.chain import current_hashes
from risks.models import RiskLevel, RiskStatement

LINKS_A_PAGE = 20

Plain = dict[str, Any]


@require_GET
def coverage_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the matrices of a plan with what treats each cell, and what is still to do."""
    package = package_of_plan(request, pk)
    content = draft_content(package)
    plan_coverage = coverage(content)
    links = PlaceLinks(package, {PlaceKind.REQUIREMENT, PlaceKind.CELL})
    names = content.stage_names | content.dimension_names
    context = {
        "title": _("Coverage"),
        "plan": package.plan,
        "home": home_of(package, PlanTab.REQUIREMENTS),
        "dimensions": [label.name for label in content.dimensions],
        "areas": [_area(area, names, links) for area in plan_coverage.areas],
        "untreated": _untreated(request, package, plan_coverage, names),
        "lacking": _lacking(content, plan_coverage, links),
        "states": state_names().values(),
    }
    return page(request, "requirements_pkg/admin/coverage.html", context)


def _area(area: AreaCoverage, names: dict[str, str], links: PlaceLinks) -> Plain:
    """Return the matrix of a product area as its table shows it."""
    levels = dict(RiskLevel.choices)
    rows = [
        {
            "name": names[stage],
            "cells": [
                {
                    "dimension": names[cell.dimension],
                    "state": cell.state.value,
                    "mark": MARKS[cell.state],
                    "words": head(cell.state, len(cell.requirements)),
                    "rest": rest(cell),
                    "level": levels.get(cell.level, ""),
                    "codes": cell.requirements,
                    "address": links.to(
                        QualityPlace(PlaceKind.CELL, (area.number, stage, cell.dimension))
                    ),
                }
                for cell in cells
            ],
        }
        for stage, cells in area.rows
    ]
    return {"number": area.number, "name": area.name, "rows": rows}


def _untreated(
    request: HttpRequest,
    package: RequirementsPackage,
    plan_coverage: Coverage,
    names: dict[str, str],
) -> list[Plain]:
    """Return the risks without a requirement, each with the page where an editor writes one."""
    rows = RiskStatement.objects.filter(cell__product_area__plan=package.plan).values_list(
        "cell__product_area__number",
        "cell__stage__code",
        "cell__dimension__code",
        "kind",
        "text",
        "pk",
    )
    pks = {tuple(place): pk for *place, pk in rows}
    may_edit = permissions.may_edit(request.user, package)
    risks = []
    for risk in plan_coverage.untreated:
        place = (risk.product_area, risk.stage, risk.dimension)
        pk = pks[*place, risk.kind, risk.text]
        risks.append(
            {
                "where": f"{risk.product_area}. {names[risk.stage]} / {names[risk.dimension]}",
                "kind": risk.kind,
                "text": risk.text,
                "write": new_requirement(package, statements=pk) if may_edit else "",
            }
        )
    return risks


def _lacking(content: Document, plan_coverage: Coverage, links: PlaceLinks) -> list[Plain]:
    """Return the requirements that lack something, by what they lack."""
    uids = {requirement.code: requirement.uid for requirement in reversed(content.requirements)}
    groups = [
        (_("Address no risk"), plan_coverage.untreating),
        (_("Have no proof"), plan_coverage.unproved),
        (_("Have no follow-up"), plan_coverage.unfollowed),
    ]
    return [
        {
            "title": title,
            "codes": [
                (code, links.to(QualityPlace(PlaceKind.REQUIREMENT, uids[code]))) for code in codes
            ],
        }
        for title, codes in groups
    ]


@require_GET
def suspects_page(request: HttpRequest) -> HttpResponse:
    """Show all links to look at again of which this person owns one end."""
    if not plan_permissions.may_read(request.user):
        raise PermissionDenied
    rows = Paginator(suspects_of_person(request.user), LINKS_A_PAGE)
    shown = rows.get_page(request.GET.get("sida"))
    context = {
        "title": _("Links to review"),
        "page": shown,
        "links": explained(list(shown.object_list)),
    }
    return page(request, "requirements_pkg/admin/suspects.html", context)


@require_POST
def confirm_link(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say that a link still holds, and go back to where one read it."""
    link = MODELS[kind].objects.filter(pk=pk).first() if kind in MODELS else None
    if link is None:
        raise Http404
    try:
        confirm(link=link, by=signed_in(request.user), read=request.POST.get("read", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted: the link still holds."))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("admin:requirements_pkg_suspects")
    return HttpResponseRedirect(back)


@require_http_methods(["GET", "POST"])
def module_links(request: HttpRequest, pk: int, requirement: int) -> HttpResponse:
    """Choose which risks of this plan a shared module's requirement treats."""
    rows = PackageInclusion.objects.select_related("module")
    inclusion = get_object_or_404(rows, pk=pk)
    package = package_at(request, inclusion.package_id)
    module_requirement = get_object_or_404(
        Requirement, pk=requirement, package=inclusion.module_id
    )
    if not permissions.may_edit(request.user, package):
        raise PermissionDenied
    if package.plan is None:
        raise Http404
    form = ModuleLinksForm(request.POST or None, requirement=module_requirement, plan=package.plan)
    if request.method == "POST" and form.is_valid():
        try:
            _save_links(form, inclusion, by=signed_in(request.user))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The links are saved."))
            return HttpResponseRedirect(reverse("admin:requirements_pkg_inclusion", args=[pk]))
    context: dict[str, Any] = {
        "title": module_requirement,
        "package": package,
        "package_address": address_of(package),
        "inclusion": inclusion,
        "form": form,
    }
    return page(request, "requirements_pkg/admin/module_links.html", context)


@all_or_nothing()
def _save_links(form: ModuleLinksForm, inclusion: PackageInclusion, *, by: User) -> None:
    package = locked(inclusion.package)
    # Somebody may have taken the module out while this one waited.
    get_object_or_404(PackageInclusion, pk=inclusion.pk)
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    chosen = form.cleaned_data
    statements = RiskStatement.objects.filter(pk__in=chosen["treated"])
    goals = SubGoal.objects.filter(pk__in=chosen["served"])
    requirement, plan = form.requirement, form.plan
    statements = statements.select_related("cell__product_area")
    set_treatments(requirement=requirement, statements=statements, by=by, plan=plan)
    goals = goals.select_related("goal")
    set_services(requirement=requirement, sub_goals=goals, by=by, plan=plan)


class RegionFilter(admin.RelatedFieldListFilter):
    """The region of a link's plan, by the statements that it has.

    They are looked up first: PostgreSQL would go through the links in order and expect those of a
    region everywhere, where they stand together.
    """

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[RiskTreatment]
    ) -> QuerySet[RiskTreatment] | None:
        narrowed = super().queryset(request, queryset)
        if not self.used_parameters:
            return narrowed
        chosen: dict[str, Any] = {
            name.removeprefix("statement__"): values
            for name, values in self.used_parameters.items()
        }
        statements = RiskStatement.objects.order_by().filter(
            build_q_object_from_lookup_parameters(chosen)
        )
        return queryset.filter(AnyOf(F("statement"), statements.values("pk")))


@admin.register(RiskTreatment)
class TreatmentAdmin(ExportAdmin, ReadOnlyAdmin):
    """Which requirement treats which risk; the links are made on the requirement's page."""

    sheets = [TREATMENTS]
    list_display = ["requirement", "statement", "plan", "is_suspect", "confirmed_at"]
    list_filter = [
        (f"{RiskTreatment.plan_path}__procurement_region", RegionFilter),
        "confirmed_at",
    ]
    searching_filters = (f"{RiskTreatment.plan_path}__procurement_region__id__exact",)
    search_fields = ["requirement__code", "requirement__title", "statement__text"]
    list_select_related = ["requirement__package", f"{RiskTreatment.plan_path}__category"]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list; what the texts of its links say now is asked for all at once."""
        changes = super().get_changelist_instance(request)
        links = list(changes.result_list)
        for link, digest in zip(links, current_hashes(links), strict=True):
            link.hash_now = digest
        changes.result_list = links
        return changes

    @admin.display(description=gettext_lazy("plan"))
    def plan(self, link: RiskTreatment) -> ActionPlan:
        return link.plan

    @admin.display(description=gettext_lazy("to review"), boolean=True)
    def is_suspect(self, link: Any) -> bool:
        return bool(link.hash_at_link != link.hash_now)
