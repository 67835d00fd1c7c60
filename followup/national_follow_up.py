"""How it went in the made-up nation: readings, follow-ups, deviations, lessons of three years."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from actionplan.models import Indicator, IndicatorKind, Organisation
from examples import national_texts as texts
from followup.models import (
    AuditForm,
    ChangeState,
    CorrectiveAction,
    Deviation,
    DeviationState,
    FollowUp,
    FollowUpStatus,
    IndicatorReading,
    LegalGround,
    Lesson,
    Method,
    ProposedChange,
    ReadingState,
    ReadingStatus,
    SecrecyReview,
    Severity,
)
from followup.models.deviations import SEVERE
from requirements_pkg.models import PackageVersion, Requirement

if TYPE_CHECKING:
    from followup.national import Keepers, Sizes

THREE_YEARS: Final = 3 * 365
AHEAD: Final = 120
BATCH: Final = 2000
METHODS: Final = (
    *(Method.SELF_ASSESSMENT, Method.SELF_ASSESSMENT, Method.DIALOGUE),
    *(Method.TRANSPARENCY, Method.AUDIT),
)
SEVERITIES: Final = (
    *(Severity.ZERO_TOLERANCE, Severity.MAJOR, Severity.MAJOR),
    *(Severity.MINOR, Severity.MINOR, Severity.MINOR, Severity.OBSERVATION),
)
DONE: Final = (FollowUpStatus.CLOSED, FollowUpStatus.CLOSED, FollowUpStatus.ACTING)
UNDER_WAY: Final = (
    DeviationState.OPEN,
    DeviationState.PLAN_SUBMITTED,
    DeviationState.PLAN_APPROVED,
)


def follow_up(
    version: PackageVersion,
    organisations: Sequence[Organisation],
    keepers: "Keepers",
    sizes: "Sizes",
    *,
    chance: random.Random,
    until: date,
) -> None:
    """Readings of the plan's indicators, and follow-ups of its areas with what they found."""
    made = _Made(version, organisations, keepers, chance, until)
    IndicatorReading.objects.bulk_create(made.readings(sizes.readings), batch_size=BATCH)
    follow_ups = FollowUp.objects.bulk_create(made.follow_ups(sizes.follow_ups), batch_size=BATCH)
    done = [one for one in follow_ups if one.done_on is not None]
    deviations = Deviation.objects.bulk_create(made.deviations(done), batch_size=BATCH)
    CorrectiveAction.objects.bulk_create(made.actions(deviations), batch_size=BATCH)
    lessons = [made.lesson(one) for one in done if chance.random() < 0.5]
    reviews = SecrecyReview.objects.bulk_create(map(made.review, lessons), batch_size=BATCH)
    for lesson, review in zip(lessons, reviews, strict=True):
        lesson.review = review
    Lesson.objects.bulk_create(lessons, batch_size=BATCH)
    ProposedChange.objects.bulk_create(map(made.change, lessons), batch_size=BATCH)


