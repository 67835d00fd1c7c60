"""What the change log says was done at another time: only a test may, and only so."""

from datetime import datetime

from django.db import connection, models

from actionplan.models import ChangeLog

TRIGGER = "ALTER TABLE actionplan_changelog {} TRIGGER actionplan_changelog_is_append_only"


def done_at(row: models.Model, at: datetime) -> None:
    """Move all that the log tells of a row to another moment."""
    changes = models.QuerySet(ChangeLog).filter(model=row._meta.label, key=row.pk)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(TRIGGER.format("DISABLE"))
        changes.update(at=at)
        if connection.vendor == "postgresql":
            cursor.execute(TRIGGER.format("ENABLE"))
