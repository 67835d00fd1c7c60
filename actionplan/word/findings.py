"""What a reading gathers on its way: faults, and what it did not understand."""

from dataclasses import dataclass, field
from typing import Final

from actionplan.word.document import Place, Problem, Trouble

NOWHERE: Final = Place()
LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 4000
LONGEST_CELL: Final = 20000
LONGEST_INTRODUCTION: Final = 20000
LONGEST_QUOTE: Final = 120


@dataclass(slots=True)
class Findings:
    """Problems in the order in which they were met."""

    faults: list[Problem] = field(default_factory=list)
    not_understood: list[Problem] = field(default_factory=list)

    def fault(self, what: Trouble, place: Place = NOWHERE, words: str = "") -> None:
        quote = words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"
        self.faults.append(Problem(what, place, quote))

    def leave_out(
        self, place: Place, words: str, what: Trouble = Trouble.TEXT_NOT_UNDERSTOOD
    ) -> None:
        """Report words of the document that have no place in the plan."""
        if words:
            self.not_understood.append(Problem(what, place, words))

    def check_length(self, text: str, most: int, place: Place) -> None:
        if len(text) > most:
            self.fault(Trouble.TOO_LONG, place, text)
