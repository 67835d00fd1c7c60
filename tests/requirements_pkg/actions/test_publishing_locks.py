"""A draft is worked out while nobody waits, and what is stored is what stands."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from benchmarks.sites.large_packages import large_package
from requirements_pkg.actions import publishing
from requirements_pkg.actions.publishing import (
    approve_request,
    package_of,
    publish,
    request_publication,
)
from requirements_pkg.drafting import draft
from requirements_pkg.drafting.draft import draft_content, drafted
from requirements_pkg.models import PackageVersion, PublishRequest, RequirementRevision
from tests.lock_times import lock_times

# What others may have to wait for, in seconds of work.
BOUND = 1


@pytest.fixture
def package(plan):
    return package_of(plan)


@pytest.fixture
def meanwhile(monkeypatch):
    """A function: what it is given is done when a draft has been read, so many times."""

    def arrange(change, times: int) -> None:
        left = iter(range(times))

        def read(package):
            draft_and_rows = drafted(package)
            if next(left, None) is not None:
                change()
            return draft_and_rows

        monkeypatch.setattr(publishing, "drafted", read)

    return arrange


def renamed(plan):
    """A change of what is published: another name each time."""
    area = plan.product_areas.get(number=1)

    def change() -> None:
        area.name += " och mer"
        area.save()

    return change


def test_what_is_written_between_reading_and_holding_is_published(
    package, plan, coordinator, reviewer, meanwhile
):
    meanwhile(renamed(plan), times=1)
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    assert version.content.plan.product_areas[0].name == "servrar och mer"
    assert version.content == draft_content(package)


def test_what_is_written_between_reading_and_holding_is_asked_for(
    package, plan, coordinator, reviewer, meanwhile
):
    meanwhile(renamed(plan), times=1)
    request = request_publication(package=package, by=coordinator, note="Första.")
    version = approve_request(request=request, by=reviewer)
    assert version.content.plan.product_areas[0].name == "servrar och mer"


def test_what_is_written_while_somebody_approves_is_not_approved(
    package, plan, coordinator, reviewer, meanwhile
):
    request = request_publication(package=package, by=coordinator, note="Första.")
    meanwhile(renamed(plan), times=1)
    with pytest.raises(ValidationError, match="har ändrats sedan det skickades"):
        approve_request(request=request, by=reviewer)
    assert not PackageVersion.objects.exists()


def test_where_others_never_stop_nothing_is_stored_and_it_is_said(
    package, plan, coordinator, reviewer, meanwhile
):
    meanwhile(renamed(plan), times=100)
    with pytest.raises(ValidationError, match="Någon annan ändrade"):
        publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    with pytest.raises(ValidationError, match="Någon annan ändrade"):
        request_publication(package=package, by=coordinator, note="Första.")
    assert not PackageVersion.objects.exists()
    assert not PublishRequest.objects.exists()


def test_what_others_write_of_something_else_does_not_stop_it(
    package, coordinator, reviewer, meanwhile
):
    meanwhile(lambda: coordinator.save(), times=100)
    publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    assert PackageVersion.objects.count() == 1


@pytest.fixture
def still(monkeypatch):
    """Nobody else writes: the mark of the database says so, as outside of a test's transaction."""
    monkeypatch.setattr(publishing.write_marks, "mark", lambda: ("still",))
    monkeypatch.setattr(publishing.write_marks, "is_as_it_was", lambda mark: mark == ("still",))


@pytest.mark.parametrize(
    ("work", "times"), [("drafted", 2), ("errors", 2), ("new_wordings", 1), ("facts_of", 1)]
)
def test_it_is_worked_out_once_and_in_no_transaction(
    package, coordinator, reviewer, work, times, still, monkeypatch
):
    depths, original = [], getattr(publishing, work)

    def noted(*given):
        depths.append(len(connection.savepoint_ids))
        return original(*given)

    monkeypatch.setattr(publishing, work, noted)
    request = request_publication(package=package, by=coordinator, note="Första.")
    approve_request(request=request, by=reviewer)
    assert depths == [len(connection.savepoint_ids)] * times


def test_each_wording_is_hashed_once_and_only_a_new_one_is_kept(db, still, monkeypatch):
    package, by, approved_by = large_package(requirements=3, areas=1)
    publish(package=package, by=by, approved_by=approved_by, note="Första.")
    package.requirements.filter(code="SE-0002").update(text="Leverantören ska något annat.")
    hashed, original = [], draft.wording_hash

    def noted(requirement):
        hashed.append(requirement.code)
        return original(requirement)

    monkeypatch.setattr(draft, "wording_hash", noted)
    version = publish(package=package, by=by, approved_by=approved_by, note="Andra.")
    assert hashed == ["SE-0001", "SE-0002", "SE-0003"]
    assert list(version.revisions.values_list("requirement__code", "number")) == [("SE-0002", 2)]


def test_publishing_a_thousand_requirements_keeps_nobody_waiting(db, still):
    package, by, approved_by = large_package(requirements=1000, areas=6)
    with lock_times() as waited:
        request = request_publication(package=package, by=by, note="Första.")
        approve_request(request=request, by=approved_by)
    assert RequirementRevision.objects.count() == 1000
    assert max(waited) < BOUND
