"""An import from its first step to its last."""

from dataclasses import dataclass

import tablib
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.excel.importing.checking import CheckedRow, RowChecks
from actionplan.excel.importing.comparing import Comparison
from actionplan.excel.importing.mapping import Mapped, name_columns
from actionplan.excel.importing.refusals import ImportRefused
from actionplan.excel.importing.results import SheetResult
from actionplan.excel.importing.settling import NOTHING_SETTLED, SettledWords, Settling
from actionplan.excel.importing.writing import write
from actionplan.excel.lists import ExcelList, Incoming, Row


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be brought in.

    Args:
        dry_run: a preview, which writes nothing.
        mapping: which column is which, where the headings do not say so.
        settled: what a person said that unknown words mean.
    """

    dry_run: bool = False
    file_name: str = ""
    mapping: Mapped | None = None
    settled: SettledWords = NOTHING_SETTLED


def incoming_of(sheet: ExcelList, by: permissions.Person) -> Incoming:
    """Return what rows of a list that come back are asked.

    Raises:
        ImportRefused: none of them comes back.
    """
    if sheet.incoming is None:
        raise ImportRefused(_("This sheet is only exported."))
    return sheet.incoming(sheet.by_name, by)


def bring_in(
    sheet: ExcelList, dataset: tablib.Dataset, *, by: permissions.Person, options: ImportOptions
) -> SheetResult:
    """Compare a file and check its rows while nobody waits; then write all of them, or none.

    The rows stand below their headings in `dataset`, as `tables.table` made them of the file.
    """
    head_row, name = getattr(dataset, "head_row", 1), getattr(dataset, "sheet", "")
    result = SheetResult(sheet.read, head_row=head_row, sheet=name)
    result.notices += getattr(dataset, "notices", [])
    try:
        incoming = incoming_of(sheet, by)
        comparison = Comparison(sheet, incoming)
        result.notices += name_columns(dataset, sheet.by_name, sheet.wanted, options.mapping)
        rows: list[Row] = [dict(zip(dataset.headers, row, strict=True)) for row in dataset]
        settling = Settling(sheet, incoming, options.settled)
        if settling.knows_words:
            rows = settling.settled(rows)
            if options.settled.is_kept:
                incoming.remembered = settling.remembered()
        comparison.compare(rows)
        result.notices += comparison.notices
        checks = RowChecks(comparison)
        passed = _check(comparison, checks, result, len(rows), options)
        is_right = not result.has_validation_errors()
        if passed and is_right:
            _finish(comparison, checks, passed, result, options)
        elif not is_right and not settling.knows_words:
            # Only of a file with faults: what its words may mean costs questions.
            settling.settled(rows)
        result.questions = settling.questions(head_row)
    except ImportRefused as refused:
        result.refuse(refused)
    return result


def _check(
    comparison: Comparison,
    checks: RowChecks,
    result: SheetResult,
    count: int,
    options: ImportOptions,
) -> dict[int, CheckedRow]:
    """Check the rows that write something, and return those that passed by their number."""
    passed: dict[int, CheckedRow] = {}
    for number in range(1, count + 1):
        reading = comparison.readings.get(number)
        if reading is None:
            result.tell_skipped()
            continue
        try:
            checked = checks.checked(reading)
        except ValidationError as error:
            result.tell_invalid(number, error)
            continue
        if checked is None:
            result.tell_skipped()
            continue
        passed[number] = checked
        result.tell_changed(number, checked, is_preview=options.dry_run)
    return passed


def _finish(
    comparison: Comparison,
    checks: RowChecks,
    passed: dict[int, CheckedRow],
    result: SheetResult,
    options: ImportOptions,
) -> None:
    """Settle what depends on several rows, and write all if all is still as it was compared.

    A preview writes nothing: what the database would refuse has been judged by then.
    """
    comparison.refuse_too_many()
    pending = {number: checked.instance for number, checked in passed.items()}
    for number, error in comparison.incoming.settle(pending):
        result.tell_fault(number, checks.in_words(error))
    if options.dry_run or result.has_validation_errors():
        return
    try:
        with transaction.atomic():
            if not comparison.is_as_it_was():
                raise ImportRefused(_("Somebody else changed the same data. Try again."))
            write(comparison, passed, file_name=options.file_name)
    except IntegrityError as error:
        # The rows that the database did not accept, in the words of the model.
        for number, instance in pending.items():
            try:
                instance.validate_constraints()
            except ValidationError as broken:
                result.tell_fault(number, checks.in_words(broken))
        if not result.has_validation_errors():
            raise ImportRefused(
                _("Rows in the file contradict each other. Correct them.")
            ) from error
