"""What a comparison tells its reader, and what it keeps to itself."""

from copy import deepcopy

import pytest

from requirements_pkg.comparing import comparison
from requirements_pkg.comparing.words import INSERT
from requirements_pkg.document.reading import read
from tests.factories.contents import a_cell, a_content, a_requirement


@pytest.fixture
def old():
    texts = ("Spåra tenn.", "Lämna energital.", "Hämta uttjänta servrar.", "Visa avtal.")
    return a_content(
        *(a_requirement(f"SE-0{at}", text=text) for at, text in enumerate(texts, start=1))
    )


@pytest.fixture
def new(old):
    return deepcopy(old)


def parts(old, new):
    compared_parts = comparison.compare(read(old), read(new))
    return {part.id: part for part in compared_parts if part.groups}


def compared_items(old, new):
    """Of each item that is shown: its kinds, what it is called, what its lines and notes say."""
    return {
        name: [
            (item.kinds, item.title, *(line.label for line in item.lines)) for item in part.items
        ]
        for name, part in parts(old, new).items()
    }


def counts(old, new):
    return {
        name: [sentence for sentence, _to in part.counts] for name, part in parts(old, new).items()
    }


def test_the_same_content_tells_nothing(old, new):
    assert compared_items(old, new) == {}


def test_requirements_are_told_of_by_what_became_of_them(old, new):
    first, second, _third, fourth = new["requirements"]
    first.update(text="Spåra tenn och guld.", revision=2)
    withdrawal_facts = {"on": "2026-01-31", "reason": "Lagen räcker.", "successor": first["uid"]}
    second.update(state="withdrawn", withdrawn=withdrawal_facts)
    added = a_requirement("SE-09", text="Bygg modulärt och reparerbart.", title="Moduler")
    new["requirements"] = [fourth, first, second, added]
    (part,) = parts(old, new).values()
    assert [group.title for group in part.groups] == [
        "Nya krav",
        "Indragna krav",
        "Borttagna krav",
        "Ändrade krav",
        "Flyttade krav",
    ]
    assert [item.eyebrow for item in part.items] == [
        "SE-09:1",
        "SE-02:1",
        "SE-03:1",
        "SE-01:2, tidigare SE-01:1",
        "SE-04:1",
    ]
    withdrawal = next(item for item in part.items if "withdrawn" in item.kinds)
    assert "Lagen räcker. Använd SE-01 i stället." in withdrawal.lines[0].after
    assert list(part.items)[-1].notes == ("Från plats 4 till plats 1.",)


def test_the_summary_counts_and_leads_to_the_first_of_each(old, new):
    new["requirements"][0]["title"] = "Annat namn"
    new["requirements"][1]["title"] = "Andra ord"
    new["requirements"].pop()
    (part,) = parts(old, new).values()
    assert part.counts == [("1 borttaget", "krav-1"), ("2 ändrade", "krav-2")]
    assert [item.id for item in part.items] == ["krav-1", "krav-2", "krav-3"]


def test_what_only_follows_a_renumbering_is_not_told_of(old, new):
    """The area, the goal and the requirement are; what names them is not."""
    for content in (old, new):
        content["requirements"][1]["replaces"] = content["requirements"][0]["uid"]
    new["requirements"][0]["code"] = "SE-77"
    for area in new["plan"]["product_areas"]:
        area["number"] += 1
    goal = new["plan"]["goals"][0]
    goal["number"], goal["sub_goals"][0]["number"] = 2, "2.1"
    for requirement in new["requirements"]:
        requirement["product_areas"] = [3]
        requirement["treats"][0]["product_area"] = 3
        requirement["serves"][0]["number"] = "2.1"
    assert compared_items(old, new) == {
        "krav": [(("renumbered",), "Krav SE-01")],
        "matris": [(("renumbered",), "Datahallar"), (("renumbered",), "Servrar")],
        "mal": [(("renumbered",), "Ett gemensamt kravpaket")],
    }


def test_every_tie_and_field_is_told_of_in_words(old, new):
    new["requirements"][0].update(
        kind="award",
        level="advanced",
        max_points=5,
        scale="0–5 poäng",
        product_areas=[],
        cpv=["48820000-2", "30200000-1"],
        treats=[],
        serves=[],
        sources=[],
        module={"slug": "villkor", "version": 2},
    )
    new["modules"] = [{"slug": "villkor", "title": "Villkor", "version": 2}]
    lines = {line.label: line.after for line in next(parts(old, new)["krav"].items).lines}
    assert set(lines) == {
        "Kravtyp", "Nivå", "Högsta poäng", "Poängskala", "Produktområden", "CPV-koder",
        "Risker och möjligheter", "Delmål", "Källor", "Modul",
    }  # fmt: skip
    assert "Tilldelningskriterium" in lines["Kravtyp"]
    assert "Avancerad nivå" in lines["Nivå"]
    assert "alla" in lines["Produktområden"]
    assert "Villkor, version 2" in lines["Modul"]


