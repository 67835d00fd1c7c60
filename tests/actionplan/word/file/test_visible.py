"""What a reader of a document sees is read or reported, and what Word hides is not."""

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from actionplan.word.document import ProblemKind, WordPlace
from actionplan.word.reading.reader import read
from tests.actionplan.word.documents import (
    HEADINGS,
    RELATIONS,
    W,
    cell_of,
    clean_reading,
    matrix_cell,
    matrix_rows,
    paragraphs,
    plan,
    read_text,
    reading,
    replace_paragraph,
    saved,
    set_xml,
    text_of,
    text_plan,
    with_notes,
)

CELL = WordPlace(table=2, row=3, column=2)


def run(text, properties=""):
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def sym(font, code):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def character(kind, inner=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def field(instruction, result=None, form=""):
    """A field; `result` None is one that Word works out anew."""
    field_result = "" if result is None else character("separate") + result
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return character("begin", form and f"<w:ffData>{form}</w:ffData>") + code + field_result + END


END = character("end")


SYMBOL = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'


def read_cell(inner):
    word = plan()
    set_xml(matrix_cell(word, 2, 1), inner)
    return reading(word)


def text_of_cell(inner):
    return cell_of(clean_reading(read_cell(inner))).text


def reported(result):
    return [(problem.what, problem.words, problem.place) for problem in result.not_understood]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        pytest.param(f"{run('Mer ')}{sym('Symbol', 'F0B3')}{run(' 40.')}", "Mer ≥ 40.", id="F0B3"),
        pytest.param(f"{sym('Symbol', '00B3')}{run(' 40.')}", "≥ 40.", id="without the page"),
        pytest.param(f"{sym('Wingdings', 'F0FC')}{run(' Klart.')}", "✓ Klart.", id="Wingdings"),
        pytest.param(f"{sym('Arial', '2265')}{run(' 40.')}", "≥ 40.", id="an ordinary font"),
        pytest.param(run("\uf061-strålning.", SYMBOL), "α-strålning.", id="a sign in a run"),
        pytest.param(run("m", SYMBOL) + run("m damm."), "\u03bcm damm.", id="a run of one sign"),
        pytest.param(run("Gruvor.", SYMBOL), "Gruvor.", id="a word in a symbol font"),
        pytest.param(run("\uf0b7\tGruvor."), "• Gruvor.", id="a bullet by its sign"),
        pytest.param(run("Dessa: \uf0a7 gruvor."), "Dessa: • gruvor.", id="a bullet in a line"),
    ],
)
def test_signs_of_symbol_fonts_are_what_they_show(inner, text):
    assert text_of_cell(inner) == text


@pytest.mark.parametrize("sign", [sym("Okänd", "F0B3"), run("\uf0b3"), sym("Symbol", "zz")])
def test_a_sign_that_cannot_be_read_is_a_box_and_reported(sign):
    result = read_cell(f"{run('Mer än')}{sign}{run('40.')}")
    assert cell_of(result).text == "Mer än□40."
    assert reported(result) == [(ProblemKind.SIGN_NOT_READ, "Mer än□40.", CELL)]


def test_a_bullet_of_a_symbol_font_keeps_the_kind_of_its_label():
    word = plan()
    paragraphs(matrix_cell(word, 2, 1), "Möjligheter:", "\uf0b7\tÅtertag.", "\uf0a7 Märkning.")
    paragraphs(matrix_cell(word, 2, 2), "\uf0a7 Möjlighet till spårbarhet.")
    result = clean_reading(reading(word))
    assert [s.kind for s in cell_of(result).statements] == ["opportunity"] * 3
    (statement,) = cell_of(result, dimension="workers_rights").statements
    assert (statement.kind, statement.text) == ("opportunity", "• Möjlighet till spårbarhet.")


@pytest.mark.parametrize("sign", ["o\t", "§\t", "Ø  ", "ü\u00a0\u00a0 ", "v\t", "q   "])
def test_a_bullet_whose_font_was_lost_keeps_the_kind_of_its_label(sign):
    word = plan()
    paragraphs(matrix_cell(word, 2, 1), "Möjligheter:", f"{sign}Återtag.", f"{sign}Märkning.")
    statements = cell_of(clean_reading(reading(word))).statements
    assert [s.kind for s in statements] == ["opportunity"] * 3


