"""Fixtures of the house's own rules."""

from collections.abc import Iterator

import pytest

from followup.personal import make_calendar, off_token
from requirements_pkg import pages
from requirements_pkg.models import PackageVersion
from requirements_pkg.publishing import package_of, publish
from tests.factories import PlanFactory, RequirementFactory, fill_cell


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """No page that an earlier test made is kept."""
    pages.forget()
    yield
    pages.forget()


@pytest.fixture
def version(plan, coordinator, reviewer) -> PackageVersion:
    """A published package with a requirement, which treats a risk of the second area only."""
    area = plan.product_areas.get(number=2)
    cell = fill_cell(area, "use", "environment", risks=["Ett år gamla nät byts ut."])
    package = package_of(plan)
    RequirementFactory(package=package, code="SE-01", treats=cell.statements.all())
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Första versionen.")


@pytest.fixture
def names(version, coordinator) -> dict[str, object]:
    """What stands in the public addresses; nothing of the draft is published."""
    draft = PlanFactory(with_matrix=True, with_goals=True)
    slug = version.package.slug
    return {
        "slug": slug,
        "number": version.number,
        "code": "SE-01",
        "draft": draft.slug,
        # What one person's own mails and calendar carry.
        "off": off_token(coordinator),
        "calendar": make_calendar(by=coordinator),
    }
