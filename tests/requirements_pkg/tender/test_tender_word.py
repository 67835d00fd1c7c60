"""The Word file of a selection, read back: headings, boxes, addresses, and hostile words."""

import io
import re
import zipfile
from collections.abc import Callable
from itertools import pairwise

import docx
import pytest
from docx.document import Document
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.styles import Styles
from docx.table import Table

from actionplan.word.reading.reader import read
from actionplan.word.writing.writer import write_docx
from requirements_pkg.document.plan import written_plan
from requirements_pkg.tender import document as tender
from requirements_pkg.tender.word import append_requirements, write_tender
from tests.actionplan.word.documents import HEADINGS
from tests.factories.contents import DIMENSIONS, STAGES, a_document, a_requirement
from tests.requirements_pkg.tenders import HOSTILE, SOURCE, a_tender, content, of

BODY = qn("w:body")


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_tender(a_tender(weeks="6"))


@pytest.fixture(scope="module")
def word(written) -> Document:
    return docx.Document(io.BytesIO(written))


def headings(word: Document) -> list[tuple[int, str]]:
    return [
        (int(p.style.name.removeprefix("Heading ")), p.text)
        for p in word.paragraphs
        if p.style.name.startswith("Heading")
    ]


def text_of(word: Document) -> str:
    return "\n".join("".join(p.itertext()) for p in word.element.body.iter(qn("w:p")))


def title_of(table: Table) -> str:
    return table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_address_of_a_source_leads_there():
    body = write_tender(tender.tender_of(content(), SOURCE))
    document = docx.Document(io.BytesIO(body))
    links = [link.address for p in document.paragraphs for link in p.hyperlinks]
    assert "https://eur-lex.example/1" in links
    assert "Förordning, 2017-05-17, https://eur-lex.example/1" in text_of(document)


def test_the_headings_are_those_of_a_tender(word):
    assert [text for level, text in headings(word) if level == 1] == [
        "Kraven i korthet",
        "Kvalificeringskrav",
        "Tekniska specifikationer",
        "Tilldelningskriterier",
        "Särskilda kontraktsvillkor",
    ]
    assert [text for level, text in headings(word) if level == 2] == [
        "KK-01:1 Krav KK-01",
        "TS-02:1 Krav TS-02",
        "TK-03:1 Krav TK-03",
        "SV-04:1 Förteckning över smältverk",
    ]
    assert (3, "Bevis som ska lämnas") in headings(word)


