"""Letterheads for tests: a good one, and what may be wrong with one."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
from docx.shared import Mm

TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
HEADER = "Region Exempel"
FOOTER = "Regionens adress"
FORGOTTEN = "Hemlig anteckning"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_letterhead() -> bytes:
    """A page with a header, a footer, a heading style of its own, and words in its body."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(30)
    section.header.paragraphs[0].text = HEADER
    section.footer.paragraphs[0].text = FOOTER
    word.styles["Heading 1"].font.name = "Georgia"
    word.add_paragraph("Brevets egen text.")
    word.add_comment(word.paragraphs[0].runs, text=FORGOTTEN, author="Alva")
    word.core_properties.author = "Alva Ek"
    word.core_properties.subject = FORGOTTEN
    word.core_properties.comments = FORGOTTEN
    return saved(word)


def saved(word: docx.document.Document) -> bytes:
    """A document as a file."""
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def rewritten(data: bytes, **parts: Callable[[bytes], bytes] | bytes) -> bytes:
    """The file with some parts changed or added; `__` in a name stands for a slash."""
    changes = {name.replace("__", "/"): change for name, change in parts.items()}
    return replaced(data, changes)


def replaced(data: bytes, changes: dict[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """The file with some parts changed (by a function of the old) or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            change = changes.pop(name, None)
            part = old.read(name)
            new.writestr(name, change(part) if callable(change) else change or part)
        for name, part in changes.items():
            new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def related(kind: str, target: str, *, outside: bool = True) -> bytes:
    """A letterhead whose document leads to something."""
    mode = ' TargetMode="External"' if outside else ""
    relation = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    end = b"</Relationships>"
    change = {RELATIONS: lambda old: old.replace(end, relation.encode() + end)}
    return replaced(a_letterhead(), change)


def with_field(instruction: str) -> bytes:
    """A letterhead whose footer holds a field, cut over two runs as Word may do."""
    half = len(instruction) // 2
    runs = "".join(
        f"<w:r><w:instrText>{part}</w:instrText></w:r>"
        for part in (instruction[:half], instruction[half:])
    )
    end = b"</w:p></w:ftr>"
    with zipfile.ZipFile(io.BytesIO(a_letterhead())) as archive:
        (name,) = [n for n in archive.namelist() if n.startswith("word/footer")]
    return replaced(a_letterhead(), {name: lambda old: old.replace(end, runs.encode() + end)})


def under_another_ending(data: bytes, *, is_default: bool) -> bytes:
    """The letterhead with its footer in a part called .bin: its type still says what it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (name,) = [name for name in parts if name.startswith("word/footer")]
    other = name.replace(".xml", ".bin")
    listing = parts[TYPES].replace(name.encode(), other.encode())
    if is_default:
        # The ending says the type, instead of a line for the part itself.
        listing = re.sub(
            rb'<Override PartName="[^"]*\.bin" ContentType="([^"]*)"/>',
            rb'<Default Extension="BIN" ContentType="\1"/>',
            listing,
        )
    parts[TYPES] = listing
    leaf, other_leaf = (path.partition("/")[2].encode() for path in (name, other))
    parts[RELATIONS] = parts[RELATIONS].replace(leaf, other_leaf)
    parts[other] = parts.pop(name)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return target.getvalue()
