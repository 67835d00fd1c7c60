"""Which risks are treated, cell by cell, from a content alone."""

import pytest

from requirements_pkg.cards.cell_words import head, rest, state_names
from requirements_pkg.document.coverage import CellCoverage, CoverageState, coverage, together
from requirements_pkg.document.reading import read
from tests.factories.contents import (
    STAGES,
    a_cell,
    a_content,
    a_document,
    a_requirement,
    a_treatment,
)


def of_cell(content, area: int, stage: str, dimension: str = "environment"):
    matrix = next(matrix for matrix in coverage(read(content)).areas if matrix.number == area)
    cells = dict(matrix.rows)[stage]
    return next(cell for cell in cells if cell.dimension == dimension)


def with_cells(content, area: int, *cells):
    """The content with these cells in one of its areas instead."""
    content["plan"]["product_areas"][area - 1]["cells"] = list(cells)
    return content


def same_as(stage: str, to: dict, *texts: str):
    texts = texts or ("Samma risker som ovan.",)
    return a_cell(stage, "environment", *texts, assessment="same_as", same_as=to)


def treating(text: str, **fields):
    return a_requirement(treats=[a_treatment(text=text)], **fields)


def test_every_area_has_its_whole_matrix():
    coverage_map = coverage(a_document())
    assert [(area.number, area.name) for area in coverage_map.areas] == [
        (1, "datahallar"),
        (2, "servrar"),
    ]
    assert [stage for stage, _cells in coverage_map.areas[0].rows] == list(STAGES)
    assert {len(cells) for _stage, cells in coverage_map.areas[0].rows} == {4}
    assert coverage_map.states[CoverageState.NOT_ASSESSED] == 48 - 2


def test_a_cell_names_what_treats_it_and_a_treated_risk_is_not_untreated():
    content = a_content(a_requirement("SE-01"), a_requirement("SE-02"))
    cell = of_cell(content, 2, "raw_material")
    assert (cell.state, cell.requirements, cell.level) == (
        CoverageState.TREATED,
        ("SE-01", "SE-02"),
        "high",
    )
    assert [risk.text for risk in coverage(read(content)).untreated] == ["Hög energianvändning."]
    assert of_cell(content, 2, "use").state == CoverageState.UNTREATED


def test_a_cell_of_which_one_risk_is_treated_is_partly_treated():
    cell = a_cell("raw_material", "environment", "Gruvor förorenar vatten.", "Damm.")
    coverage_cell = of_cell(with_cells(a_content(), 2, cell), 2, "raw_material")
    assert (coverage_cell.state, coverage_cell.untreated) == (CoverageState.PARTLY, 1)


def test_a_withdrawn_requirement_treats_nothing():
    content = a_content(a_requirement(state="withdrawn"))
    assert of_cell(content, 2, "raw_material").state == CoverageState.UNTREATED
    assert coverage(read(content)).untreating == ()


def test_no_leverage_is_never_untreated():
    cell = a_cell("use", "environment", "Ingen rådighet över", assessment="no_leverage")
    content = with_cells(a_content(), 2, cell)
    assert of_cell(content, 2, "use").state == CoverageState.NO_LEVERAGE
    assert coverage(read(content)).untreated == ()


@pytest.mark.parametrize(
    ("areas", "state"),
    [([], CoverageState.TREATED), ([1, 2], CoverageState.TREATED), ([2], CoverageState.UNTREATED)],
)
def test_a_cell_that_is_the_same_inherits_what_is_for_its_area(areas, state):
    to = {"product_area": 2, "stage": "raw_material", "dimension": "environment"}
    content = a_content(a_requirement(product_areas=areas))
    with_cells(content, 1, same_as("raw_material", to))
    cell = of_cell(content, 1, "raw_material")
    assert (cell.state, cell.untreated) == (state, 0)
    assert bool(cell.requirements) is (state == CoverageState.TREATED)


def test_what_treats_a_cell_is_named_in_reading_order_wherever_it_is_linked():
    to = {"product_area": 2, "stage": "raw_material", "dimension": "environment"}
    here = a_treatment(text="Dessutom buller.", product_area=1, stage="use")
    content = a_content(
        a_requirement("SE-01", product_areas=[]),
        a_requirement("SE-02", product_areas=[], treats=[here]),
        a_requirement("SE-03", product_areas=[]),
    )
    with_cells(content, 1, same_as("use", to, "Samma risker som ovan.", "Dessutom buller."))
    assert of_cell(content, 1, "use").requirements == ("SE-01", "SE-02", "SE-03")