def test_no_level_of_heading_is_left_out(word):
    levels = [level for level, _text in headings(word)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_texts_are_filled_in_and_what_is_missing_is_marked(word):
    assert "inom 6 veckor" in text_of(word)
    marked = [r.text for p in word.paragraphs for r in p.runs if r.style.name == "Saknas"]
    assert marked == [
        "1 fält är inte ifyllt. Det är markerat i texten.",
        "Indraget 2026-01-30: Lagen kräver det numera.",
        "[effekt i watt]",
    ]


def test_all_requirements_stand_in_one_table_whose_head_is_repeated(word):
    first, *boxes = word.tables
    assert [cell.text for cell in first.rows[0].cells] == [
        "Kod",
        "Krav",
        "Kravtyp",
        "Nivå",
        "Högsta poäng",
    ]
    assert [row.cells[0].text for row in first.rows[1:]] == [
        "KK-01:1",
        "TS-02:1",
        "TK-03:1",
        "SV-04:1",
    ]
    assert first.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    # A contract term is not answered.
    assert len(boxes) == 3


def test_no_row_is_split_over_two_pages(word):
    rows = [row for table in word.tables for row in table.rows]
    assert rows
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_each_requirement_has_a_box_for_the_bidder_with_yes_and_no_to_tick(word):
    _first, *boxes = word.tables
    assert title_of(boxes[0]) == "Anbudsgivarens svar: KK-01:1"
    assert [row.cells[0].text for row in boxes[0].rows] == [
        "Uppfylls kravet?",
        "Svar",
        "Bilaga eller sida",
    ]
    names = [a.get(qn("w:val")) for a in boxes[0]._tbl.iter(qn("w:alias"))]
    assert names == ["KK-01:1 Ja", "KK-01:1 Nej"]


def test_each_requirement_has_its_permanent_address_as_a_link(word):
    targets = {rel.target_ref for rel in word.part.rels.values() if rel.is_external}
    assert targets == {requirement.address for requirement in a_tender().items}
    assert "Fast adress, version 2: https://krav.example/" in text_of(word)


def test_the_document_says_what_it_is_in_swedish_and_numbers_its_pages(word):
    assert word.core_properties.title == "Krav: IT-teknisk plattform"
    assert word.core_properties.language == "sv-SE"
    languages = {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    footer = word.sections[0].footer
    assert footer.paragraphs[0].text.startswith(
        "IT-teknisk plattform, version 2, publicerad 2026-01-31\t"
    )
    fields = [f.get(qn("w:instr")) for f in footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_same_selection_gives_the_same_bytes(written):
    assert write_tender(a_tender(weeks="6")) == written


def test_it_stays_swedish_for_a_visitor_who_reads_english(written):
    from django.utils.translation import override

    with override("en"):
        assert write_tender(a_tender(weeks="6")) == written


def test_hostile_words_stay_words():
    code = "SE-01"
    made = of(a_requirement(code, title=HOSTILE, text=f"{HOSTILE} [a: {HOSTILE}]", revision=3))
    word = docx.Document(io.BytesIO(write_tender(made)))
    assert f"SE-01:3 {HOSTILE}" in [text for _level, text in headings(word)]


def test_characters_that_xml_forbids_are_left_out():
    made = of(a_requirement("SE-01", title="a\x00b\x0bc", text="\ud800d\uffff"))
    assert "SE-01:1 abc" in text_of(docx.Document(io.BytesIO(write_tender(made))))


def test_a_version_s_document_has_its_requirements_after_its_plan():
    plan = written_plan(content().plan)
    before = write_docx(plan, stage_names=STAGES, dimension_names=DIMENSIONS)
    whole = append_requirements(before, tender.tender_of(content(), SOURCE))
    word = docx.Document(io.BytesIO(whole))
    entries = headings(word)
    at = entries.index((1, "V. Kravpaketets krav"))
    assert (1, "IV. Mål") in entries[:at]
    assert (3, "SV-04:1 Förteckning över smältverk") in entries[at:]
    assert (4, "Motiv") in entries[at:]
    assert "Så används paketet." in text_of(word)
    # What a bidder answers is no part of what was published.
    assert "Anbudsgivarens svar" not in text_of(word)


def contents_of(word: Document) -> list[tuple[int, str]]:
    entries = [p for p in word.element.body.iter(qn("w:p")) if (p.style or "").startswith("TOC")]
    return [
        (int(p.style[3:]), "".join(t.text for t in p.iter(qn("w:t"))))
        for p in entries
        if p.style != "TOCHeading"
    ]


def whole_document() -> Document:
    plan = written_plan(content().plan)
    before = write_docx(plan, stage_names=STAGES, dimension_names=DIMENSIONS)
    whole = append_requirements(before, tender.tender_of(content(), SOURCE))
    return docx.Document(io.BytesIO(whole))


def test_a_version_s_document_begins_with_its_contents():
    word = whole_document()
    listed = contents_of(word)
    assert listed == [(level, text) for level, text in headings(word) if level <= 3]
    assert (1, "IV. Mål") in listed
    assert (2, "Tilldelningskriterier") in listed
    assert (3, "SV-04:1 Förteckning över smältverk") in listed
    title, control, *_rest = word.element.body
    assert (title.style, control.tag) == ("Title", qn("w:sdt"))
    # What follows begins on a page of its own.
    assert control.findall(f".//{qn('w:br')}")[-1].get(qn("w:type")) == "page"


def test_each_entry_of_the_contents_leads_to_its_heading():
    word = whole_document()
    body = word.element.body
    marks = {
        mark.get(qn("w:name")): "".join(t.text for t in mark.getparent().iter(qn("w:t")))
        for mark in body.iter(qn("w:bookmarkStart"))
    }
    led = [
        marks[link.get(qn("w:anchor"))]
        for link in body.iter(qn("w:hyperlink"))
        if link.get(qn("w:anchor"))
    ]
    assert led == [text for _level, text in contents_of(word)]
    instruction = "".join(run.text for run in body.iter(qn("w:instrText")))
    assert instruction == ' TOC \\o "1-3" \\h \\z '
    kinds = [char.get(qn("w:fldCharType")) for char in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_a_module_s_document_has_its_contents_after_its_front(written):
    module = tender.tender_of(content(plan=None), SOURCE)
    word = docx.Document(io.BytesIO(write_tender(module)))
    assert contents_of(word) == [heading for heading in headings(word) if heading[0] <= 2]
    # A selection has its table instead.
    assert contents_of(docx.Document(io.BytesIO(written))) == []


def test_a_version_s_document_is_read_as_its_plan_alone():
    plan = written_plan(content().plan)
    before = write_docx(plan, stage_names=STAGES, dimension_names=DIMENSIONS)
    whole = append_requirements(before, tender.tender_of(content(), SOURCE))
    reading = read(whole, headings=HEADINGS)
    assert reading.not_understood == read(before, headings=HEADINGS).not_understood == ()
    assert reading.document == read(before, headings=HEADINGS).document


@pytest.mark.parametrize("selected", [True, False])
def test_no_paragraph_link_or_table_is_found_by_searching_what_was_written(monkeypatch, selected):
    """A thousand requirements took a minute: python-docx searches body, styles and relations."""
    searches = []
    for owner, name in (
        (BaseOxmlElement, "first_child_found_in"),
        (Relationships, "_get_matching"),
        (Styles, "__getitem__"),
    ):
        plain = getattr(owner, name)
        monkeypatch.setattr(owner, name, counted(plain, searches))

    def searches_of(number: int) -> int:
        searches.clear()
        rows = [a_requirement(f"SE-{at:02}") for at in range(number)]
        write_tender(of(*rows) if selected else tender.tender_of(a_document(*rows), SOURCE))
        return len(searches)

    assert searches_of(12) == searches_of(4) > 0


def counted(plain: Callable, calls: list) -> Callable:
    def call(searched, *arguments):
        # A paragraph of its own may be searched; the body, the styles, the relations may not.
        if getattr(searched, "tag", BODY) == BODY:
            calls.append(plain)
        return plain(searched, *arguments)

    return call


def test_every_part_of_the_file_is_dated_the_same(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search(rb"20(2[5-9]|3\d)-", archive.read("docProps/core.xml"))
