"""A requirement as people write its code, and where that leads."""

import pytest

from requirements_pkg.document.codes import Citation
from tests.factories.contents import a_content, a_requirement

FOLDER = "/kravpaket/it-teknisk-plattform/"


@pytest.fixture
def stored(store_content):
    """Three versions: the second has a new wording, the third another order and no SE-09."""
    store_content(a_content(a_requirement("SE-01"), a_requirement("SE-09")))
    newer = a_requirement("SE-01", revision=2, text="Leverantören ska redovisa varje år.")
    store_content(a_content(newer, a_requirement("SE-09")))
    return store_content(a_content(newer))


@pytest.mark.parametrize(
    ("cited", "leads_to"),
    [
        ("krav/se-01", "krav/SE-01"),
        ("krav/SE01", "krav/SE-01"),
        ("krav/se1", "krav/SE-01"),
        ("krav/se-01/historik", "krav/SE-01/historik"),
        ("krav/SE-01:1", "v1/krav/SE-01"),
        ("krav/SE-01:2", "v3/krav/SE-01"),
        ("krav/se-01:2", "v3/krav/SE-01"),
        ("v2/krav/se-01", "v2/krav/SE-01"),
        ("v2/krav/SE-01:1", "v1/krav/SE-01"),
        ("krav/se-09", "krav/SE-09"),
    ],
)
def test_a_code_as_people_write_it_leads_to_its_requirement(client, stored, cited, leads_to):
    response = client.get(f"{FOLDER}{cited}/")
    assert (response.status_code, response["Location"]) == (302, f"{FOLDER}{leads_to}/")
    assert client.get(response["Location"]).status_code == 200


def test_what_was_ticked_goes_along(client, stored):
    response = client.get(f"{FOLDER}krav/se-01/?krav=SE-01&f.SE-01.antal-veckor=6")
    assert response["Location"].endswith("krav/SE-01/?krav=SE-01&f.SE-01.antal-veckor=6")


@pytest.mark.parametrize("cited", ["se-02", "SE-01:3", "SE-01:0", "xx9", "se-01:99999"])
def test_what_no_version_has_is_not_found(client, stored, cited):
    assert client.get(f"{FOLDER}krav/{cited}/").status_code == 404


def test_a_code_that_is_written_just_so_comes_before_its_like():
    codes = ["SE-1", "SE-01", "SE-001"]
    assert [Citation.of(text).among(codes) for text in ("se-01", "SE-001", "se-0001")] == [
        "SE-01",
        "SE-001",
        "SE-1",
    ]


def test_what_is_no_code_cites_nothing():
    assert [Citation.of(text) for text in ("", "mineral", "2024", "SE-01:x", "SE-01-2")] == [
        None
    ] * 5
