"""Whom public words name: sub-suppliers never, the supplier only where a review says so."""

import re
from typing import Final

# A firm is known without its form too: "Dolda Delar" for "Dolda Delar Ltd".
_FORMS: Final = (
    r"(?:,?\s+(?:AB|Aktiebolag|A/S|AS|ASA|BV|Co|Corp|Corporation|GmbH|Inc|LLC|Ltd|Limited|NV|Oy|Oyj"
    r"|PLC|Pte|Pvt|SA|SE|SpA|Srl|Sdn Bhd|KB|HB)\.?|\s+\(publ\))+$"
)


def names_supplier(supplier: str, text: str) -> bool:
    """Whether a text has the supplier's name in it, with or without the form of the firm."""
    return _is_named(supplier, text)


def names_sub_supplier(sub_suppliers: str, *texts: str) -> bool:
    """Whether any text names a sub-supplier.

    Args:
        sub_suppliers: one a line or between semicolons; each begins with the name, and what
            follows may be a country that others are in too, unless it is called as firms are.
    """
    rows = (re.split(r",|\(| [–-] ", row) for row in re.split(r"[\n;]", sub_suppliers))
    names = [
        part
        for row in rows
        for place, part in enumerate(row)
        if not place or re.search(_FORMS, part.strip(), re.IGNORECASE)
    ]
    return any(_is_named(name, text) for name in names for text in texts)


def _is_named(name: str, text: str) -> bool:
    """Whether a text has a whole name in it, however it is spaced and whatever its case."""
    bare = re.sub(_FORMS, "", name.strip(), flags=re.IGNORECASE)
    words = r"\s+".join(re.escape(word) for word in bare.split())
    return bool(words) and bool(re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE))
