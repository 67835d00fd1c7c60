"""What was read is stored: rows, what belongs to them, their history and events."""

from collections import Counter

from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.database import bulk
from actionplan.excel.importing.checking import CheckedRow
from actionplan.excel.importing.comparing import Comparison
from actionplan.excel.lists import ColumnUse, kept_words
from actionplan.models import ChangeEvent, EventKind


def write(comparison: Comparison, passed: dict[int, CheckedRow], *, file_name: str) -> None:
    """Store the rows with their history and one event for each owner; call it in a transaction."""
    incoming, model = comparison.incoming, comparison.sheet.model
    by, reason = incoming.user, _("Imported from Excel")
    pending = {number: checked.instance for number, checked in passed.items()}
    new = [checked.instance for checked in passed.values() if checked.is_new]
    changed = [checked.instance for checked in passed.values() if not checked.is_new]
    incoming.begin(pending)
    for lot in incoming.in_turn(new):
        bulk.make(model, lot, by=by, reason=reason)
    bulk.change(model, changed, _changed_fields(comparison), by=by, reason=reason)
    written = Counter(checked.owner for checked in passed.values())
    for owner, subject in incoming.subjects(written):
        detail = {"file": file_name, "sheet": model._meta.label, "changes": written[owner]}
        ChangeEvent.objects.record(EventKind.IMPORTED, subject, by=by, detail=detail)
    incoming.finish(pending, by)
    kept_words.keep(comparison.sheet, incoming, incoming.remembered, by)
    if permissions.may_edit_reference_data(by):
        incoming.remember_words(by)


def _changed_fields(comparison: Comparison) -> list[str]:
    """Return the fields of the rows that some row changes."""
    sheet = comparison.sheet
    names = {name for reading in comparison.readings.values() for name in reading.changed}
    columns = [sheet.by_name[name] for name in sorted(names)]
    if any(column.use is ColumnUse.PLACE for column in columns):
        # What is moved may get a new position as well.
        own = [column.path for column in sheet.columns if column.use is ColumnUse.WRITTEN]
        return [*own, comparison.incoming.place_field]
    # A linked column with a path stands for a foreign key of the row itself.
    fields = [column.path.partition("__")[0] for column in columns if column.path]
    return list(dict.fromkeys(fields))
