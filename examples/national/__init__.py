"""A made-up nation for demonstrations and benchmarks: plans of all procurement regions.

The same seed and day give the same rows: plans of several periods, packages published again and
again, follow-ups with all that was asked, found and learnt, readings, and what history and events
tell of it. Rows are written in bulk (`tables`); what is published is made by the code that
publishes (`packages`).
"""

import random
from datetime import date
from typing import Final

from django.db import transaction

from actionplan.models import Organisation
from examples.national.follow_ups import FollowUps
from examples.national.packages import Package
from examples.national.plans import Filling, make_categories
from examples.national.progress import Progress
from examples.national.readings import Readings
from examples.national.reports import report_on
from examples.national.tables import Tables, begin, look_around, unlinked
from examples.national.world import FULL, SMALL, Plan, Sizes, World

__all__ = ["FULL", "SMALL", "Progress", "Sizes", "make_nation"]

SEED: Final = 2026
# Before these packages: what is published is read back, which takes hours by a wrong guess.
LOOKED_AROUND: Final = (0, 1, 10)


@transaction.atomic
def make_nation(sizes: Sizes = FULL, *, until: date, progress: Progress | None = None) -> None:
    """Fill the database up to a day; all of it, or nothing."""
    progress = progress or Progress()
    begin()
    organisations = Organisation.objects.select_related("procurement_region").order_by("pk")
    chance = random.Random(SEED)  # noqa: S311  made up, not secret
    world = World(sizes, until, list(organisations), Tables(), chance)
    with unlinked():
        plans = _fill(world, progress)
    world.tables.close()
    for at, plan in progress.phase("Follow-up reports", list(enumerate(plans))):
        report_on(plan, at, until)


def _fill(world: World, progress: Progress) -> list[Plan]:
    plans = [plan for category in make_categories(world) for plan in category]
    filling, readings = Filling(world), Readings(world)
    for plan in progress.phase("Plans and risks", plans):
        filling.fill(plan)
    for at, plan in progress.phase("Packages and follow-ups", list(enumerate(plans))):
        if at in LOOKED_AROUND:
            look_around()
        _publish(world, plan, at)
    for plan in progress.phase("Readings", plans):
        readings.make(plan)
    world.tables.write()
    return plans


def _publish(world: World, plan: Plan, at: int) -> None:
    """Publish the versions of a plan's package, and make what was followed up against each."""
    package = Package(world, plan, at)
    for version in package.versions():
        FollowUps(world, package, version).make()
    world.tables.write()
