"""What Word puts into a document besides text: revisions, controls, signs, boxes."""

import copy

import pytest
from docx.oxml import parse_xml

from tests.actionplan.word.documents import (
    W,
    area_of,
    cell_of,
    clean_reading,
    matrix_cell,
    matrix_rows,
    paragraphs,
    plan,
    reading,
    set_xml,
)

BY = 'w:id="1" w:author="A" w:date="2023-01-01T00:00:00Z"'


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7")}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def text_of_cell(inner):
    """The text that the first cell is read with when this is its paragraph."""
    word = plan()
    set_xml(matrix_cell(word, 2, 1), inner)
    return cell_of(clean_reading(reading(word))).text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("Barn\u00adarbete\u00a0och\u2009tvång."), "Barnarbete och tvång."),
        (f"{run('Barn')}<w:r><w:softHyphen/></w:r>{run('arbete.')}", "Barnarbete."),
        (f"{run('IT')}<w:r><w:noBreakHyphen/></w:r>{run('stöd.')}", "IT-stöd."),
        (f"{run('A')}<w:r><w:br/></w:r>{run('B')}<w:r><w:tab/></w:r>{run('C.')}", "A B C."),
        (f'<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>{run("A.")}', "A."),
        (f"{run('A')}<w:r><w:cr/></w:r>{run('B.')}", "A B."),
        (f'{run("A.")}<w:r><w:footnoteReference w:id="2"/></w:r>', "A."),
        (
            f'<w:commentRangeStart w:id="0"/>{run("A.")}<w:r><w:commentReference w:id="0"/></w:r>',
            "A.",
        ),
        (FIELD, "7"),
        (f'<w:fldSimple w:instr="DATE">{run("A.")}</w:fldSimple>', "A."),
        (f'<w:hyperlink w:anchor="x">{run("A")}</w:hyperlink>{run(" B.")}', "A B."),
        (f"{run('A.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>dolt</w:t></w:r>", "A."),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>synligt</w:t></w:r>', "synligt"),
    ],
)
def test_signs_inside_a_paragraph(inner, text):
    assert text_of_cell(inner) == text


def test_an_insertion_stands_and_a_deletion_is_gone():
    inner = (
        f"{run('Barnarbete ')}<w:ins {BY}>{run('och tvång')}</w:ins>"
        f"<w:del {BY}><w:r><w:delText> samt mutor</w:delText></w:r></w:del>{run('.')}"
    )
    assert text_of_cell(inner) == "Barnarbete och tvång."


def test_a_deletion_inside_an_insertion_is_gone():
    inner = f"<w:ins {BY}>{run('A.')}<w:del {BY}>{run('B.')}</w:del></w:ins>"
    assert text_of_cell(inner) == "A."


