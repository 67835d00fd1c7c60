"""Posts that no form of ours would send: every one is refused, and nothing is written."""

import pytest
from django.urls import reverse

from actionplan.models import (
    ActionPlan,
    Contact,
    Goal,
    Indicator,
    Organisation,
    PlanStatus,
    ProcurementRegion,
    ProductArea,
    SubGoal,
)
from risks.models import RiskCell, RiskMatrix
from tests.factories import PlanFactory
from tests.project.back_office.test_admin_addresses import stored


@pytest.fixture
def foreign(db) -> ActionPlan:
    """A plan of procurement region H, with everything in it."""
    return PlanFactory(
        procurement_region=ProcurementRegion.objects.get(code="H"),
        coordinator=Organisation.objects.get(code="skane"),
        with_matrix=True,
        with_goals=True,
    )


@pytest.fixture
def closed(plan) -> ActionPlan:
    """The coordinator's own plan, closed."""
    plan.status = PlanStatus.CLOSED
    plan.save()
    return plan


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def change(obj) -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def rows_of(response, prefix: str = "") -> dict[str, str]:
    """What a browser would send of a change page that nobody touched."""
    context = response.context
    forms = [context["adminform"].form]
    data: dict[str, str] = {}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is None or value is False:
                continue
            data[bound.html_name] = value
            data[bound.html_initial_name] = value
    return data


def post(client, obj, **forged):
    page = client.get(change(obj))
    sent = rows_of(page) | {name.replace("__", "-"): value for name, value in forged.items()}
    return client.post(change(obj), sent)


def test_an_honest_post_is_stored(client, plan):
    """What the others forge is otherwise a page that is accepted."""
    assert post(client, plan, introduction="Ärligt.").status_code == 302
    plan.refresh_from_db()
    assert plan.introduction == "Ärligt."
    goal = Goal.objects.get()
    assert post(client, goal, text="Ärligt.").status_code == 302
    assert Goal.objects.get().text == "Ärligt."


def test_a_plan_does_not_move_into_a_foreign_procurement_region(client, plan, foreign):
    before = stored()
    for forged in (
        {"procurement_region": foreign.procurement_region_id},
        {"coordinator": foreign.coordinator_id},
        {
            "procurement_region": foreign.procurement_region_id,
            "coordinator": foreign.coordinator_id,
        },
    ):
        assert post(client, plan, **forged).status_code == 200
    assert stored() == before


def test_a_plan_is_not_made_in_a_foreign_procurement_region(client, foreign):
    before = stored()
    data = {
        "category": foreign.category_id,
        "procurement_region": foreign.procurement_region_id,
        "coordinator": foreign.coordinator_id,
        "first_year": 2030,
        "last_year": 2031,
        "slug": "smyg",
        "status": "draft",
        "contacts-TOTAL_FORMS": 0,
        "contacts-INITIAL_FORMS": 0,
    }
    address = reverse("admin:actionplan_actionplan_add")
    assert client.post(address, data).status_code == 200
    assert stored() == before
    # The same of one's own region is made: only the region was refused.
    own = Organisation.objects.get(code="stockholm")
    own_data = {"procurement_region": own.procurement_region_id, "coordinator": own.pk}
    assert client.post(address, data | own_data).status_code == 302


@pytest.mark.parametrize("status", ["review", "adopted", "closed", "eaten"])
def test_nobody_adopts_or_closes_a_plan_by_hand(client, plan, status):
    before = stored()
    assert post(client, plan, status=status).status_code == 302
    assert stored() == before


def test_the_address_of_a_plan_stays(client, plan):
    post(client, plan, slug="en-annan-adress", introduction="Nytt.")
    after = ActionPlan.objects.get(pk=plan.pk)
    assert (after.slug, after.introduction) == (plan.slug, "Nytt.")


def test_an_inline_with_a_foreign_rows_id_changes_nothing_of_it(client, plan, foreign):
    own, other = plan.contacts.order_by("pk").first(), foreign.contacts.order_by("pk").first()
    before = list(Contact.objects.filter(plan=foreign).order_by("pk").values())
    post(client, plan, contacts__0__id=other.pk, contacts__0__name="Stulen")
    assert list(Contact.objects.filter(plan=foreign).order_by("pk").values()) == before
    forged = {"contacts-0-id": other.pk, "contacts-0-DELETE": "on"}
    client.post(change(plan), rows_of(client.get(change(plan))) | forged)
    assert list(Contact.objects.filter(plan=foreign).order_by("pk").values()) == before
    assert Contact.objects.filter(pk=own.pk).exists()


def test_an_inline_does_not_move_its_row_to_a_foreign_plan(client, plan, foreign):
    before = stored()
    assert post(client, plan, contacts__0__plan=foreign.pk).status_code == 200
    assert stored() == before


