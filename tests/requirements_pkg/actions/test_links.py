"""The chain: links that know what they were made of, and who may say that they still hold."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import ChangeEvent, EventKind, Organisation, SubGoal
from requirements_pkg.actions.links import confirm, set_services, set_treatments
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.models import GoalService, RiskTreatment
from risks.models import RiskStatement
from tests.factories import ModuleFactory, PackageFactory, RequirementFactory, include
from tests.factories.people import UserFactory


@pytest.fixture
def requirement(plan):
    return RequirementFactory(package=PackageFactory(plan=plan))


@pytest.fixture
def link(requirement, coordinator) -> RiskTreatment:
    statement = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    set_treatments(requirement=requirement, statements=[statement], by=coordinator)
    return RiskTreatment.objects.get()


def test_a_new_link_holds(link, coordinator):
    assert not link.is_suspect
    assert link.confirmed_by == coordinator


@pytest.mark.parametrize("end", ["requirement", "statement"])
def test_a_link_turns_suspect_when_either_text_changes(link, end):
    changed = getattr(link, end)
    changed.text = "Något annat."
    changed.save()
    assert RiskTreatment.objects.get().is_suspect


def test_a_new_rationale_makes_no_link_suspect(link):
    link.requirement.rationale = "Bättre skäl."
    link.requirement.save()
    assert not RiskTreatment.objects.get().is_suspect


def test_whoever_has_looked_says_that_the_link_holds(link, coordinator):
    link.statement.text = "Gruvor förorenar grundvatten."
    link.statement.save()
    confirm(link=link, by=coordinator, read=link.current_hash)
    assert not RiskTreatment.objects.get().is_suspect
    event = ChangeEvent.objects.about(link.requirement.package.plan)[0]
    assert (event.kind, event.actor) == (EventKind.CONFIRMED, "coordinator")


def test_only_what_was_read_is_confirmed(link, coordinator):
    read = link.current_hash
    link.requirement.text = "En annan text."
    link.requirement.save()
    with pytest.raises(ValidationError, match="ändrats sedan du läste"):
        confirm(link=link, by=coordinator, read=read)
    stored = RiskTreatment.objects.get()
    assert stored.is_suspect
    confirm(link=link, by=coordinator, read=stored.current_hash)
    assert not RiskTreatment.objects.get().is_suspect


def test_a_link_that_somebody_else_removed_is_not_put_back(link, coordinator):
    RiskTreatment.objects.all().delete()
    with pytest.raises(ValidationError, match="Någon annan"):
        confirm(link=link, by=coordinator, read=link.current_hash)
    assert not RiskTreatment.objects.exists()
    assert not ChangeEvent.objects.filter(kind=EventKind.CONFIRMED).exists()


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst", "staff"])
def test_nobody_else_says_so(link, persona, request):
    with pytest.raises(PermissionDenied):
        confirm(link=link, by=request.getfixturevalue(persona), read=link.current_hash)


def test_both_owners_of_a_link_between_regions_may_say_so(plan, coordinator, other_coordinator):
    """A module of another region treats a risk of this region's plan."""
    module = ModuleFactory(steward=Organisation.objects.get(code="skane").procurement_region)
    module_requirement = RequirementFactory(package=module, code="UK-01")
    set_treatments(
        requirement=module_requirement,
        statements=RiskStatement.objects.all()[:1],
        by=other_coordinator,
    )
    link = RiskTreatment.objects.get()
    confirm(link=link, by=coordinator, read=link.current_hash)
    confirm(link=link, by=other_coordinator, read=link.current_hash)
    stranger = UserFactory(role="coordinator", at=Organisation.objects.get(code="uppsala"))
    with pytest.raises(PermissionDenied):
        confirm(link=link, by=stranger, read=link.current_hash)


def test_links_that_stay_are_not_made_anew(link, coordinator):
    statements = RiskStatement.objects.order_by("pk")[:3]
    set_treatments(requirement=link.requirement, statements=statements, by=coordinator)
    assert RiskTreatment.objects.count() == 3
    assert RiskTreatment.objects.filter(pk=link.pk).exists()
    set_treatments(requirement=link.requirement, statements=[], by=coordinator)
    assert not RiskTreatment.objects.exists()


def test_sub_goals_are_linked_as_risks_are(requirement, coordinator):
    sub_goal = SubGoal.objects.get(number="1.1")
    set_services(requirement=requirement, sub_goals=[sub_goal], by=coordinator)
    assert not GoalService.objects.get().is_suspect
    sub_goal.text = "Ett nytt delmål"
    sub_goal.save()
    assert GoalService.objects.get().is_suspect


def test_a_module_treats_the_risks_of_the_plan_that_includes_it(
    plan, coordinator, reviewer, publish_package
):
    module = ModuleFactory()
    module_requirement = RequirementFactory(package=module, code="UK-01")
    statement = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    set_treatments(requirement=module_requirement, statements=[statement], by=coordinator)
    version = publish_package(module)
    assert version.content.requirements[0].treats == ()
    package = PackageFactory(plan=plan)
    include(package, version)
    included = draft_content(package).requirements[0]
    assert (included.module.slug, included.module.version) == (module.slug, 1)
    assert [treated.text for treated in included.treats] == [statement.text]
