"""Rows with texts that people write: kept as typed in a form, whoever stores them, and how.

What is sent in a form is clean before a view sees it; what commands and imports bring comes here.
"""

from collections.abc import Iterable
from functools import cache
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from actionplan.django_edges import AnyField, Handed
from actionplan.text import is_one_line, one_line, typed

# Their own kinds only: a column that keeps a document has a class of its own.
LINES: Final = frozenset((models.CharField, models.EmailField, models.SlugField, models.URLField))
TEXTS: Final = LINES | {models.TextField, models.JSONField}


class Written(models.Model):
    """A row whose texts hold no control signs, and whose names stand on one line.

    What is in `kept_exact` is a document, stored to the letter: its checksum is taken of it.
    """

    kept_exact: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args: Handed, **kwargs: Handed) -> None:
        """Store the row, its texts as somebody would type them."""
        keep_typed(type(self), [self])
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Handed = None) -> None:
        """Refuse a name of several lines, beside what Django refuses.

        Raises:
            ValidationError: a sentence for each field.
        """
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field in _texts_of(type(self)):
            is_line = field.name not in (exclude or ()) and type(field) in LINES
            if is_line and not is_one_line(str(self.__dict__.get(field.attname) or "")):
                sentence = _("Write it on one line, without line breaks.")
                errors.setdefault(field.name, []).append(ValidationError(sentence))
        if errors:
            raise ValidationError(errors)


def keep_typed(
    model: type[models.Model], rows: Iterable[models.Model], names: Iterable[str] | None = None
) -> None:
    """Let texts of rows read as somebody would type them: in all fields, or in these."""
    fields = _texts_of(model)
    if names is not None:
        wanted = set(names)
        fields = [field for field in fields if field.name in wanted]
    for row in rows:
        values = row.__dict__
        for field in fields:
            value = values.get(field.attname)
            if value and (kept := _kept(field, value)) != value:
                values[field.attname] = kept


def _kept(field: AnyField, value: object) -> object:
    if isinstance(value, str):
        return (
            one_line(typed(value))
            if type(field) in LINES and not is_one_line(value)
            else typed(value)
        )
    if isinstance(value, list):
        return [_kept(field, part) for part in value]
    if isinstance(value, dict):
        return {name: _kept(field, part) for name, part in value.items()}
    return value


@cache
def _texts_of(model: type[models.Model]) -> list[AnyField]:
    """Return the columns that people write in, without those of fixed choices."""
    exact: frozenset[str] = getattr(model, "kept_exact", frozenset())
    return [
        field
        for field in model._meta.concrete_fields
        if type(field) in TEXTS and not field.choices and field.name not in exact
    ]
