"""The verb that starts the next period of a plan from the one before."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan import permissions
from actionplan.database import bulk, bulk_tuples, row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeLog,
    Contact,
    EventKind,
    Goal,
    Indicator,
    PlanStatus,
    ProductArea,
    PurchasingCategory,
    SubGoal,
    SubGoalArea,
    User,
)
from requirements_pkg.actions.publishing import free_address
from requirements_pkg.carrying import rows
from requirements_pkg.carrying.copying import Copies
from requirements_pkg.carrying.parts import parts_now
from requirements_pkg.extension_points import last_values
from requirements_pkg.models import (
    CarriedKind,
    CarriedPart,
    PackageInclusion,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementRevision,
    RequirementSource,
    RequirementsPackage,
)
from risks.models import OverallLevel, RiskCell, RiskStatement

WORDING: Final = ("requirement", "number", "sha256", "version")


@all_or_nothing()
def start_next_period(
    *, plan: ActionPlan, first_year: int, last_year: int, by: User
) -> ActionPlan:
    """Make the plan of the next period out of one: all that goes along, or nothing.

    Areas, matrix, goals, indicators, requirements with their identity and numbers, links, modules
    and contacts go along. Indicators set out from the last approved values.

    Raises:
        PermissionDenied: `by` does not make plans of this procurement region.
        ValidationError: the years are those of another plan of the category, or no period.
    """
    row_locks.hold(PurchasingCategory, plan.category_id)
    row_locks.hold(ActionPlan, plan.pk)
    before = ActionPlan.objects.with_head().get(pk=plan.pk)
    if not permissions.may_edit_in(by, before.procurement_region_id):
        raise PermissionDenied
    refuse_years(before, first_year, last_year)
    after = _head(before, first_year, last_year, by)
    copies = Copies(by=by, reason=_reason(before))
    copies.made(ActionPlan, before, after)
    _copy_plan(copies, before, after)
    _copy_package(copies, before, after)
    parts = _remember_parts(after, by=by)
    newest = ChangeLog.objects.filter(plan=after.pk).aggregate(pk=Max("pk"))["pk"]
    detail = {"from": before.slug, "period": after.period, "parts": parts, "log": newest}
    ChangeEvent.objects.record(EventKind.PERIOD_STARTED, after, by=by, detail=detail)
    return after


def refuse_years(plan: ActionPlan, first_year: int, last_year: int) -> None:
    """Refuse years that cannot be the next period of a plan.

    Raises:
        ValidationError: they are before its own, or those of another plan of the category.
    """
    others = ActionPlan.objects.filter(category=plan.category_id)
    if other := others.overlapping(first_year, last_year).order_by("first_year").first():
        sentence = _(
            "There is already a plan for the category for %(period)s. Choose years that do not "
            "overlap."
        )
        raise ValidationError(sentence % {"period": other.period})
    if first_year <= plan.last_year:
        sentence = _("The next period begins after %(year)d. Choose later years.")
        raise ValidationError(sentence % {"year": plan.last_year})


def _reason(before: ActionPlan) -> str:
    with override(settings.LANGUAGE_CODE):
        return _("Carried over from the period %(period)s") % {"period": before.period}


def _head(before: ActionPlan, first_year: int, last_year: int, by: User) -> ActionPlan:
    after = ActionPlan(
        category=before.category,
        procurement_region=before.procurement_region,
        coordinator=before.coordinator,
        slug=ActionPlan.objects.free_slug(before.category, first_year),
        first_year=first_year,
        last_year=last_year,
        introduction=before.introduction,
        status=PlanStatus.DRAFT,
        predecessor=before,
    )
    after.full_clean()
    after.signed_by(by, _reason(before)).save()
    return after


def _copy_plan(copies: Copies, before: ActionPlan, after: ActionPlan) -> None:
    """Copy areas with their matrices, goals with all below them, and contacts."""
    copies.make(Contact.objects.filter(plan=before))
    copies.make(ProductArea.objects.filter(plan=before))
    copies.make(RiskCell.objects.filter(product_area__plan=before))
    copies.make(OverallLevel.objects.filter(product_area__plan=before))
    copies.make(RiskStatement.objects.filter(cell__product_area__plan=before))
    copies.make(Goal.objects.filter(plan=before))
    copies.make(SubGoal.objects.filter(goal__plan=before))
    copies.make(SubGoalArea.objects.filter(subgoal__goal__plan=before))
    indicators = Indicator.objects.filter(sub_goal__goal__plan=before)
    copies.make(indicators, _Baselines(before, after))


class _Baselines:
    """What is otherwise with indicators in the next period: where they set out, until when.

    A due date of the period before is left out; one of a later day stays.
    """

    def __init__(self, before: ActionPlan, after: ActionPlan) -> None:
        self._begins = date(after.first_year, 1, 1)
        self._values: dict[int, tuple[Decimal, date]] = {}
        for tell in last_values:
            self._values |= tell(before)
        with override(settings.LANGUAGE_CODE):
            self._source = _("Read on %(day)s, action plan %(period)s")
        self._period = before.period

    def __call__(self, original: Indicator, copy: Indicator) -> None:
        """Let an indicator set out from the last value that was approved."""
        if copy.due_on is not None and copy.due_on < self._begins:
            copy.due_on = None
        if original.pk in self._values:
            copy.baseline, day = self._values[original.pk]
            words = {"day": day.isoformat(), "period": self._period}
            copy.baseline_source = self._source % words


def _copy_package(copies: Copies, before: ActionPlan, after: ActionPlan) -> None:
    """Copy the package with its requirements, and the links of the chain."""
    packages = RequirementsPackage.objects.filter(plan=before)
    address = free_address(after.slug)

    def change(_original: RequirementsPackage, copy: RequirementsPackage) -> None:
        copy.slug = address

    copies.make(packages, change)
    copies.make(PackageInclusion.objects.filter(package__plan=before))
    _copy_requirements(copies, before.pk)
    copies.make(rows.treatments(before.pk))
    copies.make(rows.services(before.pk))
    _keep_numbers(copies, before.pk)


def _copy_requirements(copies: Copies, before: int) -> None:
    along = rows.requirements(before)
    there = set(along.values_list("pk", flat=True))

    def change(_original: Requirement, copy: Requirement) -> None:
        if copy.replaces_id not in there:
            copy.replaces_id = None

    copies.make(along, change)
    copies.make(RequirementArea.objects.filter(requirement__in=along))
    copies.make(RequirementSource.objects.filter(requirement__in=along))
    copies.make(RequirementProof.objects.filter(requirement__in=along))


def _keep_numbers(copies: Copies, before: int) -> None:
    """Let a wording that was published keep its number: `SE-01:2` stays that."""
    keys = copies.keys[Requirement]
    wordings = rows.wordings(before).order_by("pk").values_list(*WORDING)
    bulk_tuples.insert(RequirementRevision, WORDING, [(keys[pk], *rest) for pk, *rest in wordings])


def _remember_parts(after: ActionPlan, *, by: User) -> int:
    """Keep what was carried over, with its words; says how many parts that are."""
    parts = [
        CarriedPart(plan=after, kind=kind, key=key, words=part.text, digest=part.digest)
        for kind in CarriedKind
        for key, part in parts_now(after.pk, kind).items()
    ]
    bulk.make(CarriedPart, parts, by=by)
    return len(parts)
