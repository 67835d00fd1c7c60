"""The admin of packages: writing requirements, work lists, comments, publishing."""

from requirements_pkg.admin import (
    chain,
    letterheads,
    packages,
    publishing,
    requirements,
    shared_lists,
)
from requirements_pkg.admin.next_period import panel
from requirements_pkg.admin.outward import (
    announcements,
    answers,
    consultation_panel,
    consultations,
    feedback,
    invitees,
)
from requirements_pkg.admin.reviewing import comments
from requirements_pkg.backoffice import built_on

__all__ = [
    "announcements",
    "answers",
    "built_on",
    "chain",
    "comments",
    "consultation_panel",
    "consultations",
    "feedback",
    "invitees",
    "letterheads",
    "packages",
    "panel",
    "publishing",
    "requirements",
    "shared_lists",
]
