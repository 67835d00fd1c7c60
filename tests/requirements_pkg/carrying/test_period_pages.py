"""The pages of the next period: start it, decide on what came along, take it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import ActionPlan, Goal
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.next_period.start import start_next_period
from requirements_pkg.carrying.parts import PartState, state_of
from requirements_pkg.models import CarriedKind, CarriedPart, Requirement
from risks.models import RiskCell, RiskStatement
from tests.factories import RequirementFactory
from tests.requirements_pkg.admin_forms import address, text_of
from tests.requirements_pkg.carrying.periods import YEARS, published_plan


@pytest.fixture
def old(plan, coordinator, reviewer) -> ActionPlan:
    return published_plan(plan, coordinator, reviewer)


@pytest.fixture
def new(old, coordinator) -> ActionPlan:
    return start_next_period(plan=old, by=coordinator, **YEARS)


def parts_of(kind: CarriedKind) -> list[int]:
    return list(CarriedPart.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True))


def test_the_overview_leads_to_the_next_period(old, as_persona):
    client, start = as_persona("coordinator"), address("start_period", old.pk)
    assert start in text_of(client.get(tab_address(old.pk)))
    page = client.get(start)
    assert 'value="2026"' in text_of(page)
    assert 'value="2028"' in text_of(page)
    assert "1 indraget krav följer inte med." in text_of(page)
    response = client.post(start, YEARS, follow=True)
    new = ActionPlan.objects.get(first_year=2026)
    assert response.redirect_chain == [(address("carried", new.pk), 302)]
    assert "Planen 2026–2028 är startad." in text_of(response)
    # Each tells of the other, and a second one is not offered.
    overview = text_of(client.get(tab_address(old.pk)))
    assert tab_address(new.pk) in overview
    assert start not in overview
    overview = text_of(client.get(tab_address(new.pk)))
    number = CarriedPart.objects.count()
    assert f"{number} delar från förra perioden är inte avgjorda." in overview
    assert address("carried", new.pk) in overview


def test_years_that_are_taken_are_refused_and_what_was_typed_stays(old, as_persona):
    start = address("start_period", old.pk)
    page = as_persona("coordinator").post(start, {"first_year": 2025, "last_year": 2027})
    assert page.status_code == 400
    assert "Det finns redan en plan i kategorin för 2023–2025." in text_of(page)
    assert 'value="2027"' in text_of(page)


def test_parts_are_read_with_their_place_and_kept(new, as_persona):
    client, statements = as_persona("coordinator"), address("carried_kind", new.pk, "statement")
    page = text_of(client.get(statements))
    statement = RiskStatement.objects.filter(cell__product_area__plan=new).first()
    cell = RiskCell.objects.select_related("stage", "dimension").get(pk=statement.cell_id)
    assert statement.text in page
    assert f"{cell.stage.name} / {cell.dimension.name}" in page
    assert f"#cell-{cell.pk}" in page
    first, *others = parts_of(CarriedKind.STATEMENT)
    response = client.post(statements, {"part": [first], "_keep": ""}, follow=True)
    assert "1 del behålls." in text_of(response)
    # Read again it is with what is decided.
    ticked = f'id="part-{first}"'
    assert ticked not in text_of(client.get(statements))
    whole = text_of(client.get(statements, {"visa": "alla"}))
    assert ticked in whole
    assert "Behållen av coordinator" in whole
    response = client.post(statements, {"_keep_all": ""}, follow=True)
    assert f"{len(others)} delar behålls." in text_of(response)
    assert "Inget av den här typen återstår" in text_of(response)


def test_a_part_is_dropped_with_a_reason(new, as_persona):
    client, goals = as_persona("coordinator"), address("carried_kind", new.pk, "goal")
    goal = Goal.objects.filter(plan=new).first()
    (part,) = parts_of(CarriedKind.GOAL)
    answer = client.post(goals, {"part": [part], "_ask": ""})
    assert goal.text in text_of(answer)
    assert "Delmål och målindikatorer följer med" in text_of(answer)
    assert Goal.objects.filter(pk=goal.pk).exists()
    refused = client.post(goals, {"part": [part], "reason": "", "_drop": ""})
    assert refused.status_code == 400
    assert f'name="part" value="{part}"' in text_of(refused)
    response = client.post(goals, {"part": [part], "reason": "Nått.", "_drop": ""}, follow=True)
    assert "1 del är borttagen." in text_of(response)
    assert not Goal.objects.filter(pk=goal.pk).exists()
    assert f"{goal.text}" in text_of(client.get(goals, {"visa": "alla"}))


def test_what_something_builds_on_is_not_dropped_and_the_page_says_what(new, as_persona):
    areas = address("carried_kind", new.pk, "area")
    first, _second = parts_of(CarriedKind.AREA)
    sent = {"part": [first], "reason": "Köps inte längre.", "_drop": ""}
    page = as_persona("coordinator").post(areas, sent)
    assert page.status_code == 400
    assert "Rutor i andra produktområden hänvisar till rutor i det här." in text_of(page)
    assert "Köps inte längre." in text_of(page)
    assert new.product_areas.count() == 2


def test_nothing_ticked_or_ticked_elsewhere_is_said(new, as_persona):
    client, areas = as_persona("coordinator"), address("carried_kind", new.pk, "area")
    for parts in ([], parts_of(CarriedKind.GOAL), ["x"]):
        page = client.post(areas, {"part": parts, "_keep": ""})
        assert page.status_code == 400
    assert "Kryssa för minst en del." in text_of(client.post(areas, {"_keep": ""}))
    assert client.get(address("carried_kind", new.pk, "song")).status_code == 404
    assert state_of(new).counts()[PartState.KEPT] == 0


def test_who_only_reads_sees_no_boxes(new, as_persona):
    page = as_persona("reviewer").get(address("carried_kind", new.pk, "area"))
    assert page.status_code == 200
    assert 'type="checkbox"' not in text_of(page)
    sent = {"part": parts_of(CarriedKind.AREA), "_keep": ""}
    address_of_areas = address("carried_kind", new.pk, "area")
    assert as_persona("reviewer").post(address_of_areas, sent).status_code == 403
    assert as_persona("other_coordinator").post(address_of_areas, sent).status_code == 403


def test_an_untouched_start_is_taken_back_on_its_page(new, old, as_persona):
    client, undo = as_persona("coordinator"), address("undo_period", new.pk)
    assert undo in text_of(client.get(address("carried", new.pk)))
    assert "Planen tas bort" in text_of(client.get(undo))
    response = client.post(undo, follow=True)
    assert response.redirect_chain == [(tab_address(old.pk), 302)]
    assert "Planen 2026–2028 är återtagen." in text_of(response)
    assert list(ActionPlan.objects.all()) == [old]


def test_one_on_which_somebody_worked_is_not_offered_to_be_taken_back(new, as_persona):
    row = Requirement.objects.filter(package__plan=new).first()
    row.title = "Ny rubrik"
    row.save()
    client, undo = as_persona("coordinator"), address("undo_period", new.pk)
    assert undo not in text_of(client.get(address("carried", new.pk)))
    assert "Någon har arbetat i planen" in text_of(client.get(undo))
    assert client.post(undo).status_code == 400
    assert ActionPlan.objects.filter(pk=new.pk).exists()


def test_the_page_costs_the_same_however_much_came_along(old, coordinator, as_persona):
    few = RequirementFactory(package=old.package, code="SE-20", source="Lag")
    costs = []
    for number in (0, 30):
        for at in range(number):
            RequirementFactory(package=few.package, code=f"SE-{30 + at}", source="Lag")
        new = start_next_period(
            plan=old, by=coordinator, first_year=2026 + number, last_year=2028 + number
        )
        client = as_persona("coordinator")
        page = address("carried_kind", new.pk, "requirement")
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert costs[0] < 30
