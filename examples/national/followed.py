"""A follow-up of the made-up nation while it is made."""

from dataclasses import dataclass, field
from datetime import date

from examples.national.packages import Package, Published
from examples.national.world import Plan
from followup.models import FollowUpStatus
from requirements_pkg.document.schema import Requirement as Wording


@dataclass(slots=True)
class Followed:
    """A follow-up on its way: what is found and learnt in it asks for these."""

    pk: int
    plan: Plan
    package: Package
    version: Published
    planned_for: date
    done_on: date | None
    supplier: str
    steps: list[tuple[str, date]] = field(default_factory=list)
    questions: list[Wording] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.steps[-1][0] if self.steps else FollowUpStatus.PLANNED

    @property
    def ended_on(self) -> date:
        """The day of the last step."""
        return self.steps[-1][1] if self.steps else self.planned_for
