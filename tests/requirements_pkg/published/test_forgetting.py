"""Publishing forgets what it changed, and nothing else."""

import pytest

from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.published import catalogue, page_cache
from tests.factories.plans import PlanFactory


@pytest.fixture
def packages(coordinator, reviewer, django_capture_on_commit_callbacks):
    """Two plans' packages, each published once."""

    def make():
        package = package_of(PlanFactory(with_matrix=True))
        publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
        return package

    with django_capture_on_commit_callbacks(execute=True):
        return make(), make()


@pytest.fixture
def remember(client, packages, monkeypatch):
    """A function that fills the memory with the pages of both packages and of all."""
    # However slow the machine is: nothing is forgotten because of its age.
    monkeypatch.setattr(page_cache, "monotonic", lambda: 0.0)

    def ask() -> None:
        for package in packages:
            for address in ("", "v1/", "versioner/", "flode/"):
                assert client.get(f"/kravpaket/{package.slug}/{address}").status_code == 200
            client.get(f"/uppfoljning/{package.slug}/")
        for address in ("/", "/kravpaket/", "/flode/", "/uppfoljning/"):
            client.get(address)

    ask()
    return ask


def test_after_a_publication_only_its_package_and_the_lists_are_asked_for(
    client,
    packages,
    remember,
    coordinator,
    reviewer,
    django_capture_on_commit_callbacks,
    django_assert_num_queries,
):
    mine, other = packages
    mine.title = "Nytt namn"
    mine.save()
    with django_capture_on_commit_callbacks(execute=True):
        publish(package=mine, by=coordinator, approved_by=reviewer, note="Andra.")
    with django_assert_num_queries(0):
        for address in ("", "v1/", "versioner/", "flode/"):
            client.get(f"/kravpaket/{other.slug}/{address}")
        client.get(f"/uppfoljning/{other.slug}/")
    for address in ("/", "/kravpaket/", "/flode/", f"/kravpaket/{mine.slug}/versioner/"):
        assert "Nytt namn" in client.get(address).content.decode(), address
    assert catalogue.versions_of(mine.slug).newest.number == 2


def test_a_withdrawal_is_told_at_once_and_the_other_package_is_still_remembered(
    client,
    packages,
    remember,
    coordinator,
    django_capture_on_commit_callbacks,
    django_assert_num_queries,
):
    mine, other = packages
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_version(
            version=mine.versions.get(),
            by=coordinator,
            approved_by=mine.versions.get().approved_by,
            reason="Fel värde.",
        )
    assert "Fel värde." in client.get(f"/kravpaket/{mine.slug}/v1/").content.decode()
    with django_assert_num_queries(0):
        client.get(f"/kravpaket/{other.slug}/")


def test_a_publication_throws_away_no_finished_page(
    packages, remember, coordinator, reviewer, django_capture_on_commit_callbacks
):
    kept = page_cache._pages.used
    packages[0].title = "Nytt namn"
    packages[0].save()
    with django_capture_on_commit_callbacks(execute=True):
        publish(package=packages[0], by=coordinator, approved_by=reviewer, note="Andra.")
    assert page_cache._pages.used == kept > 0
