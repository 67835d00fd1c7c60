"""A Word tree as a reader sees it on paper: revisions accepted, wrappers gone."""

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from actionplan.word.file.archive import W
from actionplan.word.file.fields import settle_fields
from actionplan.word.file.style_chain import StyleChain, is_on, value
from actionplan.word.file.visible import MATH, VISIBLE, is_hidden, mark_is_hidden

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DELETED: Final = (W + "del", W + "moveFrom")
INSERTED: Final = (W + "ins", W + "moveTo")
WRAPPERS: Final = (*INSERTED, W + "sdt", W + "sdtContent", W + "smartTag", W + "customXml")
# In the properties of a row or of a paragraph mark a revision is a mark, not a wrapper.
PROPERTIES: Final = (W + "rPr", W + "trPr")
GALLERY: Final = re.compile(r"tables? of contents", re.I)
TEXTS: Final = (W + "t", W + "sym", MATH + "t", W + "txbxContent")


def normalise(root: etree._Element, styles: StyleChain) -> None:
    """Accept revisions, drop what Word hides, unwrap controls, lift text boxes out."""
    _choose(root)
    _drop_rows_and_cells(root)
    _drop_contents_lists(root)
    # How a word is read aloud stands above it in small letters, in Japanese.
    _remove(list(root.iter(W + "rt")))
    _remove([e for e in root.iter(*DELETED) if e.getparent().tag not in PROPERTIES])
    _drop_hidden_text(root, styles)
    _join_paragraphs_without_mark(root, styles)
    _drop_placeholders(root)
    _unwrap(root)
    settle_fields(root, VISIBLE)
    _lift_text_boxes(root)
    _open_layout_tables(root)


def _choose(root: etree._Element) -> None:
    """Keep the newer of two forms of the same, or the one that has text."""
    for both in list(root.iter(MC + "AlternateContent")):
        choice, fallback = both.find(MC + "Choice"), both.find(MC + "Fallback")
        if choice is None or fallback is None:
            continue
        only_older = next(fallback.iter(*TEXTS), None) is not None
        if only_older and next(choice.iter(*TEXTS), None) is None:
            _remove([choice])
        else:
            _remove([fallback])


def _remove(elements: Iterable[etree._Element]) -> None:
    for element in elements:
        if (parent := element.getparent()) is not None:
            parent.remove(element)


def _drop_rows_and_cells(root: etree._Element) -> None:
    """Drop rows and cells that were deleted, and rows that are hidden."""
    dropped = [c for c in root.iter(W + "tc") if c.find(f"{W}tcPr/{W}cellDel") is not None]
    for row in root.iter(W + "tr"):
        hidden = row.find(f"{W}trPr/{W}hidden")
        if row.find(f"{W}trPr/{W}del") is not None or (hidden is not None and is_on(hidden)):
            dropped.append(row)
    _remove(dropped)


def _drop_contents_lists(root: etree._Element) -> None:
    """Drop the content controls in which programs put a table of contents."""
    lists = [
        gallery for gallery in root.iter(W + "docPartGallery") if GALLERY.search(value(gallery))
    ]
    controls = [next(gallery.iterancestors(W + "sdt"), None) for gallery in lists]
    _remove([control for control in controls if control is not None])


def _drop_hidden_text(root: etree._Element, styles: StyleChain) -> None:
    hidden = []
    last, style = None, ""
    for run in root.iter(W + "r", MATH + "r"):
        paragraph = next(run.iterancestors(W + "p"), None)
        if paragraph is None:
            continue
        if paragraph is not last:
            # Once a paragraph: it may have thousands of runs to be gone through for its style.
            last, style = paragraph, styles.style_of(paragraph)
        if is_hidden(run, style, styles):
            hidden.append(run)
    _remove(hidden)


def _join_paragraphs_without_mark(root: etree._Element, styles: StyleChain) -> None:
    """Join a paragraph whose mark is deleted or hidden, or a drop cap, to the next one."""
    for paragraph in list(root.iter(W + "p"))[::-1]:
        mark = f"{W}pPr/{W}rPr/"
        is_deleted = any(paragraph.find(mark + tag) is not None for tag in DELETED)
        is_joined = is_deleted or _is_drop_cap(paragraph)
        if not is_joined and not mark_is_hidden(paragraph, styles):
            continue
        following = paragraph.getnext()
        if following is None or following.tag != W + "p":
            continue
        properties = following.find(W + "pPr")
        position = 0 if properties is None else 1
        own = [child for child in paragraph if child.tag != W + "pPr"]
        # One by one from the last: a slice would count all that was joined before.
        for child in own[::-1]:
            following.insert(position, child)
        _remove([paragraph])


def _is_drop_cap(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph is the large first letter of the next one."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(W + "dropCap", "none") != "none"


def _drop_placeholders(root: etree._Element) -> None:
    """Drop "Klicka här för att ange text" of an empty content control: it is nobody's."""
    marks = (m for m in root.iter(W + "showingPlcHdr") if is_on(m))
    # Each control once, however often it says so.
    for control in dict.fromkeys(control for m in marks if (control := _above(m)) is not None):
        _remove(list(control.iter(W + "r")))


def _above(mark: etree._Element) -> etree._Element | None:
    """Return the element that a mark in properties is about: the one that has the properties."""
    properties = mark.getparent()
    return None if properties is None else properties.getparent()


def _unwrap(root: etree._Element) -> None:
    for wrapper in list(root.iter(*WRAPPERS))[::-1]:
        parent = wrapper.getparent()
        if parent is None or parent.tag in PROPERTIES:
            continue
        for child in list(wrapper):
            if not child.tag.endswith("Pr"):
                wrapper.addprevious(child)
        parent.remove(wrapper)


def _lift_text_boxes(root: etree._Element) -> None:
    """Move the paragraphs of a text box to after the paragraph that it hangs on."""
    for box in list(root.iter(W + "txbxContent"))[::-1]:
        host = next(box.iterancestors(W + "p"), None)
        if host is not None:
            for child in list(box)[::-1]:
                host.addnext(child)
        _remove([box])


def _open_layout_tables(root: etree._Element) -> None:
    """Unwrap a table with one cell a row, and a table in one of them: it is only a frame."""
    for table in list(root.iter(W + "tbl"))[::-1]:
        cells = [row.findall(W + "tc") for row in table.findall(W + "tr")]
        is_frame = all(len(row) == 1 for row in cells) and any(
            cell.find(W + "tbl") is not None for row in cells for cell in row
        )
        if not is_frame or table.getparent() is None:
            continue
        for row in cells:
            for child in list(row[0]):
                if child.tag != W + "tcPr":
                    table.addprevious(child)
        _remove([table])
