"""The admin of packages: writing requirements, work lists, publishing."""

from requirements_pkg.admin import chain, packages, publishing, requirements

__all__ = ["chain", "packages", "publishing", "requirements"]
