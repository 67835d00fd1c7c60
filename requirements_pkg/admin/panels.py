"""What the pages of a plan and of a package show: requirements, modules, quality, publishing."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Final

from django.db import models
from django.db.models import Count, Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan import permissions as plan_permissions
from actionplan.backoffice.plan_page import once
from actionplan.extension_points import (
    AdminPlace,
    Button,
    Figure,
    Gap,
    Panel,
    PlanTab,
    admin_places,
    change_places,
    links_to_review,
    plan_figures,
    plan_gaps,
    plan_panels,
)
from actionplan.models import ActionPlan, ChangeEvent, ChangeLog
from actionplan.text import figure
from actionplan.workspace.home_panels import own_pages
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import subject_of
from requirements_pkg.admin.publishing_panels import (
    PublishingState,
    publishing_gaps,
    publishing_panel,
    quality_gaps,
    quality_panel,
)
from requirements_pkg.admin.requirement_list import list_panel
from requirements_pkg.backoffice.pages import CELL, address_of, new_requirement, read_package
from requirements_pkg.cards.cell_words import state_names
from requirements_pkg.document.coverage import Coverage, CoverageState, coverage
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.checking import check
from requirements_pkg.drafting.draft import all_drafted
from requirements_pkg.drafting.quality import QualityFindings
from requirements_pkg.drafting.suspects import suspects_of_package, suspects_of_rows
from requirements_pkg.extension_points import package_panels
from requirements_pkg.models import (
    GoalService,
    PackageInclusion,
    PackageVersion,
    Requirement,
    RequirementArea,
    RequirementKind,
    RequirementLevel,
    RequirementProof,
    RequirementSource,
    RequirementsPackage,
    RiskTreatment,
)
from risks.extension_points import CellLink, cell_links, statement_links, statement_requirements
from risks.models import Assessment, RiskCell, RiskStatement

EVENTS_OF_TAB: Final = 50


@admin_places
def places_of_requirements(request: HttpRequest) -> Iterator[AdminPlace]:
    """Yield the requirements, and the links to look at again for who may."""
    if plan_permissions.may_read(request.user):
        listed = reverse("admin:requirements_pkg_requirement_changelist")
        yield AdminPlace(_("Requirements"), listed)
    if plan_permissions.may_edit_something(request.user):
        yield AdminPlace(_("Links to review"), reverse("admin:requirements_pkg_suspects"))


@change_places
def pages_of_requirements(changes: Collection[ChangeLog]) -> dict[int, str]:
    """Lead to the page of the requirement that was changed, or a part of it."""
    parts = (RiskTreatment, GoalService, RequirementArea, RequirementSource, RequirementProof)
    return own_pages(changes, Requirement, parts=dict.fromkeys(parts, Requirement))


@plan_panels.on(PlanTab.REQUIREMENTS)
def requirements_of_plan(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the requirements of a plan, how far they reach, and the modules it includes."""
    look = once(plan, _look)
    modules = [] if look.package.pk is None else [_modules(request, look.package)]
    return [_summary(request, look), *modules, list_panel(request, look.package, look.content)]


@plan_figures
def requirements_in_force(plans: Collection[int]) -> dict[int, Figure]:
    """Tell of each plan how many requirements of its own its package has."""
    rows = Requirement.objects.active().filter(package__plan__in=plans).order_by()
    counts = dict(rows.values_list("package__plan").annotate(number=Count("pk")))
    return {
        plan: Figure(_("Own requirements"), figure(counts.get(plan, 0)), PlanTab.REQUIREMENTS)
        for plan in plans
    }


@plan_figures
def versions_in_force(plans: Collection[int]) -> dict[int, Figure]:
    """Tell of each plan which version the public reads."""
    rows = PackageVersion.objects.in_force().filter(package__plan__in=plans).order_by()
    versions = {
        plan: _("version %(number)s, %(day)s")
        % {"number": number, "day": localdate(at).isoformat()}
        for plan, number, at in rows.values_list("package__plan", "number", "published_at")
    }
    no_version = _("nothing yet")
    return {
        plan: Figure(_("In force"), versions.get(plan, no_version), PlanTab.REVIEW)
        for plan in plans
    }


