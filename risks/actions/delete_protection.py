"""What a later link of the chain builds on is not taken away.

The apps to the right point at statements and sub-goals with PROTECT. The collector that a delete
itself uses knows who points at what, so nothing here has to name them.
"""

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import ProtectedError
from django.db.models.deletion import Collector


def holders(rows: Sequence[models.Model]) -> list[models.Model]:
    """Return the rows that forbid that these rows go, with all that would go with them."""
    if not rows:
        return []
    collector = Collector(using=rows[0]._state.db or DEFAULT_DB_ALIAS)
    try:
        # References between cells are RESTRICT, and go with the plan: the delete itself judges.
        collector.collect(rows, fail_on_restricted=False)
    except ProtectedError as error:
        # They come as a set, and are told in an order that a second run has too.
        return sorted(error.protected_objects, key=lambda row: (row._meta.label, row.pk))
    return []


def builders(rows: Sequence[models.Model]) -> dict[int, list[models.Model]]:
    """Return what builds on each of the rows of one model itself, whatever stands below them."""
    by_row: dict[int, list[models.Model]] = {}
    if not rows:
        return by_row
    for relation in rows[0]._meta.related_objects:
        if relation.on_delete is not models.PROTECT:
            continue
        there = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows})
        for row in there.order_by("pk"):
            by_row.setdefault(getattr(row, relation.field.attname), []).append(row)
    return by_row


def protected(rows: Sequence[models.Model]) -> dict[int, list[models.Model]]:
    """Return the keys of those rows that may not go, with what builds on them.

    They are asked for together; where some may not go, halves are asked, and halves of those.
    """
    if not (holding := holders(rows)):
        return {}
    if len(rows) == 1:
        return {rows[0].pk: holding}
    middle = len(rows) // 2
    return protected(rows[:middle]) | protected(rows[middle:])
