"""A made-up nation for demonstrations and benchmarks: plans in all procurement regions.

The same seed and day give the same rows. They are made in bulk, without history or events: nobody
did anything, and nobody has changed anything since.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.text import slugify

from actionplan.models import (
    ActionPlan,
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
from followup.national_follow_up import follow_up
from requirements_pkg import snapshot
from requirements_pkg.drafting import draft_content, wordings
from requirements_pkg.models import (
    GoalService,
    PackageVersion,
    Requirement,
    RequirementArea,
    RequirementRevision,
    RequirementsPackage,
    RiskTreatment,
)
from requirements_pkg.models.chain import fingerprint
from requirements_pkg.publishing import package_of
from risks.models import Assessment, RiskCell, RiskLevel, RiskStatement, StatementKind

SEED: Final = 2026
NOTE: Final = "Första publiceringen av kravpaketet."
LEVELS: Final = ("basic", "basic", "basic", "advanced", "spearhead")
# Most cells of a matrix say something.
ASSESSED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is of everything; the analysts' workbook has about 100,000 rows of it."""

    plans: int = len(texts.CATEGORIES)
    areas: int = 6
    requirements: tuple[int, int] = (60, 200)
    treats: int = 8
    follow_ups: int = 150  # of each area, over three years
    readings: int = 9  # of each indicator and organisation, over three years


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who works in a procurement region."""

    coordinator: User
    reviewer: User


@transaction.atomic
def make_nation(sizes: Sizes | None = None, *, until: date) -> None:
    """Plans, packages and follow-up of three years up to a day."""
    sizes = sizes or Sizes()
    chance = random.Random(SEED)  # noqa: S311  made up, not secret
    organisations = list(Organisation.objects.select_related("procurement_region").order_by("pk"))
    keepers: dict[str, Keepers] = {}
    for region, prefix, name, areas in texts.CATEGORIES[: sizes.plans]:
        home = next(one for one in organisations if one.procurement_region.code == region)
        if region not in keepers:
            keepers[region] = _keepers(region, home)
        plan = _plan(name, home, until)
        _fill_plan(plan, areas.split("; ")[: sizes.areas], chance)
        package = package_of(plan)
        _demand(package, prefix, sizes, chance)
        version = _publish(package, keepers[region], until)
        follow_up(version, organisations, keepers[region], sizes, chance=chance, until=until)
    if connection.vendor == "postgresql":
        # Without it the first questions to so many new rows are answered by guesses.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _keepers(region: str, home: Organisation) -> Keepers:
    """Two people of a region who cannot log in."""
    made = []
    for name, role in (("samordnare", Role.COORDINATOR), ("granskare", Role.REVIEWER)):
        user = User(username=f"{name}-{region.lower()}", first_name=name.capitalize())
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, organisation=home, role=role)
        made.append(user)
    return Keepers(*made)


def _plan(name: str, home: Organisation, until: date) -> ActionPlan:
    category, _made = PurchasingCategory.objects.get_or_create(
        slug=slugify(name), defaults={"name": name}
    )
    first = until.year - 2
    return ActionPlan.objects.create(
        category=category,
        procurement_region=home.procurement_region,
        coordinator=home,
        slug=f"{slugify(name)}-{first}",
        first_year=first,
        last_year=first + 3,
        status=PlanStatus.ADOPTED,
        introduction=f"Påhittad plan för {name.lower()}, för att visa hur systemet används.",
    )


def _fill_plan(plan: ActionPlan, names: Sequence[str], chance: random.Random) -> None:
    areas = ProductArea.objects.bulk_create(
        ProductArea(plan=plan, number=at, name=name.capitalize(), slug=slugify(name))
        for at, name in enumerate(names, 1)
    )
    RiskCell.objects.complete(areas)
    cells = list(
        RiskCell.objects.filter(product_area__plan=plan)
        .select_related("product_area", "dimension")
        .order_by("pk")
    )
    for cell in cells:
        if chance.random() < ASSESSED:
            cell.assessment = Assessment.DESCRIBED
            cell.level = chance.choice(RiskLevel.values)
    RiskCell.objects.bulk_update(cells, ["assessment", "level"])
    described = (cell for cell in cells if cell.assessment == Assessment.DESCRIBED)
    RiskStatement.objects.bulk_create(
        statement for cell in described for statement in _statements(cell, chance)
    )
    _want(plan, chance)


def _statements(cell: RiskCell, chance: random.Random) -> Iterator[RiskStatement]:
    sentences = chance.sample(texts.RISKS[cell.dimension.code], chance.randint(1, 3))
    kinds = [StatementKind.RISK] * len(sentences)
    if chance.random() < 0.3:
        sentences.append(chance.choice(texts.OPPORTUNITIES))
        kinds.append(StatementKind.OPPORTUNITY)
    for at, (sentence, kind) in enumerate(zip(sentences, kinds, strict=True)):
        text = filled(sentence, cell.product_area.name, chance)
        yield RiskStatement(cell=cell, kind=kind, text=text, position=at)


def filled(sentence: str, area: str, chance: random.Random, **more: object) -> str:
    """A sentence about an area, of some material."""
    material = chance.choice(texts.MATERIALS)
    return sentence.format(area=area.lower(), Area=area, material=material, **more)


def _want(plan: ActionPlan, chance: random.Random) -> None:
    """Goals with their sub-goals, and an indicator for each."""
    for number, (text, sub_goals) in enumerate(texts.GOALS, 1):
        goal = Goal.objects.create(plan=plan, number=number, text=text)
        made = SubGoal.objects.bulk_create(
            SubGoal(goal=goal, number=f"{number}.{at}", position=at, text=sub_goal)
            for at, (sub_goal, _indicator) in enumerate(sub_goals, 1)
        )
        Indicator.objects.bulk_create(
            _indicator(sub_goal, indicator, plan, chance)
            for sub_goal, (_text, indicator) in zip(made, sub_goals, strict=True)
        )


def _indicator(sub_goal: SubGoal, text: str, plan: ActionPlan, chance: random.Random) -> Indicator:
    numbers: dict[str, Any] = {"kind": IndicatorKind.MILESTONE}
    if text.startswith(("Andel", "Antal")):
        unit = "procent" if text.startswith("Andel") else "personer"
        numbers = {"kind": IndicatorKind.MEASURE, "unit": unit, "baseline": 0}
        numbers["target"] = chance.choice((60, 80, 100))
    due_on = date(plan.last_year, 12, 31)
    return Indicator(
        sub_goal=sub_goal, number=sub_goal.number, text=text, due_on=due_on, **numbers
    )


def _demand(
    package: RequirementsPackage, prefix: str, sizes: Sizes, chance: random.Random
) -> None:
    """Requirements, each for an area and there for some of its risks."""
    areas = list(package.plan.product_areas.order_by("number"))
    of_area = [chance.choice(areas) for _one in range(chance.randint(*sizes.requirements))]
    rows = Requirement.objects.bulk_create(
        _requirement(package, f"{prefix}-{at:03}", at, area, chance)
        for at, area in enumerate(of_area, 1)
    )
    pairs = list(zip(rows, of_area, strict=True))
    RequirementArea.objects.bulk_create(
        RequirementArea(requirement=one, product_area=area) for one, area in pairs
    )
    statements: dict[int, list[RiskStatement]] = {area.pk: [] for area in areas}
    found = RiskStatement.objects.filter(cell__product_area__in=areas).order_by("pk")
    for statement in found.select_related("cell"):
        statements[statement.cell.product_area_id].append(statement)
    RiskTreatment.objects.bulk_create(
        RiskTreatment(
            requirement=one,
            statement=statement,
            hash_at_link=fingerprint(one.title, one.text, statement.text),
        )
        for one, area in pairs
        for statement in chance.sample(
            statements[area.pk], min(sizes.treats, len(statements[area.pk]))
        )
    )
    sub_goals = list(SubGoal.objects.filter(goal__plan=package.plan_id).order_by("pk"))
    served = [(one, chance.choice(sub_goals)) for one in rows]
    GoalService.objects.bulk_create(
        GoalService(
            requirement=one,
            sub_goal=goal,
            hash_at_link=fingerprint(one.title, one.text, goal.text),
        )
        for one, goal in served
    )


def _requirement(
    package: RequirementsPackage, code: str, at: int, area: ProductArea, chance: random.Random
) -> Requirement:
    kind, title, text, verification, question = chance.choice(texts.REQUIREMENTS)
    number = chance.randint(2, 9)
    level = chance.choice(("hög", "medel"))
    return Requirement(
        package=package,
        code=code,
        position=at,
        kind=kind,
        level=chance.choice(LEVELS),
        title=filled(title, area.name, chance),
        text=filled(text, area.name, chance, number=number),
        rationale=filled(texts.RATIONALE, area.name, chance, level=level),
        verification=verification,
        follow_up_method=question,
    )


def _publish(package: RequirementsPackage, keepers: Keepers, until: date) -> PackageVersion:
    """Publish it as if that had been done when the plan began; the verb publishes only today."""
    content = draft_content(package)
    version = PackageVersion.objects.create(
        package=package,
        number=1,
        schema=content["schema"],
        content=content,
        sha256=snapshot.sha256(content),
        note=NOTE,
        published_at=datetime(until.year - 2, 1, 15, 9, tzinfo=UTC),
        published_by=keepers.coordinator,
        approved_by=keepers.reviewer,
    )
    digests = wordings(content["requirements"])
    rows = Requirement.objects.filter(package=package).values_list("pk", "uid")
    RequirementRevision.objects.keep(
        [(pk, 1, digests[str(uid)]) for pk, uid in rows], version=version
    )
    return version
