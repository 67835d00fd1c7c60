"""Put every file of a kind through every reader, in one child with the limits of a reader."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from actionplan.excel.reading.bounds import SheetRefused
from actionplan.excel.reading.package import check_workbook
from actionplan.excel.reading.reader import read_sheet
from actionplan.word.file.archive import UnreadableFile, check_package
from actionplan.word.reading.reader import read
from requirements_pkg.tender.letterhead.reading import LetterheadRefused, cleaned
from risks.levels import RefusedLevels, read_levels
from tests.actionplan.word.documents import HEADINGS
from tests.hostile import documents, formats, texts, workbooks
from tests.hostile.zips import Cases, damaged, tricked, wrong_xml

EXCEL = ("an Excel list", "a questionnaire", "evidence in Excel")
WORD = ("a plan", "evidence in Word", "a letterhead")
TEXT = ("a plan", "an analysis")
# The files of each kind, and the readers that they could be sent to.
KINDS: dict[str, tuple[Callable[[], Cases], tuple[str, ...]]] = {
    "cells": (workbooks.cells, EXCEL[:1]),
    "shared texts": (workbooks.texts, EXCEL[:1]),
    "formats": (formats.formats, EXCEL[:1]),
    "sheets of formats": (formats.sheets, EXCEL[:1]),
    "books": (workbooks.books, EXCEL),
    "beside the cells": (workbooks.beside, EXCEL),
    "workbooks damaged": (lambda: damaged(workbooks.good()), EXCEL),
    "workbooks forged": (lambda: tricked(workbooks.good(), workbooks.WORKBOOK), EXCEL + WORD),
    "sheets": (lambda: wrong_xml(workbooks.good(), workbooks.SHEET), EXCEL),
    "strings": (lambda: wrong_xml(workbooks.good(), workbooks.STRINGS), EXCEL[:1]),
    "bodies": (documents.bodies, WORD[::2]),
    "tables": (documents.tables, WORD[:1]),
    "plans": (documents.plans, WORD[:1]),
    "packages": (documents.packages, WORD),
    "documents damaged": (lambda: damaged(documents.good()), WORD),
    "documents forged": (lambda: tricked(documents.good(), documents.MAIN), EXCEL + WORD),
    "main parts": (lambda: wrong_xml(documents.good(), documents.MAIN), WORD),
    "styles": (lambda: wrong_xml(documents.good(), documents.STYLES), WORD[2:]),
    "texts": (texts.texts, TEXT),
    "wrong names": (texts.sheets_as_text, EXCEL + WORD + TEXT[1:]),
}


def _levels(data: bytes) -> object:
    return read_levels(data.decode("utf-8", "replace"))


READERS: dict[str, Callable[[bytes], object]] = {
    "an Excel list": read_sheet,
    "a questionnaire": lambda data: read_sheet(data, ["Frågor", "Questions"]),
    "evidence in Excel": check_workbook,
    "a plan": lambda data: read(data, headings=HEADINGS),
    "evidence in Word": check_package,
    "a letterhead": cleaned,
    "an analysis": _levels,
}
REFUSALS = (SheetRefused, UnreadableFile, LetterheadRefused, RefusedLevels)


@dataclass(frozen=True, slots=True)
class Tried:
    """A file and a reader, how it ended ("read", "refused", or what went wrong), and its cost."""

    file: str
    reader: str
    ended: str
    seconds: float


def try_all(kind: str) -> list[Tried]:
    """What becomes of every file of a kind."""
    cases, readers = KINDS[kind]
    return [
        _tried(name, data, reader)
        for name, made in cases()
        for data in [made()]
        for reader in readers
    ]


def _tried(name: str, data: bytes, reader: str) -> Tried:
    begun = time.process_time()
    try:
        READERS[reader](data)
        ended = "read"
    except REFUSALS:
        ended = "refused"
    except BaseException as error:  # noqa: BLE001 - a panic of Rust is no Exception
        ended = repr(error)
    return Tried(name, reader, ended, time.process_time() - begun)