@pytest.mark.parametrize("words", ["§ 5 gäller.", "o Höga halter.", "v 12 är stängd."])
def test_a_letter_before_a_word_is_no_bullet(words):
    word = plan()
    paragraphs(matrix_cell(word, 2, 1), "Möjligheter:", "Återtag.", words)
    assert cell_of(clean_reading(reading(word))).statements[-1].kind == "risk"


def test_the_text_form_may_hold_such_signs_too():
    rows = matrix_rows({("Råvara", 1): "\uf0b7 Gruvor."})
    assert cell_of(clean_reading(read_text(text_plan(text_of(rows))))).text == "• Gruvor."


LIST = '<w:ddList>{}<w:listEntry w:val="Låg"/><w:listEntry w:val="Hög"/></w:ddList>'
IF = f"{character('begin')}<w:r><w:instrText>IF </w:instrText></w:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (field("FORMDROPDOWN", form=LIST.format('<w:result w:val="1"/>')), "Hög"),
        (field("FORMDROPDOWN", form=LIST.format('<w:default w:val="1"/>')), "Hög"),
        (field("FORMDROPDOWN", form=LIST.format("")), "Låg"),
        (field("FORMDROPDOWN", "", LIST.format('<w:result w:val="7"/>')) + run("A."), "A."),
        (field("FORMCHECKBOX", form="<w:checkBox><w:checked/></w:checkBox>"), "☒"),
        (field("FORMCHECKBOX", form='<w:checkBox><w:checked w:val="0"/></w:checkBox>'), "☐"),
        (field("FORMCHECKBOX", form='<w:checkBox><w:default w:val="1"/></w:checkBox>'), "☒"),
        (field("FORMTEXT", run("Barnarbete.")), "Barnarbete."),
        (field(r'SYMBOL 179 \f "Symbol"'), "≥"),
        (field("MACROBUTTON Ingen Skriv här."), "Skriv här."),
        (field("REF x", field("REF y", run("A."))), "A."),
        (IF + field("REF y", run("1")) + character("separate") + run("A.") + END, "A."),
        (field("XE gruva") + run("A."), "A."),
        (character("begin") + run("A."), "A."),
        (f'<w:fldSimple w:instr="SYMBOL 183 \\f Symbol"/>{run(" A.")}', "• A."),
    ],
)
def test_a_field_is_what_it_shows(inner, text):
    assert text_of_cell(inner) == text


@pytest.mark.parametrize("inner", [field(r"EQ \f(1;2)"), '<w:fldSimple w:instr="EQ \\f(1;2)"/>'])
def test_a_field_that_only_word_can_show_is_reported(inner):
    result = read_cell(run("Hälften, ") + inner)
    assert reported(result) == [(ProblemKind.FIELD_NOT_READ, r"EQ \f(1;2)", CELL)]


LEADS = 'HYPERLINK "https://exempel.se/a"'


@pytest.mark.parametrize(
    "inner",
    [
        field(LEADS, run("rapporten")),
        f"<w:fldSimple w:instr='{LEADS}'>{run('rapporten')}</w:fldSimple>",
        f'<w:hyperlink xmlns:r="{RELATIONS}" r:id="r90">{run("rapporten")}</w:hyperlink>',
    ],
)
def test_an_address_behind_words_is_reported(inner):
    word = plan()
    word.part.rels.add_relationship(f"{RELATIONS}/hyperlink", "https://exempel.se/a", "r90", True)
    set_xml(matrix_cell(word, 2, 1), run("Enligt ") + inner + run("."))
    result = reading(word)
    assert reported(result) == [(ProblemKind.LINK_NOT_READ, "https://exempel.se/a", CELL)]
    assert cell_of(result).text == "Enligt rapporten."


@pytest.mark.parametrize(
    "inner",
    [
        field(LEADS, run("https://www.exempel.se/a/")),
        field(r'HYPERLINK \l "avsnitt"', run("avsnittet")),
        field(r'TOC \o "1-3"', field(LEADS, run("Avsnitt 1"))) + run("A."),
    ],
)
def test_an_address_that_is_read_or_within_the_document_is_not_reported(inner):
    assert reported(read_cell(inner)) == []


