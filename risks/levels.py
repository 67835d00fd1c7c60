"""The levels of a national risk analysis that was pasted as text: pure, no database.

The agency's pages come in two forms: as a table with bars (or tabs), whose stages stand one column
to the left of their values, and as a stack with one cell per line under a glued heading. Both are
a heading with three stages, and for each risk area its name and three levels. A risk area with one
level is the overall level: an editor's, read as it is given and never computed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from actionplan.text import clean
from actionplan.word.reading.headings import Headings, heading_key
from actionplan.word.reading.statements import LEVELS as LEVEL_NAMES

# Characters; the longest page met has a twentieth of that.
MOST: Final = 200_000
MOST_LINES: Final = 5_000
# What is longer is prose, and no cell of the matrix.
LONGEST_CELL: Final = 120
# The agency's own words. More spellings come from the database.
STAGES: Final = {
    "raw_material": "Råvara",
    "component_manufacturing": "Bearbetning",
    "final_manufacturing": "Sluttillverkning",
}
DIMENSIONS: Final = {
    "human_rights": "Mänskliga rättigheter",
    "workers_rights": "Arbetares rättigheter",
    "environment": "Miljöskydd",
    "anti_corruption": "Korruption",
}
LEVELS: Final = {heading_key(name): code for code, name in LEVEL_NAMES.items()}
LINE_END: Final = re.compile(r"\r\n|\r|\n")
BAR: Final = re.compile(r"[|\t]")
# The line that parts a table's head from its body.
RULE: Final = re.compile(r"[:=\s-]*")
AROUND: Final = " .:*"
# "Korruption mycket hög" may be a level; a longer line is a sentence.
FEW_WORDS: Final = 2


class LevelFault(StrEnum):
    """What can be wrong with an analysis. The sentences stand in `risks.importing.problems`."""

    TOO_LARGE = "levels_too_large"
    NOT_TEXT = "levels_not_text"
    NO_STAGES = "levels_no_stages"
    MISSING_ROW = "levels_missing_row"
    MISSING_LEVEL = "levels_missing_level"
    TOO_MANY = "levels_too_many"
    UNKNOWN_LEVEL = "levels_unknown_level"
    ROW_TWICE = "levels_row_twice"
    OVERALL_TWICE = "levels_overall_twice"
    NOT_UNDERSTOOD = "levels_not_understood"
    # What is said beside the text.
    BAD_SOURCE = "levels_bad_source"
    BAD_DATE = "levels_bad_date"


@dataclass(frozen=True, slots=True)
class LevelProblem:
    """One fault: what, in which line as a reader counts (0: in none), and the words there."""

    what: LevelFault
    line: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class NationalAnalysis:
    """The levels of one product group.

    `levels` has all twelve, by the codes of stage and dimension; `overall` has what was given, by
    the code of the dimension.
    """

    levels: Mapping[tuple[str, str], str]
    overall: Mapping[str, str]
    not_understood: tuple[LevelProblem, ...] = ()


class RefusedLevels(Exception):
    """The analysis has faults; nothing comes of it."""

    def __init__(self, problems: Sequence[LevelProblem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)


def read_levels(text: str, headings: Headings | None = None) -> NationalAnalysis:
    """Read a pasted analysis, with whatever prose stands around its matrix.

    Args:
        headings: more spellings of stages and dimensions than the agency's own.

    Raises:
        RefusedLevels: it is too large, incomplete, contradicts itself or has an unknown level.
    """
    if len(text) > MOST or len(LINE_END.findall(text)) >= MOST_LINES:
        raise RefusedLevels([LevelProblem(LevelFault.TOO_LARGE)])
    return _Reader(_lines(text), headings or Headings({}, {})).read()


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words in a line, and how they are compared."""

    line: int
    words: str

    @property
    def key(self) -> str:
        return heading_key(self.words).strip(AROUND) if len(self.words) <= LONGEST_CELL else ""

    @property
    def level(self) -> str:
        return LEVELS.get(self.key, "")


_Line = list[_Cell]


def _lines(text: str) -> list[_Line]:
    """Return the cells of each line that has any; empty ones only between others."""
    lines = []
    for number, line in enumerate(LINE_END.split(text), start=1):
        words = ["" if RULE.fullmatch(part) else clean(part) for part in BAR.split(line)]
        while words and not words[-1]:
            words.pop()
        while words and not words[0]:
            words.pop(0)
        if words:
            lines.append([_Cell(number, part) for part in words])
    return lines


