"""How it went with the indicators of the made-up nation, year after year."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from actionplan.models import EventKind, Organisation
from examples import national_texts as texts
from examples.national.world import Indicated, Plan, World, noon
from followup.models import Evidence, IndicatorReading, ReadingState, ReadingStatus

SKIPPED, CORRECTED, WITH_EVIDENCE, KEPT = 0.1, 0.01, 0.2, 0.002
# What is younger still waits for somebody, more or less.
DECIDED: Final = 60
PROOF: Final = "Underlag till rapporten: påhittat.".encode()


class Readings:
    """The readings of a plan's indicators, for the country and for every organisation."""

    def __init__(self, world: World) -> None:
        self.world, self.tables, self.chance = world, world.tables, world.chance

    def make(self, plan: Plan) -> None:
        """Read every indicator so many times, evenly over the years of the plan until now."""
        first = date(plan.first_year, 3, 1)
        last = min(date(plan.last_year, 12, 10), self.world.until - timedelta(days=10))
        each = self.world.sizes.readings
        for indicator in plan.indicators:
            for organisation in (None, *self.world.organisations):
                for at in range(each):
                    ends = first + (last - first) * (at + 1) / each
                    day = ends - timedelta(days=self.chance.randint(0, 40))
                    if not self.world.happens(SKIPPED):
                        self._read(plan, indicator, organisation, day, (at + 1) / each)
        self.tables.write()

    def _read(
        self,
        plan: Plan,
        indicator: Indicated,
        organisation: Organisation | None,
        as_of: date,
        part: float,
    ) -> None:
        value = None
        if indicator.target is not None:
            value = round(indicator.target * part * self.chance.uniform(0.6, 1.1))
        statuses = ReadingStatus.values[1:4] if part < 1 else ReadingStatus.values[1:]
        values = {
            "indicator_id": indicator.pk,
            "organisation_id": organisation.pk if organisation is not None else None,
            "as_of": as_of,
            "status": self.chance.choice(statuses),
            "value": value,
            "comment": self.chance.choice(texts.COMMENTS),
            "evidence_url": texts.ANALYSIS if self.world.happens(WITH_EVIDENCE) else "",
        }
        pk, state = self._store(plan, indicator, values, as_of + timedelta(days=3))
        if state == ReadingState.APPROVED and self.world.happens(CORRECTED):
            day = as_of + timedelta(days=20)
            if day + timedelta(days=DECIDED) < self.world.until:
                self._store(plan, indicator, values | {"corrects_id": pk}, day)
        if self.world.happens(KEPT):
            self.tables[Evidence].add(
                reading_id=pk,
                file_name="underlag.txt",
                content=PROOF,
                sha256=sha256(PROOF).hexdigest(),
                uploaded_by_id=plan.keepers.coordinator.pk,
                uploaded_at=noon(as_of),
            )

    def _store(
        self, plan: Plan, indicator: Indicated, values: dict[str, Any], day: date
    ) -> tuple[int, str]:
        """Store a reading begun on a day, as far as it has come; return its key and state."""
        by, second = plan.keepers.coordinator, plan.keepers.reviewer
        way = [ReadingState.SUBMITTED, ReadingState.APPROVED]
        if (self.world.until - day).days < DECIDED:
            returned = [ReadingState.SUBMITTED, ReadingState.RETURNED]
            way = self.chance.choice((way, way, way, way[:1], way[:1], [], returned))
        later: list[Any] = []
        for at, state in enumerate(way):
            then = min(day + timedelta(days=2 + 3 * at), self.world.until)
            is_sent = state == ReadingState.SUBMITTED
            changes: dict[str, Any] = {"state": state}
            if is_sent:
                changes["submitted_at"] = noon(then)
            else:
                changes |= {"decided_by_id": second.pk, "decided_at": noon(then)}
            if state == ReadingState.RETURNED:
                changes["reason"] = "Underlaget saknas."
            later.append((self.world.signature(then, by if is_sent else second), changes))
        state = ReadingState.DRAFT
        pk = self.tables[IndicatorReading].add(
            self.world.signature(day, by), later, author_id=by.pk, state=state, **values
        )
        for signature, changes in later:
            state = changes["state"]
            detail = {
                "plan": plan.slug,
                "indicator": indicator.number,
                "as_of": values["as_of"].isoformat(),
                "status": values["status"],
            }
            who = by if signature[1] == by.pk else second
            kind = EventKind(state.value)
            self.world.event(kind, (IndicatorReading, pk), who, signature[0], **detail)
        return pk, state
