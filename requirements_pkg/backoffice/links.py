"""From the place of a finding to the page on which it is mended."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from actionplan.database.prepared_queries import Key, prepared, together
from actionplan.django_edges import TupleRows
from actionplan.models import SubGoal
from actionplan.workspace.plan_panels import head_address
from requirements_pkg.backoffice.pages import address_of
from requirements_pkg.drafting.quality import QualityFinding
from requirements_pkg.drafting.quality_case import PlaceKind, QualityPlace
from requirements_pkg.models import PackageInclusion, Requirement, RequirementsPackage
from risks.models import RiskCell

PageValues = dict[str, str]
Rows = TupleRows


def finding_links(
    package: RequirementsPackage, findings: Iterable[QualityFinding]
) -> list[PageValues]:
    """Return findings as a page lists them, each with where it leads: one query."""
    findings = list(findings)
    links = PlaceLinks(package, {finding.place.kind for finding in findings})
    return [
        {
            "number": finding.rule.number,
            "name": finding.place.name,
            "sentence": str(finding.rule.sentence),
            "more": finding.more,
            "address": links.to(finding.place),
        }
        for finding in findings
    ]


class PlaceLinks:
    """The addresses of the places in one package, asked for once."""

    def __init__(
        self, package: RequirementsPackage, kinds: Iterable[PlaceKind] = tuple(PlaceKind)
    ) -> None:
        self.package = package
        # Of no key no row has one.
        of_package: Key = package.pk or []
        of_plan: Key = [] if package.plan is None else package.plan.pk
        questions = {
            PlaceKind.REQUIREMENT: _requirements.of(of_package),
            PlaceKind.MODULE: _modules.of(of_package),
            PlaceKind.SUB_GOAL: _sub_goals.of(of_plan),
            PlaceKind.CELL: _cells.of(of_plan),
        }
        kinds_in_order = [kind for kind in questions if kind in kinds]
        rows = dict(
            zip(kinds_in_order, together(*map(questions.__getitem__, kinds_in_order)), strict=True)
        )
        self.cells = {row[:3]: row[3:] for row in rows.pop(PlaceKind.CELL, [])}
        self.pks = {(kind, str(key)): pk for kind, pairs in rows.items() for key, pk in pairs}

    def to(self, place: QualityPlace) -> str:
        """Return the address of a place; "" where it has none."""
        pages = {
            PlaceKind.REQUIREMENT: "admin:requirements_pkg_requirement_change",
            PlaceKind.MODULE: "admin:requirements_pkg_inclusion",
            PlaceKind.SUB_GOAL: "admin:actionplan_subgoal_change",
        }
        match place.kind:
            case PlaceKind.PACKAGE:
                return address_of(self.package)
            case PlaceKind.PLAN:
                plan = self.package.plan
                return "" if plan is None else head_address(plan)
            case PlaceKind.LINKS:
                return reverse("admin:requirements_pkg_suspects")
            case PlaceKind.CELL:
                area, pk = self.cells[place.key]
                return reverse("admin:risks_riskmatrix_change", args=[area]) + f"#cell-{pk}"
        pk = self.pks.get((place.kind, place.key))
        return reverse(pages[place.kind], args=[pk]) if pk is not None else ""


@prepared
def _requirements(package: int) -> Rows:
    """Return the requirements of the package and of the modules that it includes."""
    modules = PackageInclusion.objects.filter(package=package).values("module")
    rows = Requirement.objects.filter(Q(package=package) | Q(package__in=modules))
    return rows.order_by().values_list("uid", "pk")


@prepared
def _modules(package: int) -> Rows:
    rows = PackageInclusion.objects.filter(package=package).order_by()
    return rows.values_list("module__slug", "pk")


@prepared
def _sub_goals(plan: int) -> Rows:
    return (
        SubGoal.objects.filter(goal__plan=plan)
        .order_by("goal__number", "position", "pk")
        .values_list("number", "pk")
    )


@prepared
def _cells(plan: int) -> Rows:
    rows = RiskCell.objects.filter(product_area__plan=plan).order_by()
    place = ("product_area__number", "stage__code", "dimension__code")
    return rows.values_list(*place, "product_area_id", "pk")