def test_what_a_cell_says_beside_its_reference_is_a_risk_of_its_own():
    to = {"product_area": 2, "stage": "raw_material", "dimension": "environment"}
    cell = same_as("use", to, "Samma risker som ovan.", "Dessutom buller.")
    content = with_cells(a_content(a_requirement(product_areas=[])), 1, cell)
    coverage_cell = of_cell(content, 1, "use")
    assert (coverage_cell.state, coverage_cell.untreated) == (CoverageState.PARTLY, 1)
    assert "Dessutom buller." in [risk.text for risk in coverage(read(content)).untreated]


def test_references_are_followed_through_each_other_and_never_round_for_ever():
    def to(stage: str) -> dict:
        return {"product_area": 1, "stage": stage, "dimension": "environment"}

    there = {"product_area": 2, "stage": "raw_material", "dimension": "environment"}
    content = a_content(a_requirement(product_areas=[]))
    with_cells(content, 1, same_as("use", to("other")), same_as("other", there))
    assert of_cell(content, 1, "use").state == CoverageState.TREATED
    with_cells(content, 1, same_as("use", to("other")), same_as("other", to("use")))
    assert of_cell(content, 1, "use").state == CoverageState.UNTREATED


def test_another_category_treats_its_own():
    content = with_cells(a_content(), 1, same_as("use", {"category": "IT-arbetsplats"}))
    assert of_cell(content, 1, "use").state == CoverageState.ELSEWHERE


def test_requirements_that_lack_something_are_named():
    content = a_content(
        a_requirement("SE-01"),
        a_requirement("SE-02", treats=[], verification="", follow_up_method=""),
    )
    coverage_map = coverage(read(content))
    lists = (coverage_map.untreating, coverage_map.unproved, coverage_map.unfollowed)
    assert set(lists) == {("SE-02",)}


def test_a_module_has_no_matrix_and_no_risks_to_treat():
    coverage_map = coverage(a_document(a_requirement(treats=[], verification=""), plan=None))
    assert (coverage_map.areas, coverage_map.untreated, coverage_map.untreating) == ((), (), ())
    assert coverage_map.unproved == ("SE-01",)


def test_a_version_without_requirements_treats_nothing():
    content = a_content(schema=1, requirements=[])
    assert len(coverage(read(content)).untreated) == 2


def test_every_state_has_a_name():
    assert set(state_names()) == set(CoverageState)
    assert len(set(state_names().values())) == len(CoverageState)


def test_opportunities_are_told_by_themselves():
    cell = a_cell("raw_material", "environment", "Gruvor förorenar vatten.", "Damm.")
    cell["statements"].append({"kind": "opportunity", "text": "Återvunnen metall."})
    coverage_cell = of_cell(with_cells(a_content(), 2, cell), 2, "raw_material")
    counts = (coverage_cell.risks, coverage_cell.untreated, coverage_cell.untreated_chances)
    assert counts == (2, 1, 1)
    assert head(coverage_cell.state, 1) == "1 krav"
    assert rest(coverage_cell) == ["1 risk utan krav", "1 möjlighet utan krav"]


def test_a_described_cell_without_a_risk_lacks_no_requirement():
    content = with_cells(a_content(), 2, a_cell("use", "environment"))
    assert of_cell(content, 2, "use").state == CoverageState.NOT_ASSESSED


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["treated", "treated"], "treated"),
        (["treated", "no_leverage", "not_assessed"], "treated"),
        (["treated", "untreated"], "partly"),
        (["partly", "partly"], "partly"),
        (["untreated", "elsewhere"], "untreated"),
        (["not_assessed", "elsewhere"], "elsewhere"),
        (["not_assessed", "no_leverage"], "no_leverage"),
        (["not_assessed"], "not_assessed"),
    ],
)
def test_the_same_cell_of_several_areas_is_treated_as_far_as_all_are(states, expected):
    cells = [CellCoverage("use", "environment", CoverageState(state)) for state in states]
    assert together(cells).state == expected


def test_the_requirements_of_several_areas_count_once():
    first = CellCoverage("use", "environment", CoverageState.TREATED, "", ("SE-01",), ("a",), 2, 0)
    second = CellCoverage(
        "use", "environment", CoverageState.PARTLY, "", ("SE-01", "SE-02"), ("a", "b"), 3, 1, 2
    )
    total = together([first, second])
    assert (total.requirements, total.uids) == (("SE-01", "SE-02"), ("a", "b"))
    assert (total.risks, total.untreated, total.untreated_chances) == (5, 1, 2)
