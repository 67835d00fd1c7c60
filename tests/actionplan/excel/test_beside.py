"""What a sheet shows beside its values is told with its cell: nobody believes that it was read."""

import io

import pytest
import xlsxwriter

from actionplan.excel.formats import SafeXLSX
from actionplan.excel.reading.bounds import SheetFault, SheetRefused
from actionplan.excel.reading.reader import read_sheet
from actionplan.excel.reading.sheet_extras import SheetExtra, SheetExtraKind, of_pages
from tests.actionplan.excel.books import OFFICE, X, book, headed, text
from tests.hostile.zips import packed, parts_of

NEWER = "http://schemas.microsoft.com/office/2017/10/relationships"


def made(*, notes: int = 0) -> bytes:
    """A list as Excel saves it, with all that people put upon one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Krav")
        sheet.write_row(0, 0, ["Kod", "Rubrik", "Motiv"])
        sheet.write_row(1, 0, ["SE-01", "Ett krav", "Därför"])
        sheet.write_comment("B2", "Ska\nden bort?", {"author": "Anna Ek"})
        for row in range(notes):
            sheet.write_comment(row + 10, 0, "Se över")
        sheet.insert_textbox("A5", "Gäller inte Gotland", {"description": "ruta"})
        sheet.insert_textbox("A9", "")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Krav!$A$2:$A$2"})
        sheet.insert_chart("D3", chart, {"description": "Utveckling"})
        sheet.set_header('&L&"Arial,Fet"&14UTKAST för H&&M&R&D')
        sheet.set_footer("&LKrav&RSida &P av &N")
    return out.getvalue()


def with_comments(*, stand_in: str = "tc={1}", threaded: bool = True) -> bytes:
    """A workbook with a comment of today's Excel, and the note that stands in for it."""
    sheet = headed(["Kod", "Rubrik"], text("A2", "SE-01"))
    data = book(("Krav", "visible", sheet))
    relations = f'<Relationship Id="r1" Type="{OFFICE}/comments" Target="../comments1.xml"/>'
    parts = {
        "xl/comments1.xml": f"<comments {X}><authors><author>{stand_in}</author></authors>"
        '<commentList><comment ref="A2" authorId="0"><text><t>[Trådad kommentar] Stämmer?</t>'
        "</text></comment></commentList></comments>",
    }
    if threaded:
        relations += (
            f'<Relationship Id="r2" Type="{NEWER}/threadedComment" Target="../tc/t1.xml"/>'
        )
        parts["xl/tc/t1.xml"] = (
            '<ThreadedComments><threadedComment ref="A2" personId="{P}" id="{1}">'
            '<text>Stämmer?</text></threadedComment><threadedComment ref="A2" personId="{Q}" '
            'id="{2}" parentId="{1}"><text>Ja &amp; nej</text></threadedComment>'
            "</ThreadedComments>"
        )
        parts["xl/persons/person.xml"] = (
            '<personList><person displayName="Anna Ek" id="{P}"/></personList>'
        )
    parts["xl/sheets/_rels/s1.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    old = parts_of(data)
    name = "xl/_rels/workbook.xml.rels"
    person = f'<Relationship Id="p" Type="{NEWER}/person" Target="persons/person.xml"/>'
    parts[name] = old[name].decode().replace("</Relationships>", f"{person}</Relationships>")
    return packed(old | {name: part.encode() for name, part in parts.items()})


def test_notes_boxes_charts_and_headers_are_found_with_their_cells():
    assert read_sheet(made()).beside == [
        SheetExtra(SheetExtraKind.NOTE, "B2", "Ska den bort?", "Anna Ek"),
        SheetExtra(SheetExtraKind.CHART, "D3", "Utveckling"),
        SheetExtra(SheetExtraKind.BOX, "A5", "Gäller inte Gotland"),
        SheetExtra(SheetExtraKind.SHAPE, "A9"),
        SheetExtra(SheetExtraKind.HEADER, words="UTKAST för H&M"),
    ]


def test_each_is_told_in_words_with_its_cell():
    notices = SafeXLSX().create_dataset(made()).notices
    assert notices == [
        "Inte läst: anteckningen i cell B2 (Anna Ek): ”Ska den bort?”",
        "Inte läst: diagrammet vid cell D3: ”Utveckling”",
        "Inte läst: textrutan vid cell A5: ”Gäller inte Gotland”",
        "Inte läst: figuren vid cell A9.",
        "Inte läst: sidhuvudet på det utskrivna bladet: ”UTKAST för H&M”",
    ]


def test_a_thousand_notes_are_told_in_few_lines_with_every_cell():
    notices = SafeXLSX().create_dataset(made(notes=250)).notices
    assert len(notices) == 21
    assert "235 anteckningar" in notices[-1]
    assert "A260" in notices[-1]


def test_a_comment_is_told_once_with_its_answers_and_who_wrote_them():
    assert read_sheet(with_comments()).beside == [
        SheetExtra(SheetExtraKind.COMMENT, "A2", "Stämmer?", "Anna Ek"),
        SheetExtra(SheetExtraKind.COMMENT, "A2", "Ja & nej"),
    ]


def test_a_comment_that_another_program_has_left_as_a_note_is_told_as_one():
    assert read_sheet(with_comments(threaded=False)).beside == [
        SheetExtra(SheetExtraKind.NOTE, "A2", "[Trådad kommentar] Stämmer?")
    ]


def test_notes_of_a_sheet_that_is_not_read_are_not_told():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.add_worksheet("Krav").write(0, 0, "Kod")
        workbook.add_worksheet("Annat").write_comment("A1", "Nej")
    assert read_sheet(out.getvalue()).beside == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("&CSida &P av &N", ""),
        ("&L&A&C&F&R&D &T", ""),
        ("&LHemligt&RSida &P", "Hemligt"),
        ("&L&K01+000&10Utkast", "Utkast"),
        ("A&&Lund", "A&Lund"),
        ("", ""),
    ],
)
def test_page_numbers_and_dates_are_no_words(code, words):
    extra = of_pages(SheetExtraKind.HEADER, code)
    assert (extra.words if extra else "") == words