def test_moved_text_stands_where_it_was_moved_to():
    inner = (
        f"<w:moveFrom {BY}>{run('Gammalt.')}</w:moveFrom><w:moveTo {BY}>{run('Nytt.')}</w:moveTo>"
    )
    assert text_of_cell(inner) == "Nytt."


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    word = plan()
    cell = matrix_cell(word, 2, 1)
    paragraphs(cell, "x", "arbete.")
    set_xml(cell, f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{run('Barn')}")
    assert [s.text for s in cell_of(reading(word)).statements] == ["Barnarbete."]


def test_an_inserted_paragraph_mark_is_a_mark():
    word = plan()
    cell = matrix_cell(word, 2, 1)
    paragraphs(cell, "x", "Tvång.")
    set_xml(cell, f"<w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>{run('Barn.')}")
    assert [s.text for s in cell_of(reading(word)).statements] == ["Barn.", "Tvång."]


def mark_row(word, number, mark):
    row = word.tables[1].rows[number]._tr
    row.get_or_add_trPr().append(parse_xml(f"<w:{mark} {W} {BY}/>"))
    return row


def test_a_deleted_row_is_gone_and_an_inserted_one_stands():
    word = plan(matrix_rows({("Råvara", 1): "A.", ("Avfall", 1): "B."}))
    mark_row(word, 2, "del")
    mark_row(word, 6, "ins")
    assert [cell.text for cell in area_of(clean_reading(reading(word))).cells] == ["B."]


def test_a_row_that_was_replaced_is_there_once():
    word = plan()
    old = mark_row(word, 2, "del")
    new = copy.deepcopy(old)
    new.trPr.getparent().remove(new.trPr)
    old.addnext(new)
    assert cell_of(clean_reading(reading(word))).text == "Barnarbete."


def test_a_deleted_cell_moves_the_others_into_place():
    word = plan(matrix_rows({("Råvara", 1): "Bort.", ("Råvara", 2): "Kvar."}))
    matrix_cell(word, 2, 1)._tc.get_or_add_tcPr().append(parse_xml(f"<w:cellDel {W} {BY}/>"))
    assert [(c.dimension, c.text) for c in area_of(reading(word)).cells] == [
        ("human_rights", "Kvar.")
    ]


def controlled(element, properties=""):
    """Put an element into a content control, where it stands."""
    control = parse_xml(f"<w:sdt {W}><w:sdtPr>{properties}</w:sdtPr><w:sdtContent/></w:sdt>")
    element.addprevious(control)
    control[1].append(element)


def test_text_rows_and_cells_in_content_controls_are_read():
    word = plan(matrix_rows({("Råvara", 1): "A.", ("Avfall", 1): "B.", ("Övrigt", 1): "C."}))
    wrapped = [
        matrix_cell(word, 2, 1).paragraphs[0].runs[0]._r,
        matrix_cell(word, 7, 1)._tc,
        word.tables[1].rows[6]._tr,
        word.paragraphs[0]._p,
        word.tables[0]._tbl,
    ]
    for element in wrapped:
        controlled(element)
    cells = area_of(clean_reading(reading(word))).cells
    assert [cell.text for cell in cells] == ["A.", "B.", "C."]


def test_the_placeholder_of_an_empty_control_is_nobodys_text():
    word = plan(matrix_rows({("Råvara", 1): "Klicka här.", ("Råvara", 2): "A."}))
    controlled(matrix_cell(word, 2, 1)._tc, "<w:showingPlcHdr/>")
    assert [cell.dimension for cell in area_of(reading(word)).cells] == ["workers_rights"]


def test_smart_tags_and_custom_xml_are_unwrapped():
    inner = (
        f'<w:smartTag w:element="x"><w:smartTagPr/>{run("A")}</w:smartTag>'
        f'<w:customXml w:element="x">{run(" B.")}</w:customXml>'
    )
    assert text_of_cell(inner) == "A B."


def test_a_table_in_a_cell_gives_its_text_to_the_cell():
    word = plan()
    cell = matrix_cell(word, 2, 1)
    inner = cell.add_table(1, 2)
    inner.rows[0].cells[0].text = "Gruvor."
    inner.rows[0].cells[1].text = "Smältverk."
    content = cell_of(clean_reading(reading(word)))
    assert [s.text for s in content.statements] == ["Barnarbete.", "Gruvor.", "Smältverk."]


BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p>{0}</w:p></w:txbxContent>'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{0}</w:p></w:txbxContent></w:pict>"
    "</mc:Fallback></mc:AlternateContent>"
)


def test_a_text_box_is_read_once_after_its_paragraph():
    inner = run("Före.") + f"<w:r>{BOX.format(run('I rutan.'))}</w:r>"
    assert text_of_cell(inner) == "Före. I rutan."


def test_a_forged_span_makes_no_endless_row():
    word = plan()
    properties = matrix_cell(word, 2, 4)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:gridSpan {W} w:val="999999999"/>'))
    clean_reading(reading(word))
    properties[-1].set(properties[-1].keys()[0], "900000")
    clean_reading(reading(word))


def test_a_row_that_begins_further_in_keeps_its_columns():
    word = plan(matrix_rows({("Råvara", 2): "A."}))
    header = word.tables[1].rows[1]._tr
    header.remove(header.tc_lst[0])
    header.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {W} w:val="1"/>'))
    assert [cell.dimension for cell in area_of(reading(word)).cells] == ["workers_rights"]


def test_styles_are_known_by_name_not_by_id():
    word = plan()
    style = word.styles.add_style("Möjlighet", 1)
    style.element.set(style.element.keys()[-1], "Stil7")
    cell = matrix_cell(word, 2, 1)
    paragraphs(cell, "Återbruk.", styles=[style])
    assert [s.kind for s in cell_of(reading(word)).statements] == ["opportunity"]
