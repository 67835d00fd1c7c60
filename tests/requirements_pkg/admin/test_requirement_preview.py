"""What the form of a requirement holds, shown as buyers will read it, and nothing stored."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requirements_pkg.models import Requirement, RequirementsPackage
from risks.models import RiskStatement
from tests.factories import ModuleFactory, PackageFactory, RequirementFactory
from tests.requirements_pkg.admin_forms import address, untouched


@pytest.fixture
def package(plan) -> RequirementsPackage:
    return PackageFactory(plan=plan)


@pytest.fixture
def requirement(package) -> Requirement:
    return RequirementFactory(package=package, code="SE-01", source="Förordning")


@pytest.fixture
def client(db, as_persona):
    return as_persona("coordinator")


def look(client, requirement, **typed) -> str:
    form = client.get(address("requirement_change", requirement.pk))
    there = address("requirement_preview", requirement.pk)
    return client.post(there, untouched(form) | typed).content.decode()


def test_what_is_typed_is_shown_as_the_public_page_shows_it(client, requirement, package):
    area = package.plan.product_areas.first()
    text = look(
        client,
        requirement,
        title="Låg effekt",
        text="Högst [watt: 40 | uppmätt] W.\r\n\r\nPå lager.",
        kind="award",
        level="advanced",
        max_points="12",
        scale="12 poäng: 20 W",
        cpv="48820000-2",
        areas=[area.pk],
        treated=[RiskStatement.objects.get(text="Gruvor förorenar vatten.").pk],
    )
    assert "Låg effekt" in text
    assert 'class="place"' in text
    assert "<p>På lager.</p>" in text
    assert "12 poäng: 20 W" in text
    assert "rung advanced" in text
    assert area.name in text
    assert "Gruvor förorenar vatten." in text
    assert "48820000-2" in text
    assert "Förordning" in text
    stored = Requirement.objects.get()
    assert (stored.title, stored.kind) == (requirement.title, requirement.kind)
    assert not stored.statements.exists()


def test_the_rules_remark_on_what_is_typed_of_this_requirement_only(client, requirement, package):
    RequirementFactory(package=package, verification="")
    assert "K13" not in look(client, requirement)
    silent = look(client, requirement, verification="")
    assert silent.count('<li class="is-') == look(client, requirement).count('<li class="is-') + 1


@pytest.mark.parametrize(
    "rubbish",
    [
        {"text": "[a: [b", "title": ""},
        {"kind": "x", "level": "", "max_points": "mycket"},
        {"max_points": "9" * 40, "replaces": "7" * 40},
        {"treated": ["x", "9" * 30], "areas": "-1", "served": "²"},
        {"cpv": "1, 2;; <b>", "sources-0-url": "javascript:alert(1)"},
        {"sources-TOTAL_FORMS": "100000000"},
        {"title": "<script>alert(1)</script>"},
    ],
)
def test_unfinished_and_odd_values_are_shown_as_far_as_they_go(client, requirement, rubbish):
    form = untouched(client.get(address("requirement_change", requirement.pk)))
    response = client.post(address("requirement_preview", requirement.pk), form | rubbish)
    assert response.status_code == 200
    text = response.content.decode()
    assert "<script" not in text
    assert "javascript:" not in text
    assert "<b>," not in text


def test_a_source_that_is_to_go_is_not_shown(client, requirement):
    text = look(client, requirement, **{"sources-0-DELETE": "on"})
    assert "Förordning" not in text


def test_a_new_requirement_is_shown_too_where_no_package_is_stored_yet(client, plan):
    there = address("new_requirement_preview", plan=plan.pk)
    text = client.post(there, {"code": "SE-01", "title": "Ny", "text": "Ska."}).content.decode()
    assert "Ny" in text
    assert "Ska." in text
    assert not RequirementsPackage.objects.exists()
    assert client.post(address("new_requirement_preview")).status_code == 403


def test_another_regions_coordinator_tries_no_requirement_in_a_plan(plan, as_persona):
    client = as_persona("other_coordinator")
    assert client.post(address("new_requirement_preview", plan=plan.pk)).status_code == 403


def test_a_modules_requirement_ignores_what_only_plans_have(client, as_persona):
    requirement = RequirementFactory(package=ModuleFactory())
    response = as_persona("secretariat").post(
        address("requirement_preview", requirement.pk), {"treated": ["1"], "title": "Kod"}
    )
    assert "Kod" in response.content.decode()


def test_without_a_script_a_page_shows_what_is_saved(client, requirement):
    form = client.get(address("requirement_change", requirement.pk)).content.decode()
    there = address("requirement_preview", requirement.pk)
    assert f'<a href="{there}">' in form
    page = client.get(there).content.decode()
    assert requirement.title in page
    assert "SE-01:1" in page


def test_as_many_queries_however_many_requirements(client, requirement, package):
    there = address("requirement_preview", requirement.pk)
    client.get(there)
    with CaptureQueriesContext(connection) as few:
        client.get(there)
    RequirementFactory.create_batch(5, package=package, source="Lag")
    with CaptureQueriesContext(connection) as many:
        client.get(there)
    assert len(many) == len(few)
