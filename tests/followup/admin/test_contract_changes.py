"""Whoever owns a contract is told when a requirement in it was changed or withdrawn."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from actionplan.models import User
from followup.actions.contracts.changes import note_changes
from followup.models import Contract, ReminderKind
from followup.reminders.due import due
from requirements_pkg.actions.publishing import publish
from requirements_pkg.models import PackageVersion
from tests.factories import ContractFactory, ContractRequirementFactory

WORDS = "Leverantören ska redovisa alla smältverk."


@pytest.fixture
def contract(demanding) -> Contract:
    """A contract of the coordinator's own region with both requirements of version 1."""
    made = ContractFactory(reference="HEM-77")
    for wording in demanding.package.requirements.order_by("code"):
        ContractRequirementFactory(contract=made, version=demanding, requirement=wording)
    return made


@pytest.fixture
def changed(contract, demanding, coordinator, reviewer) -> PackageVersion:
    """A second version, in which one requirement reads otherwise and one is withdrawn."""
    first, second = demanding.package.requirements.order_by("code")
    first.text = WORDS
    first.save()
    second.state, second.withdrawn_on = "withdrawn", date(2026, 5, 4)
    second.withdrawn_reason = "Lagen kräver det redan."
    second.save()
    return publish(
        package=demanding.package, by=coordinator, approved_by=reviewer, note="Nya ord."
    )


def waiting_titles(kind: ReminderKind = ReminderKind.CONTRACTS) -> dict[str, list[str]]:
    """What waits for people of that kind, by user name."""
    return {
        user.username: [item.title for item in items if item.kind is kind]
        for user, items in due(User.objects.all()).items()
        if any(item.kind is kind for item in items)
    }


def test_nothing_waits_while_the_words_are_the_same(contract):
    assert waiting_titles() == {}


def test_it_waits_for_the_coordinators_of_the_owner_and_names_no_contract(changed, coordinator):
    assert waiting_titles() == {
        coordinator.username: ["Krav i 1 avtal har ändrats sedan de togs in"],
    }


def test_the_page_shows_the_words_of_before_and_after(client, changed, contract, coordinator):
    client.force_login(coordinator)
    listed = client.get("/admin/followup/contract/?krav=andrade").content.decode()
    assert "HEM-77" in listed
    own = client.get(f"/admin/followup/contract/{contract.pk}/change/").content.decode()
    address = f"/admin/avtal/{contract.pk}/andrade-krav/"
    assert address in own
    page = client.get(address).content.decode()
    assert "smältverk" in page
    assert "<del>" in page
    assert "Lagen kräver det redan." in page
    assert ">indragen<" in "".join(page.split())


def test_several_are_noted_at_once_with_what_is_done_about_it(
    client, changed, contract, coordinator
):
    client.force_login(coordinator)
    address = f"/admin/avtal/{contract.pk}/andrade-krav/"
    ticks = [change.value for change in client.get(address).context["changes"]]
    assert client.post(address, {"krav": ticks, "note": " "}).status_code == 400
    assert client.post(address, {"note": "Vi väntar."}).status_code == 400
    assert waiting_titles()
    client.post(address, {"krav": ticks, "note": "Ändras när optionen tas."})
    assert waiting_titles() == {}
    rows = contract.requirements.values_list("seen_revision", "seen_note")
    assert set(rows) == {(2, "Ändras när optionen tas.")}
    assert (
        "andrade-krav"
        not in client.get(f"/admin/followup/contract/{contract.pk}/change/").content.decode()
    )


def test_a_later_change_is_told_again(changed, contract, coordinator, reviewer):
    looked_at = {row.pk: 2 for row in contract.requirements.all()}
    note_changes(contract=contract, looked_at=looked_at, note="Vi väntar.", by=coordinator)
    requirement = changed.package.requirements.order_by("code").first()
    requirement.text = "Leverantören ska redovisa sina gruvor."
    requirement.save()
    publish(package=changed.package, by=coordinator, approved_by=reviewer, note="Igen.")
    assert [row.code for row in contract.requirements.changed()] == ["SE-01"]


def test_others_see_nothing_and_note_nothing(
    client, changed, contract, other_coordinator, reviewer
):
    address = f"/admin/avtal/{contract.pk}/andrade-krav/"
    client.force_login(other_coordinator)
    assert client.get(address).status_code == 404
    client.force_login(reviewer)
    assert client.get(address).status_code == 200
    ticks = [change.value for change in client.get(address).context["changes"]]
    assert client.post(address, {"krav": ticks, "note": "Nej."}).status_code == 403
    with pytest.raises(PermissionDenied):
        note_changes(contract=contract, looked_at={1: 2}, note="Nej.", by=reviewer)
