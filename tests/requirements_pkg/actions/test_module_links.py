"""Links from a shared module: which words they are made of, and who says what they treat."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import ActionPlan, Organisation
from requirements_pkg.actions.inclusion import update_inclusion
from requirements_pkg.actions.links import confirm, set_treatments
from requirements_pkg.actions.publishing import locked, publish
from requirements_pkg.drafting.suspects import explained, suspects_of_package
from requirements_pkg.models import PackageInclusion, RiskTreatment
from risks.models import RiskStatement
from tests.factories import (
    ModuleFactory,
    PackageFactory,
    PlanFactory,
    RequirementFactory,
    include,
    treat,
)
from tests.requirements_pkg.admin_forms import address, text_of


@pytest.fixture
def package(plan):
    return PackageFactory(plan=plan)


@pytest.fixture
def module(db):
    """A module that another procurement region keeps."""
    module = ModuleFactory(steward=Organisation.objects.get(code="skane").procurement_region)
    RequirementFactory(package=module, code="UK-01", text="Första texten.")
    return module


@pytest.fixture
def publish_module(other_coordinator, superuser):
    """A function that publishes the module as it stands now."""

    def publish_now(module):
        return publish(package=module, by=other_coordinator, approved_by=superuser, note="Ny.")

    return publish_now


@pytest.fixture
def requirement(module):
    return module.requirements.get()


@pytest.fixture
def statement(plan):
    return RiskStatement.objects.get(text="Gruvor förorenar vatten.")


@pytest.fixture
def inclusion(package, module, publish_module) -> PackageInclusion:
    return include(package, publish_module(module))


@pytest.fixture
def link(inclusion, requirement, statement, plan, coordinator) -> RiskTreatment:
    """What the plan says of the module's requirement at version 1."""
    set_treatments(requirement=requirement, statements=[statement], by=coordinator, plan=plan)
    return RiskTreatment.objects.get()


def reword(requirement, text: str) -> None:
    requirement.text = text
    requirement.save()


def test_what_the_steward_writes_makes_a_link_suspect_when_the_plan_goes_over_to_it(
    link, package, inclusion, requirement, publish_module, coordinator
):
    reword(requirement, "Andra texten.")
    assert suspects_of_package(package) == []
    assert not RiskTreatment.objects.get().is_suspect
    second = publish_module(requirement.package)
    assert suspects_of_package(package) == []
    update_inclusion(inclusion=inclusion, version=second, by=coordinator)
    reword(requirement, "Tredje texten, bara i utkastet.")
    (suspect,) = explained(suspects_of_package(package))
    assert (suspect.text, suspect.words_before[1]) == ("Andra texten.", "Första texten.")
    stored = RiskTreatment.objects.get()
    assert stored.is_suspect
    confirm(link=stored, by=coordinator, read=suspect.hash_now)
    assert suspects_of_package(package) == []
    assert not RiskTreatment.objects.get().is_suspect


def test_a_link_is_made_of_the_words_that_the_plan_includes(
    inclusion, package, requirement, statement, plan, coordinator
):
    reword(requirement, "Andra texten.")
    set_treatments(requirement=requirement, statements=[statement], by=coordinator, plan=plan)
    assert suspects_of_package(package) == []
    statement.text = "Gruvor förgiftar vatten."
    statement.save()
    (suspect,) = explained(suspects_of_package(package))
    # The steward had reworded the draft before the link was made.
    assert (suspect.text, suspect.words_before[1]) == ("Första texten.", "Första texten.")
    assert suspect.target_before == "Gruvor förorenar vatten."


def test_what_is_withdrawn_in_the_draft_alone_is_still_looked_at(link, package, module, statement):
    module.requirements.update(
        state="withdrawn", withdrawn_on="2026-01-31", withdrawn_reason="Ersatt."
    )
    assert suspects_of_package(package) == []
    statement.text = "Gruvor förgiftar vatten."
    statement.save()
    assert [suspect.code for suspect in suspects_of_package(package)] == ["UK-01"]
    # The plan that includes none has nothing but the draft.
    package.inclusions.all().delete()
    assert suspects_of_package(package) == []


