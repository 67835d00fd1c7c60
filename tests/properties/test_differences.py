"""Whatever two contents say: their differences make one of the other."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from requirements_pkg.comparing.differences import DifferenceKind, apply, differences
from requirements_pkg.document.reading import read
from tests.factories.contents import a_cell, a_content, a_requirement, a_treatment

# Few, so that rows of two contents meet; likely ones, so that they are mistaken for each other.
TEXTS = st.sampled_from(
    [
        "",
        "Gruvor förorenar vatten.",
        "Gruvor förorenar vatten och mark.",
        "Arbetare saknar avtal.",
        "Ska lämnas inom [antal veckor: 4] veckor.\n\nVarje år.",
        "Ska lämnas inom [antal veckor: 6] veckor.\n\nVarje år.",
        "😀 &<>",
        " blankt \n",
    ]
)
CODES = st.sampled_from([f"SE-{number:02}" for number in range(1, 7)])
NUMBERS = st.integers(1, 4)
CELLS = st.builds(
    a_cell,
    st.sampled_from(["raw_material", "use"]),
    st.sampled_from(["environment", "human_rights"]),
    TEXTS,
    TEXTS,
    level=st.sampled_from(["", "high"]),
)


def lists(rows, most=4):
    return st.lists(rows, max_size=most)


def one_place_each(cells):
    return list({(cell["stage"], cell["dimension"]): cell for cell in cells}.values())


AREAS = st.fixed_dictionaries(
    {"number": NUMBERS, "name": TEXTS, "cells": lists(CELLS).map(one_place_each)}
)
INDICATORS = st.fixed_dictionaries({"number": CODES, "title": TEXTS})
SUB_GOALS = st.fixed_dictionaries(
    {"number": CODES, "title": TEXTS, "indicators": lists(INDICATORS, 2)}
)
GOALS = st.fixed_dictionaries(
    {"number": NUMBERS, "title": TEXTS, "sub_goals": lists(SUB_GOALS, 3)}
)
REQUIREMENTS = st.builds(
    a_requirement,
    CODES,
    uid=st.sampled_from("abcdef"),
    title=TEXTS,
    text=TEXTS,
    product_areas=lists(NUMBERS, 2),
    replaces=st.none() | st.sampled_from("abc"),
    treats=lists(st.builds(a_treatment, text=TEXTS), 2),
)
IDS = st.integers(1, 5)
FIGURES = st.sampled_from(["", "12.5", "40"])


def by_id(rows):
    return list({row["id"]: row for row in rows}.values())


FACTS = st.fixed_dictionaries(
    {
        "id": IDS,
        "goal": NUMBERS,
        "sub_goal": CODES,
        "number": CODES,
        "kind": st.sampled_from(["milestone", "measure"]),
        "unit": st.sampled_from(["", "%"]),
        "baseline": FIGURES,
        "target": FIGURES,
        "due_on": st.sampled_from(["", "2025-12-31"]),
    }
)
LESSONS = st.fixed_dictionaries(
    {
        "id": IDS,
        "text": TEXTS,
        "method": st.sampled_from(["audit", "dialogue"]),
        "year": st.none() | st.just(2025),
        "changes": lists(
            st.fixed_dictionaries(
                {"uid": CODES, "code": CODES, "revision": NUMBERS, "version": NUMBERS}
            ),
            2,
        ),
    }
)
PLANS = st.none() | st.fixed_dictionaries(
    {
        "category": TEXTS,
        "period": st.just({"first_year": 2023, "last_year": 2025}),
        "procurement_region": st.just("C"),
        "coordinator": st.just("Region Stockholm"),
        "contacts": st.just([]),
        "introduction": TEXTS,
        "product_areas": lists(AREAS),
        "goals": lists(GOALS, 3),
    }
)


MODULES = st.fixed_dictionaries({"slug": CODES, "title": TEXTS, "version": NUMBERS})


def a_whole(requirements):
    return read(a_content(requirements=requirements))


@st.composite
def contents(draw):
    """A content of any schema."""
    content = a_content(
        plan=draw(PLANS),
        requirements=draw(lists(REQUIREMENTS, 6)),
        modules=draw(
            lists(st.fixed_dictionaries({"slug": CODES, "title": TEXTS, "version": NUMBERS}), 2)
        ),
    )
    if draw(st.booleans()):
        content.update(
            schema=3,
            indicators=draw(lists(FACTS, 5).map(by_id)),
            lessons=draw(lists(LESSONS, 5).map(by_id)),
        )
    elif draw(st.booleans()):
        content.update(schema=1, requirements=[])
        del content["modules"], content["package"]["introduction"]
    return content


@st.composite
def edited(draw, old):
    """The same content after somebody worked on it: reordered, renumbered, reworded."""
    new = deepcopy(old)
    plan = new["plan"] or {}
    for rows in (new["requirements"], plan.get("product_areas", []), plan.get("goals", [])):
        rows[:] = draw(st.permutations(rows))
        for number, row in enumerate(rows, start=draw(NUMBERS)):
            name = "code" if "code" in row else "number"
            row[name] = f"SE-{number:02}" if name == "code" else number
            if draw(st.booleans()):
                row["title" if "title" in row else "name"] = draw(TEXTS)
        del rows[draw(st.integers(0, 5)) :]
    for rows in (new.get("indicators", []), new.get("lessons", [])):
        rows[:] = draw(st.permutations(rows))
        for row in rows:
            row["unit" if "unit" in row else "text"] = draw(TEXTS)
        del rows[draw(st.integers(0, 5)) :]
    return new


PAIRS = contents().flatmap(lambda old: st.tuples(st.just(old), contents() | edited(old)))


@settings(deadline=None)
@given(PAIRS)
def test_the_differences_make_the_new_content_of_the_old(pair):
    old, new = map(read, pair)
    # Which schema it was written in is told, but nobody reads of it.
    difference = differences(old, new)
    assert apply(difference, old) == new


@settings(deadline=None)
@given(contents())
def test_a_content_does_not_differ_from_itself(content):
    document, same = read(content), read(deepcopy(content))
    difference = differences(document, same)
    assert not difference
    assert apply(difference, document) == document


@settings(deadline=None)
@given(lists(REQUIREMENTS, 6), lists(REQUIREMENTS, 6))
def test_every_requirement_is_told_of_once(old, new):
    """Each old one has a new place or is removed; each new one has an old place or is added."""
    difference = differences(a_whole(old), a_whole(new))
    assert bool(difference) == (old != new)
    if difference:
        rows = difference.changed["requirements"].rows
        for side, whole in (("old", old), ("new", new)):
            places = [place for row in rows if (place := getattr(row, side)) is not None]
            assert sorted(places) == list(range(len(whole)))
        for row in rows:
            assert (row.kinds == (DifferenceKind.ADDED,)) == (row.old is None)
            assert (row.kinds == (DifferenceKind.REMOVED,)) == (row.new is None)
