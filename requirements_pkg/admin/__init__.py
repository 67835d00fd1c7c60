"""The admin of packages: writing requirements, work lists, comments, publishing."""

from requirements_pkg.admin import (
    chain,
    commenting,
    letterheads,
    packages,
    publishing,
    requirements,
    synonyms,
)
from requirements_pkg.admin.next_period import panel

__all__ = [
    "chain",
    "commenting",
    "letterheads",
    "packages",
    "panel",
    "publishing",
    "requirements",
    "synonyms",
]
