"""Generated plans in the form that a reader gives them: cleaned, numbered, consistent."""

from hypothesis import strategies as st

from actionplan.text import clean
from actionplan.word.document import (
    NO_LEVERAGE,
    OPPORTUNITY,
    RISK,
    Area,
    CellReference,
    ContactText,
    GoalText,
    IndicatorText,
    PlanDocument,
    PlanStatement,
    SubGoalText,
)
from actionplan.word.reading.statements import LEVELS, CellWords, make_cell, says_something
from tests.reference_grid import DIMENSIONS, STAGES

SENTENCES = st.sampled_from(
    [
        "Risk för läckage av kylmedel.",
        "Risk: barnarbete.",
        "Möjlighet till återbruk, t.ex. delar.",
        "Organisatoriska möjligheter: färre servrar.",
        "Samma risker som ovan.",
        "Samma risker som för Råvara.",
        "Varorna har samma risker som för övriga IT-produkter.",
        "Produktområde 2 är värre.",
        "• 500 kW & <mer> \"än\" 'så' = +1",
        "Ingen rådighet över",
        "😀 emoji",
    ]
)
# Control characters are cleaned away; surrogates and unassigned ones are no text.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=30)
IN_ORDER = st.text("abcåäöABCÅÄÖ &<>,;é–", min_size=1, max_size=30)
HEADING_LIKE = st.sampled_from(["Mål", "II. Introduktion", "Produktområde 1: x", "1.2 tum"])
CATEGORIES = st.sampled_from(["IT-arbetsplats", "Bild: MR, CT m.m.", "Papper och plast (vård)"])
PEOPLE = st.sampled_from(["Anna Ek", "Bo af Klint", "Örjan Åström-Berg", "Cia Alm, strateg"])
ADDRESSES = st.sampled_from(["", "a.b@region.example", "bo+x@r.example.se"])


def cleaned(texts):
    """Texts as they are kept; those that need cleaning twice are no text of ours."""
    return texts.map(clean).filter(lambda text: text and clean(text) == text)


# What is only marks is nobody's risk: the reader leaves it out, and says so.
STATEMENT_TEXTS = cleaned(SENTENCES | WORDS | st.tuples(SENTENCES, WORDS).map(" ".join)).filter(
    says_something
)
NAMES = cleaned(IN_ORDER).filter(lambda name: name[0].isalpha())


def unique_numbers(most):
    return st.lists(st.integers(1, 99), unique=True, min_size=1, max_size=most)


@st.composite
def references(draw, numbers, own):
    """A link to a category or to any other cell of the plan."""
    if draw(st.booleans()):
        return CellReference(category=draw(CATEGORIES))
    cells = st.builds(
        CellReference,
        st.sampled_from(numbers),
        st.sampled_from(STAGES),
        st.sampled_from(DIMENSIONS),
    )
    return draw(cells.filter(lambda cell: cell != own))


@st.composite
def cells(draw, numbers, own):
    statements = st.builds(PlanStatement, st.sampled_from([RISK, OPPORTUNITY]), STATEMENT_TEXTS)
    words = CellWords(
        level=draw(st.sampled_from(["", "", *LEVELS])),
        statements=tuple(draw(st.lists(statements, max_size=3))),
    )
    link = draw(st.none() | references(numbers, own))
    cell = make_cell(own.stage, own.dimension, words, link)
    assert cell.assessment != NO_LEVERAGE or cell.statements
    return cell


@st.composite
def areas(draw, numbers, number):
    places = st.tuples(st.sampled_from(STAGES), st.sampled_from(DIMENSIONS))
    described = draw(st.sets(places, max_size=6))
    drawn_cells = [
        draw(cells(numbers, CellReference(number, stage, dimension)))
        for stage in STAGES
        for dimension in DIMENSIONS
        if (stage, dimension) in described
    ]
    return Area(number, draw(NAMES), tuple(cell for cell in drawn_cells if cell.is_given))


@st.composite
def goals(draw, number):
    sub_goals = []
    for position in range(1, draw(st.integers(0, 3)) + 1):
        own = f"{number}.{position}"
        numbers = draw(st.lists(st.sampled_from([own, f"{own}.1", f"{own}.2"]), max_size=2))
        indicators = tuple(IndicatorText(n, draw(NAMES)) for n in sorted(numbers))
        sub_goals.append(SubGoalText(own, draw(NAMES), indicators))
    return GoalText(number, draw(NAMES), tuple(sub_goals))


PARAGRAPHS = cleaned(HEADING_LIKE | SENTENCES | WORDS)


@st.composite
def plans(draw, paragraphs=PARAGRAPHS):
    """A whole plan; `paragraphs` are those of its introduction."""
    numbers = draw(unique_numbers(3))
    first_year = draw(st.integers(2000, 2090))
    alias = draw(st.sampled_from(["", "De är som övriga IT-produkter (se IT-arbetsplats)."]))
    introduction = [*draw(st.lists(paragraphs, max_size=3)), alias]
    return PlanDocument(
        category=draw(NAMES),
        first_year=first_year,
        last_year=first_year + draw(st.integers(0, 5)),
        procurement_region=draw(st.sampled_from("ABCDEFGH")),
        coordinator=draw(st.just("") | NAMES),
        contacts=tuple(draw(st.lists(st.builds(ContactText, PEOPLE, ADDRESSES), max_size=3))),
        introduction="\n\n".join(filter(None, introduction)),
        areas=tuple(draw(areas(numbers, number)) for number in numbers),
        goals=tuple(draw(goals(number)) for number in draw(unique_numbers(2))),
    )
