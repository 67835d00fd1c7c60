"""Excel out for large tables: rows go from an iterator into a file that is sent as it is made.

XlsxWriter makes the designed workbooks (`actionplan.excel.writing.spreadsheet`); this makes the
tidy ones, of any length, in the memory of one batch. Only the standard library, and nothing of
Django.
"""

from actionplan.excel.streaming.book import StreamReport, WorkbookStream
from actionplan.excel.streaming.charts import BarChart, Series
from actionplan.excel.streaming.sheets import LinesSheet, NativeTable, PageLine

__all__ = [
    "BarChart",
    "LinesSheet",
    "NativeTable",
    "PageLine",
    "Series",
    "StreamReport",
    "WorkbookStream",
]
