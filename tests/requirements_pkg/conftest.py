"""Fixtures of the published: nothing is remembered from one test to the next."""

from collections.abc import Callable, Iterator

import pytest

from requirements_pkg import pages
from requirements_pkg.models import PackageVersion
from requirements_pkg.publishing import package_of, publish


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    pages.forget()
    yield
    pages.forget()


@pytest.fixture
def publish_plan(
    coordinator, reviewer, django_capture_on_commit_callbacks
) -> Callable[..., PackageVersion]:
    """A function that publishes a plan as it stands now, committed and told of."""

    def publish_now(plan, note: str = "Ny.") -> PackageVersion:
        with django_capture_on_commit_callbacks(execute=True):
            return publish(
                package=package_of(plan), by=coordinator, approved_by=reviewer, note=note
            )

    return publish_now
