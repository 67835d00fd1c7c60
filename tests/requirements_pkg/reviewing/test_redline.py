"""What a reviewer is shown of a draft: only what changed, area by area."""

from copy import deepcopy

import pytest

from requirements_pkg.document.reading import read
from requirements_pkg.reviewing.redline import redline
from tests.factories.contents import a_cell, a_content, a_requirement


@pytest.fixture
def old():
    first = a_requirement("SE-01", text="Spåra tenn.", product_areas=[1])
    return a_content(first, a_requirement("SE-02", text="Lämna energital.", product_areas=[]))


@pytest.fixture
def new(old):
    return deepcopy(old)


def redline_words(old, new):
    sections = redline(old and read(old), read(new))
    return {
        section.id: [(item.key, *item.item.kinds) for item in section.items]
        for section in sections
    }


def test_the_same_draft_shows_nothing(old, new):
    assert redline_words(old, new) == {}


def test_changes_are_read_area_by_area(old, new):
    first, second = new["requirements"]
    first["text"], second["text"] = "Spåra tenn och guld.", "Lämna energital varje år."
    area = new["plan"]["product_areas"][0]
    area["cells"].append(a_cell("end_of_life", "environment", "Bly."))
    new["plan"]["goals"][0]["sub_goals"][0]["title"] = "Krav är framtagna och beslutade"
    assert redline_words(old, new) == {
        "omrade-1": [
            ("cell/1/end_of_life/environment", "added"),
            (f"requirement/{first['uid']}", "changed"),
        ],
        "krav": [(f"requirement/{second['uid']}", "changed")],
        "mal": [("sub_goal/1/1.1", "changed")],
    }


def test_what_stays_is_counted_and_named(old, new):
    new["requirements"][0]["text"] = "Spåra tenn och guld."
    new["requirements"].append(a_requirement("SE-03", text="Bygg.", product_areas=[1]))
    old["requirements"].append(deepcopy(new["requirements"][-1]))
    (section,) = redline(read(old), read(new))
    assert [citation for citation, _title in section.same_requirements] == ["SE-03:1"]
    assert section.same_cells == len(new["plan"]["product_areas"][0]["cells"])


def test_without_a_version_in_force_all_is_new_with_every_field(new):
    sections = redline(None, read(new))
    kinds = {
        kind for section in sections[1:] for item in section.items for kind in item.item.kinds
    }
    assert kinds == {"added"}
    requirement = next(item for section in sections for item in section.items if item.item.code)
    assert {"text", "kind", "level"} <= {line.name for line in requirement.item.lines}


def test_a_removed_area_is_read_apart(old, new):
    removed_area = new["plan"]["product_areas"].pop()
    assert redline_words(old, new)["borttagna"] == [
        ("gone/area/2", "removed"),
        *(
            (f"gone/cell/2/{cell['stage']}/{cell['dimension']}", "removed")
            for cell in removed_area["cells"]
        ),
    ]


def test_a_digest_is_another_once_the_item_reads_otherwise(old, new):
    def digests():
        return [i.digest for s in redline(read(old), read(new)) for i in s.items]

    new["requirements"][0]["text"] = "Spåra tenn och guld."
    first = digests()
    assert digests() == first
    new["requirements"][0]["text"] = "Spåra tenn och koppar."
    assert digests() != first
