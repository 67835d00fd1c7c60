"""Words of a file that mean nothing here: gathered before its rows are compared, and settled.

All of them are met in one round. What a person says that a word means stands in its place as if
the file had said so; nothing else of a row is touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from actionplan.excel.importing.faults import spans
from actionplan.excel.lists import ExcelList, Incoming, Row, kept_words
from actionplan.excel.lists.unknown_words import Choices, UnknownWord

# So many are asked about, those of most rows first; the rest is told as faults.
MOST_QUESTIONS: Final = 50
LONGEST_QUESTION: Final = 200


@dataclass(frozen=True, slots=True)
class SettledWords:
    """What a person said of unknown words.

    Args:
        meanings: what each means, by its key.
        is_kept: whether it is to be remembered for everybody.
    """

    meanings: Mapping[str, str]
    is_kept: bool = False


NOTHING_SETTLED: Final = SettledWords({})


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """A word that a person is asked about, and the rows that say it."""

    word: UnknownWord
    column: str
    rows: str
    answer: str

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"word:{self.word.key}"

    @property
    def choices(self) -> Choices:
        """What it may mean."""
        return self.word.choices


class Settling:
    """The unknown words of one file, and what was said of them."""

    def __init__(self, sheet: ExcelList, incoming: Incoming, settled: SettledWords) -> None:
        self._sheet, self._incoming, self._answers = sheet, incoming, settled.meanings
        self._kept = kept_words.recalled(sheet)
        self._met: dict[str, tuple[UnknownWord, list[int]]] = {}

    @property
    def knows_words(self) -> bool:
        """Whether somebody has said what a word means, now or in an earlier import."""
        return bool(self._answers or self._kept)

    def settled(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows with what a person said of their words."""
        self._incoming.read_vocabulary(rows)
        return [self._settled_row(number, row) for number, row in enumerate(rows, start=1)]

    def _settled_row(self, number: int, row: Row) -> Row:
        settled: dict[str, Any] = dict(row)
        # What is settled first decides what the rest may mean: the areas of another plan.
        for word in self._incoming.unknown_words(settled):
            if len(word.words) > LONGEST_QUESTION or not word.choices:
                continue
            self._met.setdefault(word.key, (word, []))[1].append(number)
            answer = self._answer(word)
            if any(answer == value for value, _label in word.choices):
                settled |= self._incoming.settled_word(settled, word, answer)
        return settled

    def _answer(self, word: UnknownWord) -> str:
        return self._answers.get(word.key) or kept_words.recalled_answer(word, self._kept)

    def questions(self, head_row: int) -> list[SheetQuestion]:
        """Return what is asked, the words of most rows first."""
        met = sorted(self._met.values(), key=lambda entry: (-len(entry[1]), entry[1][0]))
        return [
            SheetQuestion(
                word,
                column=str(self._sheet.by_name[word.column].label),
                rows=spans([number + head_row for number in numbers]),
                answer=self._answer(word),
            )
            for word, numbers in met[:MOST_QUESTIONS]
        ]

    def remembered(self) -> list[tuple[UnknownWord, str]]:
        """Return what was said of the words that the file really has."""
        return [
            (word, self._answers[key])
            for key, (word, _numbers) in self._met.items()
            if key in self._answers
        ]