def test_an_inline_of_a_goal_changes_no_foreign_sub_goal(client, plan, foreign):
    goal, other = plan.goals.get(), SubGoal.objects.filter(goal__plan=foreign).first()
    before = list(SubGoal.objects.filter(goal__plan=foreign).order_by("pk").values())
    post(client, goal, sub_goals__0__id=other.pk, sub_goals__0__text="Stulet")
    post(client, goal, sub_goals__0__goal=other.goal_id, sub_goals__0__text="Stulet")
    assert list(SubGoal.objects.filter(goal__plan=foreign).order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("model", "field", "target", "path"),
    [
        (Goal, "plan", ActionPlan, "pk"),
        (SubGoal, "goal", Goal, "plan"),
        (Indicator, "sub_goal", SubGoal, "goal__plan"),
    ],
    ids=["goal", "sub-goal", "indicator"],
)
def test_nothing_moves_to_a_foreign_plan(client, plan, foreign, model, field, target, path):
    row = model.objects.order_by("pk").first()
    elsewhere = target.objects.filter(**{path: foreign.pk}).first()
    before = stored()
    # A goal and a sub-goal stay where they are: their forms do not even read the field.
    wanted = 200 if model is Indicator else 302
    assert post(client, row, **{field: elsewhere.pk}).status_code == wanted
    assert stored() == before


def test_a_sub_goal_is_not_about_areas_of_another_plan(client, plan, foreign):
    row = SubGoal.objects.order_by("pk").first()
    own = ProductArea.objects.filter(plan=plan).first()
    before = stored()
    for other in (foreign, PlanFactory(with_matrix=True)):
        before = stored()
        area = ProductArea.objects.filter(plan=other).first()
        assert post(client, row, product_areas=[area.pk]).status_code == 200
        assert stored() == before
    assert post(client, row, product_areas=[own.pk]).status_code == 302
    assert list(row.product_areas.all()) == [own]


def test_an_area_is_not_made_in_a_foreign_plan(client, plan, foreign):
    before = stored()
    address = reverse("admin:risks_riskmatrix_add")
    data = {"plan": foreign.pk, "number": 9, "name": "smyg"}
    assert client.post(address, data).status_code == 200
    assert stored() == before
    assert client.post(address, data | {"plan": plan.pk}).status_code == 302
    assert RiskCell.objects.filter(product_area__name="smyg").count() == 24


def test_an_area_does_not_move_with_its_grid(client, plan, foreign):
    area = RiskMatrix.objects.get(plan=plan, number=1)
    client.post(change(area), {"area-number": 1, "area-name": "nytt", "area-plan": foreign.pk})
    area.refresh_from_db()
    assert (area.plan, area.name) == (plan, "servrar")


@pytest.mark.parametrize("model", [Goal, SubGoal, Indicator, RiskMatrix])
def test_foreign_rows_are_not_deleted_among_ones_own(client, plan, foreign, model):
    path = {Goal: "plan", SubGoal: "goal__plan", Indicator: "sub_goal__goal__plan"}
    rows = [model.objects.filter(**{path.get(model, "plan"): p}).first() for p in (plan, foreign)]
    meta = model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    data = {"action": "delete_selected", "post": "yes"}
    for targets in (rows, rows[1:]):
        before = stored()
        pks = [row.pk for row in targets]
        assert client.post(address, data | {"_selected_action": pks}).status_code == 403
        assert stored() == before
    assert client.post(address, data | {"_selected_action": [rows[0].pk]}).status_code == 302
    assert list(model.objects.filter(pk__in=[row.pk for row in rows])) == rows[1:]


def test_choosing_across_all_pages_deletes_no_foreign_row(client, plan, foreign):
    before = stored()
    data = {
        "action": "delete_selected",
        "post": "yes",
        "select_across": "1",
        "_selected_action": [Goal.objects.filter(plan=plan).get().pk],
    }
    assert client.post(reverse("admin:actionplan_goal_changelist"), data).status_code == 403
    assert stored() == before


def test_a_closed_plan_takes_nothing_more_from_its_coordinator(client, closed):
    before = stored()
    goal = Goal.objects.get()
    area = RiskMatrix.objects.get(number=1)
    for obj in (closed, goal, goal.sub_goals.first(), Indicator.objects.first(), area):
        assert client.get(change(obj)).status_code == 200
        assert client.post(change(obj), {"introduction": "x", "text": "x"}).status_code == 403
    data = {"plan": closed.pk, "number": 9, "text": "x", "name": "x"}
    for name in ("actionplan_goal_add", "risks_riskmatrix_add"):
        management = {"sub_goals-TOTAL_FORMS": 0, "sub_goals-INITIAL_FORMS": 0}
        assert client.post(reverse(f"admin:{name}"), data | management).status_code == 200
    ask = reverse("admin:requirements_pkg_ask", args=[closed.pk])
    assert client.post(ask, {"note": "x"}).status_code == 403
    assert stored() == before


def test_no_form_changes_the_status_of_a_plan(closed, as_persona):
    assert post(as_persona("superuser"), closed, status="draft").status_code == 302
    closed.refresh_from_db()
    assert closed.status == PlanStatus.CLOSED


def test_nobody_makes_themselves_a_superuser(client, coordinator):
    data = {"username": "coordinator", "is_superuser": "on", "is_active": "on", "is_staff": "on"}
    assert client.post(change(coordinator), data).status_code == 403
    coordinator.refresh_from_db()
    assert not coordinator.is_superuser
