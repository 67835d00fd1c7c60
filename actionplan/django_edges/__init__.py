"""The types of what Django hands over without one, by name: elsewhere `Any` needs a reason."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.db import models

# What a hook of Django or a view is called with besides, and hands on as it came.
Handed: TypeAlias = Any
# What was sent to a form, which is nothing before it is.
FormData: TypeAlias = Mapping[str, Any] | None
# What a form made of it, by the names of its fields.
CleanedData: TypeAlias = dict[str, Any]
# What a page of the admin is drawn from, by name.
PageContext: TypeAlias = dict[str, Any]
# What a command was called with, by the names of its options.
CommandOptions: TypeAlias = dict[str, Any]
# Values of a row by the names of its columns.
ColumnValues: TypeAlias = dict[str, Any]
# The names of fields as a form of the admin has them, those of one line together.
FieldNames: TypeAlias = list[str | list[str] | tuple[str, ...] | tuple[()]]
# Rows of whichever model, and what such rows are read as.
AnyRows: TypeAlias = models.QuerySet[Any, Any]
TupleRows: TypeAlias = models.QuerySet[Any, tuple[Any, ...]]
# A column of whichever model.
AnyField: TypeAlias = "models.Field[Any, Any]"
AnyForeignKey: TypeAlias = models.ForeignKey[object, object]
AnyManyToMany: TypeAlias = "models.ManyToManyField[Any, Any]"
