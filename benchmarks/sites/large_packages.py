"""A package as large as one asks for, filled in bulk: what several benchmarks work on."""

import random
from itertools import cycle, islice
from typing import Any

TRADE = """
    leverantören ska redovisa smältverk för tenn och guld inom avtalad tid och visa hur
    arbetsvillkoren i tillverkningen följs upp samt lämna underlag om energianvändning köldmedier
    återbruk reservdelar säkerhetsuppdateringar spårbarhet rekryteringsavgifter och mutor
    """
WORDS = TRADE.split()
KINDS = ("specification", "contract", "qualification")
LEVELS = ("basic", "advanced", "spearhead")


def sentence(chance: random.Random, words: int) -> str:
    """Return a sentence of that many words of the trade, chosen at random."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def large_package(*, requirements: int, areas: int) -> tuple[Any, Any, Any]:
    """Make a package with that many requirements; return it and the two who publish it."""
    from actionplan.models import (
        ActionPlan,
        Membership,
        Organisation,
        ProcurementRegion,
        PurchasingCategory,
        User,
    )
    from requirements_pkg.actions.publishing import package_of

    plan = ActionPlan.objects.create(
        category=PurchasingCategory.objects.create(slug="stor", name="Stor"),
        procurement_region=ProcurementRegion.objects.get(code="C"),
        coordinator=Organisation.objects.get(code="stockholm"),
        slug="stor",
        first_year=2026,
        last_year=2029,
        introduction="En stor plan.",
    )
    people = []
    for name, role in (("samordnare", "coordinator"), ("granskare", "reviewer")):
        user = User.objects.create(username=name)
        Membership.objects.create(user=user, organisation=plan.coordinator, role=role)
        people.append(user)
    chance = random.Random(7)
    statements = _fill_matrices(plan, areas, chance)
    package = package_of(plan)
    _fill_package(package, requirements, statements, chance)
    return package, *people


def _fill_matrices(plan: Any, number: int, chance: random.Random) -> list[Any]:
    from actionplan.models import Goal, Indicator, ProductArea, SubGoal
    from risks.models import Assessment, RiskCell, RiskStatement

    for at in range(1, number + 1):
        ProductArea.objects.create(plan=plan, number=at, name=f"område {at}")
    RiskCell.objects.complete(plan.product_areas.all())
    cells = RiskCell.objects.filter(product_area__plan=plan)
    cells.update(assessment=Assessment.DESCRIBED)
    goal = Goal.objects.create(plan=plan, number=1, text="Ett mål")
    sub_goal = SubGoal.objects.create(goal=goal, number="1.1", text="Ett delmål")
    Indicator.objects.create(sub_goal=sub_goal, number="1.1", text="En indikator")
    return RiskStatement.objects.bulk_create(
        RiskStatement(cell=cell, text=sentence(chance, 16), position=at)
        for cell in cells
        for at in range(2)
    )


def _fill_package(package: Any, number: int, statements: list[Any], chance: random.Random) -> None:
    from requirements_pkg.models import (
        Requirement,
        RequirementArea,
        RequirementSource,
        RiskTreatment,
    )
    from requirements_pkg.models.chain import fingerprint

    kinds, levels = cycle(KINDS), cycle(LEVELS)
    rows = Requirement.objects.bulk_create(
        Requirement(
            package=package,
            code=f"SE-{at:04}",
            title=sentence(chance, 5),
            text=f"{sentence(chance, 30)} Inom [antal veckor: 4] veckor. {sentence(chance, 20)}",
            rationale=sentence(chance, 20),
            verification=sentence(chance, 12),
            follow_up_method=sentence(chance, 12),
            guidance=sentence(chance, 25),
            law_baseline=sentence(chance, 15),
            beyond_law=sentence(chance, 15),
            kind=next(kinds),
            level=next(levels),
            cpv="48820000-2 32420000-3",
            position=at,
        )
        for at in range(1, number + 1)
    )
    areas = list(package.plan.product_areas.all())
    RequirementArea.objects.bulk_create(
        RequirementArea(requirement=requirement, product_area=area)
        for requirement, area in zip(rows, cycle(areas), strict=False)
    )
    RequirementSource.objects.bulk_create(
        RequirementSource(
            requirement=requirement, title="Förordning", url="https://eur-lex.example/1"
        )
        for requirement in rows
    )
    pairs = zip(rows, islice(cycle(statements), len(rows)), strict=True)
    RiskTreatment.objects.bulk_create(
        RiskTreatment(
            requirement=requirement,
            statement=statement,
            hash_at_link=fingerprint(requirement.title, requirement.text, statement.text),
        )
        for requirement, statement in pairs
    )
