"""What a reading gathers on its way: faults, what it left out, and how it took the rest."""

from dataclasses import dataclass, field
from typing import Final

from actionplan.word.document import Note, Problem, ProblemKind, Remark, WordPlace

NOWHERE: Final = WordPlace()
LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 4000
LONGEST_CELL: Final = 20000
LONGEST_INTRODUCTION: Final = 20000
LONGEST_QUOTE: Final = 120


@dataclass(slots=True)
class ReadingProblems:
    """Problems in the order in which they were met."""

    faults: list[Problem] = field(default_factory=list)
    not_understood: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def fault(
        self,
        what: ProblemKind,
        place: WordPlace = NOWHERE,
        words: str = "",
        near: tuple[str, ...] = (),
    ) -> None:
        self.faults.append(Problem(what, place, _quote(words), near))

    def note(self, what: Remark, place: WordPlace, words: str, read_as: str) -> None:
        """Tell what was understood, though it does not stand there in so many words."""
        self.notes.append(Note(what, place, _quote(words), read_as))

    def leave_out(
        self, place: WordPlace, words: str, what: ProblemKind = ProblemKind.TEXT_NOT_UNDERSTOOD
    ) -> None:
        """Report words of the document that have no place in the plan."""
        if words:
            self.report(what, place, words)

    def report(self, what: ProblemKind, place: WordPlace, words: str) -> None:
        """Report what a reader of the document sees and the plan does not get."""
        self.not_understood.append(Problem(what, place, words))

    def check_length(self, text: str, most: int, place: WordPlace) -> None:
        if len(text) > most:
            self.fault(ProblemKind.TOO_LONG, place, text)


def _quote(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"
