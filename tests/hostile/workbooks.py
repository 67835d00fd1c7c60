"""Workbooks that would have their parser believe what is not so."""

import io
from collections.abc import Callable
from functools import cache

import xlsxwriter

from tests.hostile.zips import Cases, Parts, packed, parts_of

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@cache
def good() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Frågor")
        for row in range(30):
            sheet.write_row(row, 0, ["Krav", "text med åäö", row, 1.5, True])
        sheet.merge_range("A40:C41", "ihop")
        book.add_worksheet("Annat").write(0, 0, "x")
    return target.getvalue()


def with_parts(**changes: str) -> Callable[[], bytes]:
    """A function that makes the good workbook with parts changed."""
    names = {"sheet": SHEET, "strings": STRINGS, "styles": STYLES, "workbook": WORKBOOK}
    names["relations"] = RELATIONS
    changed_parts: Parts = {names[key]: part.encode() for key, part in changes.items()}
    return lambda: packed(parts_of(good()) | changed_parts)


def rows(inner: str, after: str = "") -> str:
    return f"<worksheet {X}><sheetData>{inner}</sheetData>{after}</worksheet>"


def cells() -> Cases:
    """Cells with and without addresses, far away, and in places that are none."""
    cell = '<c t="s"><v>0</v></c>'
    addresses = ["A0", "A", "1", "ZZZ1", "A99999999", "A1048577", "A1:B2", "", "Å1", "a1", "A-1"]
    addresses += ["A&#49;", "&#65;&#48;1", "A1 ", "XFD1048576", "A20002", "CW1", "$A$1", "A1E9"]
    for address in addresses:
        yield (
            f"a cell at “{address}”",
            with_parts(sheet=rows(f'<row><c r="{address}"><v>1</v></c></row>')),
        )
    for row in ["0", "-1", "1e6", "1.5", "", "99999999999", "&#57;99999", "20002", "1048576"]:
        yield (
            f"a row {row!r}",
            with_parts(sheet=rows(f'<row r="{row}">{cell}</row><row>{cell}</row>')),
        )
    yield "30,000 rows without addresses", with_parts(sheet=rows(f"<row>{cell}</row>" * 30_000))
    yield (
        "200,000 empty rows, then one",
        with_parts(sheet=rows("<row/>" * 200_000 + f"<row>{cell}</row>")),
    )
    yield "a row of 5,000 cells", with_parts(sheet=rows(f"<row>{cell * 5000}</row>"))
    yield "a row of two million", with_parts(sheet=rows("<row>" + "<c/>" * 2_000_000 + "</row>"))
    yield "600,000 cells", with_parts(sheet=rows(f"<row>{'<c><v>1</v></c>' * 40}</row>" * 15_000))
    yield (
        "two corners",
        with_parts(
            sheet=rows(f'<row r="1">{cell}</row><row r="20001"><c r="CV20001"><v>1</v></c></row>')
        ),
    )
    yield "cells outside rows", with_parts(sheet=rows(cell * 50_000))
    yield "cells in cells", with_parts(sheet=rows("<row>" + "<c>" * 60 + "</c>" * 60 + "</row>"))
    yield "rows in rows", with_parts(sheet=rows("<row>" * 60 + cell + "</row>" * 60))
    yield (
        "rows backwards",
        with_parts(
            sheet=rows("".join(f'<row r="{n}">{cell}</row>' for n in range(20_000, 0, -1)))
        ),
    )
    yield "the same row again", with_parts(sheet=rows(f'<row r="7">{cell}</row>' * 20_000))
    yield (
        "another prefix",
        with_parts(sheet=rows('<x:row xmlns:x="u"><x:c r="A999999"><x:v>1</x:v></x:c></x:row>')),
    )
    yield (
        "a dimension that lies",
        with_parts(
            sheet=rows(f"<row>{cell}</row>").replace(
                "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
            )
        ),
    )
    yield (
        "columns that lie",
        with_parts(
            sheet=rows(f"<row>{cell}</row>").replace(
                "<sheetData>", '<cols><col min="1" max="4294967295"/></cols><sheetData>'
            )
        ),
    )
    merge = '<mergeCell ref="A1:CV20000"/>'
    yield (
        "merges that overlap",
        with_parts(sheet=rows(f"<row>{cell}</row>", f"<mergeCells>{merge * 19_000}</mergeCells>")),
    )
    yield (
        "merges too many",
        with_parts(sheet=rows(f"<row>{cell}</row>", f"<mergeCells>{merge * 60_000}</mergeCells>")),
    )
    yield (
        "a merge of everything",
        with_parts(
            sheet=rows(
                f"<row>{cell}</row>",
                '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="x"/></mergeCells>',
            )
        ),
    )
    for kind in ("s", "str", "inlineStr", "b", "e", "d", "n", "?"):
        for value in ("", "-1", "99", "NaN", "1e400", "0x10", " 0 ", "2026-13-45", "#REF!"):
            yield (
                f"a value {value!r} of type {kind}",
                with_parts(sheet=rows(f'<row><c t="{kind}"><v>{value}</v></c></row>')),
            )
    for value in ("-1", "0", "60", "2958466", "1e15", "1e308", "-1e308", "0.99999999999"):
        yield (
            f"a day {value}",
            with_parts(
                sheet=rows(f'<row><c s="1"><v>{value}</v></c><c s="999"><v>1</v></c></row>'),
                styles=DATES,
            ),
        )


