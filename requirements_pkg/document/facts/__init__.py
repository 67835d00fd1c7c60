"""What is kept of a version beside its content, so that no page reads the whole for a part. Pure.

A table of their own (`published/stored_facts.py`) holds these facts: taken from the content once,
when it is stored, for lists and for the parts of a version's page. Whoever changes what is told
here empties that table in a migration: it fills again.
"""

from requirements_pkg.document.facts.choices import Choices
from requirements_pkg.document.facts.covered import CoveredArea, CoveredCell
from requirements_pkg.document.facts.index import (
    RequirementEntry,
    RequirementIndex,
    RequirementLinks,
)
from requirements_pkg.document.facts.listing import Listing, Named, period_of
from requirements_pkg.document.facts.matrix import Matrix, MatrixCell
from requirements_pkg.document.facts.overview import CellFigures, OverviewFacts
from requirements_pkg.document.facts.taking import MARK, DocumentFacts, Mark, Outline, facts_of

__all__ = [
    "MARK",
    "CellFigures",
    "Choices",
    "CoveredArea",
    "CoveredCell",
    "DocumentFacts",
    "Listing",
    "Mark",
    "Matrix",
    "MatrixCell",
    "Named",
    "Outline",
    "OverviewFacts",
    "RequirementEntry",
    "RequirementIndex",
    "RequirementLinks",
    "facts_of",
    "period_of",
]
