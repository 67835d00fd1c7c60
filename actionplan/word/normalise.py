"""A Word tree as a reader sees it on paper: revisions accepted, wrappers gone."""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from actionplan.word.archive import W

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DELETED: Final = (W + "del", W + "moveFrom")
INSERTED: Final = (W + "ins", W + "moveTo")
WRAPPERS: Final = (*INSERTED, W + "sdt", W + "sdtContent", W + "smartTag", W + "customXml")
# In the properties of a row or of a paragraph mark a revision is a mark, not a wrapper.
PROPERTIES: Final = (W + "rPr", W + "trPr")
OFF: Final = ("0", "false", "off")


def normalise(root: etree._Element) -> None:
    """Accept insertions, drop deletions and hidden text, unwrap controls, lift text boxes out."""
    _remove(list(root.iter(MC + "Fallback")))
    _drop_deleted_rows_and_cells(root)
    _join_paragraphs_without_mark(root)
    _remove([e for e in root.iter(*DELETED) if e.getparent().tag not in PROPERTIES])
    _drop_hidden_text(root)
    _drop_placeholders(root)
    _unwrap(root)
    _lift_text_boxes(root)


def _remove(elements: Iterable[etree._Element]) -> None:
    for element in elements:
        if (parent := element.getparent()) is not None:
            parent.remove(element)


def _drop_deleted_rows_and_cells(root: etree._Element) -> None:
    deleted = [row for row in root.iter(W + "tr") if row.find(f"{W}trPr/{W}del") is not None]
    deleted += [c for c in root.iter(W + "tc") if c.find(f"{W}tcPr/{W}cellDel") is not None]
    _remove(deleted)


def _join_paragraphs_without_mark(root: etree._Element) -> None:
    """A deleted paragraph mark joins the paragraph with the next one."""
    for paragraph in list(root.iter(W + "p"))[::-1]:
        mark = f"{W}pPr/{W}rPr/"
        if paragraph.find(mark + W + "del") is None and paragraph.find(mark + DELETED[1]) is None:
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


def _drop_hidden_text(root: etree._Element) -> None:
    hidden = [_above(mark) for mark in root.iter(W + "vanish") if mark.get(W + "val") not in OFF]
    _remove([run for run in hidden if run is not None and run.tag == W + "r"])


def _drop_placeholders(root: etree._Element) -> None:
    """ "Klicka här för att ange text" in an empty content control is nobody's text."""
    marks = (m for m in root.iter(W + "showingPlcHdr") if m.get(W + "val") not in OFF)
    # Each control once, however often it says so.
    for control in dict.fromkeys(control for m in marks if (control := _above(m)) is not None):
        _remove(list(control.iter(W + "r")))


def _above(mark: etree._Element) -> etree._Element | None:
    """What a mark in properties is about: the element that has the properties."""
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
    """The paragraphs of a text box follow the paragraph that it hangs on."""
    for box in list(root.iter(W + "txbxContent"))[::-1]:
        host = next(box.iterancestors(W + "p"), None)
        if host is not None:
            for child in list(box)[::-1]:
                host.addnext(child)
        _remove([box])
