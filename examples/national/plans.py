"""The plans of the made-up nation: areas, risk matrices, goals with their indicators, periods."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.utils.text import slugify

from actionplan.models import (
    ActionPlan,
    Contact,
    EventKind,
    Goal,
    Indicator,
    IndicatorKind,
    Membership,
    Organisation,
    PlanStatus,
    ProductArea,
    PurchasingCategory,
    Role,
    SubGoal,
    User,
)
from examples import national_texts as texts
from examples.national.tables import Signature
from examples.national.world import YEARS, Area, Indicated, Keepers, Plan, World, noon
from examples.national_categories import CATEGORIES
from followup.models import ReportingPeriod
from risks.models import (
    Assessment,
    Dimension,
    LifecycleStage,
    OverallLevel,
    RiskCell,
    RiskLevel,
    RiskStatement,
    StatementKind,
)

# Most cells of a matrix say something; one in twenty is out of reach, or as the one above it.
ASSESSMENTS: Final = (
    *[Assessment.DESCRIBED] * 17,
    *(Assessment.NO_LEVERAGE, Assessment.SAME_AS, Assessment.NOT_ASSESSED),
)
EDITED: Final = 0.1
UNITS: Final = {"Andel": "procent", "Antal": "personer"}


def make_categories(world: World) -> list[list[Plan]]:
    """Make the plans of each category, the oldest first, without anything in them."""
    keepers: dict[str, Keepers] = {}
    made = []
    for region, prefix, name, _areas in CATEGORIES[: world.sizes.categories]:
        home = next(
            organisation
            for organisation in world.organisations
            if organisation.procurement_region.code == region
        )
        if region not in keepers:
            keepers[region] = _keepers(region, home)
        category, _made = PurchasingCategory.objects.get_or_create(
            slug=slugify(name), defaults={"name": name}
        )
        plans: list[Plan] = []
        for period in range(world.sizes.periods):
            before = plans[-1].pk if plans else None
            first = world.until.year - 2 - YEARS * (world.sizes.periods - 1 - period)
            values = {"category_id": category.pk, "predecessor_id": before, "first_year": first}
            plans.append(_plan(world, home, keepers[region], (name, prefix), values))
        made.append(plans)
    return made


def _keepers(region: str, home: Organisation) -> Keepers:
    """Return whoever has the role in a region, or somebody who cannot log in."""
    made = []
    for name, role in (("samordnare", Role.COORDINATOR), ("granskare", Role.REVIEWER)):
        there = User.objects.filter(
            memberships__role=role, memberships__organisation=home
        ).order_by("pk")
        user = there.first()
        if user is None:
            user = User(username=f"{name}-{region.lower()}", first_name=name.capitalize())
            user.last_name = f"Region {region}"
            user.set_unusable_password()
            user.save()
            Membership.objects.create(user=user, organisation=home, role=role)
        made.append(user)
    return Keepers(*made)


def _plan(
    world: World,
    home: Organisation,
    keepers: Keepers,
    called: tuple[str, str],
    values: dict[str, Any],
) -> Plan:
    name, prefix = called
    first = values["first_year"]
    last = first + YEARS - 1
    is_current = last >= world.until.year
    by = keepers.coordinator
    later = [
        (world.signature(date(first, 1, 14), keepers.reviewer), {"status": PlanStatus.ADOPTED})
    ]
    if not is_current:
        later.append((world.signature(date(last + 1, 1, 31), by), {"status": PlanStatus.CLOSED}))
    slug = f"{slugify(name)}-{first}"
    pk = world.tables[ActionPlan].add(
        world.signature(date(first, 1, 3), by),
        later,
        procurement_region_id=home.procurement_region_id,
        coordinator_id=home.pk,
        slug=slug,
        last_year=last,
        status=PlanStatus.DRAFT,
        introduction=f"Påhittad plan för {name.lower()}, för att visa hur systemet används.",
        **values,
    )
    detail = {"file": f"{slug}.docx", "created": True, "changes": 0, "not_understood": 0}
    world.event(EventKind.IMPORTED, (ActionPlan, pk), by, noon(date(first, 1, 3)), **detail)
    return Plan(pk, slug, name, prefix, home.procurement_region_id, keepers, first, is_current)


class Filling:
    """What stands in plans."""

    def __init__(self, world: World) -> None:
        self.world, self.tables, self.chance = world, world.tables, world.chance
        self.stages = list(LifecycleStage.objects.order_by("position"))
        self.dimensions = list(Dimension.objects.order_by("position"))
        self.areas = {name: areas.split("; ") for _region, _prefix, name, areas in CATEGORIES}

    def fill(self, plan: Plan) -> None:
        """Give a plan its areas, goals, contact and reporting periods."""
        signature = self.world.signature(date(plan.first_year, 1, 5), plan.keepers.coordinator)
        for number, name in enumerate(self.areas[plan.name][: self.world.sizes.areas], 1):
            pk = self.tables[ProductArea].add(
                signature,
                plan_id=plan.pk,
                number=number,
                name=name.capitalize(),
                slug=slugify(name),
            )
            area = Area(pk, name.capitalize())
            plan.areas.append(area)
            self._assess(area, signature)
        self._want(plan, signature)
        self.tables[Contact].add(
            plan_id=plan.pk,
            name=f"Samordning {plan.name.lower()}",
            email="samordning@example.org",
            is_public=True,
        )
        self._report_in(plan, signature)
        self.tables.write()

    def _assess(self, area: Area, signature: Signature) -> None:
        for dimension in self.dimensions:
            self.tables[OverallLevel].add(
                signature,
                product_area_id=area.pk,
                dimension_id=dimension.pk,
                level=self.chance.choice(RiskLevel.values),
                source=texts.ANALYSIS,
                dated=signature[0].date() - timedelta(days=90),
            )
            above: int | None = None
            for stage in self.stages:
                above = self._cell(area, stage, dimension, above, signature)

    def _cell(
        self, area: Area, stage: Any, dimension: Any, above: int | None, signature: Signature
    ) -> int:
        """Add a cell with its words; return its key, for the one below may be the same."""
        assessment = self.chance.choice(ASSESSMENTS)
        if above is None and assessment == Assessment.SAME_AS:
            assessment = Assessment.DESCRIBED
        is_described = assessment == Assessment.DESCRIBED
        sourced = is_described and self.world.happens(0.3)
        pk = self.tables[RiskCell].add(
            signature,
            product_area_id=area.pk,
            stage_id=stage.pk,
            dimension_id=dimension.pk,
            assessment=assessment,
            level=self.chance.choice(RiskLevel.values) if is_described else "",
            same_as_cell_id=above if assessment == Assessment.SAME_AS else None,
            level_source=texts.ANALYSIS if sourced else "",
            level_source_dated=signature[0].date() - timedelta(days=90) if sourced else None,
        )
        words = {Assessment.NO_LEVERAGE: texts.NO_LEVERAGE, Assessment.SAME_AS: texts.SAME}
        if assessment in words:
            self._say(pk, [(StatementKind.RISK, words[assessment])], signature)
        elif is_described:
            statements = list(self._statements(area, stage.code, dimension.code))
            keys = self._say(pk, statements, signature)
            area.risks.extend(
                (key, text) for key, (_kind, text) in zip(keys, statements, strict=True)
            )
        return pk

    def _say(
        self, cell: int, statements: list[tuple[str, str]], signature: Signature
    ) -> list[int]:
        keys = []
        for position, (kind, text) in enumerate(statements):
            row: dict[str, Any] = {"cell_id": cell, "kind": kind, "position": position}
            if self.world.happens(EDITED):
                # Written more shortly at first.
                first = text.split(",")[0].rstrip(".") + "."
                later = [((signature[0] + timedelta(days=4), signature[1]), {"text": text})]
                keys.append(self.tables[RiskStatement].add(signature, later, text=first, **row))
            else:
                keys.append(self.tables[RiskStatement].add(signature, text=text, **row))
        return keys

    def _statements(self, area: Area, stage: str, dimension: str) -> Iterator[tuple[str, str]]:
        risks = texts.RISKS[dimension]
        fewest, most = self.world.sizes.statements
        for claim in self.chance.sample(risks, min(self.chance.randint(fewest, most), len(risks))):
            place = self.chance.choice(texts.PLACES[stage])
            country = self.chance.choice(texts.COUNTRIES)
            text = f"{self.world.filled(claim, area.name)}, {place} i {country}."
            yield StatementKind.RISK, text
        for sentence in self.chance.sample(texts.OPPORTUNITIES, self.chance.choice((0, 0, 1, 2))):
            yield StatementKind.OPPORTUNITY, self.world.filled(sentence, area.name)

    def _want(self, plan: Plan, signature: Signature) -> None:
        """Make goals with their sub-goals, and an indicator for each."""
        for number, (text, sub_goals) in enumerate(texts.GOALS, 1):
            goal = self.tables[Goal].add(signature, plan_id=plan.pk, number=number, text=text)
            for at, (wanted, indicator) in enumerate(sub_goals, 1):
                place = f"{number}.{at}"
                pk = self.tables[SubGoal].add(
                    signature, goal_id=goal, text=wanted, number=place, position=at
                )
                plan.sub_goals.append((pk, wanted))
                plan.indicators.append(self._indicator(pk, indicator, plan, signature, place))

    def _indicator(
        self, sub_goal: int, text: str, plan: Plan, signature: Signature, number: str
    ) -> Indicated:
        numbers: dict[str, Any] = {"kind": IndicatorKind.MILESTONE}
        target = None
        if unit := UNITS.get(text.split()[0]):
            target = self.chance.choice((60, 80, 100))
            numbers = {"kind": IndicatorKind.MEASURE, "unit": unit, "baseline": 0}
            numbers["target"] = target
        due_on = date(plan.last_year, 12, 31)
        pk = self.tables[Indicator].add(
            signature, sub_goal_id=sub_goal, number=number, text=text, due_on=due_on, **numbers
        )
        return Indicated(pk, number, target)

    def _report_in(self, plan: Plan, signature: Signature) -> None:
        """Make half years, locked when three months have passed since."""
        by = plan.keepers.coordinator
        for year in range(plan.first_year, plan.last_year + 1):
            ends = ((date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), date(year, 12, 31)))
            for name, (first, last) in zip(texts.PERIODS, ends, strict=True):
                locks = last + timedelta(days=90)
                lock = {"locked_by_id": by.pk, "locked_at": noon(locks)}
                later = (
                    [(self.world.signature(locks, by), lock)] if locks < self.world.until else []
                )
                row = {"first_day": first, "last_day": last, "name": f"{name.capitalize()} {year}"}
                pk = self.tables[ReportingPeriod].add(signature, later, plan_id=plan.pk, **row)
                if later:
                    days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
                    target = ReportingPeriod, pk
                    self.world.event(EventKind.LOCKED, target, by, noon(locks), **days)