def test_cells_tell_their_level_their_assessment_and_their_statements(old, new):
    cells = new["plan"]["product_areas"][1]["cells"]
    cells[0].update(level="low", statements=[{"kind": "opportunity", "text": "Köp återvunnet."}])
    cells[1] = a_cell("use", "human_rights", "Övervakning.", level="medium")
    assert compared_items(old, new)["matris"] == [
        (("changed",), "Råvara, Miljö", "Nivå", "Möjlighet", "Risk"),
        (("added",), "Användning, Mänskliga rättigheter", "Bedömning", "Nivå", "Risk"),
        (("removed",), "Användning, Miljö", "Bedömning", "Risk"),
    ]
    assert [group.title for group in parts(old, new)["matris"].groups] == ["Servrar"]


def test_statements_that_were_edited_or_moved_are_told_of_as_such(old, new):
    was = ["Gruvor förorenar vatten.", "Tenn kommer från konfliktområden.", "Byt till återvunnet."]
    now = [was[1], "Gruvor förorenar vatten och mark.", was[2]]
    for content, texts in ((old, was), (new, now)):
        cell = a_cell("raw_material", "environment", *texts)
        content["plan"]["product_areas"][1]["cells"][0] = cell
    new["plan"]["product_areas"][1]["cells"][0]["statements"][2]["kind"] = "opportunity"
    (item,) = parts(old, new)["matris"].items
    assert (item.kinds, item.notes) == (("changed",), ("Punkterna står i en annan ordning.",))
    edited, other_kind = item.lines
    assert edited.label == "Risk"
    assert [run.text for run in edited.pieces if run.kind == INSERT] == [" och mark"]
    assert other_kind.label == "Möjlighet, tidigare Risk"


def test_a_reference_is_told_of_by_the_name_of_its_place(old, new):
    cell = new["plan"]["product_areas"][1]["cells"][1]
    to = {"product_area": 2, "stage": "raw_material", "dimension": "environment"}
    cell.update(assessment="same_as", same_as=to, resolved=[], statements=[])
    (item,) = parts(old, new)["matris"].items
    assert "Servrar, Råvara, Miljö" in {line.label: line.after for line in item.lines}["Samma som"]


def test_areas_and_goals_that_come_and_go_are_told_of_whole(old, new):
    removed_area = new["plan"]["product_areas"].pop()
    new["plan"]["product_areas"].append({"number": 3, "name": "nätverk", "cells": []})
    goal = {"number": 2, "title": "Färre risker", "sub_goals": []}
    goal["sub_goals"].append({"number": "2.1", "title": "Granska", "indicators": []})
    new["plan"]["goals"].append(goal)
    changed_parts = parts(old, new)
    added, removed = changed_parts["matris"].items
    assert (added.kinds, added.title) == (("added",), "Nätverk")
    assert (removed.kinds, removed.title) == (("removed",), removed_area["name"].capitalize())
    assert "Råvara, Miljö: Gruvor förorenar vatten." in removed.body
    (goal_item,) = changed_parts["mal"].items
    assert goal_item.body == "2.1 Granska"


def test_sub_goals_and_indicators_are_told_of_below_their_goal(old, new):
    sub_goal = new["plan"]["goals"][0]["sub_goals"][0]
    sub_goal["title"] = "Krav är framtagna och beslutade"
    sub_goal["indicators"] = [{"number": "1.1.1", "title": "Beslut"}]
    assert compared_items(old, new)["mal"] == [
        (("changed",), "Krav är framtagna och beslutade", "Text"),
        (("added",), "Beslut"),
    ]


def test_the_head_is_told_of_field_by_field(old, new):
    new["package"]["introduction"] = "Så används kravpaketet."
    new["plan"].update(coordinator="Region Uppsala", introduction="Servrar och nät prioriteras.")
    new["plan"]["period"]["last_year"] = 2027
    new["modules"] = [{"slug": "villkor", "title": "Villkor", "version": 2}]
    (item,) = parts(old, new)["om"].items
    assert [line.label for line in item.lines] == [
        "Så används kravpaketet",
        "Period",
        "Samordnare",
        "Introduktion",
        "Moduler som ingår",
    ]
    assert counts(old, new)["om"] == ["5 ändrade"]


