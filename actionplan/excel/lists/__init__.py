"""A list of the admin as a sheet: its columns, where their values are, and what comes back."""

from actionplan.excel.lists.excel_list import FINGERPRINT, ExcelList
from actionplan.excel.lists.incoming import Incoming, IncomingRow, Pending, Row
from actionplan.excel.lists.list_column import ColumnUse, ListColumn
from actionplan.excel.lists.unknown_words import LEFT_OUT, UnknownWord

__all__ = [
    "FINGERPRINT",
    "LEFT_OUT",
    "ColumnUse",
    "ExcelList",
    "Incoming",
    "IncomingRow",
    "ListColumn",
    "Pending",
    "Row",
    "UnknownWord",
]
