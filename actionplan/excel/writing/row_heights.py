"""How high a row of a workbook begins: as its words need, and free to grow with more of them.

Excel makes a row without a height as high as its words; LibreOffice and viewers leave it at one
line, so that the words of rows lie over each other. A height that somebody has set, which is all
that xlsxwriter knows, would not grow when a bidder writes.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from actionplan.excel.columns.cell import LINE_HEIGHT

# Excel's own limit is 409.
HIGHEST: Final = 405


def height_of(cells: Iterable[tuple[object, float]]) -> float:
    """Return the height that texts need.

    Args:
        cells: each text with the characters that its column is wide.
    """
    most = max(
        (lines_of(text, width) for text, width in cells if isinstance(text, str)), default=1
    )
    return min(LINE_HEIGHT * most, HIGHEST)


def lines_of(text: str, width: float) -> int:
    """Tell how many lines a text fills in a column, seldom fewer than it does."""
    # A line ends before the word that does not fit: two letters of each are lost on average.
    room = max(1.0, width - 2)
    return sum(int(len(line) / room) + 1 for line in text.split("\n"))


# The package has no types.
class FittedSheet(Worksheet):  # type: ignore[misc]
    """A worksheet of which rows can have a height to begin with, and grow by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: Sequence[float] = ()
        # By the numbers that they have in the file.
        self._fitted: set[int] = set()

    def fit(self, row: int, values: Iterable[object], *, size: float = 1.0) -> None:
        """Let a row begin as high as its values need, from the first column on.

        Args:
            size: how much larger than usual its letters are.
        """
        widths = (width / size for width in self.widths)
        height = size * height_of(zip(values, widths, strict=False))
        if height > LINE_HEIGHT:
            self.set_row(row, height)
            self._fitted.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row" and dict(attributes).get("r") in self._fitted:
            attributes = [attribute for attribute in attributes if attribute[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