def test_the_first_schema_and_a_module_without_a_plan_can_be_compared(old, new):
    first = deepcopy(old) | {"schema": 1, "requirements": []}
    del first["modules"], first["package"]["introduction"]
    assert counts(first, old) == {"krav": ["4 nya"], "om": ["1 ändrat"]}
    new["plan"] = None
    assert counts(old, new)["matris"] == ["2 borttagna"]
    assert compared_items(new, deepcopy(new)) == {}


def a_lesson(**fields):
    change = {"uid": "u", "code": "SE-01", "revision": 2, "version": 2}
    return {
        "id": 1,
        "text": "Fråga efter metaller.",
        "method": "audit",
        "year": 2025,
        "changes": [change],
        **fields,
    }


def an_indicator(**fields):
    return {
        "id": 7,
        "goal": 1,
        "sub_goal": "1.1",
        "number": "1.1.1",
        "kind": "milestone",
        "unit": "",
        "baseline": "",
        "target": "",
        "due_on": "",
        **fields,
    }


def test_a_new_lesson_is_told_of_also_where_the_old_content_could_not_tell_it(old, new):
    new["lessons"] = [a_lesson()]
    (part,) = parts(old, new).values()
    (item,) = part.items
    assert (part.id, item.kinds, item.title) == ("lardomar", ("added",), "SE-01:2")
    assert (item.eyebrow, item.body) == ("Från en revision 2025", "Fråga efter metaller.")


def test_a_lesson_that_is_built_into_more_requirements_says_so(old, new):
    old["lessons"] = [a_lesson(), a_lesson(id=2)]
    more = {"uid": "v", "code": "SE-02", "revision": 3, "version": 4}
    new["lessons"] = [a_lesson(id=2), a_lesson(changes=[*a_lesson()["changes"], more])]
    assert compared_items(old, new) == {
        "lardomar": [(("changed",), "SE-01:2, SE-02:3", "Inarbetad i")]
    }


def test_the_figures_of_an_indicator_are_compared_under_its_words(old, new):
    aim = {"number": "1.1.1", "title": "Andel spårade metaller"}
    for content in (old, new):
        content.update(schema=3, lessons=[])
        content["plan"]["goals"][0]["sub_goals"][0]["indicators"] = [aim]
    old["indicators"] = [an_indicator()]
    new["indicators"] = [
        an_indicator(kind="measure", unit="procent", target="80", due_on="2026-12-31")
    ]
    labels = ("Typ av målindikator", "Enhet", "Målvärde", "Måldatum")
    assert compared_items(old, new) == {
        "matt": [(("changed",), "Andel spårade metaller", *labels)]
    }
    ((kind, *_rest),) = [item.lines for item in parts(old, new)["matt"].items]
    assert "milstolpe" in kind.before
    assert "mått" in kind.after


def test_figures_are_not_news_where_the_old_content_did_not_tell_them(old, new):
    new["indicators"] = [an_indicator(unit="procent")]
    assert compared_items(old, new) == {}
    old["indicators"] = [an_indicator(unit="procent", number="1.1.2")]
    assert compared_items(old, new) == {}


def test_what_differs_is_known_by_a_name_that_stays(old, new):
    first, second = new["requirements"][:2]
    first["text"] = "Spåra tenn och guld."
    new["requirements"].remove(second)
    keys = [
        str(item.key) for part in comparison.compare(read(old), read(new)) for item in part.items
    ]
    assert keys == [f"gone/requirement/{second['uid']}", f"requirement/{first['uid']}"]


def test_a_new_area_is_told_of_in_one_piece_or_cell_by_cell(old, new):
    cells = [a_cell("use", "environment", "Bly."), a_cell("use", "workers_rights", "Skift.")]
    area = {"number": 7, "name": "skrivare", "cells": cells}
    new["plan"]["product_areas"].append(area)

    def rendered_items(**how):
        compared = comparison.compare(read(old), read(new), **how)
        return [(str(item.key), item.body) for part in compared for item in part.items]

    ((key, body),) = rendered_items()
    assert (key, "Bly." in body, "Skift." in body) == ("area/7", True, True)
    keys = [key for key, _body in rendered_items(by_cell=True)]
    assert keys[0] == "area/7"
    assert keys[1:] == ["cell/7/use/environment", "cell/7/use/workers_rights"]
