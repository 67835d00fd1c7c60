"""Builds plan documents for the tests, with python-docx or as text."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from actionplan.text import fold
from actionplan.word.document import Area, PlanCell, WordReading
from actionplan.word.reading.headings import Headings
from actionplan.word.reading.reader import read

STAGE_SPELLINGS = {
    "raw_material": ("Råvara", "utvinning", "odling"),
    "component_manufacturing": (
        "Komponenttillverkning/insatsvaror/ingredienser",
        "Komponenttillverkning",
        "Bearbetning",
        "Förädling",
    ),
    "final_manufacturing": ("Sluttillverkning", "Sluttilverkning", "Slutmontering"),
    "use": ("Användarförhållanden", "Användarfas", "Användning", "Drift"),
    "end_of_life": ("Sluthantering/avfall", "Sluthantering", "Avfall", "Återvinning"),
    "other": ("Övrigt",),
}
DIMENSION_SPELLINGS = {
    "human_rights": ("Mänskliga rättigheter",),
    "workers_rights": ("Arbetares rättigheter", "Arbeters rättigheter"),
    "environment": ("Miljö", "Miljöskydd"),
    "anti_corruption": (
        "Anti-korruption",
        "Antikorruption",
        "Korruption",
        "Affärsetik",
        "Anti-korruption / affärsetik",
    ),
}
STAGE_NAMES = {code: names[0] for code, names in STAGE_SPELLINGS.items()}
DIMENSION_NAMES = {code: names[0] for code, names in DIMENSION_SPELLINGS.items()}
NAMES = {"stage_names": STAGE_NAMES, "dimension_names": DIMENSION_NAMES}

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORNER = "Kartläggning risker och möjligheter (urval av produktområde)"
HEAD = ["", "Mänskliga rättigheter", "Arbetares rättigheter", "Miljö", "Anti-korruption"]
STAGES = ("Råvara", "Komponenttillverkning", "Sluttillverkning", "Användarfas", "Avfall", "Övrigt")
FACTS = [
    ["Upphandlingsregion:", "C"],
    ["Regional samordnare:", "Region Stockholm"],
    ["Kontaktpersoner:", "Anna Ek"],
]
GOALS = [
    ["Övergripande mål 1", "Ett kravpaket"],
    ["Delmål:", "1.1 Krav finns 1.2 Krav används"],
    ["Målindikatorer:", "1.1 Antal krav 1.2 Antal avtal"],
]

Rows = Sequence[Sequence[str]]


def _folded(spellings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold(name): code for code, names in spellings.items() for name in names}


HEADINGS = Headings(_folded(STAGE_SPELLINGS), _folded(DIMENSION_SPELLINGS))


def matrix_rows(
    cells: Mapping[tuple[str, int], str] | None = None,
    *,
    area: str = "Produktområde 1: servrar",
    stages: Sequence[str] = STAGES,
) -> list[list[str]]:
    """The rows of one matrix; `cells` are texts by row heading and column number."""
    given = {("Råvara", 1): "Barnarbete."} if cells is None else cells
    body = [
        [f"{stage}: risker och möjligheter", *(given.get((stage, c), "") for c in range(1, 5))]
        for stage in stages
    ]
    return [[CORNER, area, area, area, area], list(HEAD), *body]


def head_of_plan(
    word: Document,
    *,
    title: str = "Handlingsplan 2023–2025",
    category: str = "I. Prioriterad inköpskategori: Servrar",
    facts: Rows = FACTS,
    introduction: Sequence[str] = ("Det här handlar planen om.",),
) -> Document:
    if title:
        word.add_heading(title, 0)
    if category:
        word.add_heading(category, 1)
    if facts:
        add_table(word, facts)
    word.add_heading("II. Introduktion", 1)
    for paragraph in introduction:
        word.add_paragraph(paragraph)
    word.add_heading("III. Väsentligaste risker och möjligheter ur ett livscykelperspektiv", 1)
    return word


def plan(rows: Rows | None = None, *, goals: Rows = GOALS, **head) -> Document:
    """A small whole plan: one matrix, one goal."""
    word = head_of_plan(docx.Document(), **head)
    add_table(word, matrix_rows() if rows is None else rows)
    word.add_heading("IV. Mål", 1)
    if goals:
        add_table(word, goals)
    return word


def add_table(word: Document, rows: Rows) -> Table:
    """A table whose neighbouring equal texts in one row are merged, as area headings are."""
    table = word.add_table(len(rows), max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        cells = row.cells
        for cell, text in zip(cells, texts, strict=False):
            cell.text = text
    for row, texts in zip(table.rows, rows, strict=True):
        if len(texts) > 2 and texts[1] and len(set(texts[1:])) == 1:
            cells = row.cells
            for cell in cells[2:]:
                cell.text = ""
            cells[1].merge(cells[-1]).text = texts[1]
    return table


def matrix_cell(word: Document, row: int, column: int, table: int = 1) -> _Cell:
    """A cell of a matrix in a built plan, to be changed by the test."""
    return word.tables[table].rows[row].cells[column]


def paragraphs(cell: _Cell, *texts: str, styles: Sequence[str | None] = ()) -> None:
    """Make these the paragraphs of a cell."""
    cell.text = texts[0]
    for text in texts[1:]:
        cell.add_paragraph(text)
    for paragraph, style in zip(cell.paragraphs, styles, strict=False):
        paragraph.style = style


def set_xml(cell: _Cell, inner: str) -> None:
    """Make this Word XML the first paragraph of a cell."""
    replace_paragraph(cell.paragraphs[0], inner)


def replace_paragraph(paragraph: Paragraph, inner: str) -> None:
    """Put a paragraph of this Word XML in the place of another."""
    element = paragraph._p
    element.getparent().replace(element, parse_xml(f"<w:p {W}>{inner}</w:p>"))


def add_list(word: Document, *levels: tuple[str, str], key: int = 70, **overrides: int) -> str:
    """Define a list of (format, text) levels; what `numPr` calls it. `overrides` are starts."""
    texts = [
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    ]
    starts = [
        f'<w:lvlOverride w:ilvl="{level[1:]}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in overrides.items()
    ]
    root = word.part.numbering_part.element
    if texts:
        definition = f'<w:abstractNum {W} w:abstractNumId="{key}">{"".join(texts)}</w:abstractNum>'
        root.insert(0, parse_xml(definition))
    number = 900 + len(root)
    link = f'<w:abstractNumId w:val="{key}"/>'
    root.append(parse_xml(f'<w:num {W} w:numId="{number}">{link}{"".join(starts)}</w:num>'))
    return str(number)


def put_in_list(element: Any, number: str, level: int | None = 0) -> None:
    """Make a paragraph, or all of a style, items of a list."""
    level_xml = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    properties = element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}>{level_xml}<w:numId w:val="{number}"/></w:numPr>'))


def with_notes(word: Document, kind: str, notes: Mapping[int, str]) -> bytes:
    """A saved document with foot- or endnotes, which python-docx does not write."""
    name = kind.removesuffix("s")
    texts = [
        f'<w:{name} w:id="{key}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{name}>'
        for key, text in notes.items()
    ]
    part = Part(
        PackURI(f"/word/{kind}.xml"),
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml",
        f"<w:{kind} {W}>{''.join(texts)}</w:{kind}>".encode(),
        word.part.package,
    )
    word.part.relate_to(part, f"{RELATIONS}/{kind}")
    return saved(word)


def saved(word: Document) -> bytes:
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def reading(word: Document) -> WordReading:
    return read(saved(word), headings=HEADINGS)


def read_text(text: str) -> WordReading:
    return read(text.encode(), headings=HEADINGS)


def text_of(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def text_plan(matrix: str | None = None, *, goals: str | None = None) -> str:
    """The same small plan in its tab-separated form."""
    parts = (
        "Handlingsplan 2023–2025",
        "I. Prioriterad inköpskategori: Servrar",
        text_of(FACTS),
        "II. Introduktion",
        "Det här handlar planen om.",
        "III. Väsentligaste risker och möjligheter ur ett livscykelperspektiv",
        text_of(matrix_rows()) if matrix is None else matrix,
        "IV. Mål",
        text_of(GOALS) if goals is None else goals,
    )
    return "\n\n".join(parts)


def area_of(result: WordReading, number: int = 1) -> Area:
    assert result.faults == ()
    assert result.document is not None
    return next(area for area in result.document.areas if area.number == number)


def cell_of(
    result: WordReading,
    stage: str = "raw_material",
    dimension: str = "human_rights",
    area: int = 1,
) -> PlanCell:
    """The cell, which must be given."""
    cells = {(c.stage, c.dimension): c for c in area_of(result, area).cells}
    return cells[stage, dimension]


def clean_reading(result: WordReading) -> WordReading:
    """The reading, which must have understood everything."""
    assert result.faults == ()
    assert result.not_understood == ()
    return result
