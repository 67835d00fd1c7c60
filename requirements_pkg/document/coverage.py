"""Which risks of a plan are treated by requirements, cell by cell, and which by none. Pure.

A cell that is the same as another inherits what treats that one, as far as those requirements are
for its own product area; the words that only say so are no risk that lies untreated. Every page
and list that tells of a cell takes it from here, its words from `cell_words`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from msgspec import Struct

from actionplan.text import clean
from actionplan.word.document import (
    DESCRIBED,
    NO_LEVERAGE,
    NOT_ASSESSED,
    OPPORTUNITY,
    SAME_AS,
)
from actionplan.word.reading.references import PHRASE
from requirements_pkg.document.schema import Cell, Document, ProductArea, Statement

Key = tuple[int, str, str]


class CoverageState(StrEnum):
    """How far a cell is covered."""

    NOT_ASSESSED = "not_assessed"
    NO_LEVERAGE = "no_leverage"
    # It points at another category, whose own package treats it.
    ELSEWHERE = "elsewhere"
    UNTREATED = "untreated"
    PARTLY = "partly"
    TREATED = "treated"


# The states of what requirements are there for.
TO_TREAT: Final = frozenset((CoverageState.UNTREATED, CoverageState.PARTLY, CoverageState.TREATED))


@dataclass(frozen=True, slots=True)
class UntreatedRisk:
    """A risk or an opportunity that no requirement in force treats."""

    product_area: int
    stage: str
    dimension: str
    kind: str
    text: str


class CellCoverage(Struct, frozen=True):
    """One cell, or the same cell of several areas: what treats it, and how much none treats."""

    stage: str
    dimension: str
    state: CoverageState
    level: str = ""
    # The codes of the requirements that treat it, and their uids.
    requirements: tuple[str, ...] = ()
    uids: tuple[str, ...] = ()
    # How many risks it has, and how many of them no requirement treats.
    risks: int = 0
    untreated: int = 0
    # How many opportunities no requirement treats.
    untreated_chances: int = 0


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """The whole matrix of a product area, row by row, whatever the plan left out."""

    number: int
    name: str
    rows: tuple[tuple[str, tuple[CellCoverage, ...]], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is covered of a package, and what is missing; the codes are in reading order."""

    areas: tuple[AreaCoverage, ...] = ()
    # Requirements in force that treat no risk, say no proof, say no follow-up.
    untreating: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    unfollowed: tuple[str, ...] = ()
    states: Mapping[CoverageState, int] = field(default_factory=dict)
    _matrix: "_CoverageMatrix | None" = None

    @property
    def untreated(self) -> tuple[UntreatedRisk, ...]:
        """The risks and opportunities that nothing treats, in the order of the plan."""
        # Most pages only count them, cell by cell.
        return () if self._matrix is None else tuple(self._matrix.untreated())


def coverage(document: Document) -> Coverage:
    """Return the coverage of a published document, or of a draft."""
    active = document.active
    unproved = tuple(requirement.code for requirement in active if not requirement.verification)
    unfollowed = tuple(
        requirement.code for requirement in active if not requirement.follow_up_method
    )
    if document.plan is None:
        # A shared module has no risks of its own: its includers say what it treats.
        return Coverage(unproved=unproved, unfollowed=unfollowed)
    matrix = _CoverageMatrix(document)
    areas = tuple(map(matrix.area, document.areas))
    states = dict.fromkeys(CoverageState, 0)
    for area in areas:
        for _stage, cells in area.rows:
            for cell in cells:
                states[cell.state] += 1
    return Coverage(
        areas=areas,
        untreating=tuple(requirement.code for requirement in active if not requirement.treats),
        unproved=unproved,
        unfollowed=unfollowed,
        states=states,
        _matrix=matrix,
    )


def together(cells: Sequence[CellCoverage]) -> CellCoverage:
    """Combine the same cell of several areas: it is treated as far as all of them are."""
    first, states = cells[0], {cell.state for cell in cells}
    codes = dict(pair for cell in cells for pair in zip(cell.uids, cell.requirements, strict=True))
    return CellCoverage(
        first.stage,
        first.dimension,
        _together(states),
        requirements=tuple(codes.values()),
        uids=tuple(codes),
        risks=sum(cell.risks for cell in cells),
        untreated=sum(cell.untreated for cell in cells),
        untreated_chances=sum(cell.untreated_chances for cell in cells),
    )


def _together(states: Set[CoverageState]) -> CoverageState:
    to_treat = states & TO_TREAT
    if len(to_treat) > 1:
        return CoverageState.PARTLY
    # What nobody can do anything about leaves nothing to do where another area is treated.
    order = (
        *to_treat,
        CoverageState.ELSEWHERE,
        CoverageState.NO_LEVERAGE,
        CoverageState.NOT_ASSESSED,
    )
    return next(state for state in order if state in states)


def only_refers(assessment: str, text: str) -> bool:
    """Tell whether a statement only says that its cell is the same as another: it is no risk."""
    return assessment == SAME_AS and PHRASE.search(clean(text)) is not None


