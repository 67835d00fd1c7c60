"""The XML around the rows: what every workbook has, and what depends on a name or two."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from actionplan.excel.streaming.cells import escape

XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

ROOT_RELATIONS: Final = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
).encode()

# In the order of the looks in `cells`: plain, head, date, share, title, label, wrapped; then code,
# and number, date and moment at the top.
STYLES: Final = (
    f'{XML}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="0.0\\ %"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="16"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FFDCE6F1"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="11"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>'
    '<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium9"'
    ' defaultPivotStyle="PivotStyleLight16"/></styleSheet>'
).encode()


def core(title: str, created: datetime) -> bytes:
    """Write the title and the moment of the file, given in UTC."""
    moment = f"{created:%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>sv</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        "</cp:coreProperties>"
    ).encode()


def sheet_start(widths: Sequence[int], *, frozen: bool, looks: Sequence[int] = ()) -> bytes:
    """Begin a worksheet, up to its rows; `looks` are those of cells still to be filled in."""
    pane = (
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft"/>'
        if frozen
        else ""
    )
    cols = "".join(
        f'<col min="{at}" max="{at}" width="{width}" style="{look}" customWidth="1"/>'
        for at, (width, look) in enumerate(zip(widths, looks or [0] * len(widths), strict=True), 1)
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{cols}</cols><sheetData>'
    ).encode()


DRAWING_PART: Final = '<drawing r:id="rId1"/>'
TABLE_PART: Final = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'


def sheet_end(
    *, landscape: bool = False, over: str = "", offers: str = "", footer: str = ""
) -> bytes:
    """End a worksheet after its rows: A4, as wide as the page, and what lies over the cells."""
    way = "landscape" if landscape else "portrait"
    return (
        f'</sheetData>{offers}<pageSetup paperSize="9" orientation="{way}" fitToHeight="0"/>'
        f"{footer and f'<headerFooter><oddFooter>{escape(footer)}</oddFooter></headerFooter>'}"
        f"{over}</worksheet>"
    ).encode()


def offers(lists: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Write the choices for the cells of each area, but for lists over Excel's 255 characters."""
    made = [
        '<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1"'
        f' sqref="{area}"><formula1>{escape(chr(34) + ",".join(names) + chr(34))}</formula1>'
        "</dataValidation>"
        for area, names in lists
        if len(",".join(names)) <= 255
    ]
    if not made:
        return ""
    return f'<dataValidations count="{len(made)}">{"".join(made)}</dataValidations>'


def table(number: int, name: str, area: str, count: int, columns: str) -> bytes:
    """Write a native table with filters; `columns` is XML already."""
    return (
        f'{XML}<table xmlns="{MAIN}" id="{number}" name="{escape(name)}"'
        f' displayName="{escape(name)}" ref="{area}" totalsRowShown="0">'
        f'<autoFilter ref="{area}"/><tableColumns count="{count}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0"'
        ' showRowStripes="1" showColumnStripes="0"/></table>'
    ).encode()


def workbook(sheets: Sequence[tuple[str, int, bool]]) -> bytes:
    """Write the sheets' names in the order of their tabs, and which repeat their first row."""
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{number}"/>'
        for at, (name, number, _repeats) in enumerate(sheets, 1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">{quoted(name)}!$1:$1'
        "</definedName>"
        for at, (name, _number, repeats) in enumerate(sheets)
        if repeats
    )
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{names}</sheets>"
        f"{f'<definedNames>{titles}</definedNames>' if titles else ''}</workbook>"
    ).encode()


def quoted(name: str) -> str:
    """Write the name of a sheet as a reference has it."""
    return escape("'" + name.replace("'", "''") + "'")


def relations(targets: Iterable[tuple[str, str]]) -> bytes:
    """Write kinds and targets, as rId1, rId2 and so on."""
    made = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'.encode()


def content_types(overrides: Iterable[tuple[str, str]]) -> bytes:
    """Write the content type of each part."""
    made = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides
    )
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{made}</Types>'
    ).encode()
