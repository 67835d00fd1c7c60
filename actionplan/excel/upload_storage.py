"""The rows of an upload between its preview and its confirmation, so that it is read once.

They are kept beside the upload, under its own name that nobody can guess, with the checksum of
the file that they were read of, and go when the upload goes.
"""

from hashlib import sha256
from typing import Final

import msgspec
from django.core.cache import cache
from import_export.tmp_storages import CacheStorage

from actionplan.excel.importing.sentences import sentence
from actionplan.excel.reading.bounds import SheetRefused
from actionplan.excel.reading.reader import ReadSheet, read_sheet
from actionplan.processes import uploads
from actionplan.processes.uploads import FileRefused

# Of the form of what is kept: rows kept by a version before are read anew.
FORM: Final = 3
LARGEST: Final = 8 * 1024 * 1024


class Upload(bytes):
    """A file that waits for its confirmation, and the name that it waits under."""

    name: str


class KeptRows(msgspec.Struct, frozen=True):
    """The rows of a file, and its checksum."""

    sha256: str
    sheet: ReadSheet


# The package has no types.
class UploadStorage(CacheStorage):  # type: ignore[misc]
    """Uploads that wait for their confirmation, and the rows that were read of them."""

    def read(self) -> object:
        """Return the upload, or None where it has gone."""
        data = super().read()
        if data is None:
            return None
        upload = Upload(data)
        upload.name = self.name
        return upload

    def remove(self) -> None:
        """Forget the upload and its rows."""
        cache.delete(_key(self.name))
        super().remove()


def sheet_of(data: bytes) -> ReadSheet:
    """Return the rows of a file; of an upload as they were read for its preview, if they were.

    Raises:
        FileRefused: it is not read, with the reason.
    """
    if not isinstance(data, Upload):
        return _read(data)
    checksum = sha256(data).hexdigest()
    kept = _kept(data.name)
    if kept is not None and kept.sha256 == checksum:
        return kept.sheet
    sheet = _read(bytes(data))
    encoded = msgspec.msgpack.encode(KeptRows(checksum, sheet))
    if len(encoded) <= LARGEST:
        cache.set(_key(data.name), encoded, CacheStorage.CACHE_LIFETIME)
    return sheet


def _kept(name: str) -> KeptRows | None:
    encoded = cache.get(_key(name))
    try:
        return encoded and msgspec.msgpack.decode(encoded, type=KeptRows)
    except msgspec.MsgspecError:
        return None


def _read(data: bytes) -> ReadSheet:
    try:
        return uploads.read(read_sheet, data, raises=(SheetRefused,))
    except SheetRefused as refused:
        raise FileRefused(sentence(refused)) from refused


def _key(name: str) -> str:
    return f"rows-{FORM}-{name}"
