"""The chain in the admin: what covers the risks, and which links to look at again."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import build_q_object_from_lookup_parameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from actionplan import permissions as plan_permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ReadOnlyAdmin
from actionplan.database.any_of import AnyOf
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan, SubGoal, User
from actionplan.permissions import signed_in
from actionplan.text import figure
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
from requirements_pkg.drafting.suspects import MODELS, Suspect, explained, suspects_of_person
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
    numbers = [str(area.number) for area in plan_coverage.areas]
    number = request.GET.get("omrade", "")
    number = number if number in numbers else ""
    untreated = _untreated(request, package, plan_coverage, names, number)
    context = {
        "title": _("Coverage"),
        "plan": package.plan,
        "home": home_of(package, PlanTab.REQUIREMENTS),
        "dimensions": [label.name for label in content.dimensions],
        "choices": [(str(area.number), area.name) for area in plan_coverage.areas],
        "area_number": number,
        "areas": [
            _area(area, names, links)
            for area in plan_coverage.areas
            if number in ("", str(area.number))
        ],
        "untreated": untreated,
        "number": sum(len(line["places"]) for line in untreated),
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
    area: str,
) -> list[Plain]:
    """Return the risks without a requirement, each with the page where an editor writes one.

    One that stands in several cells is one line, for which one requirement may be written.

    Args:
        area: the number of the only product area to tell of, "" for all.
    """
    pks = _statements(package)
    may_edit = permissions.may_edit(request.user, package)
    lines: dict[tuple[str, str], Plain] = {}
    for risk in plan_coverage.untreated:
        if area not in ("", str(risk.product_area)):
            continue
        line = lines.setdefault((risk.kind, risk.text), {"places": [], "statements": []})
        place = (risk.product_area, risk.stage, risk.dimension)
        line["statements"].append(pks[*place, risk.kind, risk.text])
        line["places"].append(
            f"{risk.product_area}. {names[risk.stage]} / {names[risk.dimension]}"
        )
    return [
        line
        | {
            "kind": kind,
            "text": text,
            "write": new_requirement(package, statements=line["statements"]) if may_edit else "",
        }
        for (kind, text), line in lines.items()
    ]


def _statements(package: RequirementsPackage) -> dict[tuple[Any, ...], int]:
    """Return the keys of the statements of a plan, by where they stand and what they say."""
    rows = RiskStatement.objects.filter(cell__product_area__plan=package.plan).values_list(
        "cell__product_area__number",
        "cell__stage__code",
        "cell__dimension__code",
        "kind",
        "text",
        "pk",
    )
    return {tuple(place): pk for *place, pk in rows}


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
    links = suspects_of_person(request.user)
    plans = _by_plan(links)
    plan_key = request.GET.get("plan", "")
    if plan_key in plans:
        links = [link for link in links if str(link.plan_id) == plan_key]
    suspects = Paginator(links, LINKS_A_PAGE).get_page(request.GET.get("sida"))
    context = {
        "title": _("Links to review"),
        "page": suspects,
        "links": explained(list(suspects.object_list)),
        "plans": plans,
        "plan_key": plan_key,
    }
    return page(request, "requirements_pkg/admin/suspects.html", context)


def _by_plan(links: Sequence[Suspect]) -> dict[str, tuple[str, int]]:
    """Return the plans that have such links by their keys, with how many each has."""
    counts = Counter(link.plan_id for link in links)
    plans = ActionPlan.objects.with_head().filter(pk__in=counts)
    return {str(plan.pk): (str(plan), counts[plan.pk]) for plan in plans}


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
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Return the page on which somebody read a link, or else the list of all."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("admin:requirements_pkg_suspects")


@require_POST
def confirm_links(request: HttpRequest) -> HttpResponse:
    """Say of several links at once that they still hold; of each what was read of it."""
    if not plan_permissions.may_edit_something(request.user):
        raise PermissionDenied
    confirmed, faults = 0, list[str]()
    for kind, pk, read in map(_ticked, request.POST.getlist("link")):
        link = MODELS[kind].objects.filter(pk=pk).first()
        try:
            if link is None:
                raise ValidationError(_("Somebody else has removed the link."))
            confirm(link=link, by=signed_in(request.user), read=read)
        except ValidationError as error:
            faults += error.messages
        else:
            confirmed += 1
    if confirmed:
        text = ngettext(
            "Noted: %(number)s link still holds.",
            "Noted: %(number)s links still hold.",
            confirmed,
        )
        messages.success(request, text % {"number": figure(confirmed)})
    elif not faults:
        messages.error(request, _("Tick the links that still hold."))
    for fault in dict.fromkeys(faults):
        messages.error(request, fault)
    return HttpResponseRedirect(_back(request))


def _ticked(value: str) -> tuple[str, int, str]:
    """Return what a box says: the kind of a link, its key, and the hash of what was read."""
    kind, _colon, rest = value.partition(":")
    pk, _colon, read = rest.partition(":")
    if kind not in MODELS or not pk.isdecimal():
        raise BadRequest
    return kind, int(pk), read


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
    context: dict[str, object] = {
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
    links = form.cleaned_data
    statements = RiskStatement.objects.filter(pk__in=links["treated"])
    goals = SubGoal.objects.filter(pk__in=links["served"])
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
        lookups: dict[str, Any] = {
            name.removeprefix("statement__"): values
            for name, values in self.used_parameters.items()
        }
        statements = RiskStatement.objects.order_by().filter(
            build_q_object_from_lookup_parameters(lookups)
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
