"""What the tests of child processes have done there."""

import ctypes
import os
import signal
import stat
import time
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

REMEMBERED: list[str] = []


class Sign(StrEnum):
    PLUS = "plus"


@dataclass(frozen=True, slots=True)
class Answer:
    words: tuple[str, ...]
    sign: Sign
    on: date


class Unfit(ValueError):
    def __init__(self, sign: Sign, row: int = 0) -> None:
        super().__init__(sign, row)
        self.sign, self.row = sign, row


def tell(data: bytes, *, sign: Sign) -> Answer:
    return Answer(tuple(data.decode().split()), sign, date(2026, 1, 2))


def refuse(row: int) -> None:
    raise Unfit(Sign.PLUS, row)


def stumble() -> None:
    raise LookupError("a fault of ours")


def fill(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def go_on() -> None:
    while True:
        pass


def wait_long() -> None:
    time.sleep(60)


def crash() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def answer_with(megabytes: int) -> bytes:
    return bytes(megabytes * 1024 * 1024)


def surroundings() -> dict[str, str]:
    return dict(os.environ)


def chatter() -> str:
    print("No answer at all")  # noqa: T201
    os.write(1, b"nor this")
    return "an answer"


def server() -> int:
    return os.getppid()


def server_says() -> tuple[str, int]:
    """The environment of the process that forked this one, and how many threads it has."""
    of = Path(f"/proc/{os.getppid()}")
    return (of / "environ").read_text(), len(list((of / "task").iterdir()))


def end_server() -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


def open_sockets() -> list[str]:
    names = os.listdir("/proc/self/fd")
    # What was opened to list them is closed again.
    there = [name for name in names if Path(f"/proc/self/fd/{name}").exists()]
    return [name for name in there if stat.S_ISSOCK(os.fstat(int(name)).st_mode)]


def remember(word: str) -> list[str]:
    REMEMBERED.append(word)
    return REMEMBERED
