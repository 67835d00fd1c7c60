"""The admin of packages: writing requirements, work lists, comments, publishing."""

from requirements_pkg.admin import (
    chain,
    letterheads,
    packages,
    publishing,
    requirements,
    shared_lists,
)
from requirements_pkg.admin.dialogue import (
    announcements,
    consultation_panel,
    consultations,
    feedback,
    invitees,
    replies,
)
from requirements_pkg.admin.next_period import panel
from requirements_pkg.admin.reviewing import comments
from requirements_pkg.backoffice import built_on

__all__ = [
    "announcements",
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
    "replies",
    "requirements",
    "shared_lists",
]
