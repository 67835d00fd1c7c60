"""From the place of a finding to the page on which it is mended."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from actionplan.models import SubGoal
from requirements_pkg.backoffice.pages import address_of, home_of
from requirements_pkg.drafting.quality import Finding
from requirements_pkg.drafting.quality_case import Kind, Place
from requirements_pkg.models import PackageInclusion, Requirement, RequirementsPackage
from risks.models import RiskCell

Shown = dict[str, str]


def shown(package: RequirementsPackage, found: Iterable[Finding]) -> list[Shown]:
    """Findings as a page lists them, each with where it leads: four queries at most."""
    found = list(found)
    links = Links(package, {one.place.kind for one in found})
    return [
        {
            "number": one.rule.number,
            "name": one.place.name,
            "sentence": str(one.rule.sentence),
            "more": one.more,
            "address": links.to(one.place),
        }
        for one in found
    ]


class Links:
    """The addresses of the places in one package, asked for once."""

    def __init__(self, package: RequirementsPackage, kinds: Iterable[Kind] = tuple(Kind)) -> None:
        self.package = package
        self.pks: dict[tuple[Kind, Any], int] = {}
        if package.pk is not None and Kind.REQUIREMENT in kinds:
            modules = PackageInclusion.objects.filter(package=package).values("module")
            own = Requirement.objects.filter(package=package)
            rows = (own | Requirement.objects.filter(package__in=modules)).values_list("uid", "pk")
            self.pks |= {(Kind.REQUIREMENT, str(uid)): pk for uid, pk in rows}
        if package.pk is not None and Kind.MODULE in kinds:
            rows = PackageInclusion.objects.filter(package=package)
            self.pks |= {
                (Kind.MODULE, slug): pk for slug, pk in rows.values_list("module__slug", "pk")
            }
        if package.plan is None:
            return
        if Kind.SUB_GOAL in kinds:
            rows = SubGoal.objects.filter(goal__plan=package.plan)
            self.pks |= {
                (Kind.SUB_GOAL, number): pk for number, pk in rows.values_list("number", "pk")
            }
        if Kind.CELL in kinds:
            self.cells = {
                (number, stage, dimension): (area, pk)
                for number, stage, dimension, area, pk in RiskCell.objects.filter(
                    product_area__plan=package.plan
                ).values_list(
                    "product_area__number",
                    "stage__code",
                    "dimension__code",
                    "product_area_id",
                    "pk",
                )
            }

    def to(self, place: Place) -> str:
        """The address of a place; "" where it has none."""
        pages = {
            Kind.REQUIREMENT: "admin:requirements_pkg_requirement_change",
            Kind.MODULE: "admin:requirements_pkg_inclusion",
            Kind.SUB_GOAL: "admin:actionplan_subgoal_change",
        }
        match place.kind:
            case Kind.PACKAGE:
                return address_of(self.package)
            case Kind.PLAN:
                return home_of(self.package)
            case Kind.LINKS:
                return reverse("admin:requirements_pkg_suspects")
            case Kind.CELL:
                area, pk = self.cells[place.key]
                return reverse("admin:risks_riskmatrix_change", args=[area]) + f"#cell-{pk}"
        pk = self.pks.get((place.kind, place.key))
        return reverse(pages[place.kind], args=[pk]) if pk is not None else ""
