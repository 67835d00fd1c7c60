"""A batch of rows becomes XML, column by column: one pass of cleaning and escaping for each.

Text is always written as text: a leading = + - @ is data.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Final

from actionplan.excel.columns import TEXT_LOOKS, Column, ShareKind
from actionplan.excel.columns.cell import CELL_LIMIT, FIRST_DAY, LARGEST, cell_text

Values = Sequence[object]
# Told of a column in which so many texts of a batch were cut.
Cut = Callable[[int], None]

ELLIPSIS: Final = "…"
# Excel counts days from here; before March 1900 it counts one that never was.
DAY_ZERO: Final = date(1899, 12, 30).toordinal()
FIRST: Final = FIRST_DAY.toordinal()

# The looks of `parts.STYLES`, by their place there.
HEAD, DATE, SHARE, TITLE, LABEL, WRAPPED = 1, 2, 3, 4, 5, 6
# Those of a column that people edit: at the top, and texts wrapped.
CODE, TOP, TOP_DATE, TOP_MOMENT = 7, 8, 9, 10
EDITED: Final = {"code": CODE, "number": TOP, "date": TOP_DATE, "share": SHARE}

BETWEEN: Final = "\x00"
MARK: Final = BETWEEN.encode()
# What no XML holds, and the line break that its readers change. NUL stands between the cells.
UNFIT: Final = bytes({*range(1, 0x20), 0x7F} - {0x09, 0x0A})
NO_CHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
ENDS: Final = tuple(end for s in (b" ", b"\n", b"\t") for end in (MARK + s, s + MARK))
# Excel reads _x0041_ as A, so a text that has it says that its underscore is one.
CODED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

TEXTS: Final = frozenset({str, type(None)})

BLANK: Final = b"<c/>"
CELL: Final = b"<c"
OPEN: Final = b' t="inlineStr"><is><t>'
OPEN_KEPT: Final = b' t="inlineStr"><is><t xml:space="preserve">'
CLOSE: Final = b"</t></is></c>"


def look_of(column: Column, *, edited: bool) -> int:
    """Return the look of the cells of a column, by its place in `parts.STYLES`."""
    return EDITED.get(column.kind.look, WRAPPED) if edited else 0


def escape(text: str) -> str:
    """Write a text as it stands in XML, also between quotes."""
    text = CODED.sub("_x005F_", cell_text(text))
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def batch_xml(batch: Sequence[Values], cells: Sequence["Cells"], first: int) -> bytes:
    """Write rows as XML; `first` is the number of the first of them."""
    columns = list(zip(*batch, strict=True))
    made = [column(columns) for column in cells]
    return b"".join(
        [
            b'<row r="%d">%b</row>' % (number, b"".join(row))
            for number, row in enumerate(zip(*made, strict=True), first)
        ]
    )


Cells = Callable[[Sequence[Values]], list[bytes]]


def cells_of(
    columns: Sequence[Column], cut: Callable[[Column, int], None], *, edited: bool
) -> list[Cells]:
    """Return, for each column, what makes its cells of the values of a batch."""
    valued = (column for column in columns if not isinstance(column.kind, ShareKind))
    places = {column.name: at for at, column in enumerate(valued)}
    looks = [look_of(column, edited=edited) for column in columns]
    return [
        _looking(column, look, _cells_of(column, look, places, cut))
        for column, look in zip(columns, looks, strict=True)
    ]


def _looking(column: Column, look: int, plain: Cells) -> Cells:
    """Return a writer of cells with the look of their column, unless they have their own."""
    if not look or column.kind.look != "number":
        return plain
    start = b'<c s="%d"' % look
    return lambda batch: [start + cell[2:] for cell in plain(batch)]


def _cells_of(
    column: Column, look: int, places: Mapping[str, int], cut: Callable[[Column, int], None]
) -> Cells:
    kind = column.kind
    if isinstance(kind, ShareKind):
        part, whole = places[kind.part], places[kind.whole]
        return lambda batch: share_cells(batch[part], batch[whole])
    at, names = places[column.name], kind.names()
    if names is not None:
        # An unknown one is written as it is.
        called = CellCache(lambda value: _text(str(names.get(value, value))))
        return lambda batch: [called[value] for value in batch[at]]
    if kind.look in TEXT_LOOKS:
        style = b' s="%d"' % look if look else b""
        return lambda batch: text_cells(batch[at], lambda times: cut(column, times), style)
    if kind.look == "date":
        dates = CellCache(edited_date_cell if look else date_cell)
        return lambda batch: [dates[value] for value in batch[at]]
    return lambda batch: number_cells(batch[at])


def text_cells(values: Values, cut: Cut, look: bytes = b"") -> list[bytes]:
    """Write texts; cut what is too long for a cell, and tell it."""
    # Names that many rows share are made once a batch. Only texts: 1 and True are no two keys.
    distinct = list(dict.fromkeys(values)) if TEXTS.issuperset(map(type, values)) else values
    if 2 * len(distinct) < len(values) and max(len(str(v)) for v in distinct) <= CELL_LIMIT // 2:
        made = dict(zip(distinct, _distinct_cells(distinct, cut, look), strict=True))
        return [made[value] for value in values]
    return _distinct_cells(values, cut, look)


def _distinct_cells(values: Values, cut: Cut, look: bytes) -> list[bytes]:
    texts = ["" if v is None else v if type(v) is str else str(v) for v in values]
    if max(map(len, texts), default=0) > CELL_LIMIT // 2:
        texts = _shortened(texts, cut)
    data = _joined(texts)
    if data is None:
        data = BETWEEN.join([CODED.sub("_x005F_", cell_text(text)) for text in texts]).encode()
    data = data.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    framed = MARK + data + MARK
    # Elsewhere than at its ends, readers keep the white space of a text anyhow.
    start = CELL + look + (OPEN_KEPT if any(end in framed for end in ENDS) else OPEN)
    blank = CELL + look + b"/>"
    return [start + piece + CLOSE if piece else blank for piece in data.split(MARK)]


def _joined(texts: Sequence[str]) -> bytes | None:
    """Join the texts with a mark between each, or return None where one has to be cleaned."""
    try:
        data = BETWEEN.join(texts).encode()
    except UnicodeEncodeError:  # half of a pair
        return None
    if data.count(MARK) != len(texts) - 1 or len(data.translate(None, UNFIT)) != len(data):
        return None
    if b"_x" in data or any(character in data for character in NO_CHARACTERS):
        return None
    return data


def _shortened(texts: Sequence[str], cut: Cut) -> list[str]:
    shortened, times = [], 0
    for text in texts:
        if len(text) > CELL_LIMIT // 2:
            text = cell_text(text)
            units = text.encode("utf-16-le")
            if len(units) // 2 > CELL_LIMIT:
                # Half of a pair at the end goes too.
                text = units[: 2 * CELL_LIMIT - 2].decode("utf-16-le", "ignore") + ELLIPSIS
                times += 1
        shortened.append(text)
    if times:
        cut(times)
    return shortened


def number_cells(values: Values) -> list[bytes]:
    """Write numbers as numbers."""
    return [
        b"<c><v>%d</v></c>" % v if type(v) is int and -LARGEST < v < LARGEST else _number(v, b"")
        for v in values
    ]


def share_cells(parts: Values, wholes: Values) -> list[bytes]:
    """Write shares of a whole, and nothing where there is no whole."""
    return [_share(part, whole) for part, whole in zip(parts, wholes, strict=True)]


class CellCache(dict[object, bytes]):
    """Cells by their value, each made the first time that it is met."""

    most = 5000

    def __init__(self, make: Callable[[object], bytes]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: object) -> bytes:
        if len(self) > self.most:
            self.clear()
        if value is None or value == "":
            return BLANK
        self[value] = made = self._make(value)
        return made


def date_cell(value: object) -> bytes:
    """Write a date as Excel counts it, and as text where it cannot."""
    if isinstance(value, date) and value.toordinal() >= FIRST:
        return b'<c s="%d"><v>%d</v></c>' % (DATE, value.toordinal() - DAY_ZERO)
    return _text(str(value))


def edited_date_cell(value: object) -> bytes:
    """Write a date, or a moment with its time, in the zone that it has."""
    if isinstance(value, date) and value.toordinal() >= FIRST:
        day = value.toordinal() - DAY_ZERO
        if not isinstance(value, datetime):
            return b'<c s="%d"><v>%d</v></c>' % (TOP_DATE, day)
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return b'<c s="%d"><v>%.15g</v></c>' % (TOP_MOMENT, day + seconds / 86_400)
    return b'<c s="%d"' % WRAPPED + _text(str(value))[2:]


def _number(value: object, look: bytes) -> bytes:
    match value:
        case None:
            return BLANK
        case Decimal() if not value.is_finite():
            return _text(str(value))
        case int() | float() | Decimal() if -LARGEST < value < LARGEST:  # false for nan
            return b"<c%b><v>%b</v></c>" % (look, str(value + 0).encode())
        case _:
            return _text(str(value))


def _share(part: object, whole: object) -> bytes:
    if not isinstance(part, int | float | Decimal) or not isinstance(whole, int | float | Decimal):
        return BLANK
    if not whole:
        return BLANK
    return b'<c s="3"><v>%.15g</v></c>' % (float(part) / float(whole))


def _text(text: str) -> bytes:
    return text_cells([text], lambda times: None)[0]


def styled(text: str, look: int) -> bytes:
    """Write a single text with a look."""
    cell = _text(text)
    return b'<c s="%d"' % look + cell[2:]


def batches(rows: Iterator[Values], size: int) -> Iterator[list[Values]]:
    """Yield rows some at a time."""
    while batch := list(islice(rows, size)):
        yield batch