class _Made:
    """Rows of one plan, not yet stored."""

    def __init__(
        self,
        version: PackageVersion,
        organisations: Sequence[Organisation],
        keepers: "Keepers",
        chance: random.Random,
        until: date,
    ) -> None:
        self.version, self.organisations, self.keepers = version, organisations, keepers
        self.chance, self.until = chance, until
        self.plan = version.package.plan
        self.requirements = list(Requirement.objects.filter(package=version.package_id))

    def readings(self, each: int) -> Iterator[IndicatorReading]:
        """Of every indicator, for the country and every organisation, twice a year and so on."""
        for indicator in Indicator.objects.filter(sub_goal__goal__plan=self.plan).order_by("pk"):
            for organisation in (None, *self.organisations):
                for at in range(each):
                    back = THREE_YEARS * (each - 1 - at) // each + self.chance.randint(10, 40)
                    yield self._reading(indicator, organisation, back, (at + 1) / each)

    def _reading(
        self, indicator: Indicator, organisation: Organisation | None, back: int, part: float
    ) -> IndicatorReading:
        as_of = self.until - timedelta(days=back)
        value = None
        if indicator.kind == IndicatorKind.MEASURE and indicator.target is not None:
            value = round(float(indicator.target) * part * self.chance.uniform(0.6, 1.1))
        statuses = ReadingStatus.values[1:4] if part < 1 else ReadingStatus.values[1:]
        is_approved = self.chance.random() < 0.9
        decided: dict[str, Any] = {"state": ReadingState.SUBMITTED}
        if is_approved:
            decided = {"state": ReadingState.APPROVED, "decided_by": self.keepers.reviewer}
            decided["decided_at"] = _noon(as_of, 9)
        return IndicatorReading(
            indicator=indicator,
            organisation=organisation,
            as_of=as_of,
            status=self.chance.choice(statuses),
            value=value,
            comment=self.chance.choice(texts.COMMENTS),
            author=self.keepers.coordinator,
            submitted_at=_noon(as_of, 5),
            **decided,
        )

    def follow_ups(self, each: int) -> Iterator[FollowUp]:
        """Of every area, spread over three years and some months ahead."""
        for area in self.plan.product_areas.order_by("number"):
            for at in range(each):
                back = THREE_YEARS - (THREE_YEARS + AHEAD) * at // each
                yield self._follow_up(area, self.until - timedelta(days=back), at)

    def _follow_up(self, area: Any, planned_for: date, at: int) -> FollowUp:
        method = self.chance.choice(METHODS)
        done_on, status = None, FollowUpStatus.PLANNED
        if self.chance.random() < 0.03:
            status = FollowUpStatus.CANCELLED
        elif planned_for < self.until - timedelta(days=30) and self.chance.random() < 0.92:
            done_on = planned_for + timedelta(days=self.chance.randint(0, 25))
            status = self.chance.choice(DONE)
        is_audit = method == Method.AUDIT
        return FollowUp(
            product_area=area,
            version=self.version,
            organisation=self.chance.choice(self.organisations),
            method=method,
            audit_form=self.chance.choice(AuditForm.values) if is_audit else "",
            planned_for=planned_for,
            done_on=done_on,
            status=status,
            contract_reference=f"AVT-{planned_for.year}-{area.pk:03}-{at:03}",
            supplier=f"Leverantör {self.chance.randint(1, 400)} AB",
            auditor="Påhittad Revision AB" if is_audit else "",
            notes="Påhittad uppföljning.",
        )

    def deviations(self, done: Sequence[FollowUp]) -> Iterator[Deviation]:
        """From none to four of each follow-up."""
        for one in done:
            for _at in range(self.chance.choice((0, 1, 2, 2, 3, 4))):
                yield self._deviation(one)

    def _deviation(self, one: FollowUp) -> Deviation:
        found_on = one.done_on or one.planned_for
        due_on = found_on + timedelta(days=self.chance.choice((30, 60, 90)))
        severity = self.chance.choice(SEVERITIES)
        how: dict[str, Any] = {"state": self.chance.choice(UNDER_WAY)}
        if one.status == FollowUpStatus.CLOSED or self.chance.random() < 0.5:
            closed_on = min(due_on + timedelta(days=self.chance.randint(-20, 30)), self.until)
            how = {
                "state": DeviationState.CLOSED,
                "closed_on": max(closed_on, found_on),
                "closed_by": self.keepers.reviewer,
                "remedied_by": self.keepers.coordinator,
                "evidence": "Handling i ärendet.",
            }
        elif severity in SEVERE and self.chance.random() < 0.1:
            reason = "Leverantören har inte svarat."
            how = {"state": DeviationState.ESCALATED, "escalation_reason": reason}
        return Deviation(
            follow_up=one,
            requirement=self.chance.choice(self.requirements),
            severity=severity,
            finding=self.chance.choice(texts.FINDINGS),
            found_on=found_on,
            due_on=due_on,
            **how,
        )

    def actions(self, deviations: Sequence[Deviation]) -> Iterator[CorrectiveAction]:
        """One or two steps for whatever has got as far as a plan."""
        for one in deviations:
            if one.state == DeviationState.OPEN:
                continue
            for _at in range(self.chance.randint(1, 2)):
                text = self.chance.choice(texts.ACTIONS)
                yield CorrectiveAction(
                    deviation=one, text=text, due_on=one.due_on, done_on=one.closed_on
                )

    def review(self, lesson: Lesson) -> SecrecyReview:
        """Somebody has looked at the words of the lesson."""
        return SecrecyReview(
            follow_up=lesson.follow_up,
            text_sha256=lesson.words,
            ground=LegalGround.BUSINESS,
            conclusion="Lärdomen nämner varken leverantör eller affärsförhållanden.",
            reviewed_by=self.keepers.reviewer,
            reviewed_at=lesson.written_at + timedelta(days=5),
        )

    def lesson(self, one: FollowUp) -> Lesson:
        """What the follow-up taught."""
        words = self.chance.choice(texts.LESSONS)
        return Lesson(
            follow_up=one,
            text=f"{words} {one.supplier} påpekade det.",
            public_text=words,
            written_by=self.keepers.coordinator,
            written_at=_noon(one.done_on or one.planned_for, 15),
        )

    def change(self, lesson: Lesson) -> ProposedChange:
        """What the lesson asks for; some of it was declined."""
        decided: dict[str, Any] = {}
        if self.chance.random() < 0.2:
            decided = {
                "state": ChangeState.DECLINED,
                "reason": "Kravet är redan tydligt nog.",
                "decided_by": self.keepers.reviewer,
                "decided_at": lesson.written_at + timedelta(days=30),
            }
        return ProposedChange(
            lesson=lesson,
            requirement=self.chance.choice(self.requirements),
            text=self.chance.choice(texts.CHANGES),
            **decided,
        )


def _noon(day: date, later: int) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(12), tzinfo=UTC)
