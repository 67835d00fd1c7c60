"""Publishing and withdrawing where it is easy to be locked in or let through."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from actionplan.models import PlanStatus
from requirements_pkg.actions.publishing import package_of, publish, request_publication
from requirements_pkg.actions.withdrawal import withdraw_requirement, withdraw_version
from requirements_pkg.models import Requirement, RequirementsPackage
from tests.factories import ModuleFactory, PackageFactory, PlanFactory, RequirementFactory


@pytest.fixture
def package(plan):
    return PackageFactory(plan=plan)


def withdraw(requirement, by, successor=None, on=None) -> None:
    withdraw_requirement(
        requirement=requirement,
        by=by,
        on=on or timezone.localdate(),
        reason="Ersatt.",
        successor=successor,
    )


def test_what_was_to_be_used_instead_may_be_withdrawn_too(
    client, package, coordinator, publish_package
):
    """First and second are withdrawn in turn; a reader of the first is led on to the third."""
    first, second, third = (
        RequirementFactory(package=package, code=f"SE-0{at}") for at in (1, 2, 3)
    )
    withdraw(first, coordinator, second)
    publish_package(package)
    withdraw(second, coordinator, third)
    version = publish_package(package, "Andra.")
    assert version.number == 2
    page = client.get(f"/kravpaket/{package.slug}/krav/SE-01/").content.decode()
    assert f'href="/kravpaket/{package.slug}/krav/SE-03/"' in page
    assert f'href="/kravpaket/{package.slug}/krav/SE-02/">' not in page.partition("<main")[0]


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "indragningen ligger i framtiden"), (-40_000, "första gången")]
)
def test_a_withdrawal_is_dated_in_the_past_and_not_before_the_requirement(
    package, coordinator, days, sentence
):
    requirement = RequirementFactory(package=package)
    on = timezone.localdate() + timedelta(days=days)
    with pytest.raises(ValidationError, match=sentence):
        withdraw(requirement, coordinator, on=on)
    withdraw(requirement, coordinator)
    assert Requirement.objects.get().state == "withdrawn"


def test_a_version_withdrawn_by_mistake_is_published_again(version, plan, coordinator, reviewer):
    people = {"by": coordinator, "approved_by": reviewer}
    with pytest.raises(ValidationError, match="Inget har ändrats"):
        publish(package=version.package, note="Samma.", **people)
    withdraw_version(
        version=version, by=coordinator, approved_by=version.approved_by, reason="Fel."
    )
    assert publish(package=version.package, note="Åter.", **people).sha256 == version.sha256


def test_a_version_is_replaced_by_one_of_its_own_package_only(
    version, coordinator, publish_package
):
    other = publish_package(PackageFactory())
    with pytest.raises(ValidationError, match="samma kravpaket"):
        withdraw_version(
            version=version,
            by=coordinator,
            approved_by=version.approved_by,
            reason="Fel.",
            replaced_by=other,
        )


def test_publishing_does_not_open_a_closed_plan(version, plan, superuser):
    plan.introduction, plan.status = "Ändrad.", PlanStatus.CLOSED
    plan.save()
    with pytest.raises(ValidationError, match="Planen är avslutad"):
        request_publication(package=version.package, by=superuser, note="Nytt.")
    plan.refresh_from_db()
    assert plan.status == PlanStatus.CLOSED


def test_a_module_at_a_plans_address_stops_nobody(db):
    plan = PlanFactory(slug="kategori-a")
    ModuleFactory(slug="kategori-a")
    assert package_of(plan).slug == "kategori-a-2"
    assert package_of(plan).slug == "kategori-a-2"


def test_a_module_is_not_made_at_a_plans_address(plan, as_persona, stockholm):
    data = {"title": "Kod", "slug": plan.slug, "steward": stockholm.procurement_region_id}
    address = reverse("admin:requirements_pkg_requirementspackage_add")
    page = as_persona("coordinator").post(address, data).content.decode()
    assert "En plan har den adressen" in page
    assert not RequirementsPackage.objects.filter(plan=None).exists()


def test_a_refused_requirement_makes_no_package(plan, as_persona):
    address = reverse("admin:requirements_pkg_requirement_add", query={"plan": plan.pk})
    data = {"sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0", "title": ""}
    response = as_persona("coordinator").post(address, data)
    assert response.status_code == 200
    assert not RequirementsPackage.objects.exists()
