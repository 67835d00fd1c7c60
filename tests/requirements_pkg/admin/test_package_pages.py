"""Packages and shared modules in the admin: their page, modules, withdrawing, publishing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ActionPlan, ChangeEvent
from requirements_pkg.actions.inclusion import include_module, remove_inclusion, update_inclusion
from requirements_pkg.actions.publishing import publish, request_publication
from requirements_pkg.actions.withdrawal import (
    restore_requirement,
    there_since,
    withdraw_requirement,
)
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.models import (
    PackageInclusion,
    PackageVersion,
    PublishRequest,
    RequirementsPackage,
    VersionWithdrawal,
    WithdrawalRequest,
)
from risks.models import RiskStatement
from tests.factories import ModuleFactory, PackageFactory, PlanFactory, RequirementFactory, treat
from tests.log_times import done_at
from tests.requirements_pkg.admin_forms import address, text_of, untouched


@pytest.fixture
def package(plan) -> RequirementsPackage:
    package = PackageFactory(plan=plan)
    RequirementFactory(package=package, code="SE-01", source="Förordning")
    return package


@pytest.fixture
def module(db) -> RequirementsPackage:
    module = ModuleFactory(title="Uppförandekod")
    RequirementFactory(package=module, code="UK-01")
    return module


@pytest.fixture
def publish_again(coordinator, reviewer):
    """A function that publishes a package as the next version."""

    def publish_now(package: RequirementsPackage) -> PackageVersion:
        package.introduction += "Nytt. "
        package.save()
        return publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")

    return publish_now


@pytest.fixture
def client(db, as_persona):
    return as_persona("coordinator")


def page_of(package: RequirementsPackage) -> str:
    return address("requirementspackage_change", package.pk)


def test_a_shared_module_is_made_written_and_published_by_two(client, as_persona):
    page = address("requirementspackage_add")
    data = untouched(client.get(page)) | {"title": "Uppförandekod", "slug": "uppforandekod"}
    data["steward"] = client.get(page).context["adminform"].form.fields["steward"].queryset[0].pk
    assert client.post(page, data)["Location"] == page_of(RequirementsPackage.objects.get())
    module = RequirementsPackage.objects.get()
    RequirementFactory(package=module, code="UK-01")
    ask = address("module_ask", module.pk)
    assert ask in text_of(client.get(page_of(module)))
    client.post(ask, {"note": "Den första versionen."})
    decide = address("decide", PublishRequest.objects.get().pk)
    reviewer = as_persona("reviewer")
    assert decide in text_of(reviewer.get(page_of(module)))
    assert reviewer.post(decide, {"_approve": "", "despite_unread": "on"})["Location"] == page_of(
        module
    )
    assert PackageVersion.objects.get().package == module


@pytest.mark.parametrize("persona", ["coordinator", "analyst"])
def test_a_modules_draft_is_seen_as_the_public_will_see_it(as_persona, module, persona):
    response = as_persona(persona).get(address("module_preview", module.pk))
    assert response.status_code == 200
    assert "UK-01" in text_of(response)
    assert "no-store" in response["Cache-Control"]


def test_the_words_of_a_plans_package_are_edited_and_its_address_stays(client, package):
    data = untouched(client.get(page_of(package))) | {"introduction": "Så används paketet."}
    assert client.post(page_of(package), data | {"slug": "annan"}).status_code == 302
    slug = package.slug
    package.refresh_from_db()
    assert (package.introduction, package.slug) == ("Så används paketet.", slug)


def test_a_module_is_not_given_to_another_region(client, module):
    other = RequirementsPackage._meta.get_field("steward").related_model.objects.get(code="H")
    data = untouched(client.get(page_of(module))) | {"steward": other.pk}
    assert client.post(page_of(module), data).status_code == 200
    module.refresh_from_db()
    assert module.steward != other


def test_the_package_page_lists_its_requirements_and_what_is_wrong(client, package):
    RequirementFactory(package=package, code="SE-02", verification="", cpv="48820000-3")
    text = text_of(client.get(page_of(package)))
    for words in ("SE-01", "SE-02", "KR10", "KR03", "Fel som hindrar publicering"):
        assert words in text


def test_an_error_stops_asking_and_publishing(client, package, coordinator, reviewer):
    RequirementFactory(package=package, code="SE-02", cpv="48820000-3")
    with pytest.raises(ValidationError, match="KR03 SE-02"):
        request_publication(package=package, by=coordinator, note="Ny.")
    with pytest.raises(ValidationError, match="KR03 SE-02"):
        publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
    page = address("ask", package.plan_id)
    assert "De här felen hindrar" in text_of(client.get(page))
    assert client.post(page, {"note": "Ny."}).status_code == 400
    assert not PublishRequest.objects.exists()
    package.requirements.filter(code="SE-02").update(cpv="48820000-2")
    assert client.post(page, {"note": "Ny."}).status_code == 302


def test_why_a_draft_was_returned_is_told_on_the_page_until_it_is_sent_again(
    client, as_persona, package
):
    ask = address("ask", package.plan_id)
    client.post(ask, {"note": "Ny."})
    decide = address("decide", PublishRequest.objects.get().pk)
    as_persona("reviewer").post(decide, {"_return": "", "reason": "Miljörutan saknar källa."})
    text = text_of(client.get(page_of(package)))
    assert "Utkastet lämnades tillbaka" in text
    assert "Miljörutan saknar källa." in text
    client.post(ask, {"note": "Nu med källa."})
    assert "Utkastet lämnades tillbaka" not in text_of(client.get(page_of(package)))


def test_a_module_is_included_renewed_and_taken_out(client, package, module, publish_again):
    first = publish_again(module)
    page = address("include", package.pk)
    assert client.post(page, {"version": first.pk})["Location"] == page_of(package)
    inclusion = PackageInclusion.objects.get()
    assert "nyare version finns" not in text_of(client.get(page_of(package)))
    second = publish_again(module)
    text = text_of(client.get(page_of(package)))
    assert "nyare version finns (v2)" in text
    assert "KR23" in text
    # Offered, not imposed.
    assert draft_content(package).modules[0].version == 1
    inclusion_page = address("inclusion", inclusion.pk)
    client.post(inclusion_page, {"_update": second.pk})
    assert draft_content(package).modules[0].version == 2
    treat(module.requirements.get(), RiskStatement.objects.first())
    client.post(inclusion_page, {"_remove": ""})
    assert draft_content(package).modules == ()
    assert not module.requirements.get().treatments.exists()
    kinds = list(ChangeEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["included", "excluded"]


def test_a_modules_code_that_the_package_has_given_stops_publishing(
    package, module, coordinator, publish_again
):
    module.requirements.update(code="SE-01")
    include_module(package=package, version=publish_again(module), by=coordinator)
    with pytest.raises(ValidationError, match="KR04"):
        request_publication(package=package, by=coordinator, note="Ny.")


def test_a_withdrawn_version_is_not_included(package, module, coordinator, publish_again):
    old, new = publish_again(module), publish_again(module)
    VersionWithdrawal.objects.create(version=old, reason="Fel.", withdrawn_by=coordinator)
    with pytest.raises(ValidationError, match="indragen"):
        include_module(package=package, version=old, by=coordinator)
    inclusion = include_module(package=package, version=new, by=coordinator)
    with pytest.raises(ValidationError, match="indragen"):
        update_inclusion(inclusion=inclusion, version=old, by=coordinator)


def test_only_the_version_that_was_offered_is_taken(
    client, package, module, coordinator, publish_again
):
    inclusion = include_module(package=package, version=publish_again(module), by=coordinator)
    page, second = address("inclusion", inclusion.pk), publish_again(module)
    assert f'name="_update" value="{second.pk}"' in text_of(client.get(page))
    third = publish_again(module)
    answer = client.post(page, {"_update": second.pk}, follow=True)
    assert "går inte längre att välja" in text_of(answer)
    assert f'name="_update" value="{third.pk}"' in text_of(answer)
    assert draft_content(package).modules[0].version == 1
    client.post(page, {"_update": third.pk})
    assert draft_content(package).modules[0].version == 3
    assert 'name="_update"' not in text_of(client.get(page))


def test_from_a_withdrawn_version_one_goes_back_to_the_one_in_force(
    client, package, module, coordinator, publish_again
):
    first, second = publish_again(module), publish_again(module)
    inclusion = include_module(package=package, version=second, by=coordinator)
    page = address("inclusion", inclusion.pk)
    assert 'name="_update"' not in text_of(client.get(page))
    VersionWithdrawal.objects.create(version=second, reason="Fel.", withdrawn_by=coordinator)
    text = text_of(client.get(page))
    assert "Version 1 gäller" in text
    assert "Den versionen är indragen" in text
    client.post(page, {"_update": first.pk})
    assert draft_content(package).modules[0].version == 1
    VersionWithdrawal.objects.create(version=first, reason="Fel.", withdrawn_by=coordinator)
    assert "Ingen version av modulen gäller" in text_of(client.get(page))


def test_a_module_that_somebody_else_took_out_is_neither_put_back_nor_taken_out_again(
    package, module, coordinator, other_coordinator, publish_again
):
    version = publish_again(module)
    seen = include_module(package=package, version=version, by=coordinator)
    with pytest.raises(PermissionDenied):
        remove_inclusion(inclusion=seen, by=other_coordinator)
    remove_inclusion(inclusion=PackageInclusion.objects.get(), by=coordinator)
    with pytest.raises(ValidationError, match="Någon annan"):
        update_inclusion(inclusion=seen, version=publish_again(module), by=coordinator)
    with pytest.raises(ValidationError, match="Någon annan"):
        remove_inclusion(inclusion=seen, by=coordinator)
    assert not PackageInclusion.objects.exists()
    assert ChangeEvent.objects.filter(kind="excluded").count() == 1


def test_a_module_includes_none_and_a_plans_package_is_none(
    package, module, coordinator, publish_again
):
    with pytest.raises(ValidationError):
        include_module(package=module, version=publish_again(ModuleFactory()), by=coordinator)
    plans = publish_again(PackageFactory(plan=PlanFactory()))
    with pytest.raises(ValidationError):
        include_module(package=package, version=plans, by=coordinator)


def test_only_the_owner_includes(package, module, other_coordinator, publish_again):
    with pytest.raises(PermissionDenied):
        include_module(package=package, version=publish_again(module), by=other_coordinator)


def test_a_version_is_withdrawn_with_a_reason_and_what_to_use_instead(
    client, as_persona, package, publish_again
):
    old, new = publish_again(package), publish_again(package)
    page = address("withdraw_version", old.pk)
    assert page in text_of(client.get(page_of(package)))
    assert client.post(page, {"reason": " "}).status_code == 400
    home = reverse("admin:actionplan_actionplan_review", args=[package.plan_id])
    data = {"reason": "Fel mått.", "replaced_by": new.pk}
    assert client.post(page, data)["Location"] == home
    withdrawal_request = WithdrawalRequest.objects.get()
    assert client.post(page, data).status_code == 400
    as_persona("reviewer").post(
        address("decide_withdrawal", withdrawal_request.pk), {"_approve": ""}
    )
    withdrawal = VersionWithdrawal.objects.get()
    assert (withdrawal.version, withdrawal.replaced_by) == (old, new)
    assert withdrawal.reason == "Fel mått."
    assert client.post(page, data).status_code == 400


def test_a_requirement_is_withdrawn_and_taken_back_before_it_is_published(
    client, package, publish_again
):
    publish_again(package)
    requirement = package.requirements.get()
    successor = RequirementFactory(package=package, code="SE-02")
    page = address("withdraw", requirement.pk)
    change = address("requirement_change", requirement.pk)
    assert page in text_of(client.get(change))
    today = timezone.localdate()
    data = {"on": today.isoformat(), "reason": "Lagen kräver det.", "successor": successor.pk}
    assert client.post(page, data)["Location"] == change
    requirement.refresh_from_db()
    assert (requirement.state, requirement.withdrawn_on, requirement.successor) == (
        "withdrawn",
        today,
        successor,
    )
    text = text_of(client.get(change))
    assert "Lagen kräver det." in text
    assert client.post(page, data).status_code == 400
    assert address("restore", requirement.pk) in text
    client.post(address("restore", requirement.pk))
    requirement.refresh_from_db()
    assert (requirement.state, requirement.withdrawn_on, requirement.successor) == (
        "active",
        None,
        None,
    )
    kinds = list(ChangeEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["withdrawn", "restored"]


def test_a_withdrawal_is_dated_when_the_requirement_was_there(client, package, publish_again):
    requirement = package.requirements.get()
    page, today = address("withdraw", requirement.pk), timezone.localdate()
    for day, sentence in (
        (today - timedelta(days=1), f"Kravet publicerades första gången {today}."),
        (
            today + timedelta(days=1),
            ("Datumet för indragningen ligger i framtiden. Välj dagens datum eller ett tidigare."),
        ),
        (date(1, 1, 1), f"Kravet publicerades första gången {today}."),
    ):
        response = client.post(page, {"on": day.isoformat(), "reason": "Lagen."})
        assert (response.status_code, sentence in text_of(response)) == (400, True)
        requirement.refresh_from_db()
        assert requirement.state == "active"
    # Written long ago, or published before the log begins: the earlier of the two counts.
    publish_again(package)
    done_at(requirement, timezone.now() + timedelta(days=3))
    assert there_since(requirement) == today
    done_at(requirement, timezone.now() - timedelta(days=30))
    before = (today - timedelta(days=20)).isoformat()
    assert client.post(page, {"on": before, "reason": "Lagen."}).status_code == 302


def test_a_published_withdrawal_stands(client, package, coordinator, publish_again):
    requirement = package.requirements.get()
    withdraw_requirement(
        requirement=requirement,
        by=coordinator,
        on=timezone.localdate(),
        reason="Lag.",
        successor=None,
    )
    publish_again(package)
    change = address("requirement_change", requirement.pk)
    assert address("restore", requirement.pk) not in text_of(client.get(change))
    with pytest.raises(ValidationError, match="publicerad"):
        restore_requirement(requirement=requirement, by=coordinator)


def test_only_the_owner_withdraws_and_a_successor_is_in_force(
    package, coordinator, other_coordinator
):
    requirement = package.requirements.get()
    other = RequirementFactory(package=package, code="SE-02")
    how = {"on": timezone.localdate(), "reason": "Lag."}
    with pytest.raises(PermissionDenied):
        withdraw_requirement(requirement=requirement, by=other_coordinator, successor=None, **how)
    withdraw_requirement(requirement=other, by=coordinator, successor=None, **how)
    for successor in (other, RequirementFactory(code="SE-03")):
        with pytest.raises(ValidationError):
            withdraw_requirement(
                requirement=requirement, by=coordinator, successor=successor, **how
            )
    with pytest.raises(PermissionDenied):
        restore_requirement(requirement=other, by=other_coordinator)
    with pytest.raises(ValidationError, match="inte indraget"):
        restore_requirement(requirement=requirement, by=coordinator)


def test_a_closed_plans_package_takes_nothing_more(client, package):
    ActionPlan.objects.update(status="closed")
    requirement = package.requirements.get()
    for page in (address("withdraw", requirement.pk), address("include", package.pk)):
        assert client.get(page).status_code == 403
    assert client.post(address("requirement_change", requirement.pk), {}).status_code == 403
    assert client.post(page_of(package), {}).status_code == 403


def test_lists_tell_the_packages_of_a_category_apart_by_their_periods(
    as_persona, plan, coordinator, reviewer
):
    later = PlanFactory(category=plan.category, slug="it-2026", first_year=2026, last_year=2029)
    for period_plan, code in ((plan, "SE-01"), (later, "SE-02")):
        package = PackageFactory(plan=period_plan, title="IT-teknisk plattform")
        RequirementFactory(package=package, code=code)
        publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    client = as_persona("superuser")
    for name in ("requirement", "packageversion", "requirementrevision"):
        words = text_of(client.get(address(f"{name}_changelist")))
        for period in (plan.period, "2026–2029"):
            # In the list, and where there is one in the filter.
            is_filtered = name != "packageversion"
            named = f"IT-teknisk plattform {period}"
            assert words.count(named) >= 1 + is_filtered, (name, named)