def test_many_modules_and_plans_cost_no_more_than_one(link, package, module, inclusion, statement):
    def cost(of) -> int:
        with CaptureQueriesContext(connection) as captured:
            suspects_of_package(of)
        return len(captured)

    few = cost(module)
    for plan in PlanFactory.create_batch(3, with_matrix=True):
        include(PackageFactory(plan=plan), inclusion.version)
        risks = RiskStatement.objects.filter(cell__product_area__plan=plan)
        treat(module.requirements.get(), risks.first())
    assert cost(module) == few == 3
    # A package without modules asks for no content.
    assert cost(PackageFactory(plan=PlanFactory(with_matrix=True))) == 1


def test_the_list_of_links_costs_the_same_for_many_plans(as_persona, link, module, inclusion):
    client = as_persona("superuser")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address("risktreatment_changelist")).status_code == 200
        return len(captured)

    few = cost()
    for plan in PlanFactory.create_batch(3, with_matrix=True):
        include(PackageFactory(plan=plan), inclusion.version)
        risks = RiskStatement.objects.filter(cell__product_area__plan=plan)
        treat(module.requirements.get(), risks.first())
    assert cost() == few


@pytest.mark.parametrize("persona", ["coordinator", "other_coordinator", "reviewer", "analyst"])
def test_the_owner_of_either_end_confirms_on_the_page_of_the_modules_requirement(
    as_persona, link, requirement, statement, persona
):
    statement.text = "Gruvor förgiftar vatten."
    statement.save()
    text = text_of(as_persona(persona).get(address("requirement_change", requirement.pk)))
    assert "Gruvor förgiftar vatten." in text
    may = persona in ("coordinator", "other_coordinator")
    assert (address("confirm", "risk", link.pk) in text) is may


@pytest.mark.parametrize(
    ("persona", "may"),
    [
        ("coordinator", True),
        ("superuser", True),
        ("other_coordinator", False),
        ("reviewer", False),
        ("analyst", False),
    ],
)
def test_the_plans_owner_says_what_a_modules_requirement_treats(
    as_persona, inclusion, statement, plan, persona, may
):
    requirement = inclusion.module.requirements.get()
    elsewhere = (
        PlanFactory(with_matrix=True)
        .product_areas.first()
        .cells.filter(statements__isnull=False)[0]
    )
    treat(requirement, elsewhere.statements.first())
    page = address("module_links", inclusion.pk, requirement.pk)
    client = as_persona(persona)
    assert client.get(page).status_code == (200 if may else 403)
    client.post(page, {"treated": [statement.pk], "initial-treated": []})
    treatments = requirement.treatments.filter(statement=statement)
    assert treatments.exists() is may
    # What other plans say of it is theirs.
    assert requirement.treatments.exclude(statement=statement).count() == 1
    if may:
        assert not treatments.get().is_suspect


def test_who_saves_links_is_asked_again_once_the_package_is_held(
    as_persona, inclusion, requirement, statement, monkeypatch
):
    """The plan may be closed, or the module taken out, between the page and what it sends."""
    page = address("module_links", inclusion.pk, requirement.pk)
    client, sent = as_persona("coordinator"), {"treated": [statement.pk]}

    def changed(change):
        def locked_after(package):
            change()
            return locked(package)

        monkeypatch.setattr("requirements_pkg.admin.chain.locked", locked_after)
        return client.post(page, sent).status_code

    plans = ActionPlan.objects.filter(pk=inclusion.package.plan_id)
    assert changed(lambda: plans.update(status="closed")) == 403
    # A refused request takes back what it did, here also what a colleague did in its place.
    assert changed(PackageInclusion.objects.all().delete) == 404
    assert not RiskTreatment.objects.exists()
