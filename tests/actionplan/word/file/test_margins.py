"""Headers, footers and comments are told where they say something that the plan does not."""

import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml

from actionplan.word.document import ProblemKind, WordPlace
from actionplan.word.file import archive
from actionplan.word.file.archive import UnreadableFile, open_package
from tests.actionplan.word.documents import (
    RELATIONS,
    W,
    area_of,
    clean_reading,
    matrix_cell,
    plan,
    reading,
    saved,
)

HEADER, FOOTER, COMMENT = (
    ProblemKind.HEADER_NOT_READ,
    ProblemKind.FOOTER_NOT_READ,
    ProblemKind.COMMENT_NOT_READ,
)
WATERMARK = (
    f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
    '<v:textpath string="UTKAST"/></v:shape></w:pict></w:r>'
)


def problems(word):
    result = reading(word)
    assert result.faults == ()
    return [(problem.what, problem.words) for problem in result.not_understood]


def page_field(name, expected):
    return (
        f'<w:fldSimple {W} w:instr=" {name} "><w:r><w:t>{expected}</w:t></w:r></w:fldSimple>'
        if expected
        else f'<w:fldSimple {W} w:instr=" {name} "/>'
    )


@pytest.mark.parametrize(
    "words",
    [
        "UTKAST",
        "Reviderad 2024-02-01",
        "2024-02-01",
        "2023",
        "Författare: Bo Berg",
        "Diarienummer RS 2023-117",
        "Handlingsplan 2023–2025, version 2",
        "Handlingsplan 2019–2022",
        "www.exempel.se",
    ],
)
def test_what_a_header_or_a_footer_says_is_told(words):
    word = plan()
    word.sections[0].header.paragraphs[0].text = words
    assert problems(word) == [(HEADER, words)]
    word.sections[0].header.paragraphs[0].text = ""
    word.sections[0].footer.paragraphs[0].text = f"{words}\tSida 2 (12)"
    assert problems(word) == [(FOOTER, words)]


@pytest.mark.parametrize(
    "words",
    [
        "1",
        "- 3 -",
        "iv",
        "2 (12)",
        "Sida 1",
        "Sid. 1/12",
        "Sida 1 av 12",
        "s. 3",
        "Handlingsplan 2023–2025",
        "Handlingsplan 2023-2025\tServrar\tSida 1 (3)",
        "Handlingsplan för servrar 2023–2025 | 3",
        "Handlingsplan 2023/2025, sida 3",
        "Sida 3 av 4, Handlingsplan 2023–2025",
        "Prioriterad inköpskategori: Servrar",
        "Region Stockholm, Anna Ek",
        "II. Introduktion",
    ],
)
def test_page_numbers_and_what_the_plan_says_itself_are_no_news(words):
    word = plan()
    word.sections[0].header.paragraphs[0].text = words
    word.sections[0].footer.paragraphs[0].text = words
    clean_reading(reading(word))


@pytest.mark.parametrize(("page", "pages"), [("7", "12"), ("", ""), ("vii", "xx")])
def test_page_numbers_that_word_makes_are_no_news(page, pages):
    word = plan()
    footer = word.sections[0].footer.paragraphs[0]
    footer.add_run("Sida ")
    footer._p.append(parse_xml(page_field("PAGE", page)))
    footer.add_run(" av ")
    footer._p.append(parse_xml(page_field("NUMPAGES", pages)))
    clean_reading(reading(word))


def test_a_watermark_is_told_once_as_what_the_header_says():
    word = plan()
    for margin in (word.sections[0].header, word.sections[0].first_page_header):
        margin.paragraphs[0]._p.append(parse_xml(WATERMARK))
    word.sections[0].different_first_page_header_footer = True
    assert problems(word) == [(HEADER, "UTKAST")]


def test_a_table_in_a_header_is_told_by_its_cells_and_its_logotype_is_not():
    word = plan()
    table = word.sections[0].header.add_table(1, 2, 5_000_000)
    table.cell(0, 0).text = "Beslutad 3 mars 2023"
    picture = '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata/></w:pict>'
    table.cell(0, 1).paragraphs[0]._p.append(parse_xml(f"<w:r {W}>{picture}</w:r>"))
    assert problems(word) == [(HEADER, "Beslutad 3 mars 2023")]


def test_headers_that_word_shows_on_no_page_are_not_told():
    word = plan()
    section = word.sections[0]
    section.first_page_header.paragraphs[0].text = "Utkast"
    section.even_page_footer.paragraphs[0].text = "Remiss"
    section.different_first_page_header_footer = False
    clean_reading(reading(word))
    section.different_first_page_header_footer = True
    assert problems(word) == [(HEADER, "Utkast")]
    section.different_first_page_header_footer = False
    word.settings.odd_and_even_pages_header_footer = True
    assert problems(word) == [(FOOTER, "Remiss")]


