"""What was learnt in the made-up nation, and what of it is published."""

from datetime import date, timedelta
from typing import Any, Final

from actionplan.models import EventKind
from examples import national_texts as texts
from examples.national.followed import Followed
from examples.national.tables import Signature
from examples.national.world import World, noon
from followup.actions.summaries import PUBLISHABLE
from followup.models import (
    ChangeState,
    LegalGround,
    Lesson,
    ProposedChange,
    SecrecyReview,
    Summary,
)
from followup.models.secrecy import checksum

REVIEWED, TAKEN_IN, DECLINED, WITHDRAWN = 0.85, 0.6, 0.25, 0.02
CONCLUSION: Final = "Texten nämner varken leverantör eller affärsförhållanden."
CLEAR: Final = "Kravet är redan tydligt nog."
OTHER: Final = "Nya uppgifter har kommit fram."
Change = type[Lesson] | type[ProposedChange] | type[Summary]


class Lessons:
    """Lessons with the changes that they ask for, and summaries for everybody."""

    def __init__(self, world: World) -> None:
        self.world, self.tables, self.chance = world, world.tables, world.chance

    def learn(self, followed: Followed) -> None:
        """Add a lesson, often reviewed for secrecy, and a change that it asks for."""
        by, second = followed.plan.keepers.coordinator, followed.plan.keepers.reviewer
        day = (followed.done_on or followed.planned_for) + timedelta(days=10)
        if day + timedelta(days=6) >= self.world.until:
            return
        words = self.chance.choice(texts.LESSONS)
        later: list[Any] = []
        if self.world.happens(REVIEWED):
            review = self._review(followed, checksum(words), day + timedelta(days=5))
            signature = self.world.signature(day + timedelta(days=5), second)
            later = [(signature, {"review_id": review})]
        pk = self.tables[Lesson].add(
            self.world.signature(day, by),
            later,
            follow_up_id=followed.pk,
            text=f"{words} {followed.supplier} påpekade det.",
            public_text=words,
            written_by_id=by.pk,
            written_at=noon(day),
        )
        if later:
            self._tell(EventKind.REVIEWED, (Lesson, pk), followed, later[0][0][0].date())
        self._propose(followed, pk, day + timedelta(days=6))

    def _review(self, followed: Followed, digest: str, day: date) -> int:
        """Record that somebody else has looked at the words."""
        return self.tables[SecrecyReview].add(
            follow_up_id=followed.pk,
            text_sha256=digest,
            ground=LegalGround.BUSINESS,
            conclusion=CONCLUSION,
            may_name_supplier=False,
            reviewed_by_id=followed.plan.keepers.reviewer.pk,
            reviewed_at=noon(day),
        )

    def _propose(self, followed: Followed, lesson: int, day: date) -> None:
        wording = self.chance.choice(followed.version.in_force())
        pk = followed.version.keys[wording.uid]
        by, decides = followed.plan.keepers.coordinator, followed.plan.keepers.reviewer
        decided = day + timedelta(days=20)
        how: dict[str, object] = {}
        kind = EventKind.DECLINED
        # The next version is written twenty days before it is published.
        in_time = decided < followed.version.until - timedelta(days=25)
        is_last = followed.version.until == self.world.until
        if in_time and not is_last and self.world.happens(TAKEN_IN):
            followed.package.wanted.append(pk)
            how = {"state": ChangeState.TAKEN_IN, "revision": wording.revision + 1}
            kind = EventKind.TAKEN_IN
        elif decided < self.world.until and self.world.happens(DECLINED):
            how = {"state": ChangeState.DECLINED, "reason": CLEAR}
        later = []
        if how:
            how |= {"decided_by_id": decides.pk, "decided_at": noon(decided)}
            later = [(self.world.signature(decided, decides), how)]
        change = self.tables[ProposedChange].add(
            self.world.signature(day, by),
            later,
            lesson_id=lesson,
            requirement_id=pk,
            text=self.chance.choice(texts.CHANGES),
            state=ChangeState.PROPOSED,
        )
        self.world.event(EventKind.SUBMITTED, (ProposedChange, change), by, noon(day))
        if how:
            self.world.event(kind, (ProposedChange, change), decides, noon(decided))

    def sum_up(self, followed: Followed) -> None:
        """Add a summary: published where the follow-up has come so far, seldom withdrawn again."""
        by, second = followed.plan.keepers.coordinator, followed.plan.keepers.reviewer
        day = followed.ended_on + timedelta(days=12)
        if day + timedelta(days=9) >= self.world.until:
            return
        text = self.chance.choice(texts.SUMMARIES)
        review = self._review(followed, checksum(text, ""), day + timedelta(days=4))
        reviewed = self.world.signature(day + timedelta(days=4), second)
        later: list[tuple[Signature, dict[str, object]]] = [(reviewed, {"review_id": review})]
        kinds = [EventKind.REVIEWED]
        if followed.status in PUBLISHABLE:
            at = day + timedelta(days=6)
            out: dict[str, object] = {"published_by_id": by.pk, "published_at": noon(at)}
            later.append((self.world.signature(at, by), out))
            kinds.append(EventKind.PUBLISHED)
            if self.world.happens(WITHDRAWN):
                at = day + timedelta(days=8)
                out = {"withdrawn_by_id": by.pk, "withdrawn_at": noon(at)}
                out["withdrawn_reason"] = OTHER
                later.append((self.world.signature(at, by), out))
                kinds.append(EventKind.WITHDRAWN)
        pk = self.tables[Summary].add(
            self.world.signature(day, by),
            later,
            follow_up_id=followed.pk,
            text=text,
            written_by_id=by.pk,
        )
        for kind, (signature, _changes) in zip(kinds, later, strict=True):
            self._tell(kind, (Summary, pk), followed, signature[0].date())

    def _tell(
        self, kind: EventKind, target: tuple[Change, int], followed: Followed, day: date
    ) -> None:
        is_review = kind == EventKind.REVIEWED
        keepers = followed.plan.keepers
        by = keepers.reviewer if is_review else keepers.coordinator
        self.world.event(kind, target, by, noon(day), follow_up=followed.pk)
