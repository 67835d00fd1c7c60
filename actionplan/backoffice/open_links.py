"""The read-only fields of the admin, without links to pages that would answer 403.

Django links every row that a field points at. Who approved a version is told to whoever reads it;
the page of that person is open to few.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib.admin.helpers import (
    AdminField,
    AdminForm,
    AdminReadonlyField,
    Fieldline,
    Fieldset,
)
from django.db import models

MayOpen = Callable[[models.Model], bool]


class OpenLinks(AdminForm):
    """The fields of a page; a row that the reader may not open is named without a link."""

    # All that Django makes of a form knows the form, and this one which rows may be opened.
    form: Any
    fieldsets: list[tuple[object, dict[str, Any]]]

    def __init__(self, drawn: AdminForm, may_open: MayOpen) -> None:
        super().__init__(
            drawn.form,
            drawn.fieldsets,
            {},
            drawn.readonly_fields,
            model_admin=drawn.model_admin,
        )
        self.prepopulated_fields = drawn.prepopulated_fields
        self.form.may_open = may_open

    def __iter__(self) -> Iterator[Fieldset]:
        for name, options in self.fieldsets:
            yield _OpenFieldset(
                self.form,
                name,
                readonly_fields=self.readonly_fields,
                model_admin=self.model_admin,
                **options,
            )


class _OpenFieldset(Fieldset):
    fields: Sequence[Any]

    def __iter__(self) -> Iterator[Fieldline]:
        for field in self.fields:
            yield _OpenLine(self.form, field, self.readonly_fields, model_admin=self.model_admin)


class _OpenLine(Fieldline):
    def __iter__(self) -> Iterator[AdminField | AdminReadonlyField]:
        for at, field in enumerate(self.fields):
            if field in self.readonly_fields:
                yield _OpenField(self.form, field, is_first=at == 0, model_admin=self.model_admin)
            else:
                yield AdminField(self.form, field, is_first=at == 0)


class _OpenField(AdminReadonlyField):
    form: Any

    def get_admin_url(self, remote_field: Any, remote_obj: models.Model) -> str:
        """Name a row, with a link where it leads to an open page."""
        if not self.form.may_open(remote_obj):
            return str(remote_obj)
        return super().get_admin_url(remote_field, remote_obj)
