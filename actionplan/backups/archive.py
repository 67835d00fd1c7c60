"""The file of a backup: a zip with a part of JSON lines for each table, and a manifest.

It is written and read as a stream, and no part is trusted before its checksum has been seen.
"""

import lzma
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import IO, Final, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import msgspec

from actionplan.backups.manifest import FORMAT, BackupManifest, BackupPart, part_name

MANIFEST: Final = "manifest.json"
# Faster by half than zlib's own choice, for a tenth more of the disk.
LEVEL: Final = 3
MOST_MANIFEST: Final = 10_000_000
# What a damaged zip makes the standard library say.
DAMAGES: Final = (
    *(BadZipFile, EOFError, OSError, RuntimeError, ValueError),
    *(zlib.error, lzma.LZMAError, struct.error),
)


class DamagedBackup(Exception):
    """A part of a backup that is not what was written; "" is the file as a whole."""

    def __init__(self, part: str = "") -> None:
        super().__init__(part)
        self.part = part


class OtherFormat(Exception):
    """A file of another format, of which nothing more can be said."""


class BackupWriter:
    """A backup that is being written, part by part, within `with`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=LEVEL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        # What was broken off lets go of its file; whether that can be written to is told already.
        with suppress(OSError):
            self._zip.close()

    def write_part(
        self, table: str, columns: tuple[str, ...], lines: Iterable[bytes], last_key: int | None
    ) -> BackupPart:
        """Write the rows of a table, and return what the manifest says of them."""
        rows, checksum = 0, sha256()
        with self._zip.open(_entry(part_name(table)), "w", force_zip64=True) as part:
            for line in lines:
                part.write(line)
                checksum.update(line)
                rows += 1
        return BackupPart(table, columns, rows, checksum.hexdigest(), last_key)

    def end(self, manifest: BackupManifest) -> None:
        """Write the manifest, the last part: what lacks it is no backup."""
        text = msgspec.json.encode(manifest)
        self._zip.writestr(_entry(MANIFEST), text)
        # The one part of which no manifest has the checksum.
        self._zip.comment = sha256(text).hexdigest().encode()
        self._zip.close()


class BackupReader:
    """A backup that is read.

    Raises:
        DamagedBackup: it is no backup, or not whole.
        OtherFormat: another version of this application wrote it in another way.
    """

    def __init__(self, file: IO[bytes]) -> None:
        with _damage(""):
            self._zip = ZipFile(file)
        with _damage(MANIFEST):
            self.manifest = self._manifest()
        if [*self._names()] != [*(part.name for part in self.manifest.parts), MANIFEST]:
            raise DamagedBackup

    def lines(self, part: BackupPart) -> Iterator[bytes]:
        """Yield the rows of a part, and see at its end that they are what was written."""
        rows, checksum = 0, sha256()
        with _damage(part.name), self._zip.open(part.name) as stream:
            for line in stream:
                checksum.update(line)
                rows += 1
                yield line
        if (rows, checksum.hexdigest()) != (part.rows, part.sha256):
            raise DamagedBackup(part.name)

    def _names(self) -> Iterator[str]:
        return (entry.filename for entry in self._zip.infolist())

    def _manifest(self) -> BackupManifest:
        if self._zip.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise DamagedBackup(MANIFEST)
        text = self._zip.read(MANIFEST)
        if self._zip.comment != sha256(text).hexdigest().encode():
            raise DamagedBackup(MANIFEST)
        if msgspec.json.decode(text, type=dict[str, object]).get("format") != FORMAT:
            raise OtherFormat
        return msgspec.json.decode(text, type=BackupManifest)


@contextmanager
def _damage(part: str) -> Iterator[None]:
    """Say which part it was that could not be read."""
    try:
        yield
    except KeyError as error:
        # There is no such part: it is some other zip.
        raise DamagedBackup from error
    except DAMAGES as error:
        raise DamagedBackup(part) from error


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry
