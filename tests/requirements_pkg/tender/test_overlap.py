"""Choosing a requirement together with the one that replaces it."""

import re
from html import unescape
from typing import Any

import pytest
from django.utils.html import strip_tags

from requirements_pkg.tender.selected.overlap import overlaps
from tests.factories.contents import a_content, a_document, a_requirement

PAGE = "/urval/?paket=it-teknisk-plattform&version=1"
BASIC = a_requirement("SE-01")
MIDDLE = a_requirement("SE-02", replaces=BASIC["uid"], level="advanced")
HIGHEST = a_requirement("SE-03", replaces=MIDDLE["uid"], level="spearhead")
OTHER = a_requirement("SE-04")
WITHDRAWN = a_requirement(
    "SE-09",
    state="withdrawn",
    withdrawn={"on": "2026-01-30", "reason": "Ersatt.", "successor": OTHER["uid"]},
)
ALL = [BASIC, MIDDLE, HIGHEST, OTHER, WITHDRAWN]
WHOLE = a_document(*ALL)


def pairs(*picked: dict[str, Any]) -> list[tuple[str, str]]:
    codes = {requirement["code"] for requirement in picked}
    wanted = [requirement for requirement in WHOLE.requirements if requirement.code in codes]
    return [
        (overlap.new.code, overlap.old.code) for overlap in overlaps(wanted, WHOLE.requirements)
    ]


@pytest.mark.parametrize(
    ("picked", "replaced"),
    [
        ([BASIC, MIDDLE], [("SE-02", "SE-01")]),
        # Through one that is not chosen.
        ([BASIC, HIGHEST], [("SE-03", "SE-01")]),
        ([OTHER, WITHDRAWN], [("SE-04", "SE-09")]),
        ([BASIC, OTHER], []),
        ([MIDDLE], []),
        ([], []),
    ],
)
def test_one_that_is_replaced_is_found_with_its_replacement(picked, replaced):
    assert pairs(*picked) == replaced


def test_a_circle_has_an_end():
    first, second = a_requirement("SE-01"), a_requirement("SE-02")
    first, second = first | {"replaces": second["uid"]}, second | {"replaces": first["uid"]}
    both = a_document(first, second).requirements
    assert len(overlaps(both, both)) == 2


def test_the_selection_warns_in_words_with_a_way_to_remove_either(client, store_content):
    store_content(a_content(*ALL))
    html = client.get(f"{PAGE}&krav=SE-01&krav=SE-02&namn=kommunen").content.decode()
    text = " ".join(unescape(strip_tags(html)).split())
    assert "SE-02 ersätter SE-01, och båda är valda. I upphandlingen behövs bara det ena." in text
    links = dict(re.findall(r'<a href="(\?[^"]*)">(Ta bort SE-0\d)<', html))
    assert {unescape(link): words for link, words in links.items()} == {
        "?paket=it-teknisk-plattform&version=1&krav=SE-02&namn=kommunen": "Ta bort SE-01",
        "?paket=it-teknisk-plattform&version=1&krav=SE-01&namn=kommunen": "Ta bort SE-02",
    }
    alone = client.get(f"{PAGE}&krav=SE-02&krav=SE-04").content.decode()
    assert "båda är valda" not in alone
