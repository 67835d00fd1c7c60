"""The admin of the risk matrix: the grid, its rows as lists, and the import of plans."""

from risks.admin import headings, matrices, matrix_tab

__all__ = ["headings", "matrices", "matrix_tab"]
