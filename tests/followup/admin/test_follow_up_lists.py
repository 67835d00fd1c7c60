"""The lists of what is followed up: filtered, and with the admin's counts beside each choice."""

from datetime import date

import pytest
from django.contrib.admin.sites import site
from django.urls import reverse

from actionplan.models import Organisation
from followup.admin.follow_ups import VisibleChoicesFilter
from followup.models import Deviation
from tests.factories import DeviationFactory, FollowUpFactory, PlanFactory

MODELS = [
    "deviation",
    "followup",
    "indicatorreading",
    "lesson",
    "proposedchange",
    "reportingperiod",
    "summary",
]


@pytest.mark.parametrize("model", MODELS)
def test_a_list_tells_how_many_each_choice_of_its_filters_finds(follow_up, as_persona, model):
    address = reverse(f"admin:followup_{model}_changelist")
    assert as_persona("coordinator").get(address, {"_facets": "True"}).status_code == 200


@pytest.mark.parametrize(("sought", "status"), [("9" * 30, 400), ("x", 200), ("-1", 200)])
@pytest.mark.parametrize("model", ["deviation", "followup", "indicatorreading", "lesson"])
def test_a_plan_that_is_none_breaks_no_list(follow_up, as_persona, model, sought, status):
    address = reverse(f"admin:followup_{model}_changelist")
    response = as_persona("coordinator").get(address, {"plan": sought}, follow=True)
    assert response.status_code == status


def test_a_plan_that_is_none_has_no_areas_to_choose_among(follow_up, as_persona):
    address = reverse("admin:followup_followup_add")
    for plan, status in ((follow_up.product_area.plan_id, True), ("9" * 18, False)):
        page = as_persona("coordinator").get(address, {"plan": plan}).content.decode()
        assert (f"omrade={follow_up.product_area_id}" in page) is status
    assert as_persona("coordinator").get(address, {"plan": "9" * 30}).status_code == 200


def test_a_plan_is_chosen_in_the_list(follow_up, as_persona):
    client, address = as_persona("coordinator"), reverse("admin:followup_followup_changelist")
    row = reverse("admin:followup_followup_change", args=[follow_up.pk])
    own = follow_up.product_area.plan_id
    assert row in client.get(address, {"plan": own}).content.decode()
    assert row not in client.get(address, {"plan": own + 1}).content.decode()
    assert 'class="selected"' in client.get(address, {"plan": own}).content.decode()


@pytest.mark.parametrize("persona", ["coordinator", "reviewer", "other_coordinator"])
def test_plans_and_owners_of_follow_ups_that_are_seen_are_offered(follow_up, as_persona, persona):
    """Each once, and nothing of what the person does not see, or of what has no follow-up."""
    FollowUpFactory(version=follow_up.version)
    PlanFactory()
    page = as_persona(persona).get(reverse("admin:followup_followup_changelist"))
    filters = page.context_data["cl"].filter_specs
    options = {
        choices.parameter_name: choices.lookup_choices
        for choices in filters
        if isinstance(choices, VisibleChoicesFilter)
    }
    plan, owner = follow_up.product_area.plan, follow_up.organisation
    of_region = {
        "plan": [(str(plan.pk), str(plan))],
        "avtalsagare": [(str(owner.pk), owner.name)],
    }
    assert options == ({} if persona == "other_coordinator" else of_region)


COLUMNS = {"wording": "requirement__code", "severity": "severity", "state": "state"}


@pytest.mark.parametrize("way", ["", "-"])
@pytest.mark.parametrize("column", COLUMNS)
def test_deviations_that_are_seen_stand_in_order_of_a_column_then_of_their_day(
    requirements, follow_up, as_persona, monkeypatch, column, way
):
    pages = site.get_model_admin(Deviation)
    monkeypatch.setattr(pages, "list_per_page", 4)
    skane = Organisation.objects.get(code="skane")
    seen = FollowUpFactory(version=follow_up.version, organisation=skane)
    for at in range(15):
        DeviationFactory(
            follow_up=follow_up if at % 4 == 1 else seen,
            requirement=requirements[at % 2],
            severity=["minor", "major", "observation"][at % 3],
            state=["open", "remedied", "plan_submitted"][at // 5],
            due_on=date(2026, 6, 1 + at * 7 % 5),
        )
    client, address = (
        as_persona("other_coordinator"),
        reverse("admin:followup_deviation_changelist"),
    )
    order = f"{way}{pages.list_display.index(column)}"
    numbers = [
        row.pk
        for page in (1, 2, 3)
        for row in client.get(address, {"o": order, "p": page}).context["cl"].result_list
    ]
    rows = Deviation.objects.filter(follow_up=seen)
    rows = rows.order_by(f"{way}{COLUMNS[column]}", "due_on", "pk")
    assert numbers == list(rows.values_list("pk", flat=True))
