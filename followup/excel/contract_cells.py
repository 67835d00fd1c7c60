"""What stands in the cells of a sheet of contracts: selections, and a currency."""

from typing import Final

from actionplan.excel.columns import CodeKind, FreeTextKind
from requirements_pkg.choosing.pasted import groups_in, line_of

# Between the address of a plan and the number of its area.
OF: Final = ":"


class SelectionsKind(FreeTextKind):
    """Selections, one on each line, as somebody pastes their addresses."""

    def read(self, cell: object) -> str:
        """Return the selections in their one spelling."""
        return "\n".join(map(line_of, groups_in("" if cell is None else str(cell))))


class CurrencyKind(CodeKind):
    """A currency in capitals; an empty cell says none."""

    def read(self, cell: object) -> str | None:
        """Return the currency that a cell says."""
        return super().read(cell).upper() or None
