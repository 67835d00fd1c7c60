"""Texts that are none, or are too long, or are made to be searched for ever."""

from tests.hostile.zips import Cases

PLAN = "Handlingsplan 2023–2025\nPrioriterad inköpskategori: IT\nUpphandlingsregion: C\n"


def texts() -> Cases:
    """Encodings, lines, and words that a plan's reader looks for, too many of them."""
    plan = PLAN.encode()
    yield "NULs", lambda: bytes(5000)
    yield "a NUL", lambda: plan + b"\x00"
    yield "invalid UTF-8", lambda: plan + b"\xff\xc3\x28\x81"
    yield "half of UTF-16", lambda: PLAN.encode("utf-16")[:-1]
    yield "UTF-16 of surrogates", lambda: b"\xff\xfe" + b"\x00\xd8" * 5000
    yield "UTF-16, the other way", lambda: b"\xfe\xff" + PLAN.encode("utf-16-be")
    yield "UTF-32", lambda: PLAN.encode("utf-32")
    yield "a PDF", lambda: b"%PDF-1.7" + bytes(100)
    yield "a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50
    yield "only blanks", lambda: b" \n\t\r\n" * 5000
    yield "18 MB of lines", lambda: b"a\n" * (9 << 20)
    yield "2 MB of empty lines", lambda: b"\n" * (2 << 20)
    yield "2 MB in one line", lambda: plan + b"x" * (2_000_000)
    yield "2 MB of tabs", lambda: plan + b"\t" * (2_000_000)
    yield "9,000 rows of 64", lambda: plan + (b"\t" * 64 + b"\n") * 9_000
    yield "every kind of line end", lambda: plan + "a\r\x0b\x0c\x85\u2028\r\n".encode() * 10_000
    lines = {
        "goals": "Övergripande mål %d: x\nDelmål: %d.1 a",
        "areas": "Produktområde %d: x\n\tMiljö\nRåvara\tRisk %d.",
        "matrices": "\tMiljö\tAntikorruption %d\nRåvara\tRisk %d.\tMöjlighet.",
        "titles": "Handlingsplan %d–%d",
        "contacts": "Kontaktpersoner: Anna %d Ek a%d@b.se",
        "nothing": "Ord %d och %d",
        "levels": "Miljöskydd\nHög %d %d",
        "stages": "Råvara Bearbetning Sluttillverkning\n%d %d",
        "references": "Råvara\tSamma som %d\tSe produktområde %d",
    }
    for what, line in lines.items():
        many = 9_500 // (line.count("\n") + 1)
        yield (
            f"many {what}",
            lambda line=line, many=many: (
                PLAN + "\n".join(line % (n, n) for n in range(many))
            ).encode(),
        )
        yield (
            f"again and again {what}",
            lambda line=line: (PLAN + "\n".join([line % (1, 1)] * 2400)).encode(),
        )
    for bait in (
        "a@",
        "a.",
        "1.1",
        "((",
        "samma som ",
        "risk ",
        "råvara",
        "miljöskydd hög ",
        ": ",
    ):
        yield (
            f"{bait!r} in a line",
            lambda bait=bait: (f"{PLAN}\nRåvara\t" + bait * (95_000 // len(bait))).encode(),
        )


def sheets_as_text() -> Cases:
    """What is not packed at all under the name of a packed file."""
    yield "xml alone", lambda: b"<worksheet><sheetData/></worksheet>"
    yield "html", lambda: b"<html><table><tr><td>1</td></tr></table></html>" * 1000
    yield "semicolons", lambda: b"a;b\n" * 50_000
    yield "a script", lambda: b"#!/bin/sh\nrm -rf /\n"
