"""What an import of a sheet would do or did, told to the person who asked for it."""

from diff_match_patch import diff_match_patch
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from import_export.resources import Diff, Resource
from import_export.results import Result, RowResult


class ImportRefused(Exception):
    """A whole file that is not imported, with the reason in the user's language."""


class ColumnsMissing(ImportRefused):
    """A file whose headings are not ours: somebody has to say which is which."""


class SheetDiff(Diff):
    """What changes in a row, as pairs of heading and marked text; styles stay in style sheets."""

    def __init__(self, resource: Resource, instance: models.Model, new: bool) -> None:
        super().__init__(resource, instance, new)
        self.headings = resource.get_diff_headers()

    def as_html(self) -> list[tuple[str, str]]:
        before = [None] * len(self.right) if self.new else self.left
        pairs = zip(self.headings, map(_shown, before), map(_shown, self.right), strict=True)
        return [(name, _marked(old, now)) for name, old, now in pairs if old != now]


class SheetResult(Result):
    """The outcome of an import, with what the person should know besides."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[str] = []

    @property
    def changed_rows(self) -> list[tuple[int, RowResult]]:
        """New and changed rows with the number Excel shows; its first row is the head."""
        kinds = (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)
        return [(n, row) for n, row in enumerate(self.rows, start=2) if row.import_type in kinds]

    @property
    def faults(self) -> list[tuple[int, str, str]]:
        """What is wrong: row as Excel numbers it, column if there is one, sentence."""
        found = [
            (invalid.number + 1, "" if name == NON_FIELD_ERRORS else name, sentence)
            for invalid in self.invalid_rows
            for name, sentences in invalid.error_dict.items()
            for sentence in sentences
        ]
        broken = _("This row could not be read.")
        return sorted(found + [(row.number + 1, "", broken) for row in self.error_rows])

    @property
    def lacks_columns(self) -> bool:
        """Whether the file could be read if somebody said which column is which."""
        return any(isinstance(error.error, ColumnsMissing) for error in self.base_errors)

    @property
    def refusals(self) -> list[str]:
        """Why the file as a whole is not imported."""
        unread = _("The file could not be imported.")
        return [
            str(error.error) if isinstance(error.error, ImportRefused) else unread
            for error in self.base_errors
        ]


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _marked(old: str, now: str) -> str:
    compare = diff_match_patch()
    found = compare.diff_main(old, now)
    compare.diff_cleanupSemantic(found)
    tags = {1: "<ins>{}</ins>", -1: "<del>{}</del>", 0: "{}"}
    return mark_safe("".join(tags[kind].format(escape(part)) for kind, part in found))  # noqa: S308
