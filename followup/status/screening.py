"""Whom public words name: sub-suppliers never, the supplier only where a review says so."""

import re
from typing import Final

from actionplan.text import INVISIBLE

# A firm is known without its form too: "Dolda Delar" for "Dolda Delar Ltd".
_FORM: Final = (
    r"(?:AB|Aktiebolag|A/S|AS|ASA|BV|Co|Corp|Corporation|GmbH|Inc|LLC|Ltd|Limited|NV|Oy|Oyj"
    r"|PLC|Pte|Pvt|SA|SE|SpA|Srl|Sdn Bhd|KB|HB)\.?"
)
_FORMS: Final = re.compile(rf"(?:,?\s+{_FORM}(?!\w)|\s+\(publ\))+", re.IGNORECASE)
_FIRST: Final = re.compile(rf"^{_FORM}\s+", re.IGNORECASE)
# What stands between names, or between a name and what is said of it.
_BETWEEN: Final = re.compile(r"[\n;,(/:\t—]| [–-] | och | and ")
_BULLET: Final = re.compile(r"^[\s•*·–—-]+|^\s*\d+[.)]\s+")


def names_anybody(text: str, *, supplier: str, sub_suppliers: str, may_name: bool) -> bool:
    """Tell whether a text names somebody whom it must not.

    Args:
        may_name: whether the secrecy review says that the supplier may be named.
    """
    if names_sub_supplier(sub_suppliers, text):
        return True
    return not may_name and names_supplier(supplier, text)


def supplier_key(supplier: str) -> str:
    """Return what two spellings of a supplier share: its name without the form of the firm."""
    return " ".join((names_in(supplier) or [""])[0].casefold().split())


def names_supplier(supplier: str, text: str) -> bool:
    """Tell whether a text has the supplier's name in it, with or without the form of the firm."""
    return any(_is_named(name, text) for name in names_in(supplier))


def names_sub_supplier(sub_suppliers: str, *texts: str) -> bool:
    """Tell whether any text names a sub-supplier.

    Args:
        sub_suppliers: one a line or between semicolons; each begins with the name, and what
            follows may be a country that others are in too, unless it is called as firms are.
    """
    return any(
        _is_named(name, text) for name in sub_supplier_names(sub_suppliers) for text in texts
    )


def sub_supplier_names(sub_suppliers: str) -> list[str]:
    """Return the names of sub-suppliers, one a line or between semicolons."""
    return [name for row in re.split(r"[\n;]", sub_suppliers) for name in names_in(row)]


def names_in(row: str) -> list[str]:
    """Return the name a row begins with, and each part of the rest that has the form of a firm."""
    seen = _BULLET.sub("", INVISIBLE.sub("", row))
    # "Delar Co., Ltd" is one name: its forms go before the row is parted.
    marked = _FORMS.sub("\0,", seen)
    parts = [part for part in _BETWEEN.split(marked) if part.strip(" \0")]
    return [
        _FIRST.sub("", part.replace("\0", "").strip())
        for place, part in enumerate(parts)
        if not place or "\0" in part or _FIRST.search(part.strip())
    ]


def _is_named(name: str, text: str) -> bool:
    """Tell whether a text has a whole name in it, however spaced and bent, whatever its case."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    pattern = re.compile(rf"(?<!\w){words}(?::?s)?(?!\w)", re.IGNORECASE)
    return bool(words) and bool(pattern.search(INVISIBLE.sub("", text)))
