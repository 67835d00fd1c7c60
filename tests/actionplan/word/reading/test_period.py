"""The years of a plan as people write them; a year that would be lost is a fault."""

import pytest

from actionplan.word.document import ProblemKind
from actionplan.word.reading.period import AmbiguousPeriod, is_period, period
from tests.actionplan.word.documents import FACTS, clean_reading, plan, reading


@pytest.mark.parametrize(
    "text",
    [
        "2023–2025",
        "2023 - 2025",
        "2023/2025",
        "2023–25",
        "2023-'25",
        "2023 till 2025",
        "2023 t.o.m. 2025",
        "2023 tom 2025",
        "2023, 2024 och 2025",
        "1 januari 2023 – 31 december 2025",
        "den 1 januari 2023 till och med den 31 december 2025",
        "2023 – 31 december 2025",
        "första januari 2023 till sista december 2025",
        "jan. 2023–dec. 2025",
        "2023-01-01 – 2025-12-31",
        "2023-01-01-2025-12-31",
        "fr.o.m. 2023-01-01 t.o.m. 2025-12-31",
        "2023-01 – 2025-12",
        "20230101-20251231",
        "1/1 2023 - 31/12 2025",
        "1.1.2023–31.12.2025",
        "Q1 2023 – Q4 2025",
        "2023 fram till slutet av 2025",
        "Handlingsplan för perioden 2023–2025",
    ],
)
def test_a_period_is_its_first_and_last_year(text):
    assert period(text) == (2023, 2025)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023", (2023, 2023)),
        ("december 2023", (2023, 2023)),
        ("2023-01-01 – 2023-12-31", (2023, 2023)),
        ("Handlingsplan 2023 – Servrar", (2023, 2023)),
        ("Handlingsplan 2023 (version 2)", (2023, 2023)),
        ("2023 & 2024", (2023, 2024)),
        ("2025–2023", (2025, 2023)),
        ("Handlingsplan", None),
        ("23–25", None),
    ],
)
def test_a_period_may_be_one_year_or_none(text, years):
    assert period(text) == years


@pytest.mark.parametrize(
    "text",
    [
        "2023–2025 (reviderad 2024)",
        "2023–2025, dnr 2022-0145",
        "2023–2025–2027",
        "2023–2025 och 2027",
        "2023 och 2025",
        "2023 och framåt",
        "2023 tills vidare",
        "från 2023",
        "till och med 2025",
        "2023–",
        "2023–5",
        "Beslutad 2022, gäller 2023–2025",
    ],
)
def test_a_period_that_would_lose_a_year_or_an_end_is_unclear(text):
    with pytest.raises(AmbiguousPeriod):
        period(text)


@pytest.mark.parametrize(
    ("text", "is_only_period"),
    [
        ("2023–2025", True),
        ("Perioden 2023 till 2025", True),
        ("(åren 2023–2025)", True),
        ("Beslutad 2022-11-03", False),
        ("Version 0.9", False),
    ],
)
def test_a_line_may_say_nothing_but_a_period(text, is_only_period):
    assert is_period(text) is is_only_period


def test_a_long_row_of_dates_does_not_take_long():
    with pytest.raises(AmbiguousPeriod):
        period("2023 " + "jan. feb. t.o.m. " * 5000 + "x 2025")


def test_an_unclear_period_is_a_fault_with_its_words():
    (fault,) = reading(plan(title="Handlingsplan 2023 och framåt")).faults
    assert (fault.what, fault.words) == (
        ProblemKind.PERIOD_UNCLEAR,
        "Handlingsplan 2023 och framåt",
    )


def test_a_period_without_years_is_a_fault_with_its_words():
    (fault,) = reading(plan(title="", facts=[*FACTS, ["Period:", "tre år"]])).faults
    assert (fault.what, fault.words) == (ProblemKind.PERIOD_UNCLEAR, "tre år")


def test_a_period_may_be_said_twice_in_other_words():
    facts = [*FACTS, ["Period", "1 januari 2023 – 31 december 2025"]]
    document = clean_reading(reading(plan(facts=facts))).document
    assert (document.first_year, document.last_year) == (2023, 2025)


def test_two_periods_are_a_fault():
    (fault,) = reading(plan(facts=[*FACTS, ["Period", "2024–2026"]])).faults
    both = "Handlingsplan 2023–2025 / 2024–2026"
    assert (fault.what, fault.words) == (ProblemKind.PERIOD_UNCLEAR, both)


def test_the_date_of_a_decision_below_the_title_is_no_period():
    word = plan(title="Handlingsplan", facts=[*FACTS, ["Period", "2023–2025"]])
    word.paragraphs[1].insert_paragraph_before("Beslutad 2022-11-03")
    result = reading(word)
    assert result.document.first_year == 2023
    assert [problem.words for problem in result.not_understood] == ["Beslutad 2022-11-03"]
