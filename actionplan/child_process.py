"""Call a function in a process of its own, with limits of memory, CPU and time. Pure.

What strangers send is read there: a parser may be made to ask for all the memory there is, to go
on for ever, or to crash, and then only the child ends. The child gets no variable of the
environment, so it knows neither the secret nor the database, and what it answers is read as data
of a known type (msgspec), never as code.

The function must stand in a module that needs no Django settings: starting the child costs what
importing that module costs, about 0.1 s.
"""

import importlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from inspect import signature
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final, TypeVar, get_type_hints

import msgspec

from actionplan.heavy_work import Busy, Places

MEGABYTE: Final = 1024 * 1024
ROOT: Final = Path(__file__).resolve().parent.parent
Result = TypeVar("Result")


class Failure(StrEnum):
    """Why a child gave no answer."""

    # Every place was taken for as long as one waits, or as many wait as may.
    BUSY = "busy"
    # Beyond its time, of the clock or of the processor.
    TOO_LONG = "too_long"
    # Beyond its memory, or a larger answer than is taken.
    TOO_MUCH = "too_much"
    # It ended in another way: a parser crashed.
    CRASHED = "crashed"


class ChildFailed(Exception):
    """A child process ended without an answer; `failure` says why, `log` is for the operator."""

    def __init__(self, failure: Failure, log: str = "") -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.log = log


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use, and how many of its kind run at once in this process."""

    memory: int  # bytes, beyond what the interpreter itself maps
    cpu: int  # seconds of the processor
    seconds: float  # by the clock, waiting for a place not counted
    answer: int  # bytes
    places: Places


# To read an upload. Two at once, so that the other threads of the process go on answering. The
# largest workbook that is taken costs some 5 s of the processor; a busy machine, on which the
# child waits for visitors, may make a minute of them. Each that waits holds a thread of its own,
# so that only a few may.
READING: Final = Limits(
    memory=280 * MEGABYTE,
    cpu=12,
    seconds=60.0,
    answer=48 * MEGABYTE,
    places=Places(2, waiting=4),
)


def call(
    function: Callable[..., Result],
    *arguments: Any,
    limits: Limits = READING,
    raises: tuple[type[Exception], ...] = (),
    **named: Any,
) -> Result:
    """Call a function in a child process, and return what it returns.

    Its parameters and its result are annotated with types that msgspec can write and read:
    bytes, text, numbers, dates, enums, dataclasses, and tuples, lists and dicts of such.

    Args:
        function: of a module's top level.
        arguments: its arguments in order; `named` are those by name.
        limits: what the child may use.
        raises: the function's own exceptions, each with annotated arguments; they are raised here
            as they were raised there.

    Raises:
        ChildFailed: it gave no answer within its limits.
    """
    # What the child is told: its limits, whom to call, which exceptions are answers.
    bounds = [limits.memory, limits.cpu, limits.answer]
    called: tuple[Any, ...] = (function, *raises)
    names = [f"{one.__module__}:{one.__qualname__}" for one in called]
    given = signature(function).bind(*arguments, **named).arguments
    question = msgspec.msgpack.encode([bounds, names, given])
    try:
        with limits.places.queue(), limits.places.place():
            answer = _answered(question, limits.seconds)
    except Busy as error:
        raise ChildFailed(Failure.BUSY) from error
    which, content = msgspec.msgpack.decode(answer, type=tuple[int, msgspec.Raw])
    if which < 0:
        returned = get_type_hints(function)["return"]
        result: Result = msgspec.msgpack.decode(content, type=returned)
        return result
    exception = raises[which]
    raise exception(**_typed(exception.__init__, content))


def _answered(question: bytes, seconds: float) -> bytes:
    with TemporaryFile() as asked, TemporaryFile() as answered, TemporaryFile() as log:
        asked.write(question)
        asked.seek(0)
        ended = _run(seconds, asked, answered, log)
        if ended != 0:
            log.seek(0)
            raise ChildFailed(_failure(ended), log.read()[-4000:].decode(errors="replace"))
        answered.seek(0)
        return answered.read()


def _run(seconds: float, asked: IO[bytes], answered: IO[bytes], log: IO[bytes]) -> int:
    """How the child ended: 0, the number of a signal below it, or another exit code."""
    # The interpreter that runs already, and no shell.
    child = subprocess.Popen(
        [sys.executable, "-E", "-s", "-m", "actionplan.child_process"],
        stdin=asked,
        stdout=answered,
        stderr=log,
        cwd=ROOT,
        env={"LANG": "C.UTF-8"},
    )
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGXCPU
    finally:
        # Also when whoever waits is interrupted: nothing goes on that nobody waits for.
        child.kill()
        child.wait()


def _failure(ended: int) -> Failure:
    if ended in (-signal.SIGXCPU, -signal.SIGKILL):
        return Failure.TOO_LONG
    # An allocator that is refused memory aborts.
    return Failure.TOO_MUCH if ended in (OUT_OF_MEMORY, -signal.SIGABRT) else Failure.CRASHED


def _named(name: str) -> Any:
    module, _colon, qualified = name.partition(":")
    return getattr(importlib.import_module(module), qualified)


def _typed(function: Callable[..., Any], content: msgspec.Raw) -> dict[str, Any]:
    """Arguments by name, as the parameters are annotated."""
    hints = get_type_hints(function)
    raw = msgspec.msgpack.decode(content, type=dict[str, msgspec.Raw])
    return {name: msgspec.msgpack.decode(one, type=hints[name]) for name, one in raw.items()}


# From here on: what runs in the child.

# An exit code that nothing else in Python uses.
OUT_OF_MEMORY: Final = 77


def main() -> int:
    """Read what to call, within which limits, from standard input, and write what it gave."""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a parser prints is no answer.
    os.dup2(2, 1)
    try:
        question = understood(sys.stdin.buffer.read())
        _bound(*question.bounds)
        answer = answer_to(question)
        with answers:
            answers.write(answer)
    except (MemoryError, OSError):
        # The kernel refused memory, or a file as large as that.
        return OUT_OF_MEMORY
    return 0


@dataclass(frozen=True, slots=True)
class Question:
    """What a child is told: its limits, whom to call and how, which exceptions are answers."""

    bounds: tuple[int, int, int]
    function: Callable[..., Any]
    arguments: dict[str, Any]
    raises: tuple[type[Exception], ...]


def understood(question: bytes) -> Question:
    """The question that `call` wrote."""
    bounds, names, content = msgspec.msgpack.decode(
        question, type=tuple[tuple[int, int, int], list[str], msgspec.Raw]
    )
    function, *raises = map(_named, names)
    return Question(bounds, function, _typed(function, content), tuple(raises))


def answer_to(question: Question) -> bytes:
    """Call the function, and write what it returns or which of its exceptions it raises."""
    which = -1
    try:
        given = question.function(**question.arguments)
    except question.raises as error:
        which = next(i for i, one in enumerate(question.raises) if type(error) is one)
        given = signature(question.raises[which]).bind(*error.args).arguments
    return msgspec.msgpack.encode((which, given))


def _bound(memory: int, cpu: int, answer: int) -> None:
    """Let the kernel hold the limits; modules and arguments stand in memory already."""
    with Path("/proc/self/statm").open() as sizes:
        mapped = int(sizes.read().split()[0]) * resource.getpagesize()
    for which, most in (
        (resource.RLIMIT_AS, mapped + memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, answer),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(which)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (bound, bound))
    # Visitors before uploads.
    os.nice(3)


if __name__ == "__main__":
    sys.exit(main())
