"""The coverage of all product areas together, as the overview of all plans tells it. Pure."""

from collections.abc import Sequence

from requirements_pkg.document.coverage import (
    AreaCoverage,
    CellCoverage,
    CoverageState,
    together,
)
from requirements_pkg.document.schema import Part

Cell = tuple[str, str]


class MatrixCell(Part, frozen=True, array_like=True):
    """The coverage of a cell of all areas together."""

    stage: str
    dimension: str
    state: CoverageState
    risks: int
    untreated: int
    untreated_chances: int
    # Of what treats it, in the uids of its matrix.
    places: tuple[int, ...]


class Matrix(Part, frozen=True):
    """The cells that say something; the uid of each requirement that treats any stands once."""

    uids: tuple[str, ...] = ()
    cells: tuple[MatrixCell, ...] = ()


def matrix_of(areas: Sequence[AreaCoverage]) -> Matrix:
    """Return what is told of the coverage of all areas."""
    cells: dict[Cell, list[CellCoverage]] = {}
    for area in areas:
        for _stage, row in area.rows:
            for cell in row:
                cells.setdefault((cell.stage, cell.dimension), []).append(cell)
    combined = [together(group) for group in cells.values()]
    uids = tuple(dict.fromkeys(uid for cell in combined for uid in cell.uids))
    places = {uid: place for place, uid in enumerate(uids)}
    return Matrix(
        uids,
        tuple(
            MatrixCell(
                *(cell.stage, cell.dimension, cell.state),
                *(cell.risks, cell.untreated, cell.untreated_chances),
                tuple(places[uid] for uid in cell.uids),
            )
            for cell in combined
            if cell.state is not CoverageState.NOT_ASSESSED or cell.uids
        ),
    )
