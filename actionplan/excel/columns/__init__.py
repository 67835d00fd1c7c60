"""The one language of columns, for every file that is written or read.

`column.py` has the column itself and the kinds that need no words; `kinds.py` those that refuse a
cell in words: numbers, dates, choices.
"""

from actionplan.excel.columns.column import (
    ANSWER,
    CODE,
    LINK,
    PARAGRAPHS,
    TEXT,
    TEXT_LOOKS,
    CodeKind,
    Column,
    ColumnKind,
    FreeTextKind,
    Look,
    ShareKind,
    StrOrPromise,
)

__all__ = [
    "ANSWER",
    "CODE",
    "LINK",
    "PARAGRAPHS",
    "TEXT",
    "TEXT_LOOKS",
    "CodeKind",
    "Column",
    "ColumnKind",
    "FreeTextKind",
    "Look",
    "ShareKind",
    "StrOrPromise",
]
