"""The sheets of the lowest app. Contacts have none: personal data leaves in no export."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan import text
from actionplan.excel.sheet_fields import ChoiceWidget, NumberWidget, SheetField, TextWidget
from actionplan.excel.sheet_resource import Row, ScopedResource
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    EventKind,
    Goal,
    Indicator,
    IndicatorKind,
    Organisation,
    OrganisationKind,
    PlanStatus,
    ProcurementRegion,
    PurchasingCategory,
    SubGoal,
)
from actionplan.models.events import kind_in_words

ID_HELP = _("Identifies the row. Leave it empty for a new row.")
FINGERPRINT_HELP = _("Shows whether the row has changed since the export. Do not edit it.")
PLAN_HELP = _("The last part of the plan's web address.")
TOLD_HELP = _("Only for reading: changes here are not imported.")


def id_field() -> SheetField:
    """The first column of a sheet that comes back."""
    return SheetField("pk", _("Id"), 8, "number", help=ID_HELP)


def fingerprint_field() -> SheetField:
    """The last column of a sheet that comes back."""
    return SheetField("", _("Control code"), 16, "code", help=FINGERPRINT_HELP)


class PlanResource(ScopedResource):
    """Plans with their head facts."""

    plan = SheetField("slug", _("Plan"), 26, "code", help=PLAN_HELP)
    category = SheetField("category__name", _("Purchasing category"), 30)
    first_year = SheetField("first_year", _("First year"), 10, "number")
    last_year = SheetField("last_year", _("Last year"), 10, "number")
    region = SheetField("procurement_region__code", _("Procurement region"), 12)
    coordinator = SheetField("coordinator__name", _("Coordinator"), 30)
    status = SheetField("status", _("Status"), 14, widget=ChoiceWidget(PlanStatus))
    predecessor = SheetField("predecessor__slug", _("Predecessor"), 26, "code")
    introduction = SheetField("introduction", _("Introduction"), 80)

    class Meta:
        model = ActionPlan
        name = _("Action plans")


class GoalResource(ScopedResource):
    """Overall goals."""

    owner_path = "plan"

    plan = SheetField("plan__slug", _("Plan"), 26, "code", help=PLAN_HELP)
    number = SheetField("number", _("Goal no."), 8, "number")
    text = SheetField("text", _("Overall goal"), 80)

    class Meta:
        model = Goal
        name = _("Overall goals")


class SubGoalResource(ScopedResource):
    """Sub-goals with the product areas they are about."""

    owner_path = "goal__plan"

    plan = SheetField("goal__plan__slug", _("Plan"), 26, "code", help=PLAN_HELP)
    goal_number = SheetField("goal__number", _("Goal no."), 8, "number")
    goal = SheetField("goal__text", _("Overall goal"), 40)
    number = SheetField("number", _("Sub-goal no."), 10, "code")
    text = SheetField("text", _("Sub-goal"), 60)
    areas = SheetField("", _("Product areas"), 40, help=_("Empty means all of them."))

    class Meta:
        model = SubGoal
        name = _("Sub-goals")

    def details(self, queryset: QuerySet) -> dict[int, dict[str, Any]]:
        """The product areas of all sub-goals, in one query."""
        through = SubGoal.product_areas.through.objects
        found: dict[int, dict[str, Any]] = {}
        rows = through.filter(subgoal__in=queryset.order_by().values("pk"))
        rows = rows.order_by("productarea__number")
        for pk, number, name in rows.values_list(
            "subgoal_id", "productarea__number", "productarea__name"
        ):
            before = found.setdefault(pk, {"areas": ""})["areas"]
            found[pk]["areas"] = "; ".join(filter(None, [before, f"{number}. {name}"]))
        return found


def refuse_other_words(said: object, stored: str, number: object) -> None:
    """Refuse a new row whose words are not those of the number beside them.

    Plans are renumbered, and of a new row nothing else tells where it belongs.

    Raises:
        ValidationError: the row names something else.
    """
    given = text.clean(str(said or ""))
    ours, theirs = ("".join(filter(str.isalnum, text.fold(words))) for words in (given, stored))
    if ours and ours != theirs:
        sentence = gettext("Number %(number)s is “%(stored)s” in the plan, not “%(given)s”.")
        values = {"number": number, "stored": stored, "given": given}
        raise ValidationError(sentence % values)


class IndicatorResource(ScopedResource):
    """Indicators: exported, edited in Excel, imported again."""

    owner_path = "sub_goal__goal__plan"
    place_field = "sub_goal"
    related: ClassVar[tuple[str, ...]] = ("sub_goal__goal__plan",)

    id = id_field()
    plan = SheetField(
        "sub_goal__goal__plan__slug", _("Plan"), 26, "code", places=True, help=PLAN_HELP
    )
    goal_number = SheetField("sub_goal__goal__number", _("Goal no."), 8, "number", places=True)
    goal = SheetField("sub_goal__goal__text", _("Overall goal"), 40, help=TOLD_HELP)
    sub_goal_number = SheetField("sub_goal__number", _("Sub-goal no."), 10, "code", places=True)
    sub_goal = SheetField("sub_goal__text", _("Sub-goal"), 40, help=TOLD_HELP)
    number = SheetField("number", _("Indicator no."), 10, "code", imported=True)
    text = SheetField("text", _("Indicator"), 60, imported=True)
    kind = SheetField(
        "kind",
        _("Type"),
        14,
        imported=True,
        keeps=True,
        widget=ChoiceWidget(IndicatorKind),
        help=_("A milestone is done or not; a measure has a unit and a target."),
    )
    unit = SheetField("unit", _("Unit"), 14, imported=True)
    baseline = SheetField(
        "baseline", _("Baseline"), 12, "number", imported=True, widget=NumberWidget(), unit="unit"
    )
    target = SheetField(
        "target", _("Target"), 12, "number", imported=True, widget=NumberWidget(), unit="unit"
    )
    due_on = SheetField("due_on", _("Due on"), 12, "date", imported=True)
    fingerprint = fingerprint_field()

    class Meta:
        model = Indicator
        name = _("Indicators")

    def referred(self, slugs: set[str]) -> list[Any]:
        found = SubGoal.objects.filter(goal__plan__slug__in=slugs).order_by("pk")
        last = Max("indicators__position")
        return list(found.annotate(last=last).values_list("pk", "goal__number", "number", "last"))

    def look_up(self, rows: list[Row], slugs: set[str]) -> None:
        """The sub-goals of the plans that the file names."""
        found = SubGoal.objects.filter(goal__plan__slug__in=slugs).select_related("goal__plan")
        self._sub_goals = {
            (sub.goal.plan.slug, sub.goal.number, text.fold(sub.number)): sub
            for sub in found.annotate(last=Max("indicators__position"))
        }

    def place(self, instance: Any, row: Row) -> int:
        """The sub-goal by plan, goal and its own number; a new indicator stands last in it."""
        slug = self.fields["plan"].read(row["plan"])
        number = self.fields["sub_goal_number"].read(row["sub_goal_number"])
        try:
            key = slug, self.fields["goal_number"].read(row["goal_number"]), text.fold(number)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        sub_goal = self._sub_goals.get(key)
        if sub_goal is None:
            sentence = gettext("The plan “%(plan)s” has no sub-goal %(number)s of that goal.")
            raise ValidationError(sentence % {"plan": slug, "number": number})
        if instance.pk is None:
            refuse_other_words(row.get("sub_goal"), sub_goal.text, number)
        if instance.sub_goal_id != sub_goal.pk:
            sub_goal.last = (sub_goal.last or 0) + 1
            instance.sub_goal, instance.position = sub_goal, sub_goal.last
        return sub_goal.goal.plan_id


class OrganisationResource(ScopedResource):
    """Regions and joint bodies."""

    code = SheetField("code", _("Code"), 22, "code")
    name = SheetField("name", _("Name"), 40)
    kind = SheetField("kind", _("Type"), 14, widget=ChoiceWidget(OrganisationKind))
    region = SheetField("procurement_region__code", _("Procurement region"), 12)

    class Meta:
        model = Organisation
        name = _("Organisations")


class ProcurementRegionResource(ScopedResource):
    """The eight procurement regions."""

    code = SheetField("code", _("Code"), 12, "code")
    name = SheetField("name", _("Name"), 40)

    class Meta:
        model = ProcurementRegion
        name = _("Procurement regions")


class CategoryResource(ScopedResource):
    """Purchasing categories."""

    slug = SheetField("slug", _("Address"), 30, "code")
    name = SheetField("name", _("Name"), 50)

    class Meta:
        model = PurchasingCategory
        name = _("Purchasing categories")


class KindOfRowWidget(TextWidget):
    """A kind of row, by what it is called."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return kind_in_words(value)


class EventResource(ScopedResource):
    """What was done and when; who did it is personal data and stays."""

    at = SheetField("at", _("When"), 18, "date")
    kind = SheetField("kind", _("What"), 22, widget=ChoiceWidget(EventKind))
    target = SheetField("target", _("Type of object"), 28, widget=KindOfRowWidget())
    target_id = SheetField("target_id", _("Object"), 10, "number")

    class Meta:
        model = ChangeEvent
        name = _("Events")
