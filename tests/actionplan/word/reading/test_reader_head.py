"""The head of a plan: title, category, region, coordinator, contacts, introduction."""

import docx
import pytest

from actionplan.word.document import ContactText, WordPlace
from actionplan.word.reading.contacts import read_contacts
from tests.actionplan.word.documents import FACTS, add_table, clean_reading, plan, reading


def document_of(**head):
    return clean_reading(reading(plan(**head))).document


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Handlingsplan 2023–2025", (2023, 2025)),
        ("Handlingsplan 2023-2025", (2023, 2025)),
        ("Handlingsplan 2023 \u2212 2025", (2023, 2025)),
        ("Handlingsplan 2023 till 2025", (2023, 2025)),
        ("Handlingsplan 2023 t.o.m. 2025", (2023, 2025)),
        ("Handlingsplan 2023–25", (2023, 2025)),
        ("HANDLINGSPLAN\u00a02024", (2024, 2024)),
        ("Handlingsplan för servrar, 2023 - 2025", (2023, 2025)),
    ],
)
def test_the_period_stands_in_the_title_in_many_ways(title, period):
    document = document_of(title=title)
    assert (document.first_year, document.last_year) == period


def test_the_period_may_stand_below_the_title():
    word = plan(title="Handlingsplan")
    word.paragraphs[0].insert_paragraph_before("Sveriges regioner")
    word.paragraphs[2].insert_paragraph_before("2023–2025")
    result = reading(word)
    assert result.document.last_year == 2025
    assert [problem.words for problem in result.not_understood] == ["Sveriges regioner"]


def test_the_period_may_be_a_head_fact():
    assert document_of(title="", facts=[*FACTS, ["Period:", "2023–2025"]]).first_year == 2023


@pytest.mark.parametrize(
    "heading",
    [
        "I. Prioriterad inköpskategori: Servrar",
        "Prioriterad inköpskategori: Servrar",
        "1) Prioriterad inköpskategori Servrar",
        "I Prioriterade inköpskategorier – Servrar",
        "PRIORITERAD INKÖPSKATEGORI: Servrar",
    ],
)
def test_the_category_stands_in_its_heading(heading):
    assert document_of(category=heading).category == "Servrar"


def test_the_category_may_stand_in_the_paragraph_after_its_heading():
    word = plan(category="I. Prioriterad inköpskategori:")
    word.tables[0]._tbl.addprevious(word.add_paragraph("Servrar")._p)
    assert clean_reading(reading(word)).document.category == "Servrar"


def test_the_category_may_be_a_row_of_the_table():
    facts = [["Prioriterad inköpskategori", "Servrar"], *FACTS]
    assert document_of(category="", facts=facts).category == "Servrar"


def test_headings_need_no_heading_styles():
    word = plan()
    for paragraph in word.paragraphs:
        paragraph.style = "Normal"
    assert clean_reading(reading(word)).document == document_of()


def test_head_facts_may_be_paragraphs():
    word = plan(facts=())
    heading = word.paragraphs[2]
    for text in ("Upphandlingsregion: C", "Områdessamordnare:\tRegion Stockholm"):
        heading.insert_paragraph_before(text)
    heading.insert_paragraph_before("Kontaktpersoner:")
    heading.insert_paragraph_before("Anna Ek, anna.ek@region.example")
    heading.insert_paragraph_before("Bo Ek")
    document = clean_reading(reading(word)).document
    assert (document.procurement_region, document.coordinator) == ("C", "Region Stockholm")
    assert document.contacts == (
        ContactText("Anna Ek", "anna.ek@region.example"),
        ContactText("Bo Ek"),
    )


@pytest.mark.parametrize("label", ["Kontaktperson", "Kontaktpersoner:", "Kontaktperson(er) :"])
def test_the_label_for_contacts_has_many_forms(label):
    facts = [*FACTS[:2], [label, "Anna Ek"]]
    assert document_of(facts=facts).contacts == (ContactText("Anna Ek"),)


def test_two_facts_may_share_a_row():
    facts = [[*FACTS[0], *FACTS[1]], [*FACTS[2], "", ""]]
    document = document_of(facts=facts)
    assert (document.procurement_region, document.coordinator) == ("C", "Region Stockholm")