def test_the_large_first_letter_of_a_paragraph_is_its_first_letter():
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    word = plan()
    first, second = f"<w:pPr>{frame}</w:pPr>{run('B')}", run("arnarbete.")
    cell = matrix_cell(word, 2, 1)
    set_xml(cell, second)
    cell.paragraphs[0]._p.addprevious(parse_xml(f"<w:p {W}>{first}</w:p>"))
    assert cell_of(clean_reading(reading(word))).text == "Barnarbete."


def test_how_a_word_is_read_aloud_is_no_part_of_it():
    ruby = f"<w:ruby><w:rt>{run('yomi')}</w:rt><w:rubyBase>{run('Bas')}</w:rubyBase></w:ruby>"
    assert text_of_cell(f"<w:r>{ruby}</w:r>") == "Bas"


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_a_note_stands_in_brackets_where_it_is_told(kind):
    word = plan(introduction=["x"])
    first, second = (
        f'<w:r><w:{kind.removesuffix("s")}Reference w:id="{key}"/></w:r>' for key in (2, 3)
    )
    replace_paragraph(word.paragraphs[3], f"{run('Inledning.')}{first}")
    set_xml(matrix_cell(word, 2, 1), f"{run('Barnarbete')}{second}{run(' förekommer.')}")
    notes = {2: "Kort.", 3: "Bara i gruvor."}
    result = clean_reading(read(with_notes(word, kind, notes), headings=HEADINGS))
    assert cell_of(result).text == "Barnarbete (not: Bara i gruvor.) förekommer."
    assert result.document.introduction == "Inledning. (not: Kort.)"


def test_a_note_to_a_heading_is_reported_and_the_heading_is_read():
    word = plan()
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    set_xml(matrix_cell(word, 2, 0), f"{run('Råvara')}{note}{run(': risker och möjligheter')}")
    result = read(with_notes(word, "footnotes", {2: "Även odling."}), headings=HEADINGS)
    assert cell_of(result).text == "Barnarbete."
    place = WordPlace(table=2, row=3, column=1)
    assert reported(result) == [(ProblemKind.NOTE_NOT_PLACED, "Även odling.", place)]


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_struck_text_is_left_out_and_reported(mark):
    result = read_cell(run("Barnarbete. ") + run("Tvång.", f"<w:{mark}/>"))
    assert cell_of(result).text == "Barnarbete."
    assert reported(result) == [(ProblemKind.STRUCK_OUT, "Tvång.", CELL)]


def test_text_struck_by_its_style_is_left_out_and_a_run_may_say_no():
    word = plan()
    word.styles.add_style("Utgår", WD_STYLE_TYPE.CHARACTER).font.strike = True
    style = '<w:rStyle w:val="Utgår"/>'
    no = f'{style}<w:strike w:val="0"/>'
    set_xml(matrix_cell(word, 2, 1), run("Tvång.", style) + run("Barnarbete.", no))
    result = reading(word)
    assert cell_of(result).text == "Barnarbete."
    assert [problem.words for problem in result.not_understood] == ["Tvång."]


