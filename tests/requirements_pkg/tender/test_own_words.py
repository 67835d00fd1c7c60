"""The buyer's own notes, headings, order and points, in every file and on the page."""

import json
import re

import pytest

from requirements_pkg.tender.downloads import FORMS
from tests.requirements_pkg.public.test_selection_page import text_of as page_text
from tests.requirements_pkg.tender.test_chosen_downloads import text_of
from tests.requirements_pkg.tenders import HOSTILE, content

SLUG = "it-teknisk-plattform"
QUERY = f"paket={SLUG}&version=1&krav=SV-04&krav=TK-03&krav=KK-01"


@pytest.fixture(autouse=True)
def stored(store_content):
    return store_content(content())


def words_of(client, extension: str, own: str) -> str:
    response = client.get(f"/urval/ladda-ner/{extension}?{QUERY}&{own}")
    assert response.status_code == 200
    return text_of(extension, response.content)


@pytest.mark.parametrize("extension", FORMS)
def test_a_note_and_a_heading_are_in_every_file(client, extension):
    own = "e.SV-04.anteckning=Bifoga+kartan&e.SV-04.rubrik=Sp%C3%A5rbarhet"
    text = words_of(client, extension, own)
    assert "Bifoga kartan" in text
    assert "Spårbarhet" in text
    assert "Kommentar från" not in words_of(client, extension, "")


@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_what_has_a_heading_of_its_own_stands_first_and_tells_its_kind(client, extension):
    text = words_of(client, extension, "e.SV-04.rubrik=Sp%C3%A5rbarhet")
    text = text[text.rindex("Spårbarhet") :]
    places = [text.index(words) for words in ("Spårbarhet", "SV-04:1", "KK-01:1", "TK-03:1")]
    assert places == sorted(places)
    assert "Kravtyp: Särskilt kontraktsvillkor" in text
    # No other has its kind in a heading and again.
    assert "Kravtyp: Tilldelningskriterium" not in text


def test_places_put_requirements_in_order_within_a_heading(client):
    headings = "&".join(f"e.{code}.rubrik=Allt" for code in ("SV-04", "TK-03", "KK-01"))
    own = f"{headings}&e.KK-01.plats=1&e.TK-03.plats=2"
    rows = json.loads(client.get(f"/urval/ladda-ner/json?{QUERY}&{own}").content)["requirements"]
    assert [row["code"] for row in rows] == ["KK-01", "TK-03", "SV-04"]
    text = words_of(client, "pdf", own)
    places = [text.index(f"{code}:1 Krav {code}") for code in ("KK-01", "TK-03")]
    assert places == sorted(places)


@pytest.mark.parametrize("extension", FORMS)
def test_points_and_scale_are_those_of_the_buyer(client, extension):
    text = words_of(client, extension, "e.TK-03.poang=40&e.TK-03.skala=40%3A+allt,+20%3A+lite")
    assert "40: allt, 20: lite" in text
    assert "5: hälften" not in text
    if extension in ("docx", "pdf"):
        assert "Högst 40 poäng." in text
        assert "tillsammans högst 40 poäng" in text


@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_criteria_may_deduct_kronor_instead(client, extension):
    text = words_of(client, extension, "e.TK-03.poang=50000&varde=avdrag").replace("\xa0", " ")
    assert "Högst 50 000 kronor dras av från priset" in text
    assert "Åberopat avdrag i kronor" in text
    assert "Högst 10 poäng" not in text


def test_the_page_checks_the_sum(client):
    right = page_text(client.get(f"/urval/?{QUERY}&summa=10"))
    wrong = page_text(client.get(f"/urval/?{QUERY}&e.TK-03.poang=40&summa=100"))
    assert "tillsammans högst 10 poäng" in right
    assert "Det är inte den summa" not in right
    assert "tillsammans högst 40 poäng. Det är inte den summa som ni vill ha." in wrong
    assert "Poängskalan är skriven för andra poäng." in wrong
    none = page_text(client.get(f"/urval/?paket={SLUG}&version=1&krav=SV-04&summa=5"))
    assert "Poängen ska tillsammans bli" not in none


def test_hostile_words_are_words(client):
    hostile = "".join(f"%{ord(sign):02X}" for sign in HOSTILE)
    own = f"e.SV-04.anteckning={hostile}&e.SV-04.rubrik={hostile}"
    for extension in ("docx", "pdf", "xlsx"):
        assert "panic()" in words_of(client, extension, own)
    page = client.get(f"/urval/?{QUERY}&{own}", follow=True).content.decode()
    assert "<b>&amp;" not in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
