"""Rows written again for another plan: each points at the copies of what it pointed at."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import QuerySet

from actionplan.database import bulk, bulk_tuples
from actionplan.models import User


def unchanged(_original: object, _copy: object) -> None:
    """Leave a copy as it is."""


class Copies:
    """Copies of rows, made kind by kind; call it in a transaction.

    A row that points at one that was copied before, or in the same call, points at its copy; all
    else it points at stays. However many rows there are, a kind is read by one query and written
    by few.
    """

    def __init__(self, *, by: User, reason: str) -> None:
        self._by, self._reason = by, reason
        # By model: the key of the copy by that of the original.
        self.keys: dict[type[models.Model], dict[int, int]] = {}

    def made(self, model: type[models.Model], original: models.Model, copy: models.Model) -> None:
        """Take a row for the copy of another that somebody stored."""
        self.keys.setdefault(model, {})[original.pk] = copy.pk

    def make(
        self, rows: "QuerySet[Any]", change: Callable[[Any, Any], None] = unchanged
    ) -> list[Any]:
        """Store copies of rows, in the order of their keys, and return them.

        Args:
            change: given a row and its copy, which has no key yet and points at the originals,
                it says what is otherwise with the copy.
        """
        model = rows.model
        originals = list(rows.order_by("pk"))
        keys = bulk_tuples.next_keys(model, len(originals))
        known = self.keys.setdefault(model, {})
        known.update(zip((row.pk for row in originals), keys, strict=True))
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        copies = []
        for row, key in zip(originals, keys, strict=True):
            copy = model(**{field.attname: getattr(row, field.attname) for field in fields})
            change(row, copy)
            copy.pk = key
            self._point(copy, fields)
            copies.append(copy)
        bulk.make(model, copies, by=self._by, reason=self._reason)
        return copies

    def _point(self, copy: object, fields: list[Any]) -> None:
        """Let a copy point at copies."""
        for field in fields:
            if field.is_relation and (known := self.keys.get(field.related_model)):
                key = getattr(copy, field.attname)
                setattr(copy, field.attname, known.get(key, key))
