"""Why a workbook, or a cell of it, is not read: in words, with what to do."""

from collections.abc import Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from actionplan.excel.reading.bounds import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    SheetFault,
    SheetRefused,
)
from actionplan.excel.reading.sheet_extras import SheetExtra, SheetExtraKind
from actionplan.excel.reading.values import UnreadCell, UnreadReason
from actionplan.text import figure

LIMITS: Final = {
    "rows": figure(MOST_ROWS),
    "columns": figure(MOST_COLUMNS),
    "characters": figure(LONGEST_TEXT),
}
SENTENCES: Final[dict[SheetFault, Promise]] = {
    SheetFault.EMPTY_FILE: _("The file is empty."),
    SheetFault.NOT_EXCEL: _("This is not an Excel file (.xlsx). Choose another file."),
    SheetFault.ENCRYPTED: _(
        "The file is encrypted. Remove the password or the sensitivity label in Excel and save"
        " it again."
    ),
    SheetFault.OLD_EXCEL: _(
        "This is a workbook of an older Excel (.xls). Open it in Excel and save it as .xlsx."
    ),
    SheetFault.BINARY_EXCEL: _(
        "This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx."
    ),
    SheetFault.OPEN_DOCUMENT: _(
        "This is an OpenDocument file (.ods), not an Excel file (.xlsx). Save it as an "
        "Excel workbook (.xlsx)."
    ),
    SheetFault.TEXT_FILE: _(
        "This is a text file (.csv), not an Excel file (.xlsx). Open it in Excel and save "
        "it as .xlsx."
    ),
    SheetFault.WEB_PAGE: _(
        "This is a web page or XML, not an Excel file (.xlsx). Open it in Excel and save "
        "it as .xlsx."
    ),
    SheetFault.WORD: _("This is a Word document, not an Excel file (.xlsx). Choose another file."),
    SheetFault.POWERPOINT: _(
        "This is a presentation, not an Excel file (.xlsx). Choose another file."
    ),
    SheetFault.PDF: _("This is a PDF, not an Excel file (.xlsx). Choose another file."),
    SheetFault.UNPACKS_TOO_LARGE: _(
        "The file is too large when it is unpacked. Split it over several files."
    ),
    SheetFault.DAMAGED: _(
        "The file is damaged and could not be read. Open it in Excel, save it and upload it again."
    ),
    SheetFault.TOO_LARGE: _(
        "A sheet may have at most %(rows)s rows and %(columns)s columns. Split it."
    ),
    SheetFault.TOO_MANY_CELLS: _(
        "The sheet has more cells or text than can be read at once. Split it over several files."
    ),
    SheetFault.TEXT_TOO_LONG: _(
        "A cell may have at most %(characters)s characters. Shorten the text."
    ),
    SheetFault.NO_SUCH_SHEET: _("The file has no such sheet."),
    SheetFault.NO_CONTENT: _("None of the sheets in the file has any content."),
    SheetFault.ONLY_HIDDEN: _(
        "None of the visible sheets in the file has any content. Show the sheet that "
        "should be read."
    ),
}

# What lies on a sheet and is not read; the cell stands behind it.
BESIDE: Final[dict[SheetExtraKind, Promise]] = {
    SheetExtraKind.NOTE: _("Not read: the note in cell %(cell)s"),
    SheetExtraKind.COMMENT: _("Not read: the comment in cell %(cell)s"),
    SheetExtraKind.BOX: _("Not read: the text box at cell %(cell)s"),
    SheetExtraKind.SHAPE: _("Not read: the shape at cell %(cell)s"),
    SheetExtraKind.PICTURE: _("Not read: the picture at cell %(cell)s"),
    SheetExtraKind.CHART: _("Not read: the chart at cell %(cell)s"),
    SheetExtraKind.HEADER: _("Not read: the header of the printed sheet"),
    SheetExtraKind.CONTROL: _("Not read: the form control or object at cell %(cell)s"),
    SheetExtraKind.LINK: _("Not read: the link behind cell %(cell)s"),
    SheetExtraKind.MESSAGE: _("Not read: the input message at cell %(cell)s"),
    SheetExtraKind.FOOTER: _("Not read: the footer of the printed sheet"),
}
# So many are told one by one, and of so many more the cells.
FEW: Final = 20
MOST_CELLS_NAMED: Final = 300


def sentence(refused: SheetRefused) -> str:
    """Tell why a workbook is not read, in the user's language, and which cell that is about."""
    reason = str(SENTENCES[refused.fault]) % LIMITS
    if not refused.cell:
        return reason
    place = gettext("There is a value in %(cell)s on the sheet “%(sheet)s”.")
    return f"{reason} {place % {'cell': refused.cell, 'sheet': refused.sheet}}"


def unread(cell: UnreadCell) -> str:
    """Tell why a cell is not read, with its address and what to do."""
    match cell.why:
        case UnreadReason.ERROR:
            words = gettext("The cell %(cell)s shows %(shown)s. Write a value, or empty the cell.")
        case UnreadReason.NO_VALUE:
            words = gettext(
                "The cell %(cell)s has a formula without a value. Open the file in Excel, save it"
                " and upload it again."
            )
        case UnreadReason.STRUCK:
            words = gettext(
                "The cell %(cell)s is struck out: “%(shown)s”. Remove the strikethrough "
                "if the text applies, or empty the cell. An import removes no rows."
            )
        case UnreadReason.HIDDEN:
            words = gettext(
                "The cell %(cell)s shows nothing but contains “%(shown)s”. Change its "
                "number format, or empty the cell."
            )
    return words % {"cell": cell.address, "shown": cell}


def beside(lying: Sequence[SheetExtra]) -> list[str]:
    """Say what a sheet shows beside its values, each with its cell, author and words."""
    lines = [_in_words(extra) for extra in lying[:FEW]]
    if others := lying[FEW:]:
        cells = [extra.address for extra in others if extra.address]
        named = ", ".join(cells[:MOST_CELLS_NAMED]) + (
            " …" if len(cells) > MOST_CELLS_NAMED else ""
        )
        words = ngettext(
            "Not read: %(count)s more note, comment, link or box, in %(cells)s.",
            "Not read: %(count)s more notes, comments, links and boxes, in %(cells)s.",
            len(others),
        )
        lines.append(words % {"count": figure(len(others)), "cells": named})
    return lines


def _in_words(extra: SheetExtra) -> str:
    what = BESIDE[extra.kind] % {"cell": extra.address}
    what = f"{what} ({extra.by})" if extra.by else what
    in_words = gettext("%(what)s: “%(words)s”") % {"what": what, "words": extra.words}
    return in_words if extra.words else f"{what}."
