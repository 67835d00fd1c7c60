"""A word of a file that means nothing here, and what it may mean."""

from dataclasses import dataclass
from typing import Final

from actionplan import text

Choices = tuple[tuple[str, str], ...]
# Chosen of a word whose rows are not to be read.
LEFT_OUT: Final = "-"


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """What a cell says that is not known.

    Args:
        column: the name of the cell's column.
        choices: what it may mean: what the column would say instead, and how it is told.
        scope: what it belongs to, where the same words may mean two things; a plan, say.
        is_spelling: whether what it means is kept as a spelling of everybody's documents.
    """

    column: str
    words: str
    choices: Choices
    scope: str = ""
    is_spelling: bool = False

    @property
    def key(self) -> str:
        """What the answer is known by."""
        return f"{self.column}:{self.scope}:{text.fold(self.words)}"
