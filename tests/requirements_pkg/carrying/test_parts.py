"""What came along from the period before is kept, changed or dropped, part by part."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import ChangeEvent, EventKind, Goal, Indicator, ProductArea, SubGoal
from requirements_pkg.actions.next_period.parts import drop_parts, keep_parts
from requirements_pkg.actions.next_period.start import start_next_period
from requirements_pkg.carrying.parts import PartState, state_of
from requirements_pkg.models import (
    CarriedKind,
    CarriedPart,
    GoalService,
    Requirement,
    RequirementState,
    RiskTreatment,
)
from risks.models import RiskCell, RiskStatement
from tests.factories import ReadingFactory, RequirementFactory
from tests.requirements_pkg.carrying.periods import YEARS, published_plan

REASON = "Köps inte längre."


@pytest.fixture
def new(plan, coordinator, reviewer):
    """A plan that was started from a published one."""
    old = published_plan(plan, coordinator, reviewer)
    RequirementFactory(package=old.package, code="SE-09", source="Lag", title="Opublicerat")
    return start_next_period(plan=old, by=coordinator, **YEARS)


def part_of(row, kind: CarriedKind) -> CarriedPart:
    return CarriedPart.objects.get(kind=kind, key=row.pk)


def drop(new, kind: CarriedKind, row, by, reason: str = REASON) -> int:
    parts = [part_of(row, kind).pk]
    return drop_parts(plan=new, kind=kind, parts=parts, reason=reason, by=by)


def state(new, kind: CarriedKind, row) -> PartState:
    return state_of(new).parts[kind][row.pk]


def test_at_first_everything_is_left_to_decide(new):
    counts = state_of(new).counts()
    assert counts == {PartState.UNDECIDED: CarriedPart.objects.count()}
    kinds = CarriedPart.objects.values_list("kind", flat=True)
    assert set(kinds) == set(CarriedKind.values)


def test_what_is_kept_says_by_whom_and_is_kept_once(new, coordinator):
    area = new.product_areas.first()
    part = part_of(area, CarriedKind.AREA)
    args = {"plan": new, "kind": CarriedKind.AREA, "parts": [part.pk], "by": coordinator}
    assert (keep_parts(**args), keep_parts(**args)) == (1, 0)
    part.refresh_from_db()
    assert (part.decision, part.decided_by) == ("kept", coordinator)
    assert state(new, CarriedKind.AREA, area) is PartState.KEPT
    event = ChangeEvent.objects.about(new).get(kind=EventKind.CARRIED_DECIDED)
    assert event.detail == {"part": "area", "kept": 1}


def test_what_says_something_else_is_changed_without_anybody_saying_so(new):
    area = new.product_areas.first()
    area.name = "Ett annat namn"
    area.save()
    assert state(new, CarriedKind.AREA, area) is PartState.CHANGED


def test_a_risk_goes_with_its_links(new, coordinator):
    statement = RiskStatement.objects.filter(
        cell__product_area__plan=new, treatments__isnull=False
    ).first()
    drop(new, CarriedKind.STATEMENT, statement, coordinator)
    assert not RiskStatement.objects.filter(pk=statement.pk).exists()
    assert not RiskTreatment.objects.filter(statement=statement.pk).exists()
    part = part_of(statement, CarriedKind.STATEMENT)
    assert (part.decision, part.reason, part.words) == ("dropped", REASON, statement.text)
    assert state(new, CarriedKind.STATEMENT, statement) is PartState.DROPPED


def test_an_area_goes_with_its_matrix_unless_another_points_at_it(new, coordinator):
    area, other = new.product_areas.order_by("number")
    with pytest.raises(ValidationError, match="hänvisar till rutor i det här"):
        drop(new, CarriedKind.AREA, area, coordinator)
    assert ProductArea.objects.filter(pk=area.pk).exists()
    drop(new, CarriedKind.AREA, other, coordinator)
    assert not RiskCell.objects.filter(product_area=other.pk).exists()
    drop(new, CarriedKind.AREA, area, coordinator)
    assert not new.product_areas.exists()
    # What stood in them went along.
    assert not state_of(new).undecided(CarriedKind.STATEMENT)


def test_a_goal_goes_with_what_is_below_it(new, coordinator):
    goal = Goal.objects.filter(plan=new).first()
    assert GoalService.objects.filter(sub_goal__goal=goal).exists()
    drop(new, CarriedKind.GOAL, goal, coordinator)
    assert not SubGoal.objects.filter(goal=goal.pk).exists()
    assert not Indicator.objects.filter(sub_goal__goal=goal.pk).exists()
    assert not state_of(new).undecided(CarriedKind.INDICATOR)


def test_an_indicator_that_was_read_stays(new, coordinator):
    indicator = Indicator.objects.filter(sub_goal__goal__plan=new).first()
    ReadingFactory(indicator=indicator, author=coordinator)
    with pytest.raises(ValidationError, match="bygger på det"):
        drop(new, CarriedKind.INDICATOR, indicator, coordinator)
    assert Indicator.objects.filter(pk=indicator.pk).exists()
    assert state(new, CarriedKind.INDICATOR, indicator) is PartState.UNDECIDED


def test_a_published_requirement_is_withdrawn_and_another_removed(new, coordinator):
    published = Requirement.objects.get(package__plan=new, code="SE-02")
    unread = Requirement.objects.get(package__plan=new, code="SE-09")
    drop(new, CarriedKind.REQUIREMENT, published, coordinator)
    drop(new, CarriedKind.REQUIREMENT, unread, coordinator)
    published.refresh_from_db()
    assert (published.state, published.withdrawn_reason) == (RequirementState.WITHDRAWN, REASON)
    assert not Requirement.objects.filter(pk=unread.pk).exists()
    # The plan before has both, as they were.
    old = Requirement.objects.filter(package__plan=new.predecessor, code__in=["SE-02", "SE-09"])
    assert {row.state for row in old} == {RequirementState.ACTIVE}


def test_what_is_dropped_says_why(new, coordinator):
    with pytest.raises(ValidationError, match="Skriv varför"):
        drop(new, CarriedKind.GOAL, Goal.objects.filter(plan=new).first(), coordinator, " ")
    assert not CarriedPart.objects.exclude(decision="undecided").exists()


def test_a_part_of_another_plan_or_kind_is_not_touched(new, coordinator):
    area = part_of(new.product_areas.first(), CarriedKind.AREA)
    by = {"by": coordinator, "parts": [area.pk]}
    assert keep_parts(plan=new, kind=CarriedKind.GOAL, **by) == 0
    assert keep_parts(plan=new.predecessor, kind=CarriedKind.AREA, **by) == 0
    area.refresh_from_db()
    assert area.decision == "undecided"


def test_only_who_edits_the_plan_decides(new, other_coordinator, reviewer, analyst):
    area = new.product_areas.first()
    parts = [part_of(area, CarriedKind.AREA).pk]
    for person in (other_coordinator, reviewer, analyst):
        with pytest.raises(PermissionDenied):
            keep_parts(plan=new, kind=CarriedKind.AREA, parts=parts, by=person)
        with pytest.raises(PermissionDenied):
            drop(new, CarriedKind.AREA, area, person)
