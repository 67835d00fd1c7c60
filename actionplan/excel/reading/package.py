"""Open the package of a workbook, and hand out its parts, none larger than it may be. Pure."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from actionplan.excel.reading.book import SheetNames, Strings, Styles, Targets
from actionplan.excel.reading.bounds import FEW_ELEMENTS, SheetFault, SheetRefused
from actionplan.excel.reading.kinds import kind_of_bytes, kind_of_parts, kind_of_rest
from actionplan.excel.reading.sheet_extras import people
from actionplan.processes.xml_bounds import XmlRefused, walk

MOST_UNPACKED, MOST_RATIO, MOST_PARTS = 50 * 1024 * 1024, 200, 2000
CHUNK: Final = 64 * 1024
DIRECTORY_ENTRY: Final = b"PK\x01\x02"
CONTENT_TYPES: Final = "[content_types].xml"
ROOT: Final = "_rels/.rels"
WORKBOOK: Final = "xl/workbook.xml"
STRINGS, STYLES, MAIN = "sharedStrings", "styles", "officeDocument"
PEOPLE: Final = "person"
# Other kinds of workbook, which some program would go on to read.
OTHERS: Final = frozenset(("content.xml", "xl/workbook.bin"))
NO_RELATIONS: Final = b"<Relationships/>"
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
IS_ENCRYPTED: Final = 1

Parts = Mapping[str, zipfile.ZipInfo]


class Workbook:
    """A workbook that is open: its sheets, texts and formats, and the parts they stand in."""

    def __init__(self, archive: zipfile.ZipFile, parts: Parts) -> None:
        self._archive, self._parts = archive, parts
        walk(self.part(CONTENT_TYPES), most=FEW_ELEMENTS)
        self._path = next(iter(self._of_kind(Targets(self.part(ROOT), ""), MAIN)), WORKBOOK)
        folder, name = posixpath.split(self._path)
        self.names = SheetNames(self.part(self._path))
        self.targets = Targets(self.part(f"{folder}/_rels/{name}.rels"), folder)

    def part(self, name: str) -> bytes:
        """Return a part, never more of it than it says that it holds.

        Raises:
            SheetRefused: there is none of this name.
        """
        if name not in self._parts:
            raise SheetRefused(SheetFault.DAMAGED)
        with self._archive.open(self._parts[name]) as part:
            return b"".join(iter(lambda: part.read(CHUNK), b""))

    def strings(self) -> Strings | None:
        """Read the texts that cells refer to by number."""
        paths = self._of_kind(self.targets, STRINGS, beside=True)
        return Strings(self.part(paths[0])) if paths else None

    def styles(self) -> Styles:
        """Read the formats that cells refer to by number."""
        paths = self._of_kind(self.targets, STYLES, beside=True)
        return Styles(self.part(paths[0]) if paths else None)

    def people(self) -> dict[str, str]:
        """Read the names of those who write comments, by identity."""
        parts = [path for path in self.targets.of_kind(PEOPLE) if path in self._parts]
        names: dict[str, str] = {}
        for path in parts:
            names |= people(self.part(path), most=FEW_ELEMENTS)
        return names

    def targets_of(self, path: str) -> Targets:
        """Return the targets of a part's relations, as far as they are in the package."""
        folder, name = posixpath.split(path)
        relations = f"{folder}/_rels/{name}.rels"
        targets = Targets(
            self.part(relations) if relations in self._parts else NO_RELATIONS, folder
        )
        targets.parts = {
            key: target for key, target in targets.parts.items() if target[1] in self._parts
        }
        return targets

    def _of_kind(self, targets: Targets, kind: str, *, beside: bool = False) -> list[str]:
        """Return the one part of a kind in a list, or none; `beside` also looks by the workbook.

        Raises:
            SheetRefused: there are two.
        """
        paths = set(targets.of_kind(kind))
        if beside:
            paths.add(f"{posixpath.dirname(self._path)}/{kind}.xml".casefold())
        present = [path for path in sorted(paths) if path in self._parts]
        if len(present) > 1:
            raise SheetRefused(SheetFault.DAMAGED)
        return present


def check_workbook(data: bytes) -> None:
    """Refuse what is no workbook, or would unpack to more than anyone reads.

    Raises:
        SheetRefused: with the reason.
    """
    with _opened(data):
        pass


@contextmanager
def opened(data: bytes) -> Iterator[Workbook]:
    """Open a workbook; refuse it for whatever goes wrong while it is read."""
    with _opened(data) as (archive, parts):
        yield Workbook(archive, parts)


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[zipfile.ZipFile, Parts]]:
    """Open the package, and yield it with its parts by lower-case name."""
    # zipfile makes an object for each entry before anyone can count them.
    if data.count(DIRECTORY_ENTRY) > 2 * MOST_PARTS:
        raise SheetRefused(SheetFault.UNPACKS_TOO_LARGE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        is_zip = data.startswith(b"PK")
        raise SheetRefused(kind_of_rest(data) if is_zip else kind_of_bytes(data)) from error
    try:
        with archive:
            yield archive, _parts(archive)
    except (zipfile.BadZipFile, zlib.error, XmlRefused, OSError, EOFError) as error:
        raise SheetRefused(SheetFault.DAMAGED) from error
    except (RuntimeError, NotImplementedError, ValueError) as error:
        # It is packed in a way that Excel does not use.
        raise SheetRefused(SheetFault.NOT_EXCEL) from error


def _parts(archive: zipfile.ZipFile) -> Parts:
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if len(infos) > MOST_PARTS or size > MOST_UNPACKED or size / packed > MOST_RATIO:
        raise SheetRefused(SheetFault.UNPACKS_TOO_LARGE)
    if any(info.flag_bits & IS_ENCRYPTED for info in infos):
        raise SheetRefused(SheetFault.ENCRYPTED)
    parts = {info.filename.casefold(): info for info in infos}
    if CONTENT_TYPES not in parts or ROOT not in parts or parts.keys() & OTHERS:
        raise SheetRefused(_kind(archive, parts))
    if not any(name.endswith(".xml") and name.startswith("xl/") for name in parts):
        raise SheetRefused(_kind(archive, parts))
    # Two parts of one name: which one is read would depend on the reader.
    if len(parts) < len(infos) or any(info.compress_type not in METHODS for info in infos):
        raise SheetRefused(SheetFault.DAMAGED)
    return parts


def _kind(archive: zipfile.ZipFile, parts: Parts) -> SheetFault:
    """Tell the kind of a package that is no workbook."""
    mimetype = parts.get("mimetype")
    if mimetype is None or mimetype.file_size > CHUNK or mimetype.compress_type not in METHODS:
        return kind_of_parts(parts.keys(), b"")
    return kind_of_parts(parts.keys(), archive.read(mimetype))