def test_each_header_is_told_once_in_however_many_sections():
    word = plan()
    word.sections[0].header.paragraphs[0].text = "Utkast"
    word.add_section(WD_SECTION.NEW_PAGE)
    later = word.add_section(WD_SECTION.NEW_PAGE)
    later.header.is_linked_to_previous = False
    later.header.paragraphs[0].text = "Bilaga till beslut 4"
    assert problems(word) == [(HEADER, "Utkast"), (HEADER, "Bilaga till beslut 4")]


def test_hidden_and_deleted_words_of_a_header_are_not_told_and_struck_ones_are():
    word = plan()
    paragraph = word.sections[0].header.paragraphs[0]
    paragraph.add_run("Hemligt").font.hidden = True
    paragraph.add_run("Remiss").font.strike = True
    assert problems(word) == [(ProblemKind.STRUCK_OUT, "Remiss")]


def test_a_comment_is_told_with_its_author_where_it_stands():
    word = plan()
    (run,) = matrix_cell(word, 2, 1).paragraphs[0].runs
    word.add_comment(run, text="Stämmer detta?", author="Bo Berg")
    introduction = next(p for p in word.paragraphs if p.text.startswith("Det här"))
    word.add_comment(introduction.runs, text="Ny text\nkommer.", author="")
    result = reading(word)
    assert [(problem.what, problem.words, problem.place) for problem in result.not_understood] == [
        (COMMENT, "Ny text kommer.", WordPlace(paragraph=4)),
        (COMMENT, "Stämmer detta? (Bo Berg)", WordPlace(table=2, row=3, column=2)),
    ]
    assert area_of(result).cells[0].text == "Barnarbete."


def test_a_comment_on_nothing_that_is_read_is_told_all_the_same():
    word = plan()
    word.add_heading("Innehållsförteckning", 1)
    entry = word.add_paragraph("Mål\t3")
    word.add_comment(entry.runs, text="Uppdatera.", author="Bo")
    word.add_heading("V. Kravpaketets krav", 1)
    word.add_comment(word.add_paragraph("SE-01").runs, text="Skärp.", author="Bo")
    placeholder = (
        f"<w:p {W}><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent/></w:sdt></w:p>"
    )
    commented = word.add_paragraph("")
    word.add_comment(commented.add_run("Skriv här"), text="Fyll i.", author="Bo")
    control = parse_xml(placeholder)
    commented._p.addnext(control)
    control[0][1].extend(list(commented._p))
    assert [problem for problem in problems(word) if problem[0] == COMMENT] == [
        (COMMENT, "Uppdatera. (Bo)"),
        (COMMENT, "Skärp. (Bo)"),
        (COMMENT, "Fyll i. (Bo)"),
    ]


def test_a_comment_that_was_deleted_with_its_words_is_not_told():
    word = plan()
    paragraph = word.add_paragraph("")
    word.add_comment(paragraph.add_run("Gruvor"), text="Bort!", author="Bo")
    deleted = parse_xml(f"<w:del {W}/>")
    deleted.extend([part for part in paragraph._p if not part.tag.endswith("pPr")])
    paragraph._p.append(deleted)
    clean_reading(reading(word))


def test_headers_beyond_any_document_are_refused(monkeypatch):
    word = plan()
    word.sections[0].header.paragraphs[0].text = "Utkast"
    data = saved(word)
    assert len(open_package(data).margins) == 1
    monkeypatch.setattr(archive, "LARGEST_MARGINS", 100)
    with pytest.raises(UnreadableFile) as refused:
        open_package(data)
    assert refused.value.problem.what == ProblemKind.TOO_MUCH_INSIDE


def test_a_link_in_a_header_is_not_taken_for_one_of_the_document():
    word = plan()
    kind = f"{RELATIONS}/hyperlink"
    link = (
        f'<w:hyperlink {W} xmlns:r="{RELATIONS}" r:id="r9"><w:r><w:t>oss</w:t></w:r></w:hyperlink>'
    )
    word.part.rels.add_relationship(kind, "https://exempel.se/dokumentet", "r9", True)
    header = word.sections[0].header
    header.part.rels.add_relationship(kind, "https://exempel.se/oss", "r9", True)
    header.paragraphs[0].text = "Om "
    header.paragraphs[0]._p.append(parse_xml(link))
    assert problems(word) == [(HEADER, "Om oss")]
