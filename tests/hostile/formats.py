"""Number formats that cost more than they show, and sheets that only look full."""

from html import escape

from tests.hostile.workbooks import (
    RELATIONS,
    STYLES,
    TYPE,
    WORKBOOK,
    X,
    good,
    rows,
    with_parts,
)
from tests.hostile.zips import Cases, packed, parts_of

CODES = (
    "0" * 255,
    "?" * 120 + "/" + "?" * 120,
    "0." + "0" * 250,
    "#," * 120,
    "[h]" * 80,
    "yyyy" * 60,
    "%" * 250 + "0",
    "0" + "E+0" * 80,
    "[>" + "9" * 200 + "]0",
    '"' * 255,
    "[" * 255,
    "\\" * 255,
    ";" * 255,
    "@" * 255,
    "General" * 36,
    "_" * 255,
    "*" * 255,
)


def formats() -> Cases:
    """Each format over many cells that are all unlike."""
    for code in CODES:
        styles = (
            f'<styleSheet {X}><numFmts><numFmt numFmtId="164" formatCode="{escape(code)}"/>'
            '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
        )
        numbers = "".join(f'<row><c s="1"><v>{n}.{n}e{n % 300}</v></c></row>' for n in range(5000))
        yield f"a format {code[:12]!r}", with_parts(sheet=rows(numbers), styles=styles)
    yield "a format of a megabyte", with_parts(styles=_style_sheet("0" * 1_000_000))
    yield (
        "100,000 formats",
        with_parts(styles=_style_sheet("0").replace("<xf/>", "<xf/>" * 100_000)),
    )


def sheets() -> Cases:
    """Many sheets that have nothing but formats."""
    empty = rows('<row><c s="1"/></row>' * 100_000).encode()
    for many in (2, 150):
        names = [f"xl/worksheets/e{n}.xml" for n in range(many)]
        listed = "".join(
            f'<sheet name="e{n}" sheetId="{n + 9}" r:id="e{n}"/>' for n in range(many)
        )
        led = "".join(
            f'<Relationship Id="e{n}" Type="{TYPE}/worksheet" Target="worksheets/e{n}.xml"/>'
            for n in range(many)
        )
        book = f'<workbook xmlns:r="{TYPE}"><sheets>{listed}</sheets></workbook>'
        parts = parts_of(good()) | {
            WORKBOOK: book.encode(),
            RELATIONS: f"<Relationships>{led}</Relationships>".encode(),
            **dict.fromkeys(names, empty),
        }
        parts.pop(STYLES)
        yield f"{many} sheets of formats", lambda parts=parts: packed(parts)


def _style_sheet(code: str) -> str:
    return (
        f'<styleSheet {X}><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        "<cellXfs><xf/></cellXfs></styleSheet>"
    )
