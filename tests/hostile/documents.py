"""Word files that cost their reader more than they weigh."""

import io
from collections.abc import Callable
from functools import cache

import docx

from tests.hostile.zips import Cases, packed, parts_of

MAIN = "word/document.xml"
STYLES = "word/styles.xml"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
HEADER = "word/header1.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


@cache
def good() -> bytes:
    word = docx.Document()
    section = word.sections[0]
    section.header.paragraphs[0].text = "Region Exempel"
    section.footer.paragraphs[0].text = "Adress"
    word.add_heading("Handlingsplan 2023–2025", 0)
    table = word.add_table(6, 5)
    for row, stage in enumerate(("", "Råvara", "Tillverkning", "Användarfas", "Avfall", "Övrigt")):
        for column, cell in enumerate(table.rows[row].cells):
            cell.text = stage if column == 0 else f"Risk för något {row}.{column}"
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def with_body(inner: Callable[[], str]) -> Callable[[], bytes]:
    """A function that makes the good file with this before all that it holds."""
    return lambda: changed(
        MAIN, lambda: lambda old: old.replace(b"<w:body>", b"<w:body>" + inner().encode(), 1)
    )()


def changed(name: str, change: Callable[[], Callable[[bytes], bytes]]) -> Callable[[], bytes]:
    def made() -> bytes:
        parts = parts_of(good())
        return packed(parts | {name: change()(parts[name])})

    return made


def bodies() -> Cases:
    """Bodies of many elements, deep ones, and tables that are not as they look."""
    yield "ten million bytes of tiny elements", with_body(lambda: "<a/>" * 2_400_000)
    yield "300,000 elements", with_body(lambda: "<w:p/>" * 300_000)
    yield "120,000 paragraphs", with_body(lambda: p("a") * 120_000)
    yield "20,000 paragraphs", with_body(lambda: p("Ord som ingen väntar sig här.") * 20_000)
    yield "a paragraph of nine megabytes", with_body(lambda: p("x" * 9_000_000))
    yield "a paragraph of 90,000 letters", with_body(lambda: p("x " * 45_000))
    yield (
        "paragraphs in paragraphs",
        with_body(lambda: "<w:p><w:r><w:t>a</w:t></w:r>" * 80 + "</w:p>" * 80),
    )
    wrap = "<w:sdt><w:sdtContent>"
    yield (
        "controls in controls",
        with_body(lambda: wrap * 40 + p("a") + "</w:sdtContent></w:sdt>" * 40),
    )
    yield "controls 2,000 deep", with_body(lambda: wrap * 2000 + "</w:sdtContent></w:sdt>" * 2000)
    box = "<w:p><w:r><w:txbxContent>"
    yield (
        "boxes in boxes",
        with_body(lambda: box * 30 + p("a") + "</w:txbxContent></w:r></w:p>" * 30),
    )
    hint = "<w:showingPlcHdr/>" * 100_000
    yield (
        "a control that says it often",
        with_body(
            lambda: (
                f"<w:sdt><w:sdtPr>{hint}</w:sdtPr><w:sdtContent>{p('a') * 60_000}</w:sdtContent></w:sdt>"  # noqa: E501
            )
        ),
    )
    yield (
        "a mark at the root",
        changed(
            MAIN,
            lambda: (
                lambda old: old.replace(b"<w:body>", b"<w:showingPlcHdr/><w:vanish/><w:body>", 1)
            ),
        ),
    )
    removed = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    yield "60,000 marks deleted", with_body(lambda: p("a", removed) * 60_000)
    yield (
        "hidden, 60,000 times",
        with_body(lambda: "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>" * 60_000),
    )
    yield (
        "fallbacks in fallbacks",
        with_body(lambda: f"<mc:Fallback {MC}>" * 60 + "</mc:Fallback>" * 60),
    )
    yield (
        "revisions in revisions",
        with_body(lambda: "<w:ins><w:del>" * 40 + p("a") + "</w:del></w:ins>" * 40),
    )


def tables() -> Cases:
    """Tables that are larger inside: spans, merges, columns."""

    def table(rows: str) -> Callable[[], bytes]:
        return with_body(lambda: f"<w:tbl>{rows}</w:tbl>")

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    goes_on, begins = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
    span = '<w:gridSpan w:val="%s"/>'
    yield (
        "tables in tables",
        with_body(lambda: "<w:tbl><w:tr><w:tc>" * 25 + p("a") + "</w:tc></w:tr></w:tbl>" * 25),
    )
    yield "5,000 rows of 64", table(f"<w:tr>{'<w:tc/>' * 64}</w:tr>" * 5000)
    yield "300 columns", table(f"<w:tr>{cell('a') * 300}</w:tr>" * 50)
    for width in ("999999", "-5", "x", "", "99999999999999999999"):
        yield f"a span of {width!r}", table(f"<w:tr>{cell('a', span % width)}</w:tr>" * 500)
        yield (
            f"{width!r} columns before",
            table(
                f'<w:tr><w:trPr><w:gridBefore w:val="{width}"/></w:trPr>{cell("a")}</w:tr>' * 500
            ),
        )
    long = "ord " * 20_000
    yield (
        "a long cell that goes on 20,000 rows",
        table(f"<w:tr>{cell(long, begins)}</w:tr>" + f"<w:tr>{cell('', goes_on)}</w:tr>" * 20_000),
    )
    yield (
        "a long cell over all columns and rows",
        table(
            f"<w:tr>{cell(long, begins + span % 64)}</w:tr>"
            + f"<w:tr>{cell('', goes_on + span % 64)}</w:tr>" * 500
        ),
    )
    yield (
        "merges that overlap",
        table(
            f"<w:tr>{cell('a', begins + span % 3)}{cell('b', begins)}</w:tr>"
            + f"<w:tr>{cell('c', goes_on)}{cell('d', goes_on + span % 9)}</w:tr>" * 2000
        ),
    )
    yield "goes on from nothing", table(f"<w:tr>{cell('a', goes_on) * 5}</w:tr>" * 20)
    yield (
        "2,000 tables",
        with_body(lambda: f"<w:tbl><w:tr>{cell('Råvara')}{cell('a')}</w:tr></w:tbl>" * 2000),
    )
    matrix = (
        f"<w:tr>{cell('')}{cell('Miljö')}</w:tr>"
        f"<w:tr>{cell('Råvara')}{cell('Risk. ' * 3000)}</w:tr>"
    )
    yield "3,000 statements in a cell", table(matrix)


