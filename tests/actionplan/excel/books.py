"""Workbooks with exactly these cells, as Excel writes them and as others do."""

import io
import zipfile

TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def text(address: str, value: str, style: int = 0) -> str:
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(address: str, value: object, style: int = 0) -> str:
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def cell(address: str, kind: str, value: str, formula: str = "") -> str:
    inner = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{address}" t="{kind}">{inner}<v>{value}</v></c>'


def rows(*cells: str, merges: str = "") -> str:
    """The XML of a sheet; cells at their addresses, in one go."""
    merged = "".join(f'<mergeCell ref="{merge}"/>' for merge in merges.split())
    end = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f"<worksheet {X}><sheetData><row>{''.join(cells)}</row></sheetData>{end}</worksheet>"


def headed(headings: list[str], *cells: str, merges: str = "") -> str:
    """A sheet with these headings in its first row."""
    head = [text(f"{chr(65 + at)}1", heading) for at, heading in enumerate(headings)]
    return rows(*head, *cells, merges=merges)


def book(
    *sheets: tuple[str, str, str],
    formats: tuple[str, ...] = (),
    strings: str = "",
    properties: str = "",
) -> bytes:
    """A workbook.

    Args:
        sheets: name, state ("visible", "hidden", "chart") and XML of each.
        formats: codes of number formats; the style of a cell is the place of its own, from 1 on.
    """
    listed, relations, parts = [], [], {}
    for at, (name, state, xml) in enumerate(sheets, start=1):
        kind = "chartsheet" if state == "chart" else "worksheet"
        state_in_file = "visible" if state == "chart" else state
        listed.append(
            f'<sheet name="{name}" sheetId="{at}" state="{state_in_file}" r:id="r{at}"/>'
        )
        relations.append(
            f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="sheets/s{at}.xml"/>'
        )
        parts[f"xl/sheets/s{at}.xml"] = xml
    if strings:
        relations.append(
            f'<Relationship Id="rs" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        )
        parts["xl/sharedStrings.xml"] = f"<sst {X}>{strings}</sst>"
    relations.append(f'<Relationship Id="rf" Type="{OFFICE}/styles" Target="styles.xml"/>')
    codes = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for at, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(formats)))
    parts |= {
        "xl/styles.xml": f"<styleSheet {X}><numFmts>{codes}</numFmts><cellXfs>"
        f'<xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/workbook.xml": f'<workbook {X} xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{''.join(listed)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{''.join(relations)}</Relationships>",
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'<Types><Override PartName="/xl/workbook.xml" '
        f'ContentType="{TYPES}.sheet.main+xml"/></Types>',
    }
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()