class _CoverageMatrix:
    """The cells of a document, with what treats each of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._active = active = document.active
        self.cells: dict[Key, Cell] = {
            (area.number, cell.stage, cell.dimension): cell
            for area in document.areas
            for cell in area.cells
        }
        # By cell: the uids in reading order; a dictionary keeps each once.
        self.treating: dict[Key, dict[str, None]] = defaultdict(dict)
        self.treated: set[tuple[Key, str, str]] = set()
        # Both are asked for more than once of each cell.
        self._own: dict[Key, Sequence[Statement]] = {}
        self._lying: dict[Key, Sequence[Statement]] = {}
        for requirement in active:
            for to in requirement.treats:
                key = (to.product_area, to.stage, to.dimension)
                self.treating[key][requirement.uid] = None
                self.treated.add((key, to.kind, to.text))

    @cached_property
    def codes(self) -> dict[str, str]:
        """The codes of what is in force, by uid."""
        return {requirement.uid: requirement.code for requirement in self._active}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each requirement in reading order, by uid."""
        return {uid: place for place, uid in enumerate(self.codes)}

    @cached_property
    def areas_of(self) -> dict[str, frozenset[int]]:
        """The product areas that it is for, by uid; none means all."""
        return {
            requirement.uid: frozenset(requirement.product_areas) for requirement in self._active
        }

    def area(self, area: ProductArea) -> AreaCoverage:
        number = area.number
        stages, dimensions = self.document.stage_names, self.document.dimension_names
        return AreaCoverage(
            number,
            area.name,
            tuple(
                (stage, tuple(self.cell((number, stage, dimension)) for dimension in dimensions))
                for stage in stages
            ),
        )

    def cell(self, key: Key) -> CellCoverage:
        given = self.cells.get(key)
        chain = self._chain(key)
        here = list(self.treating.get(key, ()))
        if chain[1:]:
            inherited = [
                uid
                for other in chain[1:]
                for uid in self.treating.get(other, ())
                if self._is_for(uid, key[0])
            ]
            # Of one cell they are in reading order; of several each are.
            here = sorted({*here, *inherited}, key=self.order.__getitem__)
        lying, substance = self._untreated(key), self._substance(key)
        chances = sum(statement.kind == OPPORTUNITY for statement in lying) if lying else 0
        return CellCoverage(
            *key[1:],
            self._state(chain, is_treated=bool(here)),
            "" if given is None else given.level,
            tuple(map(self.codes.__getitem__, here)),
            tuple(here),
            sum([statement.kind != OPPORTUNITY for statement in substance]),
            len(lying) - chances,
            chances,
        )

    def untreated(self) -> Iterator[UntreatedRisk]:
        """Yield the risks and opportunities that no requirement treats, in the plan's order."""
        for area in self.document.areas:
            for cell in area.cells:
                key = (area.number, cell.stage, cell.dimension)
                for statement in self._untreated(key):
                    yield UntreatedRisk(*key, statement.kind, statement.text)

    def _substance(self, key: Key) -> Sequence[Statement]:
        """Return the risks and opportunities of a cell's own, where there is leverage."""
        if key not in self._own:
            self._own[key] = self._of_its_own(key)
        return self._own[key]

    def _of_its_own(self, key: Key) -> Sequence[Statement]:
        cell = self.cells.get(key)
        if cell is None or cell.assessment == NO_LEVERAGE:
            return ()
        if cell.assessment != SAME_AS:
            return cell.statements
        return [
            statement for statement in cell.statements if not only_refers(SAME_AS, statement.text)
        ]

    def _untreated(self, key: Key) -> Sequence[Statement]:
        if key not in self._lying:
            self._lying[key] = [
                statement
                for statement in self._substance(key)
                if (key, statement.kind, statement.text) not in self.treated
            ]
        return self._lying[key]

    def _state(self, chain: list[Key], *, is_treated: bool) -> CoverageState:
        is_whole = not any(map(self._untreated, chain))
        if is_treated:
            return CoverageState.TREATED if is_whole else CoverageState.PARTLY
        cell = self.cells.get(chain[-1])
        if cell is None or cell.assessment == NOT_ASSESSED or _says_nothing(cell):
            return CoverageState.NOT_ASSESSED
        if cell.assessment == NO_LEVERAGE and is_whole:
            return CoverageState.NO_LEVERAGE
        if cell.same_as is not None and cell.same_as.category and is_whole:
            return CoverageState.ELSEWHERE
        return CoverageState.UNTREATED

    def _chain(self, key: Key) -> list[Key]:
        """Return a cell, and the cells that it is the same as, one through the other."""
        chain = [key]
        while (cell := self.cells.get(chain[-1])) is not None:
            to = cell.same_as
            if to is None or to.product_area is None:
                break
            at = (to.product_area, to.stage, to.dimension)
            if at in chain:
                break
            chain.append(at)
        return chain

    def _is_for(self, uid: str, area: int) -> bool:
        areas = self.areas_of[uid]
        return not areas or area in areas


def _says_nothing(cell: Cell) -> bool:
    return cell.assessment == DESCRIBED and not cell.statements
