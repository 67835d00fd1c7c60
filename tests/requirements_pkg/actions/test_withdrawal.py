"""A published version is withdrawn by two people, as it was published by two."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import ChangeEvent, PlanStatus
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.actions.reviewing import notices
from requirements_pkg.actions.withdrawal import (
    approve_withdrawal,
    request_withdrawal,
    return_withdrawal,
    withdraw_version,
)
from requirements_pkg.models import PackageVersion, VersionWithdrawal, WithdrawalRequest
from tests.factories import PlanFactory, RequirementFactory

WHY = "Gränsvärdet är fel."


@pytest.fixture
def withdrawal_request(version, coordinator) -> WithdrawalRequest:
    return request_withdrawal(version=version, by=coordinator, reason=f" {WHY} ")


def test_a_version_stands_until_another_person_has_approved(withdrawal_request, version, reviewer):
    assert list(PackageVersion.objects.in_force()) == [version]
    approve_withdrawal(request=withdrawal_request, by=reviewer)
    assert not PackageVersion.objects.in_force().exists()
    withdrawal = VersionWithdrawal.objects.get()
    assert (withdrawal.reason, withdrawal.withdrawn_by) == (WHY, withdrawal_request.requested_by)
    assert (withdrawal_request.decision, withdrawal_request.decided_by) == ("approved", reviewer)


@pytest.mark.parametrize("persona", ["reviewer", "other_coordinator", "administrator", "staff"])
def test_others_do_not_ask(version, request, persona):
    with pytest.raises(PermissionDenied):
        request_withdrawal(version=version, by=request.getfixturevalue(persona), reason=WHY)
    assert not WithdrawalRequest.objects.exists()


@pytest.mark.parametrize(
    "persona", ["coordinator", "other_coordinator", "administrator", "analyst", "staff"]
)
def test_others_do_not_approve(withdrawal_request, version, request, persona):
    with pytest.raises(PermissionDenied):
        approve_withdrawal(request=withdrawal_request, by=request.getfixturevalue(persona))
    assert list(PackageVersion.objects.in_force()) == [version]


def test_nobody_approves_their_own_wish(version, superuser, reviewer):
    withdrawal_request = request_withdrawal(version=version, by=superuser, reason=WHY)
    with pytest.raises(PermissionDenied):
        approve_withdrawal(request=withdrawal_request, by=superuser)
    with pytest.raises(PermissionDenied):
        withdraw_version(version=version, by=superuser, approved_by=superuser, reason=WHY)
    approve_withdrawal(request=withdrawal_request, by=reviewer)
    assert VersionWithdrawal.objects.exists()


def test_a_request_is_returned_with_a_reason_and_sent_again(
    withdrawal_request, version, coordinator, reviewer
):
    with pytest.raises(ValidationError):
        return_withdrawal(request=withdrawal_request, by=reviewer, answer=" ")
    return_withdrawal(request=withdrawal_request, by=reviewer, answer="Det stämmer.")
    assert (withdrawal_request.decision, withdrawal_request.answer) == ("returned", "Det stämmer.")
    with pytest.raises(ValidationError, match="redan beslutat"):
        approve_withdrawal(request=withdrawal_request, by=reviewer)
    assert list(PackageVersion.objects.in_force()) == [version]
    again = request_withdrawal(version=version, by=coordinator, reason=WHY)
    approve_withdrawal(request=again, by=reviewer)
    with pytest.raises(ValidationError, match="redan indragen"):
        request_withdrawal(version=version, by=coordinator, reason=WHY)


def test_who_asked_takes_it_back_and_others_do_not(
    withdrawal_request, coordinator, other_coordinator
):
    with pytest.raises(PermissionDenied):
        return_withdrawal(request=withdrawal_request, by=other_coordinator, answer="Nej.")
    return_withdrawal(request=withdrawal_request, by=coordinator, answer="Jag läste fel.")
    assert withdrawal_request.decision == "returned"


def test_one_request_waits_at_a_time_and_gives_a_reason(withdrawal_request, version, coordinator):
    with pytest.raises(ValidationError, match="väntar redan"):
        request_withdrawal(version=version, by=coordinator, reason="Igen.")
    other = publish_another(version)
    with pytest.raises(ValidationError):
        request_withdrawal(version=other, by=coordinator, reason=" ")


def publish_another(version: PackageVersion) -> PackageVersion:
    RequirementFactory(package=version.package)
    people = {"by": version.published_by, "approved_by": version.approved_by}
    return publish(package=version.package, **people, note="En till.")


def test_what_is_used_instead_stands_and_is_of_the_package(version, coordinator, reviewer):
    other = publish(
        package=package_of(PlanFactory(with_matrix=True)),
        by=coordinator,
        approved_by=reviewer,
        note="En annan.",
    )
    with pytest.raises(ValidationError, match="samma"):
        request_withdrawal(version=version, by=coordinator, reason=WHY, replaced_by=other)
    second = publish_another(version)
    withdrawal_request = request_withdrawal(
        version=version, by=coordinator, reason=WHY, replaced_by=second
    )
    withdraw_version(version=second, by=coordinator, approved_by=reviewer, reason=WHY)
    with pytest.raises(ValidationError, match="också"):
        approve_withdrawal(request=withdrawal_request, by=reviewer)
    assert WithdrawalRequest.objects.pending().exists()


def test_a_request_of_a_plan_that_was_closed_is_not_approved(
    withdrawal_request, version, reviewer
):
    plan = version.package.plan
    plan.status = PlanStatus.CLOSED
    plan.save()
    with pytest.raises(PermissionDenied):
        approve_withdrawal(request=withdrawal_request, by=reviewer)
    assert list(PackageVersion.objects.in_force()) == [version]


def test_each_step_is_an_event(withdrawal_request, version, reviewer):
    approve_withdrawal(request=withdrawal_request, by=reviewer)
    events = ChangeEvent.objects.about(version.package.plan).order_by("pk")
    kinds = list(events.values_list("kind", flat=True))[-2:]
    assert kinds == ["requested", "withdrawn"]
    assert events.last().detail["approved_by"] == reviewer.get_username()


def test_the_other_person_and_then_both_get_a_mail(
    version, coordinator, reviewer, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(notices, "do_afterwards", lambda work, *arguments: work(*arguments))
    for person in (coordinator, reviewer):
        person.email = f"{person.username}@region.example"
        person.save()
    with django_capture_on_commit_callbacks(execute=True):
        withdrawal_request = request_withdrawal(version=version, by=coordinator, reason=WHY)
    assert [mail.to for mail in mailoutbox] == [[reviewer.email]]
    assert WHY in mailoutbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        return_withdrawal(request=withdrawal_request, by=reviewer, answer="Det stämmer.")
    assert {mail.to[0] for mail in mailoutbox[1:]} == {coordinator.email, reviewer.email}
    assert "Det stämmer." in mailoutbox[-1].body
    with django_capture_on_commit_callbacks(execute=True):
        again = request_withdrawal(version=version, by=coordinator, reason=WHY)
        approve_withdrawal(request=again, by=reviewer)
    assert "är indragen" in mailoutbox[-1].subject
