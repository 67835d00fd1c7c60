"""What the tests of child processes have done there."""

import ctypes
import os
import time
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sign(StrEnum):
    PLUS = "plus"


@dataclass(frozen=True, slots=True)
class Told:
    words: tuple[str, ...]
    sign: Sign
    on: date


class Unfit(ValueError):
    def __init__(self, sign: Sign, row: int = 0) -> None:
        super().__init__(sign, row)
        self.sign, self.row = sign, row


def tell(data: bytes, *, sign: Sign) -> Told:
    return Told(tuple(data.decode().split()), sign, date(2026, 1, 2))


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
