"""Why a backup is not taken or not restored: one sentence for each reason."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionplan.django_edges import Handed

BUSY: Final = _("Another backup is being written to %(file)s. Wait until it has ended.")
NOT_WRITTEN: Final = _("%(file)s cannot be written: %(reason)s.")
NOT_READ: Final = _("%(file)s cannot be read: %(reason)s.")
NO_BACKUP: Final = _("%(file)s is not a backup, or a piece of it is missing. Take another file.")
DAMAGED: Final = _("%(file)s is damaged: the part %(part)s cannot be read. Take another file.")
OTHER_FORMAT: Final = _(
    "%(file)s is in a format that this version does not know. "
    "Restore it with the version that wrote it."
)
OTHER_VERSION: Final = _(
    "%(file)s was written by version %(theirs)s and this is version %(ours)s. "
    "Restore it with the version that wrote it, and upgrade afterwards."
)
OTHER_TABLES: Final = _(
    "%(file)s was written with other tables than this version has: %(difference)s differs. "
    "Restore it with the version that wrote it, and upgrade afterwards."
)
NOT_MIGRATED: Final = _(
    "The database has other tables than this version wants: %(difference)s. "
    "Run “manage.py migrate” first."
)
HOLDS_ROWS: Final = _(
    "The database is in use: there are rows in %(table)s. Restore into an empty one."
)
NOT_TAKEN: Final = _(
    "The database does not take the rows of %(table)s: %(reason)s. Nothing has been restored."
)
NOT_WHOLE: Final = _(
    "Rows of the backup name others that are missing: %(reason)s. Nothing has been restored."
)
DIFFERENT: Final = _(
    "Row %(number)s of %(table)s is not the same in the database as in the backup. "
    "Nothing has been restored."
)
BROKEN_OFF: Final = _(
    "The database broke off the work: %(reason)s. Nothing has been changed. Stop the server, see "
    "that there is room on the disk, and try again."
)


class BackupRefused(Exception):
    """A backup that is not taken or not restored, with the reason in the user's language."""

    def __init__(self, sentence: Promise, **what: Handed) -> None:
        super().__init__(str(sentence) % what)


def in_short(error: Exception) -> str:
    """Return the first line of what a database or a system said, without its full stop."""
    return (str(error).splitlines() or [""])[0].strip(" .")
