"""Every kind of address of the admin that a person opens, each with what it is."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import lookup_field
from django.db.models import Count
from django.urls import NoReverseMatch, reverse

from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan
from actionplan.workspace.tabs import tab_address
from followup.models import Deviation, FollowUp, Lesson, ProposedChange
from requirements_pkg.models import PublishRequest, RequirementsPackage

COMMON, RARE = "leverans", "zirkoniumfilter"
# Of no model, and with nothing to name.
SINGLE = (
    *("index", "password_change", "risks_import", "actionplan_indicator_import"),
    *("followup_mine", "followup_workbook", "requirements_pkg_suspects"),
)
Named = tuple[str, str]


def addresses(client: Any) -> Iterator[Named]:
    """All of them, for whoever is logged in."""
    request = client.get(reverse("admin:index")).wsgi_request
    for name in SINGLE:
        yield name, reverse(f"admin:{name}")
    for model_admin in admin.site._registry.values():
        if model_admin.has_view_permission(request):
            yield from _of_model(client, request, model_admin)
    yield from _of_a_plan()
    yield from _of_a_follow_up()


def _of_model(client: Any, request: Any, model_admin: Any) -> Iterator[Named]:
    meta = model_admin.model._meta
    name, label = str(meta.verbose_name), f"admin:{meta.app_label}_{meta.model_name}"
    address = reverse(f"{label}_changelist")
    listed = client.get(address).context_data["cl"]
    yield from _of_list(f"{name} list", address, listed, model_admin)
    if model_admin.has_add_permission(request):
        yield f"{name}, add", reverse(f"{label}_add")
    for page in ("export", "import"):
        may = getattr(model_admin, f"has_{page}_permission", None)
        if may is not None and may(request):
            yield f"{name}, {page}", reverse(f"{label}_{page}")
    for row in listed.result_list[:1]:
        pages = ["change", "history"]
        if model_admin.has_delete_permission(request, row):
            pages.append("delete")
        for page in pages:
            yield f"{name}, {page}", reverse(f"{label}_{page}", args=[row.pk])


def _of_list(name: str, address: str, listed: Any, model_admin: Any) -> Iterator[Named]:
    """Yield the addresses of a list: first and last page, searched, filtered, by each column."""
    yield name, address
    if (pages := listed.paginator.num_pages) > 1:
        yield f"{name}, last page", f"{address}?p={pages}"
    if model_admin.search_fields:
        for word in (COMMON, RARE):
            yield f"{name}, search for {word}", f"{address}?q={word}"
    for spec in listed.filter_specs:
        links = [choice["query_string"] for choice in spec.choices(listed)]
        links_of_row = [link for link in links if len(link) > 1]
        for at in sorted(
            {0, len(links_of_row) // 2, len(links_of_row) - 1} if links_of_row else ()
        ):
            yield f"{name}, by {spec.title}, {at + 1}", f"{address}{links_of_row[at]}"
    for at, column in enumerate(listed.list_display):
        # What no heading leads to nobody asks for.
        if listed.get_ordering_field(column) and column in (listed.sortable_by or [column]):
            # A function is another one in each process.
            field = column if isinstance(column, str) else column.admin_order_field
            for way in ("", "-"):
                yield f"{name}, in order of {way}{field}", f"{address}?o={way}{at}"
    if (field := model_admin.date_hierarchy) and listed.result_count:
        day = lookup_field(field, listed.result_list[0], model_admin)[2]
        for part in (f"{field}__year={day.year}", f"{field}__month={day.month}"):
            yield f"{name}, of {part}", f"{address}?{field}__year={day.year}&{part}"


def _of_a_plan() -> Iterator[Named]:
    """Yield the addresses of what belongs to the newest plan of the coordinator's region."""
    package = RequirementsPackage.objects.filter(
        plan__procurement_region__code="C", plan__status__in=("adopted", "review")
    ).latest("pk")
    plan = ActionPlan.objects.get(pk=package.plan_id)
    yield "plan, change", reverse("admin:actionplan_actionplan_change", args=[plan.pk])
    for tab in PlanTab:
        yield f"plan, {tab.name.lower()}", tab_address(plan.pk, tab)
    area = plan.product_areas.first()
    if area is not None:
        for name in ("riskmatrix_change", "riskmatrix_history", "riskmatrix_delete", "levels"):
            yield f"risk matrix, {name}", reverse(f"admin:risks_{name}", args=[area.pk])
        yield "follow-up, add to an area", _asking("followup_followup_add", omrade=area.pk)
    yield "calendar", reverse("admin:followup_calendar", args=[plan.pk])
    for name in ("preview", "ask", "coverage"):
        yield f"package, {name}", reverse(f"admin:requirements_pkg_{name}", args=[plan.pk])
    yield "package, include", reverse("admin:requirements_pkg_include", args=[package.pk])
    yield from _of_model_row("package", package)
    requirement = package.requirements.alias(links=Count("treatments")).latest("links", "pk")
    yield from _of_model_row("requirement", requirement)
    yield "requirement, add to a plan", _asking("requirements_pkg_requirement_add", plan=plan.pk)
    yield "follow-up, add to a plan", _asking("followup_followup_add", plan=plan.pk)
    waiting = PublishRequest.objects.filter(decision="pending").last()
    if waiting is not None:
        yield "request, decide", reverse("admin:requirements_pkg_decide", args=[waiting.pk])


def _of_a_follow_up() -> Iterator[Named]:
    """Yield addresses of the region's follow-up with most deviations, and of a few other rows."""
    of_region = FollowUp.objects.filter(product_area__plan__procurement_region__code="C")
    follow_up = of_region.alias(deviation_count=Count("deviations")).latest(
        "deviation_count", "pk"
    )
    yield from _of_model_row("follow-up", follow_up)
    for name in ("questions", "answers", "reuse", "sanction", "read_answers", "summary_write"):
        try:
            yield f"follow-up, {name}", reverse(f"admin:followup_{name}", args=[follow_up.pk])
        except NoReverseMatch:
            continue
    for model in (Deviation, Lesson):
        row = model.objects.filter(follow_up__in=of_region).last()
        if row is not None:
            yield from _of_model_row(str(model._meta.verbose_name), row)
        name = f"followup_{model._meta.model_name}_add"
        yield f"{name} to a follow-up", _asking(name, uppfoljning=follow_up.pk)
    change = ProposedChange.objects.filter(lesson__follow_up__in=of_region).last()
    if change is not None:
        yield from _of_model_row(str(ProposedChange._meta.verbose_name), change)


def _of_model_row(name: str, row: Any) -> Iterator[Named]:
    for page in ("change", "history"):
        label = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
        yield f"{name} with much, {page}", reverse(label, args=[row.pk])


def _asking(name: str, **query: int) -> str:
    return reverse(f"admin:{name}", query=query)
