"""The admin of packages: writing requirements, work lists, publishing."""

from requirements_pkg.admin import chain, letterheads, packages, publishing, requirements, synonyms
from requirements_pkg.admin.next_period import panel

__all__ = ["chain", "letterheads", "packages", "panel", "publishing", "requirements", "synonyms"]
