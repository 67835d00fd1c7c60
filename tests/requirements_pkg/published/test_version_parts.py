"""Parts of a version, read without the whole, say what the whole says."""

from pathlib import Path

import msgspec
import pytest

from requirements_pkg.published import catalogue, page_cache, stored_facts, version_parts
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.document import test_reading
from tests.requirements_pkg.whole_and_parts import differences, is_missing


def uid(code: str) -> str:
    return a_requirement(code)["uid"]


def withdrawn_requirement(successor: str | None = None) -> dict:
    """What a requirement has that is withdrawn."""
    return {
        "state": "withdrawn",
        "withdrawn": {"on": "2026-01-02", "reason": "Lagen räcker.", "successor": successor},
    }


LESSONS = [
    {
        "id": number,
        "text": f"Lärdom {number}.",
        "method": "audit",
        "year": 2025,
        "changes": [
            {"uid": uid(code), "code": code, "revision": 2, "version": number} for code in codes
        ],
    }
    for number, codes in ((1, ["SE-01", "SE-02"]), (2, ["SE-02"]), (3, ["BORTA-1"]))
]
CONTENTS = {
    "plain": a_content(),
    "none": a_content() | {"requirements": []},
    "chain": a_content(
        a_requirement("SE-01"),
        a_requirement("SE-02", level="advanced", replaces=uid("SE-01")),
        a_requirement("SE-03", level="spearhead", replaces=uid("SE-01"), product_areas=[]),
        a_requirement("SE-04", **withdrawn_requirement(uid("SE-05"))),
        a_requirement("SE-05", **withdrawn_requirement(uid("SE-01"))),
        a_requirement("SE-06", **withdrawn_requirement(uid("SE-07"))),
        a_requirement("SE-07", **withdrawn_requirement(uid("SE-06"))),
        a_requirement("SE-08", **withdrawn_requirement("ingen")),
        a_requirement("SE-09", replaces=uid("SE-02"), **withdrawn_requirement()),
    ),
    "odd codes": a_content(
        *(a_requirement(code) for code in ("17", "Å Ä–ö", 'x"y', "a'b", "$.a", "%s", "a__b"))
    ),
    "two with one code": a_content(
        a_requirement("SE-01"), a_requirement("SE-01", uid="annan", title="Ett annat")
    ),
    "module": a_content(a_requirement("UK-01", treats=[], serves=[]), plan=None),
    "lessons": a_content(
        a_requirement("SE-01"),
        a_requirement("SE-02"),
        a_requirement("SE-03"),
        schema=3,
        indicators=[],
        lessons=LESSONS,
    ),
    **{
        path.stem: msgspec.json.decode(path.read_bytes())
        for path in sorted(Path(test_reading.__file__).with_name("samples").glob("schema-*.json"))
    },
}


@pytest.mark.parametrize("name", CONTENTS)
def test_every_part_says_what_the_whole_says(store_content, name):
    assert differences(store_content(CONTENTS[name])) == []


def test_a_part_that_says_something_else_is_noticed(store_content):
    version = store_content(CONTENTS["chain"])
    facts = version.facts
    facts.entries = facts.entries[1:] + facts.entries[:1]
    facts.save()
    assert {"SE-01", "SE-02"} <= set(differences(version))


def test_what_a_version_lacks_is_missing(store_content):
    version = catalogue.versions_of(store_content(CONTENTS["plain"]).package.slug).newest
    assert is_missing(version_parts.area_of, version, number=3)
    assert not is_missing(version_parts.area_of, version, number=2)
    assert is_missing(version_parts.requirement_of, version, "SE-02")
    assert not is_missing(version_parts.requirement_of, version, "SE-01")


def test_a_module_has_neither_risks_nor_goals(store_content):
    version = catalogue.versions_of(store_content(CONTENTS["module"]).package.slug).newest
    assert is_missing(version_parts.area_of, version, number=2)
    assert is_missing(version_parts.covered_of, version)
    assert is_missing(version_parts.goals_of, version)


def test_parts_are_made_again_from_the_content(store_content):
    """As an upgrade finds it whose migration has emptied the table."""
    version = store_content(CONTENTS["lessons"])
    version.facts.delete()
    assert stored_facts.catch_up() == 1
    version.refresh_from_db()
    assert differences(version) == []


def test_a_part_is_asked_for_once(store_content, django_assert_num_queries):
    info = catalogue.versions_of(store_content(CONTENTS["chain"]).package.slug).newest
    asks = (
        lambda: version_parts.choices_of(info),
        lambda: version_parts.overview_of(info),
        lambda: version_parts.covered_of(info),
        lambda: version_parts.goals_of(info),
        lambda: version_parts.area_of(info, number=2),
        lambda: version_parts.requirement_of(info, "SE-01"),
        lambda: version_parts.requirement_of(info, "SE-02"),
    )
    page_cache.forget()
    for ask in asks:
        with django_assert_num_queries(1):
            first = ask()
        with django_assert_num_queries(0):
            assert ask() == first
    # Who guesses asks nothing once the codes are known.
    with django_assert_num_queries(0):
        assert version_parts.requirement_of(info, "SE-77") is None


@pytest.mark.parametrize(
    "there",
    [
        *("", "risker/", "risker/2/", "mal/", "krav/SE-02/", "v1/krav/SE-04/"),
        *("krav/SE-04:1/", "v1/krav/SE-04:1/"),
        *("?krav=SE-01", "risker/?krav=SE-01", "krav/SE-02/?krav=SE-01", "versioner/?krav=SE-01"),
    ],
)
def test_a_page_of_a_part_never_reads_the_whole(client, store_content, monkeypatch, there):
    def whole(_version):
        raise AssertionError("The whole content was read.")

    version = store_content(CONTENTS["chain"])
    monkeypatch.setattr(catalogue, "content_of", whole)
    page_cache.forget()
    assert client.get(f"/kravpaket/{version.package.slug}/{there}").status_code < 400
    with pytest.raises(AssertionError):
        client.get(f"/kravpaket/{version.package.slug}/krav/")


def test_a_search_for_a_code_never_reads_the_whole(client, store_content, monkeypatch):
    def whole(_version):
        raise AssertionError("The whole content was read.")

    store_content(CONTENTS["chain"])
    monkeypatch.setattr(catalogue, "content_of", whole)
    page_cache.forget()
    assert "SE-04:1" in client.get("/sok/", {"q": "SE-04"}).content.decode()
