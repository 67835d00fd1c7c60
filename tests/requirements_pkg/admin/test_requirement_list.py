"""The list of a plan's requirements: filtered, ordered by keys, and changed several at once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.extension_points import PlanTab
from actionplan.models import ChangeLog
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.actions.requirements import (
    Neighbour,
    SharedChange,
    change_requirements,
    move_requirement,
)
from requirements_pkg.admin import requirement_list
from requirements_pkg.models import Requirement, RequirementsPackage
from tests.factories import ModuleFactory, RequirementFactory
from tests.requirements_pkg.admin_forms import address, text_of

DIMENSIONS = ("human_rights", "workers_rights", "environment")


@pytest.fixture
def package(plan) -> RequirementsPackage:
    """Three requirements; the first is for one product area only."""
    package = package_of(plan)
    for position, (code, level) in enumerate(
        [("SE-01", "basic"), ("SE-02", "advanced"), ("SE-03", "basic")], start=1
    ):
        RequirementFactory(
            package=package, code=code, title=f"Krav {code}", level=level, position=position
        )
    first = package.requirements.get(code="SE-01")
    first.area_links.create(product_area=plan.product_areas.get(number=1))
    return package


@pytest.fixture
def listed(as_persona, plan):
    """The codes that the list shows, as it is asked for."""

    def codes(query: str = "", persona: str = "coordinator") -> list[str]:
        page = as_persona(persona).get(tab_address(plan.pk, PlanTab.REQUIREMENTS) + query)
        panel = next(p for p in page.context["panels"] if p.anchor == "kraven")
        return [row["code"] for row in panel.context["rows"]]

    return codes


def order(package: RequirementsPackage) -> list[str]:
    return list(package.requirements.in_reading_order().values_list("code", flat=True))


def keys(package: RequirementsPackage, *codes: str) -> list[int]:
    return [package.requirements.get(code=code).pk for code in codes]


def test_the_list_is_narrowed_by_area_level_kind_state_and_words(package, plan, listed):
    everything = ["SE-01", "SE-02", "SE-03"]
    assert listed() == everything
    assert listed("?omrade=1") == everything
    assert listed("?omrade=2") == ["SE-02", "SE-03"]
    assert listed("?niva=advanced") == ["SE-02"]
    assert listed("?niva=basic&sok=se-03") == ["SE-03"]
    assert listed("?lage=withdrawn") == []
    assert listed(f"?slag={package.requirements.first().kind}") == everything
    # What nobody offers narrows nothing.
    assert listed("?niva=hemlig&omrade=x&lage=1") == everything


def test_a_narrowed_list_says_so(package, plan, as_persona):
    client, tab = as_persona("coordinator"), tab_address(plan.pk, PlanTab.REQUIREMENTS)
    page = text_of(client.get(tab))
    assert "Flytta upp SE-02" in page
    page = text_of(client.get(tab + "?niva=basic"))
    assert "Visar 2 av 3 krav." in page
    assert "Flytta upp SE-03" in page
    assert "Inget krav stämmer" in text_of(client.get(tab + "?lage=withdrawn"))
    for nobody in ("reviewer", "other_coordinator"):
        page = text_of(as_persona(nobody).get(tab))
        assert "Krav SE-02" in page
        assert "Flytta upp" not in page
        assert "Ändra de markerade" not in page


def test_the_ticked_are_changed_and_the_list_stays_as_it_was(package, plan, as_persona):
    client, page = as_persona("coordinator"), address("change_many", package.pk)
    area = plan.product_areas.get(number=2)
    sent = {
        "krav": keys(package, "SE-01", "SE-03"),
        "niva": "spearhead",
        "omrade": "2",
        "cpv": "datorutrustning",
        "visa_niva": "basic",
    }
    answer = client.post(page, sent, follow=True)
    assert "2 krav är ändrade." in text_of(answer)
    there = tab_address(plan.pk, PlanTab.REQUIREMENTS)
    assert answer.redirect_chain[0][0] == f"{there}?niva=basic#kraven"
    for requirement in package.requirements.exclude(code="SE-02"):
        assert (requirement.level, requirement.cpv) == ("spearhead", "48820000-2 30200000-1")
        assert list(requirement.product_areas.all()) == [area]
    other = package.requirements.get(code="SE-02")
    assert (other.level, other.cpv, other.product_areas.count()) == ("advanced", "48820000-2", 0)
    assert ChangeLog.objects.about(other).filter(kind="changed").count() == 0
    client.post(page, {"krav": keys(package, "SE-01"), "omrade": "0"})
    assert package.requirements.get(code="SE-01").product_areas.count() == 0


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"niva": "basic"}, "Markera de krav som ska ändras."),
        ({"krav": "SE-01"}, "Välj en nivå, ett produktområde eller en CPV-kod."),
        ({"krav": "SE-01", "cpv": "30200000-2"}, "Kontrollsiffran i 30200000-2"),
        ({"krav": "SE-01", "cpv": "rymdraketer"}, "CPV-kod är åtta siffror"),
        ({"krav": "SE-01", "niva": "hemlig"}, "Välj ett giltigt alternativ"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(package, as_persona, sent, sentence):
    if "krav" in sent:
        sent = {**sent, "krav": keys(package, sent["krav"])}
    answer = as_persona("coordinator").post(address("change_many", package.pk), sent, follow=True)
    assert sentence in text_of(answer)
    assert order(package) == ["SE-01", "SE-02", "SE-03"]


def test_all_or_none_are_changed(package, coordinator):
    first, second = (package.requirements.get(code=code) for code in ("SE-01", "SE-02"))
    second.replaces = first
    second.save()
    change = SharedChange(level="basic")
    with pytest.raises(ValidationError, match="SE-02"):
        change_requirements(
            package=package, keys=keys(package, "SE-01", "SE-02"), change=change, by=coordinator
        )
    assert package.requirements.get(code="SE-02").level == "advanced"


def test_requirements_are_ordered_by_buttons(package, plan, as_persona):
    client, page = as_persona("coordinator"), address("change_many", package.pk)
    first, second, third = keys(package, "SE-01", "SE-02", "SE-03")
    answer = client.post(page, {"flytta": f"{second}:fore:{first}"})
    assert answer["Location"].endswith(f"#krav-{second}")
    assert order(package) == ["SE-02", "SE-01", "SE-03"]
    client.post(page, {"flytta": f"{second}:efter:{third}"})
    assert order(package) == ["SE-01", "SE-03", "SE-02"]
    # Beside itself it stays where it is, and of another package nothing is moved.
    client.post(page, {"flytta": f"{second}:efter:{second}"})
    foreign = RequirementFactory(package=ModuleFactory(), code="UK-01").pk
    for move in (f"{foreign}:fore:{first}", f"{first}:fore:{foreign}"):
        answer = client.post(page, {"flytta": move}, follow=True)
        assert "tagit bort kravet" in text_of(answer)
    for rubbish in ("x", f"{second}", f"{second}:over:{first}", f"-1:fore:{first}", ""):
        assert client.post(page, {"flytta": rubbish}).status_code == 400
    assert order(package) == ["SE-01", "SE-03", "SE-02"]


def test_a_part_of_the_list_is_ordered_among_what_it_shows(package, plan, as_persona):
    """SE-01 is of the first area only, so that it is not between the others of the second."""
    client, tab = as_persona("coordinator"), tab_address(plan.pk, PlanTab.REQUIREMENTS)
    second, third = keys(package, "SE-02", "SE-03")
    page = client.get(f"{tab}?omrade=2").content.decode()
    assert f'value="{third}:fore:{second}"' in page
    answer = client.post(
        address("change_many", package.pk),
        {"flytta": f"{third}:fore:{second}", "visa_omrade": "2"},
    )
    assert answer["Location"].endswith(f"{tab}?omrade=2#krav-{third}")
    assert order(package) == ["SE-01", "SE-03", "SE-02"]


def test_a_long_list_has_pages_and_a_move_leads_to_where_the_row_is_now(plan, as_persona):
    package = package_of(plan)
    for number in range(requirement_list.ROWS + 2):
        RequirementFactory(package=package, code=f"SE-{number:02}", position=number + 1)
    client, tab = as_persona("coordinator"), tab_address(plan.pk, PlanTab.REQUIREMENTS)
    second = client.get(tab, {"sida": "2"})
    panel = next(panel for panel in second.context["panels"] if panel.anchor == "kraven")
    codes = [row["code"] for row in panel.context["rows"]]
    assert codes == ["SE-40", "SE-41"]
    # The first of a later page goes up, and its page is the one before then.
    page = second.content.decode()
    assert 'name="visa_sida" value="2"' in page
    assert "Flytta upp SE-40" in page
    assert 'href="?sida=1#kraven"' in page
    before, key = keys(package, "SE-39", "SE-40")
    assert f'value="{key}:fore:{before}"' in page
    sent = {"flytta": f"{key}:fore:{before}", "visa_sida": "2"}
    answer = client.post(address("change_many", package.pk), sent)
    assert answer["Location"].endswith(f"{tab}#krav-{key}")
    sent = {"flytta": f"{key}:efter:{before}", "visa_sida": "1"}
    answer = client.post(address("change_many", package.pk), sent)
    assert answer["Location"].endswith(f"{tab}?sida=2#krav-{key}")
    answer = client.post(address("change_many", package.pk), {"visa_sida": "2"})
    assert answer["Location"].endswith(f"{tab}?sida=2#kraven")


def test_nobody_changes_or_moves_what_is_not_theirs(package, other_coordinator, reviewer):
    (key,) = keys(package, "SE-02")
    for by in (other_coordinator, reviewer):
        with pytest.raises(PermissionDenied):
            move_requirement(package=package, key=key, place=Neighbour(key, is_after=False), by=by)
        with pytest.raises(PermissionDenied):
            change_requirements(
                package=package, keys=[key], change=SharedChange(level="basic"), by=by
            )


def test_the_list_costs_the_same_for_three_and_for_thirty(package, plan, as_persona):
    client, tab = as_persona("coordinator"), tab_address(plan.pk, PlanTab.REQUIREMENTS)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(tab).status_code == 200
        return len(captured)

    few = cost()
    area = plan.product_areas.get(number=1)
    for number in range(10, 37):
        requirement = RequirementFactory(package=package, code=f"SE-{number}")
        requirement.area_links.create(product_area=area)
    assert Requirement.objects.count() == 30
    assert cost() == few
