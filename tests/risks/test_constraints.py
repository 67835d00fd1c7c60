"""Each database constraint of the risk matrix: the database refuses, and says why in Swedish."""

from datetime import date

import pytest

from risks.models import (
    Dimension,
    HeadingAlias,
    LifecycleStage,
    OverallLevel,
    RiskCell,
    RiskStatement,
)
from tests.factories import CategoryFactory
from tests.project.house.breaking import (
    Break,
    assert_database_refuses,
    assert_sentence_of_form,
    params,
)

ONE_OR_THE_OTHER = (
    "Välj en sak som stavningen betyder: ett livscykelsteg, en dimension, en organisation eller "
    "en inköpskategori."
)
WHOLE_SOURCE = "Ange både adress och datum för nivåns källa."
ONE_TARGET = "Välj en ruta eller en kategori som rutan hänvisar till."


def alias() -> HeadingAlias:
    return HeadingAlias(folded="en ny stavning", stage=LifecycleStage.objects.first())


def cell() -> RiskCell:
    """A cell of the plan's first area that says nothing yet."""
    return RiskCell.objects.filter(product_area__number=1, stage__code="other").first()


def referring_cell() -> RiskCell:
    row = cell()
    row.assessment = "same_as"
    row.same_as_cell = other_cell(row)
    return row


def sourced_cell() -> RiskCell:
    """A cell whose level comes from an analysis."""
    row = cell()
    row.give_level("high", "https://analys.example/", date(2025, 5, 1))
    return row


def overall_level() -> OverallLevel:
    """An overall level beside that of another dimension."""
    first, second = Dimension.objects.all()[:2]
    given = {
        "product_area": cell().product_area,
        "level": "high",
        "source": "https://analys.example/",
        "dated": date(2025, 5, 1),
    }
    OverallLevel.objects.get_or_create(dimension=first, defaults=given)
    return OverallLevel(dimension=second, **given)


def free_cell() -> RiskCell:
    """A cell that the area does not have; a stage more would make room for it."""
    row = cell()
    stage, _made = LifecycleStage.objects.get_or_create(
        code="extra", defaults={"name": "Extra", "position": 99}
    )
    return RiskCell(product_area=row.product_area, stage=stage, dimension=row.dimension)


def other_cell(row: RiskCell) -> RiskCell:
    return RiskCell.objects.exclude(pk=row.pk).filter(product_area=row.product_area).first()


def statement() -> RiskStatement:
    return RiskStatement(cell=cell(), text="Buller stör grannar.")


CASES = [
    Break(
        "risks_headingalias_means_one_thing",
        alias,
        {"dimension": lambda row: Dimension.objects.first()},
        ONE_OR_THE_OTHER,
    ),
    Break("risks_headingalias_means_one_thing", alias, {"stage": None}, ONE_OR_THE_OTHER),
    Break(
        "risks_headingalias_folded_is_filled",
        alias,
        {"folded": ""},
        "Ange rubriken.",
        is_field_error=True,
    ),
    Break(
        "risks_riskcell_once",
        free_cell,
        {"stage": lambda row: LifecycleStage.objects.get(code="other")},
        "Produktområdet har redan den rutan.",
    ),
    Break(
        "risks_riskcell_assessment_is_known",
        cell,
        {"assessment": "fine"},
        "Välj en bedömning i listan.",
        is_field_error=True,
    ),
    Break(
        "risks_riskcell_level_is_known",
        cell,
        {"level": "terrible"},
        "Välj en risknivå i listan.",
        is_field_error=True,
    ),
    Break("risks_riskcell_same_as_agrees", cell, {"assessment": "same_as"}, ONE_TARGET),
    Break("risks_riskcell_same_as_agrees", cell, {"same_as_cell": other_cell}, ONE_TARGET),
    Break(
        "risks_riskcell_same_as_agrees",
        cell,
        {"same_as_category": lambda row: CategoryFactory()},
        ONE_TARGET,
    ),
    Break(
        "risks_riskcell_same_as_agrees",
        referring_cell,
        {"same_as_category": lambda row: CategoryFactory()},
        ONE_TARGET,
    ),
    Break("risks_riskcell_same_as_agrees", referring_cell, {"same_as_cell": None}, ONE_TARGET),
    Break(
        "risks_riskcell_same_as_agrees",
        referring_cell,
        {"assessment": "described"},
        ONE_TARGET,
    ),
    Break(
        "risks_riskcell_not_same_as_itself",
        referring_cell,
        {"same_as_cell_id": lambda row: row.pk},
        "En ruta kan inte hänvisa till sig själv. Välj en annan ruta.",
    ),
    Break("risks_riskcell_source_is_dated", sourced_cell, {"level_source": ""}, WHOLE_SOURCE),
    Break(
        "risks_riskcell_source_is_dated",
        sourced_cell,
        {"level_source_dated": None},
        WHOLE_SOURCE,
    ),
    Break(
        "risks_riskcell_source_is_of_a_level",
        sourced_cell,
        {"level": ""},
        "Välj en nivå eller lämna nivåns källa tom.",
    ),
    Break(
        "risks_overalllevel_once",
        overall_level,
        {"dimension": lambda row: Dimension.objects.first()},
        "Produktområdet har redan en samlad nivå i den dimensionen.",
    ),
    Break(
        "risks_overalllevel_level_is_known",
        overall_level,
        {"level": "terrible"},
        "Välj en samlad nivå i listan.",
        is_field_error=True,
    ),
    Break(
        "risks_overalllevel_source_is_filled",
        overall_level,
        {"source": ""},
        "Ange adressen till den samlade nivåns källa.",
        is_field_error=True,
    ),
    Break(
        "risks_riskstatement_kind_is_known",
        statement,
        {"kind": "rumour"},
        "Välj risk eller möjlighet.",
        is_field_error=True,
    ),
    Break(
        "risks_riskstatement_text_is_filled",
        statement,
        {"text": ""},
        "Ange riskens eller möjlighetens text.",
        is_field_error=True,
    ),
]


@pytest.mark.parametrize("case", params(CASES))
def test_the_database_refuses_the_row(plan, case):
    assert_database_refuses(case)


@pytest.mark.parametrize("case", params(CASES))
def test_validation_says_why_in_swedish(plan, case):
    assert_sentence_of_form(case)


@pytest.mark.parametrize("level", ["", "high", "medium", "low", "insufficient"])
def test_every_level_and_none_is_accepted(plan, level):
    row = cell()
    row.level = level
    row.full_clean()
    row.save()


def test_a_cell_may_be_the_same_as_a_category(plan):
    row = cell()
    row.assessment, row.same_as_category = "same_as", CategoryFactory()
    row.full_clean()
    row.save()


def test_a_spelling_may_stand_for_a_dimension(plan):
    row = alias()
    row.stage, row.dimension = None, Dimension.objects.first()
    row.full_clean()
    row.save()


@pytest.mark.parametrize("meant", ["organisation", "category"])
def test_a_spelling_may_stand_for_an_organisation_or_a_category(plan, meant):
    row = alias()
    row.stage = None
    setattr(row, meant, plan.coordinator if meant == "organisation" else plan.category)
    row.full_clean()
    row.save()