@pytest.fixture
def hiding():
    """A plan with a style that hides its text, and one that is based on it."""
    word = plan()
    style = word.styles.add_style("Instruktion", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    word.styles.add_style("Instruktion 2", WD_STYLE_TYPE.PARAGRAPH).base_style = style
    word.styles.add_style("Dold", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    return word


@pytest.mark.parametrize("style", ["Instruktion", "Instruktion 2"])
def test_text_that_its_style_hides_is_not_read(hiding, style):
    paragraphs(matrix_cell(hiding, 2, 1), "Dolt.", "Synligt.", styles=[style])
    assert cell_of(clean_reading(reading(hiding))).text == "Synligt."


def test_text_that_a_character_style_hides_is_not_read(hiding):
    inner = run("Synligt.") + run("Dolt.", '<w:rStyle w:val="Dold"/>')
    set_xml(matrix_cell(hiding, 2, 1), inner)
    assert cell_of(clean_reading(reading(hiding))).text == "Synligt."


@pytest.mark.parametrize("expected", ['<w:vanish w:val="0"/>', '<w:rStyle w:val="Dold"/>'])
def test_text_may_be_shown_in_a_style_that_hides(hiding, expected):
    """Where both styles hide, Word shows."""
    style = '<w:pPr><w:pStyle w:val="Instruktion"/></w:pPr>'
    set_xml(matrix_cell(hiding, 2, 1), style + run("Dolt.") + run("Synligt.", expected))
    assert cell_of(clean_reading(reading(hiding))).text == "Synligt."


def test_a_hidden_row_is_not_read():
    word = plan(matrix_rows({("Råvara", 1): "Dolt.", ("Avfall", 1): "Synligt."}))
    word.tables[1].rows[2]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {W}/>"))
    assert cell_of(clean_reading(reading(word)), "end_of_life").text == "Synligt."


def test_a_hidden_end_of_a_paragraph_joins_it_with_the_next():
    word = plan()
    cell = matrix_cell(word, 2, 1)
    paragraphs(cell, "x", " i gruvor.")
    set_xml(cell, f"<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('Barnarbete')}")
    assert [s.text for s in cell_of(reading(word)).statements] == ["Barnarbete i gruvor."]


def test_an_embedded_document_is_reported_where_it_stands():
    word = plan()
    chunk = parse_xml(f'<w:altChunk {W} xmlns:r="r" r:id="rId9"/>')
    matrix_cell(word, 2, 1).paragraphs[0]._p.addprevious(chunk)
    word.paragraphs[2]._p.addprevious(parse_xml(f'<w:altChunk {W} xmlns:r="r" r:id="rId9"/>'))
    what = ProblemKind.EMBEDDED_NOT_READ
    assert [(problem.what, problem.place) for problem in reading(word).not_understood] == [
        (what, WordPlace(paragraph=3)),
        (what, CELL),
    ]


PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="Bild 1" descr="Karta över gruvor"/>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/>'
    "</wp:inline></w:drawing></w:r>"
)


def test_a_picture_in_a_table_is_reported_and_a_logotype_is_not():
    word = plan()
    set_xml(matrix_cell(word, 2, 1), run("Barnarbete.") + PICTURE)
    replace_paragraph(word.add_paragraph("x"), PICTURE)
    assert reported(reading(word)) == [(ProblemKind.OBJECT_NOT_READ, "Karta över gruvor", CELL)]


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def test_an_older_form_is_read_where_the_newer_one_has_no_text():
    choice = '<mc:Choice Requires="w16se"><w:x/></mc:Choice>'
    fallback = "<mc:Fallback><w:t>😊</w:t></mc:Fallback>"
    inner = f"<w:r><mc:AlternateContent {MC}>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert text_of_cell(run("Bra ") + inner) == "Bra 😊"


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def test_a_fraction_keeps_its_bar_and_a_power_its_sign():
    def part(name, text):
        return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"

    half = f"<m:oMath {M}><m:f>{part('num', 1)}{part('den', 2)}</m:f></m:oMath>"
    power = f"<m:oMath {M}><m:sSup>{part('e', 10)}{part('sup', 5)}</m:sSup></m:oMath>"
    assert text_of_cell(half + run(" av ") + power) == "1/2 av 10^5"


def test_cells_merged_in_the_older_way_are_one():
    word = plan(matrix_rows({("Råvara", 1): "Ingen rådighet över", ("Övrigt", 2): "Buller."}))
    for column, attribute in ((1, 'w:val="restart"'), (2, 'w:val="continue"'), (3, ""), (4, "")):
        properties = matrix_cell(word, 2, column)._tc.get_or_add_tcPr()
        properties.append(parse_xml(f"<w:hMerge {W} {attribute}/>"))
    result = clean_reading(reading(word))
    for dimension in ("human_rights", "workers_rights", "environment", "anti_corruption"):
        assert cell_of(result, dimension=dimension).assessment == "no_leverage"
    assert cell_of(result, "other", "workers_rights").text == "Buller."


def test_a_matrix_in_a_frame_of_one_cell_is_read():
    word = plan()
    frame = word.add_table(1, 1)
    word.tables[1]._tbl.addprevious(frame._tbl)
    frame.rows[0].cells[0]._tc.append(word.tables[2]._tbl)
    assert cell_of(clean_reading(read(saved(word), headings=HEADINGS))).text == "Barnarbete."
