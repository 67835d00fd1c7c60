"""A part is bounded by walking it, and may be parsed without what nobody asks of it."""

import pytest
from lxml import etree

from actionplan.processes.xml_bounds import XmlFault, XmlRefused, walk, walk_without

PART = (
    '<?xml version="1.0" encoding="{}"?>\n<r><no>ö <no/></no> <!-- <no> -->\n'
    "<yes a='>'>ä</yes><no/><yes><no>stays</no></yes><no>last</no></r>"
)


def needless(name: str, _attributes: dict[str, str]) -> bool:
    return name == "no"


def texts(part: bytes) -> list[str]:
    return ["".join(child.itertext()) for child in etree.fromstring(part).iterchildren("*")]


@pytest.mark.parametrize("code", ["utf-8", "iso-8859-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_needless_children_of_the_root_are_left_out_but_for_the_last(code) -> None:
    part = PART.format(code.removesuffix("-le").removesuffix("-be")).encode(code)
    kept = walk_without(part, most=20, is_needless=needless)
    assert texts(kept) == ["ä", "stays", "last"]


def test_a_part_that_has_nothing_needless_is_the_same_bytes() -> None:
    part = PART.format("utf-8").encode()
    assert walk_without(part, most=20, is_needless=lambda *_element: False) == part


def test_what_is_needless_counts_as_everything_else() -> None:
    part = b"<r>" + b"<no/>" * 9 + b"</r>"
    assert walk(part, most=10) == 10
    with pytest.raises(XmlRefused) as refused:
        walk_without(part, most=9, is_needless=needless)
    assert refused.value.fault is XmlFault.TOO_MANY_ELEMENTS
