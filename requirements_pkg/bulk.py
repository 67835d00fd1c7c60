"""Rows that hang on requirements, made and removed by the many: each with its history."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import models
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from actionplan.models import User

BATCH: Final = 500


def make(model: Any, rows: Iterable[models.Model], *, by: User | None) -> None:
    """Store new rows of a model.

    Args:
        by: whoever is logged in, where it is not said.
    """
    made = list(rows)
    if made:
        bulk_create_with_history(made, model, batch_size=BATCH, default_user=by)


def remove(model: Any, rows: Iterable[models.Model], *, by: User | None) -> None:
    """Delete rows of a model that nothing points at.

    Args:
        by: whoever is logged in, where it is not said.
    """
    gone = list(rows)
    for start in range(0, len(gone), BATCH):
        chosen = gone[start : start + BATCH]
        _tell_removed(model.history.model, chosen, by)
        found = model._base_manager.filter(pk__in=[row.pk for row in chosen])
        # An ordinary delete tells the history of every row by itself, a query for each.
        found._raw_delete(found.db)


def _tell_removed(record: Any, rows: Sequence[models.Model], by: User | None) -> None:
    names = [field.attname for field in record.tracked_fields]
    now = timezone.now()
    record.objects.bulk_create(
        record(
            history_type="-",
            history_date=now,
            history_user=by or record.get_default_history_user(row),
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    )
