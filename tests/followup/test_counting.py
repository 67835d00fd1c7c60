"""What the database counts of follow-ups, and of which plans."""

import pytest
from django.utils import timezone

from followup import counting
from requirements_pkg.publishing import publish
from tests.factories import PackageFactory
from tests.factories.followup import FollowUpFactory


@pytest.fixture
def follow_up(plan, coordinator, reviewer):
    """A follow-up that is done."""
    package = PackageFactory(plan=plan)
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
    area = plan.product_areas.get(number=1)
    return FollowUpFactory(version=version, product_area=area, closed=True)


def test_of_no_plan_nothing_is_counted_whatever_there_is(follow_up):
    assert counting.asked({}) == {}
    assert counting.area_counts(timezone.localdate(), "another-plan") == ()
    (counts,) = counting.area_counts(timezone.localdate())
    assert (counts.planned, counts.done, counts.contracts) == (1, 1, 1)
