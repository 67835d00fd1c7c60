"""How many authorities have used requirements, as far as that may be told. Pure.

Each figure counts authorities. It is told where nobody stands behind it, or at least so many as
`suppression.BOUND`; and so is what follows from it: all authorities less those of the figure, and
those of a level less those of a requirement that has no other level. What has changed in any of
these since an earlier report is a figure, too. Where too few have come since the last report, the
next one repeats what that told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from followup.report.basis import ReportBasis, UseBasis, WithheldNote
from followup.report.schema import (
    LevelOfUse,
    Report,
    RequirementUse,
    UseFigures,
    YearOfUse,
)
from followup.report.withheld_counts import USE, USE_AGAIN, USE_SOME
from followup.status import suppression

Uses = tuple[UseBasis, ...]
# What a figure is of: its kind, and a year, a level or a uid.
Cell = tuple[str, str]
Authorities = frozenset[str]

ALL: Final[Cell] = ("all", "")
REGIONS: Final[Cell] = ("regions", "")
YEAR, LEVEL, REQUIREMENT = "year", "level", "requirement"
LEVELS: Final = ("basic", "advanced", "spearhead")


@dataclass(frozen=True, slots=True)
class EarlierUse:
    """What an earlier report rested on, and what it withheld; None where it told nothing."""

    uses: Uses
    withheld: frozenset[Cell] | None

    def tells(self, cell: Cell) -> bool:
        """Tell whether it told a figure, also that nobody stands behind it."""
        return self.withheld is not None and cell not in self.withheld


def cells_of(uses: Iterable[UseBasis]) -> dict[Cell, Authorities]:
    """Return by figure the authorities that stand behind it."""
    cells: dict[Cell, set[str]] = {ALL: set(), REGIONS: set()}
    for use in uses:
        own = [ALL, (YEAR, str(use.year)), (LEVEL, use.level)]
        own += [(REQUIREMENT, uid) for uid, _level in use.requirements]
        for cell in [*own, REGIONS] if use.is_region else own:
            cells.setdefault(cell, set()).add(use.authority)
    return {cell: frozenset(names) for cell, names in cells.items()}


def derived(
    cell: Cell, cells: Mapping[Cell, Authorities], levels: Iterable[Cell]
) -> Iterator[tuple[object, Authorities]]:
    """Yield what follows from a figure beside others, each with who stands behind it.

    Args:
        levels: the figures of levels that are told.
    """
    own = cells.get(cell, frozenset())
    yield cell, own
    yield ("others", cell), cells[ALL] - own
    if cell[0] == REQUIREMENT:
        for level in levels:
            # Where all who have a requirement are of a level, the difference is a number of it.
            of_level = cells.get(level, frozenset())
            if own <= of_level:
                yield (level, cell), of_level - own


def _may_tell(
    cell: Cell,
    cells: Mapping[Cell, Authorities],
    levels: Sequence[Cell],
    earlier: Sequence[EarlierUse],
) -> bool:
    """Tell whether enough stand behind a figure, and behind its change since each report."""
    now = dict(derived(cell, cells, levels))
    if not all(suppression.enough(len(names)) for names in now.values()):
        return False
    for before in earlier:
        if not before.tells(cell):
            continue
        then = dict(derived(cell, cells_of(before.uses), levels))
        changes = (now[key] ^ then[key] for key in now.keys() & then.keys())
        if not all(suppression.enough(len(names)) for names in changes):
            return False
    return True


def withheld_cells(uses: Uses, earlier: Sequence[EarlierUse]) -> frozenset[Cell] | None:
    """Return the figures that are withheld; None where not even the number of all is told."""
    cells = cells_of(uses)
    if not _may_tell(ALL, cells, (), earlier):
        return None
    # What an earlier report told of may be zero now.
    known = cells.keys() | {cell for before in earlier for cell in cells_of(before.uses)}
    of_levels = [cell for cell in sorted(known) if cell[0] == LEVEL]
    levels = [cell for cell in of_levels if _may_tell(cell, cells, (), earlier)]
    others = [cell for cell in known if cell[0] != LEVEL]
    public = [cell for cell in others if _may_tell(cell, cells, levels, earlier)]
    return frozenset(known.difference(levels, public))


def figures_of(uses: Uses, withheld: frozenset[Cell] | None, on: date) -> UseFigures:
    """Return the figures of a report, None for each that is withheld."""
    if withheld is None:
        return UseFigures(on, None, None, (), (), ())
    cells = cells_of(uses)

    def number(cell: Cell) -> int | None:
        return None if cell in withheld else len(cells[cell])

    def rows(kind: str) -> list[tuple[str, int | None]]:
        cells_of_kind = sorted(cell for cell in cells.keys() | withheld if cell[0] == kind)
        return [(cell[1], number(cell)) for cell in cells_of_kind]

    levels = sorted(rows(LEVEL), key=lambda row: LEVELS.index(row[0]))
    return UseFigures(
        counted_on=on,
        authorities=len(cells[ALL]),
        regions=number(REGIONS),
        years=tuple(YearOfUse(int(year), authorities) for year, authorities in rows(YEAR)),
        levels=tuple(LevelOfUse(*row) for row in levels),
        requirements=tuple(RequirementUse(*row) for row in rows(REQUIREMENT)),
    )


def withheld_in(figures: UseFigures | None) -> frozenset[Cell] | None:
    """Return the figures that a report withholds; None where it tells nothing."""
    if figures is None or figures.authorities is None:
        return None
    return frozenset(
        [
            *((YEAR, str(row.year)) for row in figures.years if row.authorities is None),
            *((LEVEL, row.level) for row in figures.levels if row.authorities is None),
            *((REQUIREMENT, row.uid) for row in figures.requirements if row.authorities is None),
            *([REGIONS] if figures.regions is None else []),
        ]
    )


def with_use(
    report: Report,
    basis: ReportBasis,
    uses: Uses,
    earlier: Sequence[tuple[Report, ReportBasis]],
    on: date,
) -> tuple[Report, ReportBasis]:
    """Return a report with its figures of use, or with those of the last one, and its basis.

    Args:
        report: without them.
        earlier: the reports before with what they rest on, oldest first.
    """
    before = [EarlierUse(row.uses, withheld_in(past.use)) for past, row in earlier]
    withheld = withheld_cells(uses, before)
    figures, rests_on = figures_of(uses, withheld, on), uses
    notes = [WithheldNote(USE_SOME)] if withheld else []
    if withheld is None:
        notes = [WithheldNote(USE)]
        last, last_basis = earlier[-1] if earlier else (report, basis)
        if last.use is not None and last.use.authorities is not None:
            figures, rests_on = last.use, last_basis.uses
            notes = [WithheldNote(USE_AGAIN, last.use.counted_on.isoformat())]
    replace = msgspec.structs.replace
    kept = replace(basis, uses=rests_on, notes=(*basis.notes, *notes))
    return replace(report, use=figures), kept
