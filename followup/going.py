"""From readings to how it goes: with an indicator, with a sub-goal, with a goal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from followup.models import ReadingStatus
from followup.plans import Goal, Indicator, SubGoal
from followup.reported import Reading

UNREAD: Final = "unread"
# What stands before the words, so that the statuses differ without their colours too.
MARKS: Final = {
    ReadingStatus.MET: "●",
    ReadingStatus.ON_TRACK: "◐",
    ReadingStatus.DELAYED: "▲",
    ReadingStatus.NOT_MET: "✕",
    ReadingStatus.NOT_STARTED: "○",
    UNREAD: "–",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How something goes: a code, its words and its mark."""

    code: str

    @property
    def words(self) -> str:
        """The status in the reader's language."""
        if self.code == UNREAD:
            return gettext("not reported yet")
        return str(ReadingStatus(self.code).label)

    @property
    def mark(self) -> str:
        """What stands before the words."""
        return MARKS[self.code]


class Going:
    """How it goes with the goals of a plan, as far as readings say."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings: dict[int | None, list[Reading]] = {}
        for one in readings:
            self.readings.setdefault(one.indicator, []).append(one)

    def of(self, indicator: Indicator) -> list[Reading]:
        """The readings of an indicator, oldest first."""
        return self.readings.get(indicator.pk, [])

    def indicator(self, indicator: Indicator) -> Standing:
        """The whole country's last word; without one, what the organisations say together."""
        found = self.of(indicator)
        national = [one for one in found if not one.organisation]
        if national:
            return Standing(national[-1].status)
        last = {one.organisation: one.status for one in found}
        return _together([Standing(status) for status in last.values()])

    def sub_goal(self, sub_goal: SubGoal) -> Standing:
        """What the indicators of a sub-goal say together."""
        return _together([self.indicator(one) for one in sub_goal.indicators])

    def goal(self, goal: Goal) -> Standing:
        """What the sub-goals of a goal say together."""
        return _together([self.sub_goal(one) for one in goal.sub_goals])


def _together(standings: Sequence[Standing]) -> Standing:
    """One word for many: met only if all are, and no better than the worst that is said."""
    codes = {one.code for one in standings}
    if not codes or codes == {UNREAD}:
        return Standing(UNREAD)
    for worst in (ReadingStatus.NOT_MET, ReadingStatus.DELAYED):
        if worst in codes:
            return Standing(worst)
    if codes in ({ReadingStatus.MET}, {ReadingStatus.NOT_STARTED}):
        return Standing(codes.pop())
    if codes <= {ReadingStatus.NOT_STARTED, UNREAD}:
        return Standing(ReadingStatus.NOT_STARTED)
    return Standing(ReadingStatus.ON_TRACK)
