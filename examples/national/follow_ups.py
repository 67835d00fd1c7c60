"""The contracts of the made-up nation followed up: planned, asked, carried out, ended."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from actionplan.models import EventKind
from examples import national_texts as texts
from examples.national.deviations import Deviations
from examples.national.followed import Followed
from examples.national.lessons import Lessons
from examples.national.packages import Package, Published
from examples.national.world import Area, World, noon
from followup.models import (
    Answer,
    Assessed,
    AuditForm,
    ClauseLevel,
    FollowUp,
    FollowUpStatus,
    FollowUpStep,
    Method,
    Question,
    ReusedAudit,
)
from requirements_pkg.document.schema import Requirement as Wording

AHEAD: Final = 120
CANCELLED, REUSED, SUMMED_UP, LEARNT = 0.03, 0.02, 0.2, 0.3
METHODS: Final = (
    *[Method.SELF_ASSESSMENT] * 4,
    *[Method.DIALOGUE] * 2,
    *(Method.TRANSPARENCY, Method.TRANSPARENCY, Method.AUDIT),
)
_S = FollowUpStatus
ANSWERED_STEPS: Final = (_S.SENT, _S.ANSWERED, _S.REVIEWED)
# The way to where it is carried out; what is found decides how it goes on.
WAYS: Final = {
    Method.SELF_ASSESSMENT: ANSWERED_STEPS,
    Method.TRANSPARENCY: ANSWERED_STEPS,
    Method.DIALOGUE: (_S.REVIEWED,),
    Method.AUDIT: (_S.AUDIT_DECIDED, _S.AUDITED),
}
CARRIED_OUT: Final = (_S.REVIEWED, _S.AUDITED)
REMEDYING: Final = (_S.PLAN_REQUESTED, _S.PLAN_APPROVED, _S.ACTING, _S.CLOSED)
# How many days lie between two steps.
BETWEEN: Final = (5, 30)
WHY: Final = "Avtalet sades upp innan uppföljningen hann göras."


class FollowUps:
    """The follow-ups against one version, over the days on which it was the newest."""

    def __init__(self, world: World, package: Package, version: Published) -> None:
        self.world, self.tables, self.chance = world, world.tables, world.chance
        self.package, self.plan, self.version = package, package.plan, version
        self.deviations = Deviations(world)
        self.lessons = Lessons(world)
        self.wordings: dict[int, list[Wording]] = {}

    def make(self) -> None:
        """Follow up every area as often as falls into these days."""
        for number, area in enumerate(self.plan.areas, 1):
            # Numbers of areas, as what is published has them.
            self.wordings[area.pk] = [
                wording
                for wording in self.version.in_force()
                if not wording.product_areas or number in wording.product_areas
            ]
            for at, day in self._days():
                self._follow_up(area, day, at)
        self.tables.write()

    def _days(self) -> Iterator[tuple[int, date]]:
        """Return this version's days, of all that are spread evenly over the years of the plan."""
        first = date(self.plan.first_year, 2, 1)
        last = date(self.plan.last_year, 12, 20)
        if self.plan.is_current:
            last = self.world.until + timedelta(days=AHEAD)
        each = self.world.sizes.follow_ups
        ends = last if self.version.until == self.world.until else self.version.until
        for at in range(each):
            day = first + (last - first) * at / each
            # Before the first version there is nothing to follow up; those come with it.
            from_here = day >= self.version.on or self.version.number == 1
            if from_here and (day < ends or (at == each - 1 and ends == last)):
                yield at, max(day, self.version.on + timedelta(days=5))

    def _follow_up(self, area: Area, planned_for: date, at: int) -> None:
        method = self.chance.choice(METHODS)
        steps = self._way(method, planned_for)
        done_on = next((day for to, day in steps if to in CARRIED_OUT), None)
        city, trade = self.chance.choice(texts.CITIES), self.chance.choice(texts.TRADES)
        followed = Followed(
            *(self.tables[FollowUp].next, self.plan, self.package, self.version, planned_for),
            *(done_on, f"{city} {trade} AB", steps),
        )
        if steps and steps[-1][0] != _S.CANCELLED and done_on is not None:
            followed.steps = self._way_on(followed, area)
        self._store(followed, area, method, at)
        self._ask(followed, area)
        self._more(followed)

    def _way(self, method: Method, planned_for: date) -> list[tuple[str, date]]:
        """Return the steps until it is carried out or cancelled, as far as time lets them come."""
        if self.world.happens(CANCELLED):
            day = planned_for - timedelta(days=8)
            return [(_S.CANCELLED, day)] if day < self.world.until else []
        way = WAYS[method]
        steps: list[tuple[str, date]] = []
        start = planned_for - timedelta(days=40)
        for place, to in enumerate(way):
            last = place == len(way) - 1
            day = planned_for + timedelta(days=self.chance.randint(0, 25))
            if not last:
                day = start + timedelta(days=15 * place + self.chance.randint(0, 9))
            if day >= self.world.until or (
                last and self.world.happens(0.04) and self._is_new(day)
            ):
                break
            steps.append((to, day))
        return steps

    def _is_new(self, day: date) -> bool:
        return self.world.until - day < timedelta(days=200)

    def _way_on(self, followed: Followed, area: Area) -> list[tuple[str, date]]:
        """Make the deviations, and return the steps so far, which depend on what was found."""
        steps = list(followed.steps)
        deviations = self.chance.choice(self.world.sizes.deviations)
        carried_out, day = steps[-1]
        if not deviations:
            way: Sequence[str] = (_S.CLOSED,)
            if carried_out == _S.REVIEWED:
                way = (_S.APPROVED, _S.CLOSED)
        else:
            way = REMEDYING
        for to in way:
            day += timedelta(days=self.chance.randint(*BETWEEN) * (3 if to == _S.CLOSED else 1))
            # Old ones have ended, but for a few that drag on.
            if day >= self.world.until or (to == _S.CLOSED and self.world.happens(0.08)):
                break
            steps.append((to, day))
        followed.steps = steps
        self.deviations.of(followed, self.wordings[area.pk], deviations)
        return steps

    def _store(self, followed: Followed, area: Area, method: Method, at: int) -> None:
        by, second = self.plan.keepers.coordinator, self.plan.keepers.reviewer
        is_audit, planned = method == Method.AUDIT, followed.planned_for
        later: list[Any] = []
        for to, day in followed.steps:
            changes: dict[str, object] = {"status": to}
            if day == followed.done_on and to in CARRIED_OUT:
                changes["done_on"] = day
            later.append((self.world.signature(day, by), changes))
        begun = min(planned - timedelta(days=60), self.world.until - timedelta(days=3))
        pk = self.tables[FollowUp].add(
            self.world.signature(begun, by),
            later,
            product_area_id=area.pk,
            version_id=self.version.pk,
            organisation_id=self.chance.choice(self.world.organisations).pk,
            method=method,
            audit_form=self.chance.choice(AuditForm.values) if is_audit else "",
            responsible_id=self.chance.choice((by.pk, by.pk, second.pk, None)),
            planned_for=planned,
            status=_S.PLANNED,
            contract_reference=f"AVT-{planned.year}-{area.pk:03}-{at:03}",
            supplier=followed.supplier,
            sub_suppliers=f"{self.chance.choice(texts.CITIES)} Komponent Ltd, Vietnam",
            auditor="Påhittad Revision AB" if is_audit else "",
            notes=self.chance.choice(texts.NOTES),
        )
        self._tell(followed, pk, begun)

    def _tell(self, followed: Followed, pk: int, begun: date) -> None:
        by, before = self.plan.keepers.coordinator, str(_S.PLANNED.value)
        target = FollowUp, pk
        self.world.event(EventKind.PLANNED, target, by, noon(begun), status=before)
        for to, day in followed.steps:
            to = str(FollowUpStatus(to).value)
            self.tables[FollowUpStep].add(
                follow_up_id=pk,
                from_status=before,
                to_status=to,
                by_id=by.pk,
                at=noon(day),
                note=WHY if to == _S.CANCELLED else "",
            )
            detail = {"from": before, "to": to}
            self.world.event(EventKind.ADVANCED, target, by, noon(day), **detail)
            before = to

    def _ask(self, followed: Followed, area: Area) -> None:
        """Add the questionnaire, and the answers when they have come."""
        wordings = self.wordings[area.pk]
        positions = self.chance.sample(
            range(len(wordings)), min(self.world.sizes.questions, len(wordings))
        )
        by = self.plan.keepers.coordinator
        sent = min(followed.planned_for - timedelta(days=50), self.world.until - timedelta(days=2))
        days = dict(followed.steps)
        answered = days.get(_S.ANSWERED) or followed.done_on
        for position in sorted(positions):
            wording = wordings[position]
            later = [] if answered is None else self._answered(answered, followed.done_on)
            self.tables[Question].add(
                self.world.signature(sent, by),
                later,
                follow_up_id=followed.pk,
                requirement_id=self.version.keys[wording.uid],
                revision=wording.revision,
                position=position,
                text=wording.follow_up_method,
            )
        if positions:
            detail = {"questions": len(positions)}
            self.world.event(EventKind.PLANNED, (FollowUp, followed.pk), by, noon(sent), **detail)

    def _answered(self, day: date, done_on: date | None) -> list[Any]:
        by = self.plan.keepers.coordinator
        answer = self.chance.choice((*[Answer.YES] * 6, Answer.PARTLY, Answer.PARTLY, Answer.NO))
        given = {
            "answer": answer,
            "answered_on": day,
            "comment": self.chance.choice(texts.ANSWERS),
        }
        if answer == Answer.YES:
            given["evidence"] = "Bilaga i ärendet."
        if done_on is not None:
            is_good = answer == Answer.YES
            given["assessed"] = Assessed.ACCEPTED if is_good else Assessed.DEVIATES
        return [(self.world.signature(day, by), given)]

    def _more(self, followed: Followed) -> None:
        """Add what only some of them have: another's audit, lessons, a summary for everybody."""
        if followed.done_on is None:
            return
        by = self.plan.keepers.coordinator
        if self.world.happens(REUSED):
            self.tables[ReusedAudit].add(
                self.world.signature(followed.done_on, by),
                follow_up_id=followed.pk,
                organisation="Påhittad systerorganisation",
                clause_level=self.chance.choice((ClauseLevel.SAME, ClauseLevel.HIGHER)),
                method=Method.AUDIT,
                audited_on=followed.done_on - timedelta(days=200),
                reference="Rapport 12",
            )
        if self.world.happens(LEARNT):
            self.lessons.learn(followed)
        if self.world.happens(SUMMED_UP):
            self.lessons.sum_up(followed)