def plans() -> Cases:
    """Plans with too much of what a plan has."""
    risks, goals = p("Risker och möjligheter"), p("Mål och målindikatorer")
    yield (
        "8,000 goals",
        with_body(lambda: goals + "".join(p(f"Övergripande mål {n}") for n in range(8000))),
    )
    yield "8,000 times the same goal", with_body(lambda: goals + p("Övergripande mål 1: x") * 8000)
    yield (
        "8,000 sub-goals",
        with_body(
            lambda: (
                goals
                + p("Övergripande mål 1: x")
                + p("Delmål: " + " ".join(f"1.{n} x" for n in range(8000)))
            )
        ),
    )
    yield (
        "8,000 areas",
        with_body(lambda: risks + "".join(p(f"Produktområde {n}: x") for n in range(8000))),
    )
    yield (
        "8,000 contacts",
        with_body(lambda: p("Kontaktpersoner:") + p(", ".join(["Anna Ek a@b.se"] * 5000))),
    )
    for bait in ("a@", "a.", "1.1.", "(((", "”“", "samma som ", "Se produktområde 1 ", "\u00a0\t"):
        yield (
            f"{bait!r}, 90,000 letters",
            with_body(
                lambda bait=bait: risks + p("Produktområde 1: x") + p(bait * (90_000 // len(bait)))
            ),
        )


def packages() -> Cases:
    """Packages with parts that lead elsewhere, or say that they are something else."""
    relation = f'<Relationship Id="rId%s" Type="{OFFICE}/%s" Target="%s"/>'

    def related(*lines: str) -> Callable[[], bytes]:
        more = "".join(lines).encode()
        return changed(
            RELATIONS,
            lambda: lambda old: old.replace(b"</Relationships>", more + b"</Relationships>"),
        )

    yield (
        "5,000 relations",
        related(*(relation % (f"x{n}", "header", "header1.xml") for n in range(5000))),
    )
    yield (
        "400 pictures of one",
        related(*(relation % (f"x{n}", "image", "header1.xml") for n in range(400))),
    )
    yield "a circle", related(relation % ("x", "header", "document.xml"))
    yield "a part that is not there", related(relation % ("x", "header", "nowhere.xml"))
    yield "outside the package", related(relation % ("x", "image", "../../../etc/passwd"))
    yield "one identity twice", related(relation % ("rId1", "header", "header1.xml") * 2)
    style = '<w:style w:type="paragraph" w:styleId="X%s"><w:name w:val="X%s"/><w:basedOn w:val="X%s"/></w:style>'  # noqa: E501
    for many in (50, 30_000):
        made = "".join(style % (n, n, n + 1) for n in range(many)) + style % (many, many, 0)
        yield (
            f"{many} styles in a circle",
            changed(
                STYLES,
                lambda made=made: (
                    lambda old: old.replace(b"</w:styles>", made.encode() + b"</w:styles>")
                ),
            ),
        )
    yield (
        "styles of one name",
        changed(
            STYLES,
            lambda: (
                lambda old: old.replace(
                    b"</w:styles>", (style % (1, "Normal", 1) * 500).encode() + b"</w:styles>"
                )
            ),
        ),
    )
    yield "no styles", changed(STYLES, lambda: lambda old: b"<a/>")
    for many in (50_000, 300_000):
        yield (
            f"a header of {many}",
            changed(
                HEADER,
                lambda many=many: (
                    lambda old: old.replace(b"</w:hdr>", b"<w:p/>" * many + b"</w:hdr>")
                ),
            ),
        )
    yield (
        "a field of megabytes",
        changed(
            HEADER,
            lambda: (
                lambda old: old.replace(
                    b"</w:hdr>",
                    b"<w:p><w:r><w:instrText>"
                    + b"PAGE " * 400_000
                    + b"</w:instrText></w:r></w:p></w:hdr>",
                )
            ),
        ),
    )
    for kind in (
        b"application/pdf",
        b"",
        b"text/html",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    ):
        main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        yield (
            f"it says it is {kind.decode()!r}",
            changed(TYPES, lambda kind=kind, main=main: lambda old: old.replace(main, kind)),
        )
    yield (
        "50,000 types",
        changed(
            TYPES,
            lambda: (
                lambda old: old.replace(
                    b"</Types>",
                    b'<Override PartName="/a" ContentType="b"/>' * 50_000 + b"</Types>",
                )
            ),
        ),
    )