@plan_gaps.on(PlanTab.REQUIREMENTS)
def gaps_of_requirements(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield the risks without a requirement and the links to look at again."""
    yield from _chain_gaps(once(plan, _look))


@plan_gaps
def gaps_of_publishing(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield what stands between the draft and the public: its state, and the rules it breaks."""
    yield from publishing_gaps(once(plan, _look).state)
    yield from quality_gaps(once(plan, _look).package, once(plan, _look).findings)


@plan_panels.on(PlanTab.REVIEW)
def publishing_of_plan(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show what stands between a plan's draft and the public, and what is published."""
    look = once(plan, _look)
    return [publishing_panel(request, look.state), quality_panel(look.package, look.findings)]


@plan_panels.on(PlanTab.HISTORY)
def events_of_plan(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show what was done with a plan and its package, the newest first."""
    package = once(plan, read_package)
    listed = reverse("admin:actionplan_changelog_changelist", query={"plan": plan.pk})
    events = ChangeEvent.objects.about(subject_of(package))[:EVENTS_OF_TAB]
    return [
        Panel(
            title=_("What has happened"),
            template="requirements_pkg/admin/panels/events.html",
            context={"events": events},
            buttons=(Button(_("Every change of the plan"), listed),),
        )
    ]


def _look(plan: ActionPlan) -> "_Look":
    return _Look(once(plan, read_package))


@links_to_review
def suspects_to_review(model: type[models.Model], changed: Collection[int]) -> Button | None:
    """Return a button to the links to review after a text at one end was changed, if any."""
    suspects = suspects_of_rows(model, changed)
    if not suspects:
        return None
    text = ngettext(
        "%(number)s link has to be reviewed.",
        "%(number)s links have to be reviewed.",
        len(suspects),
    )
    return Button(
        text % {"number": figure(len(suspects))}, reverse("admin:requirements_pkg_suspects")
    )


@cell_links
def write_requirement(request: HttpRequest, plan: ActionPlan) -> CellLink:
    """Lead from a cell of the grid to a new requirement that treats what stands there."""
    package = RequirementsPackage(plan=plan)

    def button(cell: RiskCell) -> Button | None:
        statements = [statement.pk for statement in cell.statements.all()]
        if not statements or cell.assessment == Assessment.NO_LEVERAGE:
            return None
        return Button(_("Write a requirement"), new_requirement(package, statements=statements))

    return button


@statement_links
def write_requirement_of(plan: ActionPlan, statement: RiskStatement) -> Button:
    """Lead from one risk or opportunity to a new requirement that treats it, and back again."""
    links = {"statements": [statement.pk], CELL: statement.cell_id}
    address = new_requirement(RequirementsPackage(plan=plan), **links)
    return Button(_("Write a requirement"), address)


@statement_requirements
def requirements_of_statements(
    request: HttpRequest, statements: Collection[int]
) -> dict[int, list[Button]]:
    """Name the requirements that treat each statement; main are those to look at again."""
    suspects = {suspect.pk for suspect in suspects_of_rows(RiskStatement, statements)}
    rows = RiskTreatment.objects.filter(statement__in=statements).order_by()
    links = rows.filter(requirement__in=Requirement.objects.active()).values_list(
        "statement", "requirement__code", "requirement", "pk"
    )
    named: dict[int, list[Button]] = defaultdict(list)
    for statement, code, requirement, link in sorted(links):
        address = reverse("admin:requirements_pkg_requirement_change", args=[requirement])
        named[statement].append(Button(code, address, is_main=link in suspects))
    return named


def panels_of_package(request: HttpRequest, package: RequirementsPackage) -> list[Panel]:
    """Return the panels that a package's own page shows above its texts."""
    look = _Look(package)
    modules = [_modules(request, package)] if package.plan is not None else []
    own = [
        _requirements(request, look),
        *modules,
        quality_panel(package, look.findings),
        publishing_panel(request, look.state, with_events=True),
    ]
    return [*own, *(panel for make in package_panels for panel in make(request, package))]


class _Look:
    """One look at the draft of a package, which several panels tell of."""

    def __init__(self, package: RequirementsPackage) -> None:
        self.package = package
        # Few questions of many that the page asks: united.
        (draft,) = all_drafted([package])
        self.content = draft.content
        self.suspects = suspects_of_package(package, self.content)
        self.coverage: Coverage = coverage(self.content)
        self.findings: QualityFindings = check(package, draft, self.suspects)

    @cached_property
    def state(self) -> PublishingState:
        """How the draft stands to what is published and what waits."""
        return PublishingState(self.package, self.content)


def _counts(content: Document) -> list[tuple[str, int]]:
    """Tell how many requirements there are of each kind and level, in words."""
    active = content.active
    names = [("kind", RequirementKind), ("level", RequirementLevel)]
    counts = [
        (capfirst(str(label)), sum(getattr(requirement, field) == value for requirement in active))
        for field, choices in names
        for value, label in choices.choices
    ]
    return [(_("In force"), len(active)), *((name, number) for name, number in counts if number)]


def _work_buttons(request: HttpRequest, look: _Look) -> list[Button]:
    package = look.package
    buttons = []
    if permissions.may_edit(request.user, package):
        buttons.append(Button(_("Write a requirement"), new_requirement(package), is_main=True))
    if package.plan is not None:
        address = reverse("admin:requirements_pkg_coverage", args=[package.plan.pk])
        buttons.append(Button(_("Coverage"), address))
    buttons.append(Button(_("Links to review"), reverse("admin:requirements_pkg_suspects")))
    return buttons


def _chain_gaps(look: "_Look") -> Iterator[Gap]:
    """Yield what the coverage and the links lack, in a sentence each."""
    plan = look.package.plan
    if plan is not None and (number := len(look.coverage.untreated)):
        text = ngettext(
            "%(number)s risk or opportunity has no requirement.",
            "%(number)s risks and opportunities have no requirement.",
            number,
        )
        there = reverse("admin:requirements_pkg_coverage", args=[plan.pk]) + "#untreated"
        yield Gap(text % {"number": figure(number)}, there)
    if number := len(look.suspects):
        text = ngettext(
            "%(number)s link has to be reviewed again.",
            "%(number)s links have to be reviewed again.",
            number,
        )
        query = {"plan": plan.pk} if plan is not None else {}
        there = reverse("admin:requirements_pkg_suspects", query=query)
        yield Gap(text % {"number": figure(number)}, there)


def _summary(request: HttpRequest, look: _Look) -> Panel:
    names = state_names()
    buttons = _work_buttons(request, look)
    if look.package.pk is not None:
        buttons.append(Button(_("The package's page"), address_of(look.package)))
    return Panel(
        title=_("Requirements"),
        template="admin/panels/summary.html",
        context={
            "counts": _counts(look.content),
            "states": [
                (capfirst(names[state]), number)
                for state, number in look.coverage.states.items()
                if number and state is not CoverageState.NOT_ASSESSED
            ],
        },
        buttons=tuple(buttons),
    )


def _requirements(request: HttpRequest, look: _Look) -> Panel:
    rows = Requirement.objects.filter(package=look.package.pk).in_reading_order()
    return Panel(
        title=_("Requirements"),
        template="requirements_pkg/admin/panels/requirements.html",
        context={
            "counts": _counts(look.content),
            "requirements": rows.only("code", "title", "kind", "level", "state"),
        },
        buttons=tuple(_work_buttons(request, look)),
        missing=tuple(gap.text for gap in _chain_gaps(look)),
    )


def _modules(request: HttpRequest, package: RequirementsPackage) -> Panel:
    rows = (
        PackageInclusion.objects.filter(package=package)
        .order_by("position", "pk")
        .select_related("module", "version")
        .defer("version__content")
    )
    newest = dict(
        PackageVersion.objects.filter(
            package__included_in__package=package, withdrawal__isnull=True
        )
        .values_list("package")
        .annotate(newest=Max("number"))
        .order_by()
    )
    included = [
        {"inclusion": row, "newer": number if number > row.version.number else None}
        for row in rows
        for number in [newest.get(row.module_id, 0)]
    ]
    buttons: tuple[Button, ...] = ()
    if permissions.may_edit(request.user, package):
        address = reverse("admin:requirements_pkg_include", args=[package.pk])
        buttons = (Button(_("Include a module"), address),)
    return Panel(
        title=_("Shared modules"),
        template="requirements_pkg/admin/panels/modules.html",
        context={"included": included},
        buttons=buttons,
    )
