"""Fixtures of the published."""

from collections.abc import Callable

import pytest

from requirements_pkg.models import PackageVersion
from requirements_pkg.publishing import package_of, publish


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
