"""A plan whose time is over, from which the next period is started."""

from datetime import date

from actionplan.models import ActionPlan, SubGoal, User
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import GoalService, RequirementState
from requirements_pkg.models.chain import fingerprint
from risks.models import RiskCell, RiskStatement
from tests.factories import ModuleFactory, RequirementFactory, fill_cell, include, treat

YEARS = {"first_year": 2026, "last_year": 2028}


def published_plan(plan: ActionPlan, coordinator: User, reviewer: User) -> ActionPlan:
    """Publish a plan with requirements, links, a module and levels, and return it."""
    area, other = plan.product_areas.order_by("number")
    cell = RiskCell.objects.get(
        product_area=area, stage__code="raw_material", dimension__code="environment"
    )
    cell.give_level("high", "https://riskanalys.example/1", date(2024, 1, 31))
    cell.save()
    fill_cell(other, "raw_material", "environment", assessment="same_as", same_as_cell=cell)
    package = package_of(plan)
    basic = RequirementFactory(
        package=package, code="SE-01", treats=cell.statements.all(), areas=[area], source="Lag"
    )
    RequirementFactory(package=package, code="SE-02", level="advanced", replaces=basic)
    RequirementFactory(
        package=package,
        code="SE-03",
        state=RequirementState.WITHDRAWN,
        withdrawn_on=date(2024, 5, 1),
        withdrawn_reason="Lagen räcker.",
    )
    goal = SubGoal.objects.first()
    words = fingerprint(basic.title, basic.text, goal.text)
    GoalService.objects.create(requirement=basic, sub_goal=goal, hash_at_link=words)
    module = RequirementFactory(package=ModuleFactory(), code="UK-01", source="Kod")
    of_module = publish(
        package=module.package, by=coordinator, approved_by=reviewer, note="Första."
    )
    include(package, of_module)
    treat(module, RiskStatement.objects.get(text="Hög energianvändning."))
    publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    return ActionPlan.objects.get(pk=plan.pk)
