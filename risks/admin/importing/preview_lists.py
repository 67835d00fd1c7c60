"""The lists of a preview: what was not understood, and what an import changes."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from actionplan.backoffice import long_lists
from actionplan.backoffice.long_lists import LongList
from risks.importing.changes import Changes


def placed_list(request: HttpRequest, title: str, rows: Sequence[tuple[str, str]]) -> LongList:
    """List what is said of a document, each with its place."""
    return long_lists.cut_list(request, title, (_("Place"), title), rows)


def changed(request: HttpRequest, changes: Changes) -> dict[str, LongList]:
    """List what an import changes, and what it keeps though the document does not have it."""
    headings = (_("Where"), _("What"), _("From"), _("To"))
    kept = [(row.where, row.sentence) for row in changes.kept]
    return {
        "changes": long_lists.cut_list(request, _("Changes"), headings, changes.rows()),
        "kept": placed_list(request, _("Kept"), kept),
    }