@dataclass
class _Reader:
    """Goes through the lines once; each is a heading, a risk area, an overall level, or prose."""

    lines: list[_Line]
    headings: Headings
    order: list[str] = field(default_factory=list)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    overall: dict[str, str] = field(default_factory=dict)
    faults: list[LevelProblem] = field(default_factory=list)
    not_understood: list[LevelProblem] = field(default_factory=list)
    # Where the matrix seems to be, and each of its rows, for what turns out to be missing.
    heading_line: int = 0
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stages = {**self.headings.stages, **{heading_key(n): c for c, n in STAGES.items()}}
        ours = {name: code for name, code in stages.items() if code in STAGES}
        # The longest first: one spelling may begin as another does.
        self.stages = dict(sorted(ours.items(), key=lambda pair: -len(pair[0])))
        own = {heading_key(name): code for code, name in DIMENSIONS.items()}
        self.dimensions = {**self.headings.dimensions, **own}

    def read(self) -> NationalAnalysis:
        at = 0
        while at < len(self.lines):
            at += self._heading(at) or self._risk_area(at) or self._overall_line(self.lines[at])
        if not self.order:
            self._fault(LevelFault.NO_STAGES, self.heading_line)
        for code, name in DIMENSIONS.items() if self.order else ():
            if code not in self.rows:
                self._fault(LevelFault.MISSING_ROW, self.seen.get(code, self.heading_line), name)
        if self.faults:
            problems = [*self.faults, *self.not_understood]
            raise RefusedLevels(sorted(problems, key=lambda problem: problem.line))
        levels = {(stage, code): self.rows[code][stage] for code in DIMENSIONS for stage in STAGES}
        return NationalAnalysis(levels, self.overall, tuple(self.not_understood))

    def _fault(self, what: LevelFault, line: int, words: str = "") -> None:
        self.faults.append(LevelProblem(what, line, words[:LONGEST_CELL]))

    def _heading(self, at: int) -> int:
        """Tell how many lines from here on name the three stages: one, three, or none."""
        named: list[str] = []
        for taken, line in enumerate(self.lines[at : at + len(STAGES)], start=1):
            # A table's row may have other headings beside the stages.
            stages = [code for cell in line for code in self._stages_in(cell.key)]
            if not stages:
                break
            named += stages
            if sorted(named) == sorted(STAGES):
                self.order, self.heading_line = named, line[0].line
                return taken
        if named and not self.order:
            self.heading_line = self.heading_line or self.lines[at][0].line
        return 0

    def _stages_in(self, key: str) -> list[str]:
        """Return the stages that a cell names, glued to each other or not, and nothing else."""
        codes = []
        while key:
            spelling = next(filter(key.startswith, self.stages), "")
            if not spelling:
                return []
            codes.append(self.stages[spelling])
            key = key[len(spelling) :].lstrip(" ,/-")
        return codes

    def _risk_area(self, at: int) -> int:
        """Count the lines from here on that are a risk area with its levels: 0 without levels."""
        first, *cells = self.lines[at]
        code = self.dimensions.get(first.key, "")
        if not code:
            return 0
        is_stacked = not cells
        cells = cells or self._stack(at + 1)
        is_in_matrix = bool(self.order) and code not in self.rows
        if is_in_matrix:
            self.seen.setdefault(code, first.line)
        if is_stacked and not is_in_matrix:
            # Prose follows here: only what is surely a level is one.
            ends = (index for index, cell in enumerate(cells) if not cell.level)
            cells = cells[: next(ends, len(cells))]
        if not any(cell.level for cell in cells) and (is_stacked or not is_in_matrix):
            return 0
        if is_in_matrix:
            self._row(code, first, cells)
        elif len(cells) == 1:
            self._overall(code, first, cells[0].level)
        elif not self.order:
            self.heading_line = self.heading_line or first.line
        elif [cell.level for cell in cells] != [self.rows[code].get(s) for s in self.order]:
            self._fault(LevelFault.ROW_TWICE, first.line, first.words)
        return 1 + len(cells) if is_stacked else 1

    def _stack(self, at: int) -> list[_Cell]:
        """Return the next lines that may be levels, up to whatever else begins."""
        cells: list[_Cell] = []
        for line in self.lines[at:]:
            key = line[0].key
            if len(line) > 1 or key in self.dimensions or self._level_after_name(key)[0]:
                break
            # A level too many is told; other words after the third are what comes next.
            if len(cells) >= len(STAGES) and not line[0].level:
                break
            cells.append(line[0])
        return cells

    def _row(self, code: str, first: _Cell, cells: Sequence[_Cell]) -> None:
        levels = self.rows[code] = {
            stage: cell.level for stage, cell in zip(self.order, cells, strict=False)
        }
        for cell in cells[: len(STAGES)]:
            if cell.words and not cell.level:
                self._fault(LevelFault.UNKNOWN_LEVEL, cell.line, cell.words)
        if len(levels) < len(STAGES) or not all(cell.words for cell in cells):
            self._fault(LevelFault.MISSING_LEVEL, first.line, first.words)
        if len(cells) > len(STAGES):
            self._fault(LevelFault.TOO_MANY, first.line, first.words)

    def _overall_line(self, line: _Line) -> int:
        """Read a line with a risk area and its overall level, or prose; return 1 for that line."""
        cell = line[0]
        code, rest = self._level_after_name(cell.key)
        if code and rest in LEVELS and len(line) == 1:
            self._overall(code, cell, LEVELS[rest])
        elif (code and len(rest.split()) <= FEW_WORDS) or any(cell.level for cell in line):
            words = " | ".join(cell.words for cell in line)[:LONGEST_CELL]
            self.not_understood.append(LevelProblem(LevelFault.NOT_UNDERSTOOD, cell.line, words))
        return 1

    def _level_after_name(self, key: str) -> tuple[str, str]:
        """Return the risk area that a line begins with and the rest, a level if possible."""
        pairs = [
            (code, key[len(name) :].strip(AROUND + "-"))
            for name, code in self.dimensions.items()
            if key.startswith(name) and key != name
        ]
        return next((pair for pair in pairs if pair[1] in LEVELS), next(iter(pairs), ("", "")))

    def _overall(self, code: str, first: _Cell, level: str) -> None:
        if self.overall.setdefault(code, level) != level:
            self._fault(LevelFault.OVERALL_TWICE, first.line, first.words)
