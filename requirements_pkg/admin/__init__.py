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

__all__ = [
    "chain",
    "commenting",
    "letterheads",
    "packages",
    "publishing",
    "requirements",
    "synonyms",
]
