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
    Code,
    Column,
    Kind,
    Look,
    Share,
    StrOrPromise,
    Text,
)

__all__ = [
    "ANSWER",
    "CODE",
    "LINK",
    "PARAGRAPHS",
    "TEXT",
    "TEXT_LOOKS",
    "Code",
    "Column",
    "Kind",
    "Look",
    "Share",
    "StrOrPromise",
    "Text",
]
