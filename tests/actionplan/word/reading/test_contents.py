"""Tables of contents are no part of a plan, whatever made them."""

import pytest
from docx.oxml import parse_xml

from tests.actionplan.word.documents import (
    W,
    add_table,
    clean_reading,
    plan,
    read_text,
    reading,
    replace_paragraph,
    text_plan,
)

HEADINGS = [
    "Handlingsplan 2023–2025",
    "I. Prioriterad inköpskategori: Servrar",
    "II. Introduktion",
    "III. Väsentligaste risker och möjligheter ur ett livscykelperspektiv",
    "IV. Mål",
]
PLAN = clean_reading(reading(plan())).document


def character(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def instruction(text):
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def page(number):
    """The number of a page as Word keeps it: a field with its last result."""
    return (
        character("begin")
        + instruction("PAGEREF _a")
        + character("separate")
        + run(number)
        + character("end")
    )


def entries():
    """The entries of a contents list, as inner XML of paragraphs."""
    return [
        f'<w:hyperlink w:anchor="_a">{run(text)}</w:hyperlink><w:r><w:tab/></w:r>{page(at)}'
        for at, text in enumerate(HEADINGS, start=1)
    ]


def before_the_plan(word, *texts):
    first = word.paragraphs[0]
    return [first.insert_paragraph_before(text) for text in texts]


def test_a_list_in_a_content_control_is_skipped():
    word = plan()
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inner = "".join(f"<w:p>{entry}</w:p>" for entry in entries())
    control = (
        f"<w:sdt {W}><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )
    word.paragraphs[0]._p.addprevious(parse_xml(control))
    assert clean_reading(reading(word)).document == PLAN


def test_a_list_that_a_field_makes_is_skipped_over_its_paragraphs():
    word = plan()
    inner = entries()
    inner[0] = character("begin") + instruction(r"TOC \o 1-3") + character("separate") + inner[0]
    inner[-1] += character("end")
    for paragraph, xml in zip(before_the_plan(word, *HEADINGS), inner, strict=True):
        replace_paragraph(paragraph, xml)
    assert clean_reading(reading(word)).document == PLAN


def test_a_list_that_a_simple_field_makes_is_skipped():
    word = plan()
    (paragraph,) = before_the_plan(word, "x")
    replace_paragraph(paragraph, f'<w:fldSimple w:instr="TOC">{run(HEADINGS[1])}</w:fldSimple>')
    assert clean_reading(reading(word)).document == PLAN


@pytest.mark.parametrize("name", ["toc 1", "Innehåll 2"])
def test_paragraphs_in_a_style_for_contents_are_skipped_also_by_what_it_is_based_on(name):
    word = plan()
    style = word.styles.add_style(name, 1)
    word.styles.add_style("RS Innehållsrad", 1).base_style = style
    own, based = before_the_plan(word, HEADINGS[1], HEADINGS[2])
    own.style, based.style = style, "RS Innehållsrad"
    assert clean_reading(reading(word)).document == PLAN


@pytest.mark.parametrize("leader", ["\t", " ........ ", "…… ", " . . . . . "])
@pytest.mark.parametrize("heading", [[], ["Innehållsförteckning"], ["Innehåll\tSida"]])
def test_a_typed_list_is_skipped(leader, heading):
    lines = [f"{text}{leader}{at}" for at, text in enumerate(HEADINGS, start=1)]
    word = plan()
    before_the_plan(word, *heading, *lines)
    assert clean_reading(reading(word)).document == PLAN
    one_paragraph = plan()
    before_the_plan(one_paragraph, *heading, "\n".join(lines))
    assert clean_reading(reading(one_paragraph)).document == PLAN


@pytest.mark.parametrize("ending", ["", " 3"])
def test_a_list_under_its_heading_needs_no_leaders(ending):
    word = plan()
    before_the_plan(word, "Innehåll", *(f"{text}{ending}" for text in HEADINGS))
    assert clean_reading(reading(word)).document == PLAN


def test_a_list_in_a_table_is_skipped_also_in_the_text_form():
    rows = [[text, str(at)] for at, text in enumerate(HEADINGS, start=1)]
    word = plan()
    word.paragraphs[0]._p.addprevious(add_table(word, rows)._tbl)
    assert clean_reading(reading(word)).document == PLAN
    lines = "\n".join("\t".join(row) for row in rows)
    assert clean_reading(read_text(f"{lines}\n\n{text_plan()}")).document == PLAN


def test_lines_with_numbers_at_their_ends_are_no_list_without_a_heading_of_the_plan():
    texts = ["Servrar\t12", "Diskar\t30"]
    document = clean_reading(reading(plan(introduction=texts))).document
    assert document.introduction == "Servrar 12\n\nDiskar 30"


def test_a_heading_without_a_list_below_is_reported():
    word = plan()
    before_the_plan(word, "Innehåll", "Utkast till beslut")
    words = [problem.words for problem in reading(word).not_understood]
    assert words == ["Innehåll", "Utkast till beslut"]
