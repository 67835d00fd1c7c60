"""Fixtures of what is followed up."""

import pytest

from followup.models import FollowUp
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import PackageVersion, Requirement
from tests.factories import FollowUpFactory, RequirementFactory
from tests.kept import kept


@pytest.fixture
@kept
def requirements(plan) -> list[Requirement]:
    """Two requirements of the plan's package, the second without a question to the supplier."""
    package = package_of(plan)
    return [
        RequirementFactory(package=package, code="SE-01", source="Förordning"),
        RequirementFactory(
            package=package, code="SE-02", source="Förordning", supplier_question=""
        ),
    ]


@pytest.fixture
@kept
def demanding(requirements, coordinator, reviewer) -> PackageVersion:
    """The plan's package as published, with requirements."""
    return publish(
        package=requirements[0].package, by=coordinator, approved_by=reviewer, note="Kraven."
    )


@pytest.fixture
@kept
def follow_up(demanding) -> FollowUp:
    """A planned self-assessment of a contract of Region Stockholm."""
    return FollowUpFactory(version=demanding)
