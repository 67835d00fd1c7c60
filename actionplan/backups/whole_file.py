"""A file that nobody ever finds half of, and that its owner alone reads."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

FOR_ITS_OWNER: Final = 0o600


class InUse(Exception):
    """Somebody else is writing the same file."""


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write to `PATH.part`, which becomes the file when all of it is on the disk.

    Where writing fails the part goes; one that was left by a killed process is written anew.

    Raises:
        InUse: another process writes it.
        OSError: it cannot be written there.
    """
    half = path.with_name(f"{path.name}.part")
    with _own(half) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            half.replace(path)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
    _keep_name(path.parent)


def _own(half: Path) -> IO[bytes]:
    """Open the part for nobody else, empty."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        file = os.fdopen(os.open(half, flags, FOR_ITS_OWNER), "r+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(file, half):
                os.fchmod(file.fileno(), FOR_ITS_OWNER)
                file.truncate()
                return file
        except BlockingIOError as error:
            file.close()
            raise InUse from error
        # Its writer has renamed it meanwhile: that one is a whole file now.
        file.close()


def _is_at(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.lstat())
    except FileNotFoundError:
        return False


def _keep_name(folder: Path) -> None:
    """Have the disk keep the new name, too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
