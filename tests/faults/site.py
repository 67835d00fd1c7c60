"""A small installation that is broken again and again, and put back as it was."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from django.db import connections
from django.utils import timezone

from actionplan.models import Indicator
from benchmarks.sites.large_packages import large_package
from followup.actions.masking import request_masking
from followup.models import ReadingState, Severity
from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.withdrawal import request_withdrawal
from requirements_pkg.searching import indexing
from risks.models import RiskCell, RiskMatrix
from tests.actionplan.backups.installations import Everything, everything
from tests.factories import DeviationFactory, FollowUpFactory, ReadingFactory
from tests.faults.consulting import furnish_consultations
from tests.second_writer import OwnDatabase

REQUIREMENTS = 30
FREE = 9


class FaultSite(OwnDatabase):
    """A database of its own with a plan in work, and a copy to begin with anew."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.copy = f"{self.name}_first"
        self._again = count(2)

    def keep(self) -> None:
        """Keep it as it is; nobody may be connected."""
        if self.is_file:
            with self.in_use(), connections["default"].cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [self.copy])
        else:
            self._tell(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.name}"')

    def put_back(self) -> None:
        """Make it again as it was kept; nobody may be connected."""
        if self.is_file:
            # Who had the last one open does not meet this one.
            self.name = f"{self.copy}_{next(self._again)}"
            shutil.copyfile(self.copy, self.name)
        else:
            self._tell(f'DROP DATABASE "{self.name}" WITH (FORCE)')
            self._tell(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.copy}"')

    def drop(self) -> None:
        """Take both away, where they are no files."""
        super().drop()
        if not self.is_file:
            self._tell(f'DROP DATABASE "{self.copy}"')

    @contextmanager
    def state(self) -> Iterator[Everything]:
        """Look at all rows by a connection that is closed afterwards."""
        with self.in_use():
            self._let_go()
            yield everything()

    def _let_go(self) -> None:
        """Wait until PostgreSQL has noticed that a client was killed."""
        if not self.is_file:
            others = (
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            with connections["default"].cursor() as cursor:
                for _try in range(2000):
                    cursor.execute(others)
                    if cursor.fetchone() == (0,):
                        return
                    cursor.execute("SELECT pg_sleep(0.005)")
            raise AssertionError("Somebody who was killed is connected still.")


def shape(rows: Everything) -> Counter[str]:
    """Tell how many rows each table has: what is half done has other numbers."""
    return Counter({table: len(lines) for table, lines in rows.items()})


def furnish() -> None:
    """Write a plan in work, with people, a version, a follow-up, a deviation and a reading.

    That the version is withdrawn, and a word of it masked, waits for the second person.
    """
    package, coordinator, reviewer = large_package(requirements=REQUIREMENTS, areas=2)
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    package.requirements.filter(code=package.requirements.first().code).update(title="Ny rubrik")
    follow_up = FollowUpFactory(version=version)
    area = follow_up.product_area.number
    loads = [
        row
        for row in version.content.requirements
        if area in row.product_areas or not row.product_areas
    ]
    requirement = package.requirements.get(uid=loads[0].uid)
    DeviationFactory(follow_up=follow_up, requirement=requirement, severity=Severity.OBSERVATION)
    ReadingFactory(
        indicator=Indicator.objects.first(),
        author=coordinator,
        state=ReadingState.SUBMITTED,
        submitted_at=timezone.now(),
    )
    indexing.catch_up()
    request_withdrawal(version=version, by=coordinator, reason="Fel gräns.")
    given = {"ground": "osl_31_16", "reason": "Skulle inte ha stått där."}
    request_masking(package=package, words="Första", by=coordinator, **given)
    furnish_consultations(coordinator, reviewer)
    # No requirement builds on what stands here.
    RiskCell.objects.complete(
        [RiskMatrix.objects.create(plan=package.plan, number=FREE, name="Fritt område")]
    )
