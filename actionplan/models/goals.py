"""What the plan wants: goals, their sub-goals, and the indicators that show how it goes."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, unique
from actionplan.django_edges import Handed
from actionplan.models.change_log import ChangeLog
from actionplan.models.logged import Logged, LoggedQuerySet, added
from actionplan.models.plan import ActionPlan, ProductArea, former_number


class Goal(Logged):
    """An overall goal of a plan."""

    logged_in = "plan"
    logged_plan = "plan"

    plan = models.ForeignKey(
        ActionPlan,
        verbose_name=_("plan"),
        on_delete=models.CASCADE,
        related_name="goals",
        db_index=False,
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("overall goal"), max_length=4000)
    former_number = former_number()

    class Meta:
        verbose_name = _("overall goal")
        verbose_name_plural = _("overall goals")
        ordering = ["plan", "number"]
        constraints = [
            unique(
                "number_once",
                "plan",
                "number",
                message=_("Another goal in the plan has this number. Choose another number."),
            ),
            check("number_from_one", Q(number__gte=1), _("Number the goals from 1.")),
            filled("text", _("Enter the text of the goal.")),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class SubGoal(Logged):
    """A step towards a goal, numbered as in the plan: 1.1, 1.2."""

    logged_in = "goal"
    logged_plan = "goal__plan"

    goal = models.ForeignKey(
        Goal,
        verbose_name=_("overall goal"),
        on_delete=models.CASCADE,
        related_name="sub_goals",
        db_index=False,
    )
    number = models.CharField(_("number"), max_length=20, help_text=_("As in the plan: 1.1"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("sub-goal"), max_length=4000)
    former_number = former_number()
    product_areas = models.ManyToManyField(
        ProductArea,
        verbose_name=_("product areas"),
        through="SubGoalArea",
        blank=True,
        related_name="sub_goals",
        help_text=_("None chosen means all."),
    )

    class Meta:
        verbose_name = _("sub-goal")
        verbose_name_plural = _("sub-goals")
        ordering = ["goal", "position", "id"]
        constraints = [
            unique(
                "number_once",
                "goal",
                "number",
                message=_("Another sub-goal of the goal has this number. Choose another number."),
            ),
            filled("number", _("Enter the number of the sub-goal.")),
            filled("text", _("Enter the text of the sub-goal.")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class SubGoalAreaQuerySet(LoggedQuerySet["SubGoalArea"]):
    def bulk_create(
        self, objs: Iterable["SubGoalArea"], *args: Handed, **kwargs: Handed
    ) -> "list[SubGoalArea]":
        """Store areas that somebody chose in a form, and tell of them."""
        with transaction.atomic(savepoint=False):
            rows = super().bulk_create(objs, *args, **kwargs)
            ChangeLog.objects.write(SubGoalArea, added(rows), by=None)
        return rows


class SubGoalArea(Logged):
    """A product area that a sub-goal is about; none at all means every area."""

    logged_in = "subgoal"
    logged_plan = "subgoal__goal__plan"

    # Named and kept as Django names and keeps such a table.
    subgoal = models.ForeignKey(SubGoal, verbose_name=_("sub-goal"), on_delete=models.CASCADE)
    productarea = models.ForeignKey(
        ProductArea, verbose_name=_("product area"), on_delete=models.CASCADE
    )

    objects: ClassVar = SubGoalAreaQuerySet.as_manager()

    class Meta:
        db_table = "actionplan_subgoal_product_areas"
        unique_together = [("subgoal", "productarea")]
        verbose_name = _("product area of a sub-goal")
        verbose_name_plural = _("product areas of sub-goals")

    def __str__(self) -> str:
        return f"{self.subgoal}: {self.productarea}"


class IndicatorKind(models.TextChoices):
    MILESTONE = "milestone", _("milestone")
    MEASURE = "measure", _("measure")


class Indicator(Logged):
    """How one sees that a sub-goal is reached: something that is done, or something measured."""

    logged_in = "sub_goal"
    logged_plan = "sub_goal__goal__plan"

    sub_goal = models.ForeignKey(
        SubGoal, verbose_name=_("sub-goal"), on_delete=models.CASCADE, related_name="indicators"
    )
    number = models.CharField(_("number"), max_length=20, help_text=_("As in the plan: 1.1"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("indicator"), max_length=4000)
    former_number = former_number()
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=IndicatorKind.choices,
        default=IndicatorKind.MILESTONE,
    )
    unit = models.CharField(_("unit"), max_length=50, blank=True)
    baseline = models.DecimalField(
        _("baseline"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    # Of a baseline that was read in the period before; empty where somebody set it.
    baseline_source = models.CharField(
        _("source of the baseline"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where the baseline comes from: a reading of the period before, a report."),
    )
    target = models.DecimalField(
        _("target"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["sub_goal", "position", "id"]
        constraints = [
            one_of("kind", IndicatorKind, _("Choose milestone or measure.")),
            check(
                "measure_has_unit_and_target",
                Q(kind=IndicatorKind.MILESTONE) | (~Q(unit="") & Q(target__isnull=False)),
                _("Enter a unit and a target for the measure."),
            ),
            check(
                "source_is_of_a_baseline",
                Q(baseline_source="") | Q(baseline__isnull=False),
                _("Enter a baseline, or leave its source empty."),
            ),
            filled("text", _("Enter the text of the indicator.")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"
