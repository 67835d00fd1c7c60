"""What was found in the made-up nation: deviations, how they were remedied, sanctions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from actionplan.models import EventKind
from examples import national_texts as texts
from examples.national.followed import Followed
from examples.national.world import World, noon
from followup.models import (
    CorrectiveAction,
    Deviation,
    DeviationState,
    FollowUpStatus,
    Sanction,
    SanctionKind,
    Severity,
)
from followup.models.deviations import SEVERE
from requirements_pkg.document.schema import Requirement as Wording

_S = DeviationState
SEVERITIES: Final = (
    *(Severity.ZERO_TOLERANCE, Severity.MAJOR, Severity.MAJOR, Severity.MAJOR),
    *[Severity.MINOR] * 5,
    *[Severity.OBSERVATION] * 3,
)
REMEDYING: Final = (_S.PLAN_SUBMITTED, _S.PLAN_APPROVED, _S.REMEDIED, _S.CLOSED)
# How far deviations may have come, at the least and at the most, when a follow-up stands here.
REACHED: Final = {
    FollowUpStatus.REVIEWED: (0, 0),
    FollowUpStatus.AUDITED: (0, 0),
    FollowUpStatus.PLAN_REQUESTED: (0, 2),
    FollowUpStatus.PLAN_APPROVED: (2, 3),
    FollowUpStatus.ACTING: (2, 4),
    FollowUpStatus.CLOSED: (4, 4),
}
ESCALATED, SANCTIONED, LIFTED = 0.04, 0.02, 0.5
WHY: Final = "Leverantören har inte svarat inom tiden."


class Deviations:
    """The deviations of follow-ups."""

    def __init__(self, world: World) -> None:
        self.world, self.tables, self.chance = world, world.tables, world.chance

    def of(self, followed: Followed, requirements: Sequence[Wording], number: int) -> None:
        """Make so many deviations from requirements of the follow-up's area, as far remedied as
        the follow-up has come."""
        fewest, most = REACHED.get(FollowUpStatus(followed.status), (0, 0))
        worst = ""
        for _number in range(number):
            severity = self.chance.choice(SEVERITIES)
            reached = self.chance.randint(fewest, most)
            if severity == Severity.OBSERVATION and reached < len(REMEDYING) - 1:
                reached = 0
            self._deviation(followed, self.chance.choice(requirements), severity, reached)
            worst = severity if severity in SEVERE else worst
        if worst and self.world.happens(SANCTIONED * 4):
            self._sanction(followed)

    def _deviation(
        self, followed: Followed, requirement: Wording, severity: Severity, reached: int
    ) -> None:
        found_on = followed.done_on or followed.planned_for
        due_on = found_on + timedelta(days=self.chance.choice((30, 60, 90)))
        ends = followed.ended_on if followed.status == FollowUpStatus.CLOSED else self.world.until
        way: list[tuple[str, date]] = []
        states = REMEDYING[:reached]
        if severity == Severity.OBSERVATION:
            states = REMEDYING[2:reached]
        for place, state in enumerate(states, 1):
            way.append((state, found_on + (ends - found_on) * place / (len(states) + 1)))
        is_open = reached < len(REMEDYING)
        if is_open and severity in SEVERE and self.world.happens(ESCALATED * 4):
            way.append((_S.ESCALATED, ends - timedelta(days=1)))
        pk = self._store(followed, requirement, severity, (found_on, due_on), way)
        if severity != Severity.OBSERVATION:
            self._act(followed, pk, due_on, dict(way))

    def _store(
        self,
        followed: Followed,
        requirement: Wording,
        severity: Severity,
        days: tuple[date, date],
        way: list[tuple[str, date]],
    ) -> int:
        by, second = followed.plan.keepers.coordinator, followed.plan.keepers.reviewer
        found_on, due_on = days
        later = []
        for state, day in way:
            who = second if state == _S.CLOSED else by
            changes: dict[str, object] = {"state": state}
            if state == _S.PLAN_APPROVED:
                changes["is_plan_approved"] = True
            elif state == _S.REMEDIED:
                changes |= {"remedied_by_id": by.pk, "evidence": "Handling i ärendet."}
            elif state == _S.CLOSED:
                changes |= {"closed_by_id": second.pk, "closed_on": day}
            elif state == _S.ESCALATED:
                changes["escalation_reason"] = WHY
            later.append((self.world.signature(day, who), changes))
        pk = self.tables[Deviation].add(
            self.world.signature(found_on, by),
            later,
            follow_up_id=followed.pk,
            requirement_id=followed.version.keys[requirement.uid],
            revision=requirement.revision,
            severity=severity,
            finding=self.chance.choice(texts.FINDINGS),
            found_on=found_on,
            due_on=due_on,
            state=_S.OPEN,
        )
        before = ""
        for state, day in [(_S.OPEN, found_on), *way]:
            who = second if state == _S.CLOSED else by
            detail = {"from": before, "to": str(_S(state).value), "severity": severity.value}
            self.world.event(EventKind.ADVANCED, (Deviation, pk), who, noon(day), **detail)
            before = detail["to"]
        return pk

    def _act(self, followed: Followed, pk: int, due_on: date, way: dict[str, date]) -> None:
        """Do one or two steps for whatever has got as far as a plan."""
        if _S.PLAN_SUBMITTED not in way:
            return
        by, planned = followed.plan.keepers.coordinator, way[_S.PLAN_SUBMITTED]
        done_on = way.get(_S.REMEDIED)
        later = [(self.world.signature(done_on, by), {"done_on": done_on})] if done_on else []
        for text in self.chance.sample(texts.ACTIONS, self.chance.choice((1, 1, 2))):
            signature = self.world.signature(planned, by)
            self.tables[CorrectiveAction].add(
                signature, later, deviation_id=pk, text=text, due_on=due_on
            )

    def _sanction(self, followed: Followed) -> None:
        by = followed.plan.keepers.coordinator
        decided_on = (followed.done_on or followed.planned_for) + timedelta(days=20)
        if decided_on >= self.world.until:
            return
        lifted_on = decided_on + timedelta(days=90)
        is_lifted = lifted_on < self.world.until and self.world.happens(LIFTED)
        later = (
            [(self.world.signature(lifted_on, by), {"lifted_on": lifted_on})] if is_lifted else []
        )
        pk = self.tables[Sanction].add(
            self.world.signature(decided_on, by),
            later,
            follow_up_id=followed.pk,
            kind=self.chance.choice(SanctionKind.values),
            decided_on=decided_on,
            reference=f"Beslut {decided_on.year}/{self.chance.randint(100, 999)}",
        )
        steps = [("", "imposed", decided_on)]
        steps += [("imposed", "lifted", lifted_on)] if is_lifted else []
        for before, to, day in steps:
            detail = {"from": before, "to": to}
            self.world.event(EventKind.ADVANCED, (Sanction, pk), by, noon(day), **detail)
