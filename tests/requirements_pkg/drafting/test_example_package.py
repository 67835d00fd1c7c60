"""The bundled example: a whole requirements package, checked against the example plan."""

import dataclasses
import re
from collections import Counter
from itertools import chain

import pytest

from actionplan.word.document import OPPORTUNITY, RISK
from actionplan.word.reading.reader import read
from examples import build_example
from examples.requirements.module import MODULE_REQUIREMENTS
from examples.requirements.requirement import AWARD, KINDS, LEVELS, prose
from examples.requirements.shared import REQUIREMENTS
from requirements_pkg.document import cpv, fill_in
from tests.actionplan.word.documents import HEADINGS, clean_reading

ALL = (*REQUIREMENTS, *MODULE_REQUIREMENTS)
WORD = build_example.FOLDER / f"{build_example.NAME}.docx"
BY_CODE = {requirement.code: requirement for requirement in ALL}
each_requirement = pytest.mark.parametrize("requirement", ALL, ids=BY_CODE)


@pytest.fixture(scope="module")
def plan():
    return clean_reading(read(WORD.read_bytes(), headings=HEADINGS)).document


@pytest.fixture(scope="module")
def statements(plan):
    return {
        (area.number, cell.stage, cell.dimension): cell.statements
        for area in plan.areas
        for cell in area.cells
    }


def treated(statements, treats):
    cell = statements[treats.area, treats.stage, treats.dimension]
    return [statement for statement in cell if statement.text.startswith(treats.beginning)]


def test_the_package_is_a_full_one():
    assert len(REQUIREMENTS) >= 34
    assert 6 <= len(MODULE_REQUIREMENTS) <= 9
    assert {requirement.kind for requirement in REQUIREMENTS} == set(KINDS)
    assert {requirement.level for requirement in REQUIREMENTS} == set(LEVELS)
    assert set(chain(*(r.product_areas for r in REQUIREMENTS))) == {1, 2, 3}
    assert sum(bool(requirement.replaces) for requirement in REQUIREMENTS) >= 5


def test_every_code_is_written_rightly_and_used_once():
    assert len(BY_CODE) == len(ALL)
    assert [code for code in BY_CODE if not re.fullmatch(r"[A-Z]{2,4}-[0-9]{2,3}", code)] == []


@each_requirement
def test_a_requirement_says_how_it_is_proved_and_followed_up(requirement):
    for text in ("title", "text", "rationale", "verification", "follow_up_method"):
        assert getattr(requirement, text), text
    assert not requirement.beyond_law or requirement.law_baseline
    assert len(requirement.text.split("\n\n")) <= 3


@each_requirement
def test_its_fill_in_places_are_written_rightly(requirement):
    assert fill_in.faults("\n\n".join(requirement.texts)) == []
    # What is not taken into a tender has nothing to fill in.
    assert "[" not in f"{requirement.guidance}{requirement.rationale}{requirement.law_baseline}"


@each_requirement
def test_points_and_a_scale_belong_to_an_award_criterion_alone(requirement):
    has_points = (requirement.max_points is not None, bool(requirement.scale))
    assert has_points == ((requirement.kind == AWARD,) * 2)


@each_requirement
def test_what_it_replaces_stands_lower_in_the_same_area(requirement):
    if requirement.replaces:
        lower = BY_CODE[requirement.replaces]
        assert LEVELS.index(lower.level) < LEVELS.index(requirement.level)
        assert (lower.product_areas, lower.kind) == (requirement.product_areas, requirement.kind)


@each_requirement
def test_its_cpv_codes_are_real_and_named(requirement):
    assert [code for code in requirement.cpv if cpv.fault(code)] == []
    assert set(requirement.cpv) <= set(cpv.NAMES)


@each_requirement
def test_a_standard_or_a_label_leaves_room_for_an_equal(requirement):
    all_text = f"{requirement.text} {requirement.verification} {requirement.guidance}".lower()
    if re.search(r"iso \d|en 50600|emas|tco certified|epeat|rmap|sa8000|cmrt", all_text):
        assert "likvärdig" in all_text


def test_what_a_tender_takes_in_can_be_filled_in():
    with_places = [r.code for r in REQUIREMENTS if any(map(fill_in.places, r.texts))]
    assert len(with_places) >= 12
    empty = fill_in.places(BY_CODE["TA-05"].text)
    assert [place.default for place in empty] == ["4", "", ""]


def test_most_requirements_have_guidance_and_most_have_sources():
    assert sum(bool(requirement.guidance) for requirement in ALL) > 0.8 * len(ALL)
    assert sum(bool(requirement.sources) for requirement in ALL) > 0.8 * len(ALL)
    sources = list(chain(*(requirement.sources for requirement in ALL)))
    assert all(re.match(r"https?://[^ ]+$", source.url) for source in sources)
    assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", source.dated) for source in sources)
    # One address has one title.
    assert len(set(sources)) == len({source.url for source in sources})


@each_requirement
def test_each_statement_it_treats_is_found_once_in_the_plan(requirement, statements):
    matches = [treated(statements, treats) for treats in requirement.treats]
    assert [len(hits) for hits in matches] == [1] * len(requirement.treats)
    # In its own area, when it has one.
    areas = {treats.area for treats in requirement.treats}
    assert not requirement.product_areas or areas <= set(requirement.product_areas)


def test_most_risks_are_treated_and_some_are_left_open_on_purpose(statements):
    linked = {
        (treats.area, treats.stage, treats.dimension, *treated(statements, treats))
        for requirement in REQUIREMENTS
        for treats in requirement.treats
    }
    servers = {
        (*cell, statement)
        for cell, cell_statements in statements.items()
        for statement in cell_statements
        if cell[0] == 2 and statement.kind in (RISK, OPPORTUNITY)
    }
    assert len(linked & servers) >= 0.8 * len(servers)
    cells = Counter(key[:3] for key in linked)
    for open_cell in (
        (1, "other", "environment"),
        (3, "use", "anti_corruption"),
        (3, "final_manufacturing", "environment"),
    ):
        assert open_cell in statements
        assert open_cell not in cells


def test_the_requirements_serve_sub_goals_of_the_plan(plan):
    known = {sub.number for goal in plan.goals for sub in goal.sub_goals}
    assert set(chain(*(requirement.serves for requirement in REQUIREMENTS))) == known


def test_the_module_stands_on_its_own():
    for requirement in MODULE_REQUIREMENTS:
        assert (requirement.product_areas, requirement.treats, requirement.serves) == ((), (), ())


def test_a_text_over_several_lines_becomes_paragraphs():
    assert prose("\n  En rad\n  till.\n\n  Nytt\n  stycke.\n") == "En rad till.\n\nNytt stycke."
    changed = dataclasses.replace(BY_CODE["SE-01"], title="  En\n titel ")
    assert changed.title == "En titel"
