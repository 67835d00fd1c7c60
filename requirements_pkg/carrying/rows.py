"""Which rows of a plan and its package go along to the next period."""

from django.db.models import OuterRef, Q, Subquery

from actionplan.django_edges import AnyRows
from requirements_pkg.models import (
    GoalService,
    Requirement,
    RequirementRevision,
    RiskTreatment,
)

Rows = AnyRows


def requirements(plan: int) -> Rows:
    """Return the requirements of a plan's own that are in force: the withdrawn stay behind."""
    return Requirement.objects.filter(package__plan=plan).active()


def treatments(plan: int) -> Rows:
    """Return the links to a plan's risks, of requirements that go along and of modules'."""
    rows = RiskTreatment.objects.filter(statement__cell__product_area__plan=plan)
    return rows.filter(_goes_along(plan))


def services(plan: int) -> Rows:
    """Return the links to a plan's sub-goals, of requirements that go along and of modules'."""
    return GoalService.objects.filter(sub_goal__goal__plan=plan).filter(_goes_along(plan))


def wordings(plan: int) -> Rows:
    """Return the newest published wording of each requirement that goes along."""
    newest = RequirementRevision.objects.filter(requirement=OuterRef("requirement"))
    number = Subquery(newest.order_by("-number").values("number")[:1])
    rows = RequirementRevision.objects.filter(requirement__in=requirements(plan))
    return rows.filter(number=number)


def _goes_along(plan: int) -> Q:
    is_shared = Q(requirement__package__plan__isnull=True)
    return is_shared | Q(requirement__in=requirements(plan))
