"""How much of a plan goes along to the next period, said before anybody starts it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, Contact, Goal, Indicator, ProductArea, SubGoal
from requirements_pkg.carrying import rows
from requirements_pkg.extension_points import last_values
from requirements_pkg.models import PackageInclusion, Requirement, RequirementState
from risks.models import RiskCell, RiskStatement


@dataclass(frozen=True, slots=True)
class Along:
    """What goes along from a plan, and what stays behind, each kind with its number."""

    counts: tuple[tuple[str, int], ...]
    withdrawn: int
    baselines: int


def along(plan: ActionPlan) -> Along:
    """Count what would go along from a plan: as many queries however large it is."""
    links = rows.treatments(plan.pk).count(), rows.services(plan.pk).count()
    counts = (
        (_("Product areas"), ProductArea.objects.filter(plan=plan).count()),
        (_("Cells with content"), _cells(plan)),
        (
            _("Risks and opportunities"),
            RiskStatement.objects.filter(cell__product_area__plan=plan).count(),
        ),
        (_("Goals"), Goal.objects.filter(plan=plan).count()),
        (_("Sub-goals"), SubGoal.objects.filter(goal__plan=plan).count()),
        (_("Indicators"), Indicator.objects.filter(sub_goal__goal__plan=plan).count()),
        (_("Requirements"), rows.requirements(plan.pk).count()),
        (_("Links to risks and sub-goals"), sum(links)),
        (_("Shared modules"), PackageInclusion.objects.filter(package__plan=plan).count()),
        (_("Contacts"), Contact.objects.filter(plan=plan).count()),
    )
    withdrawn = Requirement.objects.filter(
        package__plan=plan, state=RequirementState.WITHDRAWN
    ).count()
    return Along(counts, withdrawn, sum(len(tell(plan)) for tell in last_values))


def _cells(plan: ActionPlan) -> int:
    return RiskCell.objects.filter(product_area__plan=plan).assessed().count()