DATES = (
    f'<styleSheet {X}><numFmts count="4000000000"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm"/>'  # noqa: E501
    '</numFmts><cellXfs count="4000000000"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'  # noqa: E501
)


def texts() -> Cases:
    """Shared texts: how many there are, how long, and how often they are told."""
    two = rows('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>')
    for count in ("4294967295", "18446744073709551615", "900000000", "-1", "x", "", "600000"):
        for key in ("count", "uniqueCount"):
            table = f'<sst {X} {key}="{count}"><si><t>a</t></si></sst>'
            yield f"{key} {count!r}", with_parts(strings=table, sheet=two)
    long = f"<sst {X}><si><t>{'x' * 30_000}</t></si></sst>"
    cell = '<c t="s"><v>0</v></c>'
    yield (
        "30,000 letters told 2,000 times",
        with_parts(strings=long, sheet=rows(f"<row>{cell}</row>" * 2000)),
    )
    yield (
        "a million letters",
        with_parts(strings=f"<sst><si><t>{'x' * 1_000_000}</t></si></sst>", sheet=two),
    )
    yield (
        "a million in pieces",
        with_parts(strings=f"<sst><si>{'<r><t>abcd</t></r>' * 250_000}</si></sst>", sheet=two),
    )
    yield (
        "a million texts",
        with_parts(strings=f"<sst>{'<si><t>a</t></si>' * 1_000_000}</sst>", sheet=two),
    )
    yield (
        "a million empty texts",
        with_parts(strings=f"<sst>{'<si/>' * 1_000_000}</sst>", sheet=two),
    )
    yield (
        "texts in texts",
        with_parts(strings=f"<sst>{'<si>' * 50}{'</si>' * 50}</sst>", sheet=two),
    )
    yield (
        "a long text in its cell",
        with_parts(sheet=rows(f'<row><c t="inlineStr"><is><t>{"x" * 500_000}</t></is></c></row>')),
    )
    yield (
        "many texts in their cells",
        with_parts(
            sheet=rows(f'<row><c t="inlineStr"><is><t>{"å" * 30_000}</t></is></c></row>' * 700)
        ),
    )
    yield (
        "a formula of megabytes",
        with_parts(sheet=rows(f"<row><c><f>{'1+' * 4_000_000}1</f><v>2</v></c></row>")),
    )
    yield (
        "a shared formula over all",
        with_parts(
            sheet=rows(
                '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:XFD1048576">A2</f><v>1</v></c></row>'  # noqa: E501
            )
        ),
    )
    yield (
        "control characters",
        with_parts(
            strings="<sst><si><t>_x0000_&#x1;</t></si><si><t>_xD800_</t></si></sst>", sheet=two
        ),
    )