def test_a_plan_without_coordinator_and_contacts_is_read():
    document = document_of(facts=[["Upphandlingsregion:", "C"], ["Kontaktpersoner:", ""]])
    assert (document.coordinator, document.contacts) == ("", ())


def test_contacts_may_be_paragraphs_of_one_cell():
    word = plan()
    cell = word.tables[0].rows[2].cells[1]
    cell.text = "Anna Ek\nBo Ek"
    cell.add_paragraph("Cia Alm <cia@region.example>")
    contacts = clean_reading(reading(word)).document.contacts
    assert [contact.name for contact in contacts] == ["Anna Ek", "Bo Ek", "Cia Alm"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Ek", [("Anna Ek", "")]),
        (
            "Anna Ek, anna@r.example; Bo Ek <bo@r.example>",
            [("Anna Ek", "anna@r.example"), ("Bo Ek", "bo@r.example")],
        ),
        ("Anna Ek och Bo Ek", [("Anna Ek", ""), ("Bo Ek", "")]),
        ("Anna Ek, Bo af Klint", [("Anna Ek", ""), ("Bo af Klint", "")]),
        ("Anna Ek, hållbarhetsstrateg", [("Anna Ek, hållbarhetsstrateg", "")]),
        ("Anna Ek (e-post: anna@r.example)", [("Anna Ek", "anna@r.example")]),
        ("A Ek a@r.example, B Ek b@r.example", [("A Ek", "a@r.example"), ("B Ek", "b@r.example")]),
        ("inkop@r.example", [("inkop@r.example", "inkop@r.example")]),
        ("", []),
    ],
)
def test_contacts_have_names_and_addresses(text, expected):
    assert [(contact.name, contact.email) for contact in read_contacts([text]).people] == expected


def test_an_introduction_keeps_its_paragraphs():
    paragraphs = ["Första\u00a0stycket.", "", "Andra  stycket\nmed radbrytning.", "• en punkt"]
    expected = "Första stycket.\n\nAndra stycket med radbrytning.\n\n• en punkt"
    assert document_of(introduction=paragraphs).introduction == expected


def test_a_line_of_the_introduction_that_looks_like_a_heading_is_kept():
    document = document_of(introduction=["Vi prioriterar.", "Mål", "Att minska risker."])
    assert document.introduction == "Vi prioriterar.\n\nMål\n\nAtt minska risker."
    assert len(document.goals) == 1


def test_a_plan_without_introduction_is_read():
    assert document_of(introduction=()).introduction == ""


def test_what_the_head_does_not_know_is_reported_with_its_place():
    word = plan()
    word.paragraphs[2].insert_paragraph_before("Version 0.9, utkast")
    add_table(word, [["Diarienummer", "HSN 2023-1"]])
    result = reading(word)
    assert result.document is not None
    assert [(problem.words, problem.place) for problem in result.not_understood] == [
        ("Version 0.9, utkast", WordPlace(paragraph=3)),
        ("Diarienummer | HSN 2023-1", WordPlace(table=4, row=1)),
    ]


def test_an_unknown_row_of_the_head_is_reported():
    (problem,) = reading(plan(facts=[*FACTS, ["Diarienummer", "2023-1"]])).not_understood
    assert (problem.words, problem.place) == ("Diarienummer | 2023-1", WordPlace(table=1, row=4))


def test_a_fact_that_is_given_twice_differently_is_reported():
    result = reading(plan(facts=[*FACTS, ["Upphandlingsregion:", "D"]]))
    assert result.document.procurement_region == "C"
    assert [problem.words for problem in result.not_understood] == ["D"]


def test_the_places_of_the_head_facts_are_told():
    assert reading(plan()).places == {
        "period": WordPlace(paragraph=1),
        "category": WordPlace(paragraph=2),
        "procurement_region": WordPlace(table=1, row=1, column=2),
        "coordinator": WordPlace(table=1, row=2, column=2),
    }


def test_a_table_of_contents_is_ignored():
    word = plan()
    style = word.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    word.paragraphs[1].insert_paragraph_before("II. Introduktion 3", style)
    clean_reading(reading(word))
