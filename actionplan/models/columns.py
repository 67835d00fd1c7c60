"""The fields of a table that have a column, as far as Django's `get_field` leaves it open."""

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from actionplan.django_edges import AnyField


def stored_field(model: type[models.Model], name: str) -> AnyField:
    """Return a field of a model's own table.

    Raises:
        FieldDoesNotExist: there is none, or it is a relation that comes from another table.
    """
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise FieldDoesNotExist(f"{model._meta.label} has no column of {name}.")
    return field


def column_of(model: type[models.Model], name: str) -> str:
    """Return what the database calls the column of a field."""
    return str(stored_field(model, name).column)
