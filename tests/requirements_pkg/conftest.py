"""Fixtures of the published."""

from collections.abc import Callable

import pytest

from actionplan.models import ActionPlan
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import PackageVersion, RequirementsPackage
from requirements_pkg.searching import indexing
from tests.requirements_pkg.stored import store


@pytest.fixture
def publish_package(
    coordinator, reviewer, django_capture_on_commit_callbacks
) -> Callable[..., PackageVersion]:
    """A function that publishes a package as it stands now: committed, told of and indexed."""

    def publish_now(package: RequirementsPackage, note: str = "Ny.") -> PackageVersion:
        with django_capture_on_commit_callbacks(execute=True):
            version = publish(package=package, by=coordinator, approved_by=reviewer, note=note)
        indexing.catch_up(version)
        return version

    return publish_now


@pytest.fixture
def publish_plan(publish_package) -> Callable[..., PackageVersion]:
    """The same for the package of a plan."""

    def publish_now(plan: ActionPlan, note: str = "Ny.") -> PackageVersion:
        return publish_package(package_of(plan), note)

    return publish_now


@pytest.fixture
def store_content(coordinator, reviewer) -> Callable[[dict], PackageVersion]:
    """A function that stores a content as the next version of its package, and indexes it."""

    def store_now(content: dict) -> PackageVersion:
        version = store(content, coordinator, reviewer)
        indexing.catch_up(version)
        return version

    return store_now
