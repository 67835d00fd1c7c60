"""A list as django-import-export asks for it: the package is the front that the admin shows.

Nothing of the package reads, compares or writes a row: that is done by the steps in `importing/`.
"""

from typing import Any

import tablib
from django.contrib.auth.models import AnonymousUser

from actionplan import permissions
from actionplan.django_edges import AnyRows, Handed
from actionplan.excel.importing.mapping import Mapped
from actionplan.excel.importing.results import SheetResult
from actionplan.excel.importing.settling import NOTHING_SETTLED, SettledWords
from actionplan.excel.importing.steps import ImportOptions, bring_in, incoming_of
from actionplan.excel.lists import ExcelList, Incoming
from actionplan.excel.lists.excel_list import dataset
from actionplan.excel.lists.stored_rows import StoredRows


class ResourceFront:
    """What the package calls the class of a resource, and called with a user, the resource."""

    def __init__(self, sheet: ExcelList, user: permissions.Person | None = None) -> None:
        self.sheet = sheet
        # Nobody given reads nothing.
        self.user: Any = user or AnonymousUser()

    def __call__(
        self, user: permissions.Person | None = None, **kwargs: Handed
    ) -> "ResourceFront":
        """Return the list as this person has it."""
        return ResourceFront(self.sheet, user)

    def get_display_name(self) -> str:
        """Return what the list is called."""
        return str(self.sheet.name)

    def incoming(self) -> Incoming:
        """Return what rows of this person's that come back are asked; the list takes some."""
        return incoming_of(self.sheet, self.user)

    def get_user_visible_fields(self) -> list[object]:
        """Return no fields: our pages tell the columns themselves."""
        return []

    def export(self, queryset: AnyRows | None = None, **kwargs: Handed) -> tablib.Dataset:
        """Return the rows all at once; a file gets them as they come."""
        if queryset is None:
            queryset = self.sheet.model._default_manager.filter(permissions.readable(self.user))
        rows = StoredRows(self.sheet).rows_of(queryset)
        return dataset(str(self.sheet.name), self.sheet.for_reading(), rows)

    def import_data(
        self,
        dataset: tablib.Dataset,
        dry_run: bool = False,
        *,
        file_name: str = "",
        mapping: Mapped | None = None,
        settled: SettledWords = NOTHING_SETTLED,
        **kwargs: Handed,
    ) -> SheetResult:
        """Bring a file in; the package asks nothing else that is of any account."""
        options = ImportOptions(dry_run, file_name or "", mapping, settled)
        return bring_in(self.sheet, dataset, by=self.user, options=options)
