"""Whether the rows that a draft is made of were written since: no text of them is read.

Of every table that a draft reads, each package's own rows and those of its plan are asked, and all
rows of the few tables that plans share. A test holds the tables against what a draft does read.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import Final

from django.db.models import Value

from actionplan.database.prepared_queries import prepared, together
from actionplan.database.write_marks import row_marks
from actionplan.django_edges import AnyRows, TupleRows
from actionplan.models import Goal, Indicator, ProductArea, PurchasingCategory, SubGoal
from requirements_pkg.extension_points import lesson_marks
from requirements_pkg.models import (
    AcceptedProof,
    Consultation,
    GoalService,
    PackageInclusion,
    PackageVersion,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementRevision,
    RequirementSource,
    RequirementsPackage,
    RiskTreatment,
)
from risks.models import Dimension, LifecycleStage, RiskCell, RiskStatement

Rows = TupleRows
PACKAGE: Final = "plan__package"
AREA: Final = f"product_area__{PACKAGE}"


def marks_of(packages: Sequence[int]) -> dict[int, Hashable]:
    """Return by package what is another once a row of its draft was written: one query."""
    own = [query.of([*packages]) for query in (*OF_PACKAGES, *OF_PLANS, *lesson_marks)]
    answers = together(*own, *(query.of() for query in OF_ALL))
    marks: defaultdict[int, list[Hashable]] = defaultdict(list)
    shared: list[Hashable] = []
    for at, rows in enumerate(answers):
        for key, *mark in rows:
            (marks[key] if at < len(own) else shared).append((at, *mark))
    return {package: (*marks[package], *shared) for package in packages}


@prepared
def _heads(packages: list[int]) -> Rows:
    """Ask packages, their plans, and who answers for these."""
    return row_marks(
        RequirementsPackage.objects.filter(pk__in=packages),
        "pk",
        *("title", "steward__name", "plan__introduction", "plan__category__name"),
        *("plan__procurement_region__name", "plan__coordinator__name"),
    )


@prepared
def _inclusions(packages: list[int]) -> Rows:
    rows = PackageInclusion.objects.filter(package__in=packages)
    of_version = ("version__number", "version__withdrawal__reason")
    return row_marks(rows, "package", "position", "module__title", *of_version)


@prepared
def _versions(packages: list[int]) -> Rows:
    return row_marks(PackageVersion.objects.filter(package__in=packages), "package", "number")


@prepared
def _consultations(packages: list[int]) -> Rows:
    rows = Consultation.objects.filter(package__in=packages)
    return row_marks(rows, "package", "number", "base__number")


@prepared
def _requirements(packages: list[int]) -> Rows:
    return row_marks(Requirement.objects.filter(package__in=packages), "package", "position")


@prepared
def _sources(packages: list[int]) -> Rows:
    rows = RequirementSource.objects.filter(requirement__package__in=packages)
    return row_marks(rows, "requirement__package", "position")


@prepared
def _areas(packages: list[int]) -> Rows:
    rows = RequirementArea.objects.filter(requirement__package__in=packages)
    return row_marks(rows, "requirement__package", "pk", "product_area__number")


@prepared
def _proofs(packages: list[int]) -> Rows:
    rows = RequirementProof.objects.filter(requirement__package__in=packages)
    return row_marks(rows, "requirement__package", "pk")


@prepared
def _revisions(packages: list[int]) -> Rows:
    rows = RequirementRevision.objects.filter(requirement__package__in=packages)
    return row_marks(rows, "requirement__package", "number")


@prepared
def _product_areas(packages: list[int]) -> Rows:
    return row_marks(ProductArea.objects.filter(plan__package__in=packages), PACKAGE, "number")


@prepared
def _cells(packages: list[int]) -> Rows:
    rows = RiskCell.objects.filter(product_area__plan__package__in=packages)
    return row_marks(rows, AREA, "level")


@prepared
def _statements(packages: list[int]) -> Rows:
    rows = RiskStatement.objects.filter(cell__product_area__plan__package__in=packages)
    return row_marks(rows, f"cell__{AREA}", "position")


@prepared
def _treatments(packages: list[int]) -> Rows:
    """Ask what treats the risks of plans, of their own requirements and of modules'."""
    rows = RiskTreatment.objects.filter(statement__cell__product_area__plan__package__in=packages)
    return row_marks(rows, f"statement__cell__{AREA}", "pk")


@prepared
def _services(packages: list[int]) -> Rows:
    rows = GoalService.objects.filter(sub_goal__goal__plan__package__in=packages)
    return row_marks(rows, f"sub_goal__goal__{PACKAGE}", "pk")


@prepared
def _goals(packages: list[int]) -> Rows:
    return row_marks(Goal.objects.filter(plan__package__in=packages), PACKAGE, "number")


@prepared
def _sub_goals(packages: list[int]) -> Rows:
    rows = SubGoal.objects.filter(goal__plan__package__in=packages)
    return row_marks(rows, f"goal__{PACKAGE}", "number")


@prepared
def _indicators(packages: list[int]) -> Rows:
    rows = Indicator.objects.filter(sub_goal__goal__plan__package__in=packages)
    return row_marks(rows, f"sub_goal__goal__{PACKAGE}", "number")


def _all_of(rows: AnyRows) -> Rows:
    return row_marks(rows.annotate(nobody=Value(0)), "nobody", "name")


@prepared
def _stages() -> Rows:
    return _all_of(LifecycleStage.objects.all())


@prepared
def _dimensions() -> Rows:
    return _all_of(Dimension.objects.all())


@prepared
def _categories() -> Rows:
    """Ask the categories that a cell may refer to."""
    return _all_of(PurchasingCategory.objects.all())


@prepared
def _accepted() -> Rows:
    """Ask the labels and certificates that a requirement may accept."""
    return _all_of(AcceptedProof.objects.all())


OF_PACKAGES: Final = (
    *(_heads, _inclusions, _versions, _requirements),
    *(_sources, _areas, _proofs, _revisions, _consultations),
)
OF_PLANS: Final = (
    *(_product_areas, _cells, _statements, _treatments),
    *(_services, _goals, _sub_goals, _indicators),
)
OF_ALL: Final = (_stages, _dimensions, _categories, _accepted)
