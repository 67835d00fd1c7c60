"""What no list of the admin may be asked: what points at its rows, and numbers that no key has."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.backoffice.scoping import PlanScopedMixin
from actionplan.database.list_search import MOST_WORDS

LISTS = [
    model for model, pages in admin.site._registry.items() if isinstance(pages, PlanScopedMixin)
]
IDS = [model._meta.label_lower for model in LISTS]


def address(model, **query) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return reverse(name, query=query)


def pointing(model) -> list[str]:
    fields = model._meta.get_fields()
    return [field.name for field in fields if field.auto_created and not field.concrete]


@pytest.mark.parametrize("model", LISTS, ids=IDS)
def test_a_list_is_not_searched_by_what_points_at_it(admin_client, model):
    for name in pointing(model):
        for lookup in (name, f"{name}__gt", f"{name}__isnull"):
            assert admin_client.get(address(model, **{lookup: "1"})).status_code == 400, lookup


def test_a_follow_up_does_not_tell_whose_contract_it_is_of(as_persona):
    assert "follow_ups" in {name for model in LISTS for name in pointing(model)}
    at = reverse("admin:actionplan_organisation_changelist", query={"follow_ups": 1})
    for persona in ("analyst", "other_coordinator"):
        assert as_persona(persona).get(at).status_code == 400


@pytest.mark.parametrize("name", ["plan", "id", "omrade"])
@pytest.mark.parametrize("model", LISTS, ids=IDS)
def test_a_number_that_no_key_has_is_no_error_of_ours(admin_client, model, name):
    assert admin_client.get(address(model, **{name: "9" * 25})).status_code in (302, 400)


@pytest.mark.parametrize("digits", [25, 5000])
@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("followup", "omrade"),
        ("followup", "plan"),
        ("lesson", "uppfoljning"),
        ("deviation", "uppfoljning"),
    ],
)
def test_no_more_does_a_form_break_on_one(admin_client, page, name, digits):
    at = reverse(f"admin:followup_{page}_add", query={name: "9" * digits})
    assert admin_client.get(at).status_code in (200, 404)


@pytest.mark.parametrize("digits", [25, 5000])
def test_nor_does_what_is_sent_break_on_one(world, as_persona, digits):
    """Boxes that are ticked, a row that is moved, and how many rows a form says to have."""
    client, number = as_persona("superuser"), "9" * digits
    requirement = "requirements_pkg.requirement/change"
    for name, data in (
        ("requirements_pkg_change_many", {"krav": number, "level": "basic"}),
        ("requirements_pkg_change_many", {"flytta": f"{number}:fore:{number}"}),
        ("requirements_pkg_confirm_many", {"link": f"risk:{number}:0"}),
        (requirement, {"sources-TOTAL_FORMS": number, "sources-INITIAL_FORMS": "0"}),
        ("requirements_pkg_requirement_preview", {"treated": number, "max_points": number}),
        ("risks_cell", {"row-0-text": "Buller.", "row-0-key": number, "do": f"up-{number}"}),
        ("risks_cell", {"assessment": f"cell:{number}", "do": "show"}),
    ):
        assert client.post(world(name), data).status_code in (200, 302, 400), name


@pytest.mark.parametrize("digits", [25, 5000])
def test_nor_does_an_address_that_names_a_package_or_a_plan(admin_client, digits):
    for name in ("package", "plan"):
        query = {name: "9" * digits}
        add = reverse("admin:requirements_pkg_requirement_add", query=query)
        preview = reverse("admin:requirements_pkg_new_requirement_preview", query=query)
        assert admin_client.get(add).status_code == 200
        assert admin_client.post(preview).status_code == 403


@pytest.mark.parametrize("digits", [25, 5000])
def test_nor_does_a_log_in_that_is_to_end_or_a_filter_of_the_log(admin_client, digits):
    number = "9" * digits
    sessions = reverse("log_out_there")
    assert admin_client.post(sessions, {"place": number}).status_code == 404
    log = reverse("admin:actionplan_changelog_changelist", query={"plan": number})
    assert admin_client.get(log).status_code in (200, 302, 400)


SEARCHED = [model for model, pages in admin.site._registry.items() if pages.search_fields]
SEARCHED_IDS = [model._meta.label_lower for model in SEARCHED]


@pytest.mark.parametrize("model", SEARCHED, ids=SEARCHED_IDS)
def test_a_text_that_is_pasted_costs_a_list_no_more_than_its_first_words(admin_client, model):
    """Each word is a condition, and there is room for thousands in an address."""
    words = " ".join(f"ord{number}" for number in range(1500))
    numbers = []
    for question in (" ".join(words.split()[:MOST_WORDS]), words):
        with CaptureQueriesContext(connection) as captured:
            response = admin_client.get(address(model, q=question))
        assert response.status_code == 200
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]
    assert f"de {MOST_WORDS} första orden" in response.content.decode()


def test_the_words_that_are_looked_for_are_the_first_ones(admin_client, plan):
    """Completing a name while one types asks the same way, and says nothing."""
    words = [plan.category.name] * MOST_WORDS
    named = {"app_label": "actionplan", "model_name": "goal", "field_name": "plan"}
    for question, number in ((words, 1), ([*words, "zirkonium"], 1), (["zirkonium", *words], 0)):
        text = " ".join(question)
        page = admin_client.get(address(type(plan), q=text))
        assert page.context_data["cl"].result_count == number
        response = admin_client.get(reverse("admin:autocomplete"), named | {"term": text})
        assert len(response.json()["results"]) == number


@pytest.mark.parametrize("model", LISTS, ids=IDS)
def test_a_list_is_not_asked_for_a_thousand_values_at_once(admin_client, model):
    for name in ("id", "id__in", "q"):
        at = address(model, **{name: ["1"] * 900})
        assert admin_client.get(at).status_code == 400, name
