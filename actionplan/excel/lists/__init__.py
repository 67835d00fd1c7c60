"""A list of the admin as a sheet: its columns, where their values are, and what comes back."""

from actionplan.excel.lists.excel_list import FINGERPRINT, ExcelList
from actionplan.excel.lists.incoming import Incoming, IncomingRow, Pending, Row
from actionplan.excel.lists.list_column import ColumnUse, ListColumn

__all__ = [
    "FINGERPRINT",
    "ColumnUse",
    "ExcelList",
    "Incoming",
    "IncomingRow",
    "ListColumn",
    "Pending",
    "Row",
]