def test_what_our_own_files_print_at_the_foot_is_not_told():
    assert of_pages(SheetExtraKind.FOOTER, "&LSjälvskattning A-17&RSida &P av &N") is None


@pytest.mark.parametrize("broken", ["<comments>", "<!DOCTYPE a><comments/>"])
def test_broken_notes_are_a_damaged_file(broken):
    data = packed(parts_of(with_comments()) | {"xl/comments1.xml": broken.encode()})
    with pytest.raises(SheetRefused) as refused:
        read_sheet(data)
    assert refused.value.fault == SheetFault.DAMAGED


def test_notes_that_are_named_but_not_there_are_no_fault():
    parts = parts_of(with_comments())
    for name in ("xl/comments1.xml", "xl/tc/t1.xml", "xl/persons/person.xml"):
        del parts[name]
    assert read_sheet(packed(parts)).beside == []


def with_control() -> bytes:
    """A box to tick over a cell, as Excel saves it: hidden, with its stand-in of older Excel."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    shape = (
        '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1025" name="Check Box 1" hidden="1"><a:extLst><a:ext>'
        '<a14:compatExt xmlns:a14="b" spid="_x0000_s1025"/></a:ext></a:extLst></xdr:cNvPr>'
        "</xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>Uppfylls</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    hidden = '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="x" hidden="1"/></xdr:nvSpPr></xdr:sp>'
    anchor = "<xdr:from><xdr:col>2</xdr:col><xdr:row>1</xdr:row></xdr:from>"
    drawing = f'<xdr:wsDr xmlns:xdr="x" {a}>' + "".join(
        f"<xdr:twoCellAnchor>{anchor}{box}</xdr:twoCellAnchor>" for box in (shape, hidden)
    )
    parts = parts_of(book(("Krav", "visible", headed(["Kod"], text("A2", "SE-01")))))
    relation = f'<Relationship Id="r1" Type="{OFFICE}/drawing" Target="../drawings/d1.xml"/>'
    parts["xl/drawings/d1.xml"] = f"{drawing}</xdr:wsDr>".encode()
    parts["xl/sheets/_rels/s1.xml.rels"] = f"<Relationships>{relation}</Relationships>".encode()
    return packed(parts)


def test_a_box_to_tick_is_told_though_excel_hides_its_stand_in():
    assert read_sheet(with_control()).beside == [
        SheetExtra(SheetExtraKind.CONTROL, "C2", "Uppfylls")
    ]


def linked() -> bytes:
    """A list with links behind words, addresses that are links, and messages to who writes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Krav")
        sheet.write_row(0, 0, ["Kod", "Rubrik", "Motiv"])
        sheet.write_url("A2", "https://exempel.se/a b", string="SE-01")
        sheet.write_url("B2", "https://exempel.se/", string="Se www.exempel.se i dag")
        sheet.write_url("C2", "mailto:anna@exempel.se", string="anna@exempel.se")
        sheet.write_url("B3", "internal:Underlag!A1", string="Se underlaget")
        sheet.write_formula("C3", '=HYPERLINK("https://exempel.se/"&A2,"x")', None, "x")
        sheet.write_formula(
            "C4", '=HYPERLINK("https://exempel.se/c","Rapporten")', None, "Rapporten"
        )
        message = {"validate": "any", "input_title": "Obs", "input_message": "Bara\nbasnivå"}
        sheet.data_validation("C2:C9", message)
        sheet.data_validation("B2:B9", {"validate": "any", "error_message": "Fel"})
        workbook.add_worksheet("Underlag").write(0, 0, "a")
    return out.getvalue()


def test_a_link_behind_words_and_a_message_at_a_cell_are_told():
    assert SafeXLSX().create_dataset(linked()).notices == [
        "Inte läst: länken bakom cell A2: ”https://exempel.se/a%20b”",
        "Inte läst: inmatningsmeddelandet vid cell C2: ”Obs: Bara basnivå”",
        "Inte läst: länken bakom cell B3: ”Underlag!A1”",
        "Inte läst: länken bakom cell C3: ”https://exempel.se/”",
        "Inte läst: länken bakom cell C4: ”https://exempel.se/c”",
    ]


def test_a_message_of_newer_excel_names_its_cells_inside():
    sheet = headed(["Kod"], text("A2", "SE-01")).replace(
        "</worksheet>",
        '<extLst><ext><x14:dataValidations xmlns:x14="a" xmlns:xm="b"><x14:dataValidation '
        'showInputMessage="1" prompt="Skriv koden"><x14:formula1><xm:f>Blad2!$A$1</xm:f>'
        "</x14:formula1><xm:sqref>A2:A5 C1</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst></worksheet>",
    )
    assert read_sheet(book(("Krav", "visible", sheet))).beside == [
        SheetExtra(SheetExtraKind.MESSAGE, "A2", "Skriv koden")
    ]
