"""Suspect links, the work lists, and what a module's requirement treats in a plan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.extension_points import PlanTab
from actionplan.models import ChangeEvent
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.drafting.suspects import explained, suspects_of_package, suspects_of_person
from requirements_pkg.models import GoalService, Requirement, RiskTreatment
from requirements_pkg.models.chain import Fingerprint, fingerprint
from risks.models import RiskStatement
from tests.factories import (
    AreaFactory,
    ModuleFactory,
    PackageFactory,
    PlanFactory,
    RequirementFactory,
    fill_cell,
)
from tests.project.pages.reading import Reader
from tests.requirements_pkg.admin_forms import address, text_of

EVERYBODY = pytest.mark.parametrize(
    ("persona", "may"),
    [
        ("coordinator", True),
        ("superuser", True),
        ("other_coordinator", False),
        ("reviewer", False),
        ("analyst", False),
    ],
)


@pytest.fixture
def package(plan):
    return PackageFactory(plan=plan)


@pytest.fixture
def statement(plan) -> RiskStatement:
    return RiskStatement.objects.get(text="Gruvor förorenar vatten.")


@pytest.fixture
def link(package, statement) -> RiskTreatment:
    """A link whose requirement has changed since."""
    requirement = RequirementFactory(package=package, code="SE-01", treats=[statement])
    requirement.text = "En annan text."
    requirement.save()
    return requirement.treatments.get()


@pytest.fixture
def served(package, plan) -> GoalService:
    """A link whose sub-goal has changed since."""
    requirement = RequirementFactory(package=package, code="SE-02")
    goal = plan.goals.get().sub_goals.first()
    service = GoalService.objects.create(
        requirement=requirement,
        sub_goal=goal,
        hash_at_link=fingerprint(requirement.title, requirement.text, goal.text),
    )
    goal.text = "Krav är beslutade"
    goal.save()
    return service


def test_the_database_makes_the_same_hash(package, statement):
    """Only links whose hash it finds changed are read for whoever owns those of a nation."""
    requirement = RequirementFactory(package=package, treats=[statement])
    Requirement.objects.filter(pk=requirement.pk).update(text="Å, ä och ö:\n½ – 100 % “så”.")
    texts = Fingerprint("requirement__title", "requirement__text", "statement__text")
    (link,) = RiskTreatment.objects.annotate(now=texts)
    requirement.refresh_from_db()
    assert link.now == fingerprint(requirement.title, requirement.text, statement.text)


def test_a_link_is_suspect_when_either_text_changes_and_not_before(package, statement):
    requirement = RequirementFactory(package=package, treats=[statement])
    assert suspects_of_package(package) == []
    statement.text = "Gruvor förgiftar vatten."
    statement.save()
    (suspect,) = suspects_of_package(package)
    assert (suspect.requirement_id, suspect.target) == (requirement.pk, "Gruvor förgiftar vatten.")


def test_what_changed_is_told_from_the_history(link, served, package):
    risk, goal = explained(suspects_of_package(package))
    assert risk.words_before == (link.requirement.title, RequirementFactory.text)
    assert risk.words_before != risk.words
    assert risk.target_before == risk.target
    assert (goal.target_before, goal.target) == ("Krav är framtagna", "Krav är beslutade")


def test_a_history_that_does_not_make_the_hash_is_not_believed(link, package):
    RiskTreatment.objects.update(hash_at_link="0" * 64)
    (suspect,) = explained(suspects_of_package(package))
    assert (suspect.words_before, suspect.target_before) == (None, None)


def test_what_is_withdrawn_is_not_looked_at_again(link, package):
    Requirement.objects.update(
        state="withdrawn", withdrawn_on="2026-01-31", withdrawn_reason="Ersatt."
    )
    assert suspects_of_package(package) == []


@EVERYBODY
def test_the_owner_of_an_end_has_the_link_in_the_work_list(link, request, persona, may):
    assert bool(suspects_of_person(request.getfixturevalue(persona))) is may


def test_a_link_both_of_whose_ends_are_ones_own_is_told_once(link, served, coordinator, package):
    for suspects in (suspects_of_person(coordinator), suspects_of_package(package)):
        assert [suspect.pk for suspect in suspects] == [link.pk, served.pk]


def test_no_links_but_those_of_ones_own_ends_are_joined(link, coordinator):
    """Over an OR of both ends a database joins the links of the whole nation."""
    with CaptureQueriesContext(connection) as captured:
        suspects_of_person(coordinator)
    statements = [each["sql"] for each in captured if "hash_at_link" in each["sql"]]
    # Two ends of two kinds of links, by one question.
    assert [sql.count(" UNION ") for sql in statements] == [3]


def test_both_owners_of_a_link_see_it_and_either_may_confirm_it(
    as_persona, statement, other_coordinator
):
    """A module of region H treats a risk of a plan of region C."""
    module = ModuleFactory(
        steward_id=other_coordinator.memberships.get().organisation.procurement_region_id
    )
    requirement = RequirementFactory(package=module, treats=[statement])
    requirement.title = "Ny rubrik"
    requirement.save()
    link = requirement.treatments.get()
    for persona in ("coordinator", "other_coordinator"):
        client = as_persona(persona)
        assert "Ny rubrik" in text_of(client.get(address("suspects")))
    client.post(address("confirm", "risk", link.pk), {"read": link.current_hash})
    link.refresh_from_db()
    assert not link.is_suspect


@EVERYBODY
def test_a_link_is_confirmed_by_who_owns_an_end(as_persona, link, persona, may, request):
    client, page = as_persona(persona), address("confirm", "risk", link.pk)
    assert client.get(page).status_code == 405
    back = address("requirement_change", link.requirement_id)
    response = client.post(page, {"back": back, "read": link.current_hash})
    link.refresh_from_db()
    assert link.is_suspect is not may
    assert response.status_code == (302 if may else 403)
    if may:
        assert response["Location"] == back
        assert link.confirmed_by == request.getfixturevalue(persona)
        assert ChangeEvent.objects.filter(kind="confirmed").count() == 1


def ticked(link: RiskTreatment | GoalService, kind: str) -> str:
    return f"{kind}:{link.pk}:{link.current_hash}"


def test_several_links_are_confirmed_at_once_and_others_stay(as_persona, link, served):
    client = as_persona("coordinator")
    page = text_of(client.get(address("suspects")))
    both = [ticked(link, "risk"), ticked(served, "mal")]
    assert all(f'value="{box}"' in page for box in both)
    link.requirement.text = "En tredje text."
    link.requirement.save()
    # Of the first, other words were read than there are now.
    answer = client.post(address("confirm_many"), {"link": both}, follow=True)
    assert "ändrats sedan du läste" in text_of(answer)
    for suspect in (link, served):
        suspect.refresh_from_db()
    both = [ticked(link, "risk"), ticked(served, "mal")]
    answer = client.post(address("confirm_many"), {"link": both}, follow=True)
    assert "kopplingar gäller fortfarande" in text_of(answer)
    for suspect in (link, served):
        suspect.refresh_from_db()
        assert not suspect.is_suspect


def test_nobody_confirms_several_links_of_others(as_persona, link):
    boxes = {"link": [ticked(link, "risk")]}
    assert as_persona("reviewer").post(address("confirm_many"), boxes).status_code == 403
    assert as_persona("other_coordinator").post(address("confirm_many"), boxes).status_code == 403
    link.refresh_from_db()
    assert link.is_suspect
    for faulty in ("risk:1", "annat:1:a", "risk:x:a"):
        client = as_persona("coordinator")
        code = 302 if faulty == "risk:1" else 400
        assert client.post(address("confirm_many"), {"link": [faulty]}).status_code == code
    answer = as_persona("coordinator").post(address("confirm_many"), follow=True)
    assert "Markera de kopplingar som fortfarande gäller" in text_of(answer)


def test_the_work_list_is_narrowed_to_one_plan(as_persona, link, plan, stockholm):
    client = as_persona("coordinator")
    assert 'name="plan"' not in text_of(client.get(address("suspects")))
    other = PlanFactory(procurement_region=plan.procurement_region, coordinator=stockholm)
    AreaFactory(plan=other)
    cell = fill_cell(
        other.product_areas.get(), "raw_material", "environment", risks=["Gruvor stör."]
    )
    requirement = RequirementFactory(
        package=package_of(other), code="XX-01", treats=[cell.statements.get()]
    )
    requirement.text = "Nya ord."
    requirement.save()
    page = text_of(client.get(address("suspects")))
    assert f"{plan} (1)" in page
    assert "XX-01" in page
    page = text_of(client.get(address("suspects") + f"?plan={plan.pk}"))
    assert "XX-01" not in page
    assert "SE-01" in page
    needs = text_of(client.get(tab_address(plan.pk, PlanTab.REQUIREMENTS)))
    assert f"{address('suspects')}?plan={plan.pk}" in needs


def test_what_changed_after_the_page_was_read_is_not_confirmed(as_persona, link):
    client = as_persona("coordinator")
    page = text_of(client.get(address("suspects")))
    read = link.current_hash
    assert f'name="read" value="{read}"' in page
    link.requirement.text = "En tredje text."
    link.requirement.save()
    answer = client.post(address("confirm", "risk", link.pk), {"read": read}, follow=True)
    assert "ändrats sedan du läste" in text_of(answer)
    link.refresh_from_db()
    assert link.is_suspect


def test_confirming_leads_nowhere_else(as_persona, link):
    data = {"back": "https://example.org/"}
    response = as_persona("coordinator").post(address("confirm", "risk", link.pk), data)
    assert response["Location"] == address("suspects")
    unknown = address("confirm", "other", link.pk)
    assert as_persona("coordinator").post(unknown).status_code == 404


def test_the_link_is_seen_on_the_page_of_the_requirement_and_of_the_plan(as_persona, link, plan):
    client = as_persona("coordinator")
    page = text_of(client.get(address("requirement_change", link.requirement_id)))
    assert address("confirm", "risk", link.pk) in page
    assert "<ins>" in page
    requirements = text_of(client.get(tab_address(plan.pk, PlanTab.REQUIREMENTS)))
    assert "1 koppling behöver ses över på nytt." in requirements
    assert "KR17" in text_of(client.get(tab_address(plan.pk, PlanTab.REVIEW)))


def test_the_work_list_costs_the_same_for_one_link_and_for_fifty(as_persona, link, package):
    client = as_persona("coordinator")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address("suspects")).status_code == 200
        return len(captured)

    few = cost()
    for _at in range(50):
        requirement = RequirementFactory(package=package, treats=[link.statement])
        requirement.text = "En annan text."
        requirement.save()
    assert cost() == few <= 12
    text = text_of(client.get(address("suspects")))
    assert "Sida 1 av 3" in text
    assert "Sida 3 av 3" in text_of(client.get(address("suspects", sida=3)))


def test_the_headings_around_links_are_in_order(link, served, as_persona):
    client = as_persona("coordinator")
    for place in (address("suspects"), address("requirement_change", link.requirement_id)):
        page = Reader.of(client.get(place).content.decode())
        assert page.skipped() == [], place
        assert any("Kravtext" in words for _level, words in page.headings), place
