"""What a bidder is asked, by the kind of a requirement, and what is the buyer's own business."""

import io

import docx
import pypdf
import pytest
from django.utils.translation import override
from docx.oxml.ns import qn

from requirements_pkg.choosing.selection import parse
from requirements_pkg.tender.answering import answer_rows, unanswered
from requirements_pkg.tender.document import Tender, tender_of
from requirements_pkg.tender.pdf import write_pdf
from requirements_pkg.tender.word import write_tender
from tests.factories.contents import a_document, a_requirement
from tests.requirements_pkg.tenders import SOURCE

SCALE = "20 poäng: högst 1,20. 15 poäng: högst [tal: 1,25]. 0 poäng: högre än 1,25."
OLD = a_requirement("SE-01", kind="specification")
NEW = a_requirement(
    "SE-02",
    kind="specification",
    replaces=OLD["uid"],
    text="Högst 3 W.",
    follow_up_method="Mät [antal: ] servrar i regionens egen hall.",
)
AWARD = a_requirement("TK-03", kind="award", max_points=20, scale=SCALE)
JUDGED = a_requirement(
    "TK-05", kind="award", max_points=10, scale="Poäng ges efter hur väl planen är genomtänkt."
)
TERM = a_requirement("SV-04")


def made(*more: tuple[str, str]) -> Tender:
    everything = (OLD, NEW, AWARD, JUDGED, TERM)
    codes = [("krav", requirement["code"]) for requirement in everything]
    return tender_of(a_document(*everything), SOURCE, parse([*codes, *more]))


def word_of(tender: Tender) -> str:
    body = docx.Document(io.BytesIO(write_tender(tender))).element.body
    return " ".join(
        "".join(words.text for words in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    )


def pdf_of(tender: Tender) -> str:
    pages = pypdf.PdfReader(io.BytesIO(write_pdf(tender))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


FILES = pytest.mark.parametrize("read", [word_of, pdf_of], ids=["Word", "PDF"])


def test_each_kind_asks_what_it_needs():
    with override("sv"):
        questions = {
            requirement.code: [(row.label, *row.choices) for row in answer_rows(requirement)]
            for requirement in made().items
        }
        why = {requirement.code: unanswered(requirement) for requirement in made().items}
    assert questions["SE-01"] == [
        ("Uppfylls kravet?", "Ja", "Nej"),
        ("Svar",),
        ("Bilaga eller sida",),
    ]
    assert questions["TK-03"] == [
        (
            "Steg på skalan",
            "20 poäng: högst 1,20",
            "15 poäng: högst 1,25",
            "0 poäng: högre än 1,25",
        ),
        ("Åberopat värde",),
        ("Åberopade poäng",),
        ("Bilaga eller sida",),
    ]
    # Nobody could tick what is judged: it is answered in words.
    assert questions["TK-05"] == [
        ("Svar mot skalan",),
        ("Åberopat värde",),
        ("Åberopade poäng",),
        ("Bilaga eller sida",),
    ]
    assert questions["SV-04"] == []
    assert why["SV-04"] == "Villkoret besvaras inte: den som lämnar anbud godtar det."
    assert why["SE-01"] == ""


@FILES
def test_a_criterion_has_a_box_for_each_step_and_a_term_has_none(read):
    text = read(made())
    assert "☐ 20 poäng: högst 1,20" in text
    assert "☐ 0 poäng: högre än 1,25" in text
    assert "Åberopat värde" in text
    assert "Åberopade poäng" in text
    assert text.count("Svar mot skalan") == 1
    assert "Godtas villkoret?" not in text
    assert text.count("Villkoret besvaras inte") == 1
    # Of the two specifications.
    assert text.count("☐ Nej") == 2


def test_word_ticks_a_box_for_each_step():
    body = docx.Document(io.BytesIO(write_tender(made()))).element.body
    names = [a.get(qn("w:val")) for a in body.iter(qn("w:alias"))]
    assert "TK-03:1 20 poäng: högst 1,20" in names
    assert max(map(len, names)) <= 64


@FILES
def test_what_is_the_buyer_s_own_business_is_left_out_unless_chosen(read):
    for words in ("Uppföljning under avtalstiden", "Dokumentgranskning varje år.", "Ersätter"):
        assert words not in read(made())
        assert words in read(made(("med", "internt")))


def test_a_place_in_a_text_that_is_left_out_need_not_be_filled_in():
    assert [field.place.name for field in made().missing] == []
    assert [field.place.name for field in made(("med", "internt")).missing] == ["antal"]


def test_what_is_chosen_stands_in_the_address():
    assert parse([("krav", "SE-01"), ("med", "internt")]).query() == "krav=SE-01&med=internt"
    assert parse([("krav", "SE-01"), ("med", "annat")]).query() == "krav=SE-01"