def books() -> Cases:
    """Workbooks whose parts lead nowhere, twice, or round in a circle."""
    relation = f'<Relationship Id="rId1" Type="{TYPE}/worksheet" Target="%s"/>'
    for target in (
        "",
        "worksheets/sheet9.xml",
        "../../etc/passwd",
        "/xl/workbook.xml",
        "sharedStrings.xml",
        "http://x/y",
        "worksheets/SHEET1.XML",
        "//worksheets/sheet1.xml",
    ):
        yield (
            f"a sheet at {target!r}",
            with_parts(relations=f"<Relationships>{relation % target}</Relationships>"),
        )
    sheet = '<sheet name="%s" sheetId="1" r:id="rId1"/>'
    made = f'<workbook {X} xmlns:r="{TYPE}"><sheets>%s</sheets></workbook>'
    yield "no sheets", with_parts(workbook=made % "")
    yield "300 sheets", with_parts(workbook=made % (sheet % "a" * 300))
    yield "sheets of one name", with_parts(workbook=made % (sheet % "Frågor" * 9))
    yield "a sheet with a long name", with_parts(workbook=made % (sheet % ("x" * 5_000_000)))
    yield "a sheet without relation", with_parts(workbook=made % '<sheet name="a"/>')
    yield (
        "a sheet with two",
        with_parts(workbook=made % '<sheet name="a" r:id="rId1" x:id="rId2" xmlns:x="u"/>'),
    )
    yield (
        "many names",
        with_parts(
            workbook=made.replace(
                "</sheets>",
                "</sheets><definedNames>"
                + '<definedName name="a">A1</definedName>' * 150_000
                + "</definedNames>",
            )
            % (sheet % "a")
        ),
    )
    strings = f'<Relationship Id="rId%d" Type="{TYPE}/sharedStrings" Target="%s"/>'
    two = strings % (8, "sharedStrings.xml") + strings % (9, "styles.xml")
    yield (
        "texts in two parts",
        with_parts(
            relations=f"<Relationships>{relation % 'worksheets/sheet1.xml'}{two}</Relationships>"
        ),
    )
    yield (
        "50,000 relations",
        with_parts(
            relations=f"<Relationships>{relation % 'worksheets/sheet1.xml' * 50_000}</Relationships>"  # noqa: E501
        ),
    )
    for count, code in (
        (150_000, "0"),
        (1, "[$-F800]" * 100_000),
        (1, "y" * 1_000_000),
        (1, '\\"[' * 1000),
    ):
        formats = (
            f'<numFmt numFmtId="164" formatCode="{code.replace(chr(34), "&quot;")}"/>' * count
        )
        yield (
            f"{count} formats of {len(code)}",
            with_parts(styles=f"<styleSheet {X}><numFmts>{formats}</numFmts></styleSheet>"),
        )


def beside() -> Cases:
    """Notes, comments and drawings that are many, long, or in places that are none."""
    kinds = {"n.xml": "comments", "t.xml": "threadedComment", "d.xml": "drawing"}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{TYPE}/{kind}" Target="{name}"/>'
        for name, kind in kinds.items()
    )
    notes = "<comments><authors>%s</authors><commentList>%s</commentList></comments>"
    note = '<comment ref="%s" authorId="%s"><text><t>%s</t></text></comment>'
    thread = "<ThreadedComments>%s</ThreadedComments>"
    comment = '<threadedComment ref="A1" personId="x"><text>a</text></threadedComment>'
    corner = "<from><col>%s</col><row>%s</row></from>"
    shape = "<sp><cNvPr descr='x'/><txBody><p><t>a</t></p></txBody></sp>"
    cases = {
        "a note nowhere": ("n.xml", notes % ("", note % ("Å0:x", "-1", "a"))),
        "a note of megabytes": ("n.xml", notes % ("", note % ("A1", "9", "x" * 5_000_000))),
        "an author of megabytes": ("n.xml", notes % (f"<author>{'x' * 5_000_000}</author>", "")),
        "300,000 notes": ("n.xml", notes % ("", note % ("A1", "0", "a") * 300_000)),
        "500,000 authors": ("n.xml", notes % ("<author>a</author>" * 500_000, "")),
        "300,000 comments": ("t.xml", thread % (comment * 300_000)),
        "a comment at megabytes": ("t.xml", thread % comment.replace("A1", "A" * 5_000_000)),
        "300,000 shapes": ("d.xml", f"<wsDr>{shape * 300_000}</wsDr>"),
        "a shape far away": ("d.xml", f"<wsDr>{corner % ('9' * 4000, '-1')}{shape}</wsDr>"),
        "shapes in shapes": ("d.xml", f"<wsDr>{'<sp>' * 60}{'</sp>' * 60}</wsDr>"),
        "a drawing that is none": ("d.xml", "PNG"),
    }
    listing = f"<Relationships>{relations}</Relationships>".encode()
    for name, (part, xml) in cases.items():
        parts = {f"xl/worksheets/{part}": xml.encode()}
        yield (
            name,
            lambda parts=parts: packed(
                parts_of(good()) | {"xl/worksheets/_rels/sheet1.xml.rels": listing} | parts
            ),
        )
    codes = f"<headerFooter><oddHeader>{'&amp;L&amp;K' * 500_000}</oddHeader></headerFooter>"
    yield "a header of megabytes", with_parts(sheet=rows("<row><c><v>1</v></c></row>", codes))
