"""The admin of packages: writing requirements, work lists, publishing."""

from requirements_pkg.admin import chain, letterheads, packages, publishing, requirements, synonyms

__all__ = ["chain", "letterheads", "packages", "publishing", "requirements", "synonyms"]
