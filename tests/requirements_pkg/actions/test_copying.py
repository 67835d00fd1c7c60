"""A requirement is copied within a package and to another, and says where it came from."""

import pytest
from django.core.exceptions import PermissionDenied

from actionplan.models import ChangeLog
from requirements_pkg.actions.publishing import package_or_new
from requirements_pkg.actions.removal import remove_requirements
from requirements_pkg.actions.requirements import copy_requirement
from requirements_pkg.models import Requirement, RequirementsPackage
from risks.models import RiskStatement
from tests.factories import PackageFactory, PlanFactory, RequirementFactory
from tests.requirements_pkg.admin_forms import address


@pytest.fixture
def requirement(plan) -> Requirement:
    """An award criterion that is whole, and withdrawn since."""
    requirement = RequirementFactory(
        package=PackageFactory(plan=plan),
        code="SE-07",
        kind="award",
        max_points=10,
        scale="10 poäng: alla smältverk",
        treats=[RiskStatement.objects.get(text="Gruvor förorenar vatten.")],
        areas=[plan.product_areas.first()],
        source="Förordning",
    )
    requirement.state, requirement.withdrawn_on = "withdrawn", "2026-01-31"
    requirement.withdrawn_reason = "Lagen kräver det."
    requirement.save()
    return requirement


def test_within_its_package_everything_comes_along_but_its_identity(requirement, coordinator):
    copy = copy_requirement(requirement=requirement, package=requirement.package, by=coordinator)
    copy.refresh_from_db()
    assert (copy.code, copy.copied_from) == ("SE-08", requirement.uid)
    assert copy.uid != requirement.uid
    assert (copy.max_points, copy.scale) == (10, "10 poäng: alla smältverk")
    assert (copy.state, copy.withdrawn_on, copy.withdrawn_reason) == ("active", None, "")
    assert list(copy.statements.all()) == list(requirement.statements.all()) != []
    assert list(copy.product_areas.all()) == list(requirement.product_areas.all()) != []
    assert [source.title for source in copy.sources.all()] == ["Förordning"]
    change = ChangeLog.objects.filter(key=copy.pk, kind="added").latest("pk")
    assert change.by == coordinator


def test_in_another_plan_nothing_points_at_the_first(requirement, coordinator):
    plan = PlanFactory(procurement_region=requirement.package.plan.procurement_region)
    copy = copy_requirement(requirement=requirement, package=package_or_new(plan), by=coordinator)
    assert copy.package.plan == plan
    assert copy.text == requirement.text
    assert not copy.statements.exists()
    assert not copy.product_areas.exists()
    assert copy.sources.count() == 1


def test_nobody_copies_into_what_another_region_keeps(requirement, other_coordinator):
    with pytest.raises(PermissionDenied):
        copy_requirement(
            requirement=requirement, package=requirement.package, by=other_coordinator
        )
    assert Requirement.objects.count() == 1


def test_a_form_copies_and_the_copy_says_where_it_came_from(requirement, as_persona, coordinator):
    client = as_persona("coordinator")
    page = address("copy", requirement.pk)
    assert page in client.get(address("requirement_change", requirement.pk)).content.decode()
    response = client.post(page, {"package": f"paket-{requirement.package_id}"})
    copy = Requirement.objects.get(copied_from=requirement.uid)
    assert response["Location"] == address("requirement_change", copy.pk)
    text = client.get(response["Location"]).content.decode()
    assert f"{requirement}, {requirement.package.dated}" in text
    remove_requirements([requirement], by=coordinator)
    text = client.get(response["Location"]).content.decode()
    assert "Kopierat från ett krav som inte längre finns" in text


@pytest.mark.parametrize("package", ["", "paket-0", "paket-x", "plan-1 OR 1=1"])
def test_what_is_no_choice_copies_nothing(requirement, as_persona, package):
    response = as_persona("coordinator").post(
        address("copy", requirement.pk), {"package": package}
    )
    assert response.status_code == 400
    assert Requirement.objects.count() == 1


def test_who_edits_no_package_yet_is_told_so(requirement, as_persona):
    text = as_persona("other_coordinator").get(address("copy", requirement.pk)).content.decode()
    assert "Det finns inget kravpaket som du får redigera." in text
    assert RequirementsPackage.objects.count() == 1
