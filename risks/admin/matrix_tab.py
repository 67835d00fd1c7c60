"""The tab of a plan with its matrices: one product area at a time, as the plan in Word reads."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan import permissions
from actionplan.backoffice.plan_page import once
from actionplan.django_edges import AnyRows
from actionplan.extension_points import (
    Button,
    Figure,
    Gap,
    Panel,
    PlanTab,
    Urgency,
    change_places,
    plan_figures,
    plan_gaps,
    plan_panels,
)
from actionplan.models import ActionPlan, ChangeLog
from actionplan.text import figure
from actionplan.workspace.tabs import so_much, tab_address
from risks.actions.import_undo import last_import
from risks.actions.settling import settling_sentence
from risks.exporting.document import FORMATS
from risks.grid.cell_views import AREA, area_address, cell_address, stage_views
from risks.models import Dimension, RiskCell, RiskMatrix, RiskStatement


@plan_panels
def document_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Offer the plan as a document, and to bring one in."""
    labels = {"docx": _("Word"), "xlsx": _("Excel"), "txt": _("Text")}
    buttons = [
        Button(labels[form], reverse("admin:risks_export", args=[plan.pk, form]))
        for form in FORMATS
        if form in labels
    ]
    if permissions.may_edit(request.user, plan):
        buttons.append(Button(_("Import from Word"), reverse("admin:risks_import")))
    template = "risks/admin/panels/document.html"
    return [Panel(_("The plan as a document"), template, buttons=tuple(buttons))]


@plan_panels.on(PlanTab.HISTORY)
def last_import_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Tell which document was imported last, and let it be undone by who edits the plan."""
    event = last_import(plan) if permissions.may_edit(request.user, plan) else None
    if event is None:
        return []
    address = reverse("admin:risks_undo_import", args=[plan.pk])
    return [
        Panel(
            _("The last import"),
            "risks/admin/panels/last_import.html",
            context={"event": event},
            buttons=(Button(_("Undo the last import"), address),),
        )
    ]


@plan_figures
def assessed_cells(plans: Collection[int]) -> dict[int, Figure]:
    """Tell of each plan how many of its cells say something."""
    done: Counter[int] = Counter()
    total: Counter[int] = Counter()
    # Each with its counts.
    areas: AnyRows = RiskMatrix.objects.filter(plan__in=plans).with_progress().order_by()
    for area in areas:
        done[area.plan_id] += area.assessed
        total[area.plan_id] += area.cell_count
    return {
        plan: so_much(_("Assessed cells"), PlanTab.MATRIX, done[plan], total[plan])
        for plan in total
    }


@plan_panels.on(PlanTab.MATRIX)
def matrix_panels(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the matrix of one product area as it is read, and lead to those of the others."""
    may_edit = permissions.may_edit(request.user, plan)
    add = Button(_("Add product area"), f"{reverse('admin:risks_riskmatrix_add')}?plan={plan.pk}")
    adds = (add,) if may_edit else ()
    areas = once(plan, _areas)
    if not areas:
        return [Panel(_("Product areas"), "risks/admin/panels/no_areas.html", buttons=adds)]
    area = _named_area(areas, request.GET.get(AREA, ""))
    listed = [(other, area_address(plan.pk, other.number), other is area) for other in areas]
    context = {
        "area": area,
        "areas": listed if len(listed) > 1 else [],
        "dimensions": list(Dimension.objects.all()),
        "stages": stage_views(request, area),
        "may_edit": may_edit,
    }
    whole = reverse("admin:risks_riskmatrix_change", args=[area.pk])
    everything = Button(_("Edit the whole matrix") if may_edit else _("Open the matrix"), whole)
    return [
        Panel(
            title=f"{area.number}. {area.name}",
            template="risks/admin/panels/matrix.html",
            context=context,
            buttons=(everything, *adds),
            anchor=f"area-{area.number}",
            is_wide=True,
        )
    ]


def _named_area(areas: list[RiskMatrix], number: str) -> RiskMatrix:
    """Return the area that an address names, else the first."""
    return next((area for area in areas if str(area.number) == number), areas[0])


def _areas(plan: ActionPlan) -> list[Any]:
    """Read the product areas, each with its counts."""
    return list(RiskMatrix.objects.filter(plan=plan).with_progress().order_by("number"))


@plan_gaps.on(PlanTab.MATRIX)
def matrix_gaps(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield the areas with cells that nobody has assessed, and what an import kept."""
    areas = once(plan, _areas)
    if not areas:
        here = tab_address(plan.pk, PlanTab.MATRIX)
        yield Gap(_("The plan has no product area."), here)
    for area in areas:
        if left := area.cell_count - area.assessed:
            text = ngettext(
                "%(area)s: %(number)s cell is not assessed.",
                "%(area)s: %(number)s cells are not assessed.",
                left,
            )
            yield Gap(
                text % {"area": area.name, "number": figure(left)},
                area_address(plan.pk, area.number),
            )
    sentence = settling_sentence(plan)
    if sentence and permissions.may_edit(request.user, plan):
        yield Gap(sentence, reverse("admin:risks_kept", args=[plan.pk]), Urgency.SOON)


@change_places
def places_of_cells(changes: Collection[ChangeLog]) -> dict[int, str]:
    """Lead to the cell that was changed, or whose texts were."""
    labels = {RiskCell._meta.label: "key", RiskStatement._meta.label: "part_of"}
    cells = {
        change.pk: getattr(change, labels[change.model])
        for change in changes
        if change.model in labels
    }
    rows = RiskCell.objects.filter(pk__in=set(cells.values())).order_by()
    there = set(rows.values_list("pk", flat=True)) if cells else set()
    return {change: cell_address(cell) for change, cell in cells.items() if cell in there}
