"""Take out of a workbook what belongs to one sheet, each part checked. Pure.

The parser is handed a package made anew, with nothing in it but the parts that were looked at:
whatever else a file holds, and however its zip was forged, no parser ever meets it.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from actionplan.excel.bounds import (
    FEW_ELEMENTS,
    Extent,
    SheetFault,
    SheetNames,
    SheetRefused,
    Strings,
    Targets,
)
from actionplan.xml_bounds import XmlRefused, walk

MOST_UNPACKED, MOST_RATIO, MOST_PARTS = 50 * 1024 * 1024, 200, 2000
CHUNK: Final = 64 * 1024
DIRECTORY_ENTRY: Final = b"PK\x01\x02"
CONTENT_TYPES: Final = "[content_types].xml"
ROOT: Final = "_rels/.rels"
WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "sharedStrings", "styles"
# Other kinds of workbook, which a parser would go on to read.
OTHERS: Final = frozenset(("content.xml", "xl/workbook.bin"))
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Parts = Mapping[str, zipfile.ZipInfo]


@dataclass(frozen=True, slots=True)
class OneSheet:
    """A package with what one sheet needs, and which of the workbook's sheets that is."""

    data: bytes
    at: int


def check_workbook(data: bytes) -> None:
    """Refuse what is no workbook, or would unpack to more than anyone reads.

    Raises:
        SheetRefused: with the reason.
    """
    with _opened(data):
        pass


def one_sheet(data: bytes, name: str | None) -> OneSheet:
    """The sheet of this name, or the first one, with its texts and formats.

    Raises:
        SheetRefused: the workbook is damaged, beyond its bounds, or has no such sheet.
    """
    with _opened(data) as (archive, parts):
        kept = {WORKBOOK: _read(archive, parts, WORKBOOK)}
        for part in (CONTENT_TYPES, ROOT, RELATIONS):
            kept[part] = _read(archive, parts, part)
            walk(kept[part], most=FEW_ELEMENTS)
        sheets = SheetNames(kept[WORKBOOK]).sheets
        at = _place(sheets, name)
        targets = Targets(kept[RELATIONS]).found
        _kind, path = targets.get(sheets[at][1], ("", ""))
        lengths: list[int] = []
        for part in _of_kind(targets, parts, STRINGS):
            kept[part] = _read(archive, parts, part)
            lengths = Strings(kept[part]).lengths
        for part in _of_kind(targets, parts, STYLES):
            kept[part] = _read(archive, parts, part)
            walk(kept[part], most=FEW_ELEMENTS)
        sheet = path.casefold()
        kept[sheet] = _read(archive, parts, sheet)
        Extent(kept[sheet], lengths)
        named = {parts[part].filename: content for part, content in kept.items()}
    return OneSheet(_packed(named), at)


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[zipfile.ZipFile, Parts]]:
    """The package and its parts by lower-case name; what goes wrong in it is a refusal."""
    # zipfile makes an object for each entry before anyone can count them.
    if data.count(DIRECTORY_ENTRY) > 2 * MOST_PARTS:
        raise SheetRefused(SheetFault.UNPACKS_TOO_LARGE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise SheetRefused(SheetFault.NOT_EXCEL) from error
    try:
        with archive:
            yield archive, _parts(archive)
    except (zipfile.BadZipFile, zlib.error, XmlRefused, OSError, EOFError) as error:
        raise SheetRefused(SheetFault.DAMAGED) from error
    except (RuntimeError, NotImplementedError, ValueError) as error:
        # It is encrypted, or packed in a way that Excel does not use.
        raise SheetRefused(SheetFault.NOT_EXCEL) from error


def _parts(archive: zipfile.ZipFile) -> Parts:
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if len(infos) > MOST_PARTS or size > MOST_UNPACKED or size / packed > MOST_RATIO:
        raise SheetRefused(SheetFault.UNPACKS_TOO_LARGE)
    parts = {info.filename.casefold(): info for info in infos}
    if WORKBOOK not in parts or parts.keys() & OTHERS:
        raise SheetRefused(SheetFault.NOT_EXCEL)
    # Two parts of one name: which one is read would depend on the reader.
    if len(parts) < len(infos) or any(info.compress_type not in METHODS for info in infos):
        raise SheetRefused(SheetFault.DAMAGED)
    return parts


def _read(archive: zipfile.ZipFile, parts: Parts, name: str) -> bytes:
    """A part, never more of it than it says that it holds."""
    if name not in parts:
        raise SheetRefused(SheetFault.DAMAGED)
    with archive.open(parts[name]) as part:
        return b"".join(iter(lambda: part.read(CHUNK), b""))


def _place(sheets: list[tuple[str, str]], name: str | None) -> int:
    names = [one for one, _relation in sheets]
    if not names:
        raise SheetRefused(SheetFault.DAMAGED)
    if name is None:
        return 0
    if name not in names:
        raise SheetRefused(SheetFault.NO_SUCH_SHEET)
    return names.index(name)


def _of_kind(targets: Mapping[str, tuple[str, str]], parts: Parts, kind: str) -> list[str]:
    """The part that the workbook has of a kind, if it has one.

    Raises:
        SheetRefused: it has two.
    """
    paths = {path.casefold() for one, path in targets.values() if one == kind}
    found = [path for path in (*paths, f"xl/{kind}.xml".casefold()) if path in parts]
    if len(set(found)) > 1:
        raise SheetRefused(SheetFault.DAMAGED)
    return found[:1]


def _packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()
