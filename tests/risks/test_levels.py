"""Reading a pasted national risk analysis: pure, without a database."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.word.reading.headings import Headings
from risks.levels import (
    DIMENSIONS,
    LEVELS,
    LINE_END,
    MOST,
    STAGES,
    LevelFault,
    LevelProblem,
    RefusedLevels,
    read_levels,
)
from tests.risks.analyses import BOTH, OVERALL, ROWS, STACK, TABLE

EXPECTED = {
    (stage, code): LEVELS[ROWS[name][at].casefold()]
    for code, name in DIMENSIONS.items()
    for at, stage in enumerate(STAGES)
}
EVERY_FORM = pytest.mark.parametrize("text", BOTH.values(), ids=BOTH)


def faults(text: str) -> list[tuple[LevelFault, int, str]]:
    """What the reader refuses a text for."""
    with pytest.raises(RefusedLevels) as refused:
        read_levels(text)
    return [(problem.what, problem.line, problem.words) for problem in refused.value.problems]


def line_of(text: str, words: str) -> int:
    """The line in which words stand, as an editor counts."""
    return next(at for at, line in enumerate(text.split("\n"), start=1) if words in line)


@EVERY_FORM
def test_all_twelve_levels_are_read(text):
    analysis = read_levels(text)
    assert analysis.levels == EXPECTED
    assert analysis.not_understood == ()


def test_the_overall_level_is_what_the_page_says_and_nothing_where_it_says_nothing():
    assert read_levels(TABLE).overall == {}
    codes = {code: LEVELS[OVERALL[name].casefold()] for code, name in DIMENSIONS.items()}
    assert read_levels(STACK).overall == codes
    some = STACK.replace("Arbetares rättigheter Medelhög", "")
    assert set(read_levels(some).overall) == set(DIMENSIONS) - {"workers_rights"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("\n", "\r\n", id="Windows line ends"),
        pytest.param("\n", "\r", id="old line ends"),
        pytest.param("\n", "\n\n \n", id="blank lines"),
        pytest.param(" ", "\u00a0", id="no-break spaces"),
        pytest.param("Medelhög", "Medel\u00adhög", id="soft hyphens"),
        pytest.param("ö", "o\u0308", id="decomposed letters"),
        pytest.param("Hög", "HÖG", id="capitals"),
        pytest.param(" |", "", id="without bars at the end"),
        pytest.param(" | ", "\t", id="tabs, as browsers copy tables"),
        pytest.param("Korruption", "Antikorruption", id="another spelling"),
    ],
)
@EVERY_FORM
def test_what_pasting_does_to_a_text_is_no_fault(text, old, new):
    if (old, text) == (" |", TABLE):
        text = "\n".join(line.removesuffix(" |") for line in text.split("\n"))
    elif old != " |":
        text = text.replace(old, new)
    more = Headings({}, {"antikorruption": "anti_corruption"})
    assert read_levels(text, more).levels == EXPECTED


@pytest.mark.parametrize(
    "heading",
    ["Råvara Bearbetning Sluttillverkning", "Råvara\n\nBearbetning\n\nSluttillverkning"],
    ids=["with spaces", "one per line"],
)
def test_the_heading_of_a_stack_need_not_be_glued(heading):
    text = STACK.replace("RåvaraBearbetningSluttillverkning", heading)
    assert read_levels(text).levels == EXPECTED


def test_rows_and_columns_may_stand_in_another_order():
    order = [2, 0, 1]
    stages = ["Råvara", "Bearbetning", "Sluttillverkning"]
    lines = [" | ".join(["", "Riskområde", *(stages[at] for at in order)])]
    for name, levels in reversed(ROWS.items()):
        lines.append(" | ".join(["", name, *(levels[at] for at in order)]))
    assert read_levels("\n".join(lines)).levels == EXPECTED


def test_names_in_contents_and_prose_are_no_rows():
    contents = "Råvara\nMänskliga rättigheter\nMiljöskydd\n\n"
    prose = "\n\nMänskliga rättigheter\nGruvor är farliga.\n\nKorruption\nMutor förekommer.\n"
    for text in BOTH.values():
        assert read_levels(contents + text + prose) == read_levels(
            "\n" * contents.count("\n") + text
        )


@EVERY_FORM
def test_a_level_that_is_none_of_the_four_is_told_with_its_line(text):
    wrong = text.replace("Medelhög\n\nKorruption", "Mellan\n\nKorruption", 1)
    wrong = wrong.replace("Medelhög |", "Mellan |", 1)
    assert faults(wrong) == [(LevelFault.UNKNOWN_LEVEL, line_of(wrong, "Mellan"), "Mellan")]


@pytest.mark.parametrize(
    "cells", ["Hög | Hög |", "Hög | | Hög |", "| Hög | Hög |", "Hög"], ids=repr
)
def test_a_row_with_a_level_too_few_is_told_with_its_line(cells):
    wrong = TABLE.replace("Hög | Hög | Medelhög |", cells)
    expected = (LevelFault.MISSING_LEVEL, line_of(wrong, "Miljöskydd"), "Miljöskydd")
    assert faults(wrong) == [expected]


def test_a_stacked_row_with_a_level_too_few_is_told_with_its_line():
    wrong = STACK.replace("Hög\n\nHög\n\nMedelhög", "Hög\n\nMedelhög")
    expected = (LevelFault.MISSING_LEVEL, line_of(wrong, "Miljöskydd"), "Miljöskydd")
    assert faults(wrong) == [expected]


@EVERY_FORM
def test_a_row_with_a_level_too_many_is_told_with_its_line(text):
    wrong = text.replace("Medelhög\n\nKorr", "Medelhög\n\nHög\n\nKorr")
    wrong = wrong.replace("Medelhög |", "Medelhög | Hög |")
    expected = (LevelFault.TOO_MANY, line_of(wrong, "Miljöskydd"), "Miljöskydd")
    assert faults(wrong) == [expected]


def test_a_row_that_is_missing_is_told_with_what_stands_there_instead():
    wrong = TABLE.replace("Korruption", "Mutor")
    assert faults(wrong) == [
        (LevelFault.MISSING_ROW, line_of(wrong, "Råvara"), "Korruption"),
        (LevelFault.NOT_UNDERSTOOD, line_of(wrong, "Mutor"), "Mutor | Hög | Hög | Hög"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("Bara en rad.", 0, id="no analysis"),
        pytest.param(TABLE.replace("Bearbetning", "Förädling"), 5, id="an unknown stage"),
        # Where the first row stands, which is all that tells where its heading should be.
        pytest.param(STACK.replace("RåvaraBe", "RåBe"), 9, id="a broken heading"),
    ],
)
def test_a_text_without_the_three_stages_is_told(text, line):
    assert faults(text) == [(LevelFault.NO_STAGES, line, "")]


def test_two_analyses_in_one_text_are_refused_unless_they_agree():
    assert read_levels(TABLE + STACK).levels == EXPECTED
    other = TABLE.replace("Hög | Hög | Medelhög", "Låg | Hög | Medelhög")
    what, _line, words = faults(TABLE + other)[0]
    assert (what, words) == (LevelFault.ROW_TWICE, "Miljöskydd")
    what, _line, words = faults(STACK + "\nKorruption Hög\n")[0]
    assert (what, words) == (LevelFault.OVERALL_TWICE, "Korruption Hög")


def test_an_overall_level_that_is_not_understood_is_reported_and_refuses_nothing():
    analysis = read_levels(STACK.replace("Korruption Låg", "Korruption Mycket låg"))
    assert [problem.words for problem in analysis.not_understood] == ["Korruption Mycket låg"]
    assert "anti_corruption" not in analysis.overall


def test_a_text_beyond_the_bound_is_refused_before_it_is_read():
    assert read_levels(TABLE.ljust(MOST)).levels == EXPECTED
    assert faults(TABLE.ljust(MOST + 1)) == [(LevelFault.TOO_LARGE, 0, "")]


@st.composite
def damaged(draw) -> str:
    """An analysis in which pieces were cut out, doubled, moved or replaced."""
    text = draw(st.sampled_from(list(BOTH.values())))
    for _time in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 60)))
        piece = draw(
            st.sampled_from(["", text[start:end] * 2, "\n", "|", "\t", "Hög", "Råvara", "\x00"])
            | st.text(max_size=8)
        )
        text = text[:start] + piece + text[end:]
    return text


def outcome(text: str) -> tuple[Mapping[tuple[str, str], str], tuple[LevelProblem, ...]]:
    """The levels of a text, or what it is refused for."""
    try:
        return read_levels(text).levels, ()
    except RefusedLevels as refused:
        return {}, refused.problems


@given(damaged())
def test_a_damaged_text_is_read_whole_or_refused_with_a_place_that_exists(text):
    levels, problems = outcome(text)
    assert bool(levels) is not bool(problems)
    assert set(levels) in ({*EXPECTED}, set())
    assert set(levels.values()) <= set(LEVELS.values())
    lines = len(LINE_END.split(text))
    assert all(0 <= problem.line <= lines for problem in problems)


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_refused(text):
    with pytest.raises(RefusedLevels):
        read_levels(text)
