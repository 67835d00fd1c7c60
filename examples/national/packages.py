"""The packages of the made-up nation: requirements, published again and again by the real code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from actionplan.database import bulk
from actionplan.models import ActionPlan, ChangeLog, EventKind, PlanStatus
from actionplan.models.logged import changed, known_values
from examples import national_requirements as words
from examples.national.tables import Signature
from examples.national.world import Area, Plan, World, noon
from requirements_pkg.actions.freezing import Publication, keep_version
from requirements_pkg.actions.publishing import work_out_whole
from requirements_pkg.document.reading import checksum
from requirements_pkg.document.schema import Document
from requirements_pkg.document.schema import Requirement as Wording
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.models import (
    Decision,
    GoalService,
    PackageVersion,
    PublishRequest,
    Requirement,
    RequirementArea,
    RequirementKind,
    RequirementLevel,
    RequirementSource,
    RequirementsPackage,
    RequirementState,
    RiskTreatment,
    VersionWithdrawal,
)
from requirements_pkg.models.chain import current_hashes, fingerprint

LEVELS: Final = (*["basic"] * 6, *["advanced"] * 3, "spearhead")
WITHDRAWN: Final = 3  # of a version
# One package in so many has a version withdrawn; of those of today, so many have changes in their
# draft, and wait for approval.
EACH_WITHDRAWN, EACH_DRAFTED, EACH_WAITING = 9, 3, 6
# Asked for so many days before it is published.
DAYS_BEFORE: Final = 6


@dataclass(frozen=True, slots=True)
class Published:
    """A version as follow-ups refer to it; requirements by their uid."""

    pk: int
    number: int
    on: date
    until: date
    content: Document
    keys: dict[str, int]

    def in_force(self) -> list[Wording]:
        """Return the requirements that may be asked about, in reading order."""
        return [wording for wording in self.content.requirements if wording.is_active]


class Package:
    """The package of a plan, from its first draft to the newest."""

    def __init__(self, world: World, plan: Plan, at: int) -> None:
        self.world, self.tables, self.chance = world, world.tables, world.chance
        self.plan, self.at, self.last_code = plan, at, 0
        versions = world.sizes.versions
        self.days = [
            self._day(number, versions[at % len(versions)])
            for number in range(versions[at % len(versions)])
        ]
        signature = world.signature(date(plan.first_year, 1, 8), plan.keepers.coordinator)
        self.pk = self.tables[RequirementsPackage].add(
            signature,
            plan_id=plan.pk,
            slug=plan.slug,
            title=plan.name,
            introduction=words.INTRODUCTION.format(name=plan.name.lower()),
        )
        # The requirements that lessons want changed in the next version.
        self.wanted: list[int] = []

    def _day(self, number: int, of: int) -> date:
        """Spread the days of versions over the years of the plan until now."""
        first = date(self.plan.first_year, 1, 15)
        last = min(date(self.plan.last_year, 6, 1), self.world.until - timedelta(days=120))
        return first + (last - first) * number / of

    def versions(self) -> Iterator[Published]:
        """Publish one version after the other; what comes between is in the next one."""
        for number, day in enumerate(self.days):
            if number == 0:
                fewest, most = self.world.sizes.requirements
                self._write(self.chance.randint(fewest, most), day - timedelta(days=30))
            else:
                self._revise(day - timedelta(days=20), leave=self.plan.is_current)
            is_last = number == len(self.days) - 1
            ends = self.world.until if is_last else self.days[number + 1]
            yield self._publish(words.NOTES[min(number, len(words.NOTES) - 1)], day, ends)
        self._go_on()

    def _write(self, number: int, day: date) -> None:
        signature = self.world.signature(day, self.plan.keepers.coordinator)
        basic: dict[int, int] = {}
        for _number in range(number):
            area = self.chance.choice(self.plan.areas)
            self._requirement(area, basic, signature)
        self.tables.write()

    def _requirement(self, area: Area, basic: dict[int, int], signature: Signature) -> None:
        self.last_code += 1
        kind, *phrases = self.chance.choice(words.REQUIREMENTS)
        filled = partial(self.world.filled, area=area.name, number=self.chance.randint(2, 9))
        title, text, verification, question = map(filled, phrases)
        level = self.chance.choice(LEVELS)
        replaces = None
        if level == RequirementLevel.BASIC:
            basic[area.pk] = self.tables[Requirement].next
        elif self.world.happens(0.3):
            replaces = basic.get(area.pk)
        is_award = kind == RequirementKind.AWARD
        pk = self.tables[Requirement].add(
            signature,
            package_id=self.pk,
            uid=UUID(int=self.chance.getrandbits(128), version=4),
            code=f"{self.plan.prefix}-{self.last_code:03}",
            position=self.last_code,
            kind=kind,
            level=level,
            title=title,
            text=text,
            rationale=filled(words.RATIONALE, level=self.chance.choice(("hög", "medel"))),
            verification=verification,
            follow_up_method=question,
            guidance=self.chance.choice(words.GUIDANCE),
            max_points=words.POINTS if is_award else None,
            scale=words.SCALE if is_award else "",
            replaces_id=replaces,
            cpv=self.chance.choice(words.CPV),
        )
        self._place(pk, area, signature)
        self._link(pk, area, title, text, signature)

    def _place(self, pk: int, area: Area, signature: Signature) -> None:
        """Add the areas a requirement is for, most often one, and where it comes from."""
        areas = {area.pk, self.chance.choice(self.plan.areas).pk}
        for area_pk in sorted(areas) if self.world.happens(0.2) else [area.pk]:
            self.tables[RequirementArea].add(signature, requirement_id=pk, product_area_id=area_pk)
        for position in range(self.chance.randint(0, 2)):
            title, url, dated = self.chance.choice(words.SOURCES)
            self.tables[RequirementSource].add(
                signature,
                requirement_id=pk,
                title=self.world.filled(title, area.name),
                url=url,
                dated=date.fromisoformat(dated),
                position=position,
            )

    def _link(self, pk: int, area: Area, title: str, text: str, signature: Signature) -> None:
        """Link a requirement to the risks it treats and the sub-goals it serves."""
        confirmed: dict[str, Any] = {"confirmed_at": signature[0], "confirmed_by_id": signature[1]}
        most = min(self.world.sizes.treats, len(area.risks))
        for risk, statement in self.chance.sample(
            area.risks, self.chance.randint(min(1, most), most)
        ):
            self.tables[RiskTreatment].add(
                signature,
                requirement_id=pk,
                statement_id=risk,
                hash_at_link=fingerprint(title, text, statement),
                **confirmed,
            )
        for goal, wanted in self.chance.sample(self.plan.sub_goals, self.chance.randint(1, 2)):
            self.tables[GoalService].add(
                signature,
                requirement_id=pk,
                sub_goal_id=goal,
                hash_at_link=fingerprint(title, text, wanted),
                **confirmed,
            )

    def _revise(self, day: date, *, leave: bool) -> None:
        """Reword what lessons want changed and some more, withdraw a few, write a few anew.

        Args:
            leave: whether the links of one of them are left as they were, to be looked at again.
        """
        rows = list(Requirement.objects.filter(package=self.pk).active().in_reading_order())
        wanted = set(self.wanted)
        self.wanted = []
        extra = self.chance.sample(rows, len(rows) // 20)
        reworded = [
            requirement for requirement in rows if requirement.pk in wanted or requirement in extra
        ]
        named = {requirement.replaces_id for requirement in rows}
        free = [
            requirement
            for requirement in rows
            if requirement not in reworded and requirement.pk not in named
        ]
        withdrawn = self.chance.sample(free, min(WITHDRAWN, len(free) // 4))
        for requirement in reworded:
            requirement.text = f"{requirement.text} {self.chance.choice(words.REWORDED)}"
        for requirement in withdrawn:
            requirement.state, requirement.withdrawn_on = RequirementState.WITHDRAWN, day
            requirement.withdrawn_reason = words.WITHDRAWN
        fields = ["text", "state", "withdrawn_on", "withdrawn_reason"]
        self._update(Requirement, [*reworded, *withdrawn], fields, day)
        self._confirm(reworded[1:] if leave else reworded, day)
        self._write(len(rows) // 40, day)

    def _confirm(self, requirements: list[Requirement], day: date) -> None:
        """Say that the links of what was reworded still hold."""
        for model, target in ((RiskTreatment, "statement"), (GoalService, "sub_goal")):
            links = list(
                model.objects.filter(requirement__in=requirements).select_related(
                    "requirement__package", target
                )
            )
            for link, digest in zip(links, current_hashes(links), strict=True):
                link.hash_at_link = digest
            self._update(model, links, ["hash_at_link"], day)

    def _update(self, model: Any, rows: list[Any], fields: list[str], day: date) -> None:
        if rows:
            by = self.plan.keepers.coordinator
            stored = known_values(model, rows, fields)
            bulk.update(model, rows, fields)
            changes = changed(rows, fields, stored)
            ChangeLog.objects.write(model, changes, by=by, at=noon(day))

    def _publish(self, note: str, day: date, until: date) -> Published:
        package = RequirementsPackage.objects.with_owner().get(pk=self.pk)
        draft, people = work_out_whole(package), self.plan.keepers
        publication = Publication(people.coordinator, people.reviewer, note, noon(day))
        version = keep_version(package, draft, publication)
        self._tell(version, day)
        return Published(version.pk, version.number, day, until, draft.content, dict(draft.keys))

    def _tell(self, version: PackageVersion, day: date) -> None:
        """Add the request that led to a version, and the events of both."""
        by, approved_by = self.plan.keepers.coordinator, self.plan.keepers.reviewer
        requested_at, target = noon(day, -DAYS_BEFORE), (ActionPlan, self.plan.pk)
        self.tables[PublishRequest].add(
            package_id=self.pk,
            sha256=version.sha256,
            note=version.note,
            requested_by_id=by.pk,
            requested_at=requested_at,
            decision=Decision.APPROVED,
            decided_by_id=approved_by.pk,
            decided_at=noon(day),
        )
        detail: dict[str, object] = {"note": version.note, "sha256": version.sha256}
        self.world.event(EventKind.REQUESTED, target, by, requested_at, **detail)
        detail |= {"version": version.number, "approved_by": approved_by.get_username()}
        self.world.event(EventKind.PUBLISHED, target, by, noon(day), **detail)

    def _go_on(self) -> None:
        """Add what some packages have after their last version: a draft, request or withdrawal."""
        if self.at % EACH_WITHDRAWN == 0 and len(self.days) > 1:
            self._withdraw()
        category = self.at // self.world.sizes.periods
        if self.plan.is_current and category % EACH_DRAFTED == 0:
            self._revise(self.world.until - timedelta(days=9), leave=True)
            if category % EACH_WAITING == 0:
                self._ask()

    def _withdraw(self) -> None:
        first, second, *_more = PackageVersion.objects.filter(package=self.pk).order_by("number")
        by, day = self.plan.keepers.coordinator, self.days[1]
        self.tables[VersionWithdrawal].add(
            version_id=first.pk,
            reason="Ett krav hade fel tidsgräns. Den nya versionen har den rätta.",
            replaced_by_id=second.pk,
            withdrawn_by_id=by.pk,
            withdrawn_at=noon(day, 2),
        )
        self.world.event(
            EventKind.WITHDRAWN, (ActionPlan, self.plan.pk), by, noon(day, 2), version=first.number
        )

    def _ask(self) -> None:
        """Send the draft for approval: somebody is waited for."""
        package = RequirementsPackage.objects.with_owner().get(pk=self.pk)
        digest, note = checksum(draft_content(package)), words.NOTES[1]
        by, at = self.plan.keepers.coordinator, noon(self.world.until, -5)
        self.tables[PublishRequest].add(
            package_id=self.pk,
            sha256=digest,
            note=note,
            requested_by_id=by.pk,
            requested_at=at,
            decision=Decision.PENDING,
        )
        detail = {"note": note, "sha256": digest}
        self.world.event(EventKind.REQUESTED, (ActionPlan, self.plan.pk), by, at, **detail)
        plan = ActionPlan.objects.get(pk=self.plan.pk)
        plan.status = PlanStatus.REVIEW
        self._update(ActionPlan, [plan], ["status"], self.world.until - timedelta(days=5))
