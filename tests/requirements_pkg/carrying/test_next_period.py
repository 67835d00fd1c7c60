"""A plan for the next period is started from the one before: all that goes along, in one step."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeLog,
    EventKind,
    Indicator,
)
from requirements_pkg.actions.next_period.start import start_next_period
from requirements_pkg.actions.next_period.undo import undo_next_period
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.models import CarriedPart, GoalService, Requirement
from risks.models import RiskCell, RiskStatement
from tests.factories import (
    PlanFactory,
    ReadingFactory,
    RequirementFactory,
)
from tests.kept import kept
from tests.requirements_pkg.carrying.periods import YEARS, published_plan


@pytest.fixture
@kept
def old(plan, coordinator, reviewer) -> ActionPlan:
    """A published plan with requirements, links, a module and levels."""
    return published_plan(plan, coordinator, reviewer)


def started(old: ActionPlan, by) -> ActionPlan:
    return start_next_period(plan=old, by=by, **YEARS)


def content_of(plan: ActionPlan):
    return draft_content(package_of(plan))


def test_the_draft_says_what_the_plan_before_said(old, coordinator):
    new = started(old, coordinator)
    assert (new.predecessor, new.status, new.period) == (old, "draft", "2026–2028")
    before, after = content_of(old), content_of(new)
    assert after.plan.product_areas == before.plan.product_areas
    assert after.plan.goals == before.plan.goals
    assert after.modules == before.modules
    assert list(new.contacts.values_list("name", "email", "is_public")) == list(
        old.contacts.values_list("name", "email", "is_public")
    )
    along = [requirement for requirement in before.requirements if requirement.is_active]
    pairs = list(zip(along, after.requirements, strict=True))
    for then, now in pairs:
        assert (now.uid, now.code, now.revision) == (then.uid, then.code, then.revision)
        assert (now.replaces, now.product_areas, now.sources) == (
            then.replaces,
            then.product_areas,
            then.sources,
        )
        assert now.serves == then.serves
        assert [risk.text for risk in now.treats] == [risk.text for risk in then.treats]
    assert sum(len(now.treats) for _then, now in pairs) == 2


def test_copies_point_at_copies(old, coordinator):
    new = started(old, coordinator)
    cell = RiskCell.objects.get(product_area__plan=new, same_as_cell__isnull=False)
    assert cell.same_as_cell.product_area.plan == new
    source = RiskCell.objects.get(product_area__plan=new, level="high")
    assert source.level_source == "https://riskanalys.example/1"
    basic = Requirement.objects.get(package__plan=new, code="SE-01")
    assert [area.plan for area in basic.product_areas.all()] == [new]
    assert not basic.treatments.get().is_suspect
    assert basic.treatments.get().plan == new
    assert Requirement.objects.get(package__plan=new, code="SE-02").replaces == basic


def test_what_was_withdrawn_stays_behind(old, coordinator):
    new = started(old, coordinator)
    assert not Requirement.objects.filter(package__plan=new, code="SE-03").exists()


def test_a_wording_keeps_its_number_until_it_is_another(old, coordinator, reviewer):
    new = started(old, coordinator)
    row = Requirement.objects.get(package__plan=new, code="SE-01")
    row.text = "Leverantören ska lämna en förteckning."
    row.save()
    revisions = {r.code: r.revision for r in content_of(new).requirements}
    assert (revisions["SE-01"], revisions["SE-02"]) == (2, 1)
    publish(package=row.package, by=coordinator, approved_by=reviewer, note="Ny period.")
    assert list(row.revisions.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_an_indicator_sets_out_from_the_last_approved_value(old, coordinator, reviewer):
    first, second = Indicator.objects.filter(sub_goal__goal__plan=old).order_by("number")
    first.kind, first.unit, first.target, first.baseline = "measure", "%", 80, 10
    first.due_on = date(2025, 12, 31)
    first.save()
    approved = {"indicator": first, "author": coordinator, "approved_by": reviewer}
    ReadingFactory(**approved, approved=True, as_of=date(2024, 6, 30), value=30)
    ReadingFactory(**approved, approved=True, as_of=date(2025, 6, 30), value=Decimal("42.5"))
    ReadingFactory(indicator=first, author=coordinator, as_of=date(2025, 9, 30), value=99)
    new = started(old, coordinator)
    first, second = Indicator.objects.filter(sub_goal__goal__plan=new).order_by("number")
    assert (first.baseline, first.target, first.due_on) == (Decimal("42.5"), 80, None)
    assert first.baseline_source == "Avläst 2025-06-30, handlingsplanen 2023–2025"
    assert (second.baseline, second.baseline_source) == (None, "")
    assert not first.readings.exists()


def test_it_is_one_event_and_all_rows_are_told(old, coordinator):
    new = started(old, coordinator)
    event = ChangeEvent.objects.about(new).get()
    assert (event.kind, event.actor) == (EventKind.PERIOD_STARTED, "coordinator")
    assert event.detail["from"] == old.slug
    changes = ChangeLog.objects.filter(plan=new.pk)
    assert set(changes.values_list("by_name", flat=True)) == {"coordinator"}
    cells = RiskCell.objects.filter(product_area__plan=new).count()
    assert changes.filter(model="risks.RiskCell").count() == cells == 48


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (2023, 2025, "Det finns redan en plan i kategorin för 2023–2025."),
        (2025, 2027, "Det finns redan en plan i kategorin för 2023–2025."),
        (2020, 2022, "Nästa period börjar efter 2025."),
        (2028, 2026, "sista år ligger före"),
        (2099, 2101, "mellan 2000 och 2100"),
    ],
)
def test_years_that_are_none_of_a_next_period_are_refused(old, coordinator, first, last, says):
    with pytest.raises(ValidationError) as refused:
        start_next_period(plan=old, by=coordinator, first_year=first, last_year=last)
    assert says in " ".join(refused.value.messages)
    assert ActionPlan.objects.count() == 1


def test_a_second_start_finds_the_first(old, coordinator):
    started(old, coordinator)
    with pytest.raises(ValidationError, match="2026–2028"):
        start_next_period(plan=old, by=coordinator, first_year=2027, last_year=2029)


def test_only_who_makes_plans_of_the_region_starts_one(old, other_coordinator, reviewer, analyst):
    for person in (other_coordinator, reviewer, analyst):
        with pytest.raises(PermissionDenied):
            started(old, person)
    assert ActionPlan.objects.count() == 1


def test_an_untouched_start_is_taken_back(old, coordinator):
    tables = (RiskStatement, RiskCell, Requirement, GoalService, Indicator)
    before = {table: table.objects.count() for table in tables}
    new = started(old, coordinator)
    undo_next_period(plan=new, by=coordinator)
    assert {table: table.objects.count() for table in tables} == before
    assert list(ActionPlan.objects.all()) == [old]
    assert not CarriedPart.objects.exists()
    event = ChangeEvent.objects.about(old).filter(kind=EventKind.PERIOD_UNDONE).get()
    assert event.detail == {"period": "2026–2028"}


def test_a_start_on_which_somebody_wrote_stays(old, coordinator):
    new = started(old, coordinator)
    statement = RiskStatement.objects.filter(cell__product_area__plan=new).first()
    statement.text = "Gruvor förorenar vatten och mark."
    statement.save()
    with pytest.raises(ValidationError, match="arbetat i planen"):
        undo_next_period(plan=new, by=coordinator)
    with pytest.raises(ValidationError, match="startades inte"):
        undo_next_period(plan=old, by=coordinator)


def test_others_take_nothing_back(old, coordinator, other_coordinator):
    new = started(old, coordinator)
    with pytest.raises(PermissionDenied):
        undo_next_period(plan=new, by=other_coordinator)


def queries_of(number: int, by) -> int:
    """Tell what it costs to start the next period of a plan with so many requirements."""
    plan = PlanFactory(with_matrix=True, with_goals=True)
    package = package_of(plan)
    cell = RiskCell.objects.filter(product_area__plan=plan).first()
    rows = RiskStatement.objects.bulk_create(
        RiskStatement(cell=cell, text=f"Risk {n}", position=n) for n in range(number)
    )
    for statement in rows:
        RequirementFactory(package=package, treats=[statement], source="Lag")
    with CaptureQueriesContext(connection) as statements:
        started(plan, by)
    # SQLite takes so many values a statement: an insert of many rows is several.
    return len([query for query in statements if not query["sql"].startswith("INSERT")])


def test_a_large_plan_costs_as_many_queries_as_a_small_one(coordinator):
    # Asked once for all requests.
    assert coordinator.roles
    few = queries_of(2, coordinator)
    assert few == queries_of(60, coordinator)
    # On PostgreSQL the keys of each table are taken by a query of their own.
    assert few < 80
