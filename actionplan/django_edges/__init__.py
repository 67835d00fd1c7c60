"""The types of what Django hands over without one, by name: elsewhere `Any` needs a reason."""

from typing import Any, TypeAlias

from django.db import models

# What a hook of Django or a view is called with besides, and hands on as it came.
Handed: TypeAlias = Any
# Rows of whichever model, and what such rows are read as.
AnyRows: TypeAlias = models.QuerySet[Any, Any]
TupleRows: TypeAlias = models.QuerySet[Any, tuple[Any, ...]]
# A column of whichever model.
AnyField: TypeAlias = "models.Field[Any, Any]"
AnyForeignKey: TypeAlias = models.ForeignKey[Any, Any]
AnyManyToMany: TypeAlias = "models.ManyToManyField[Any, Any]"
