"""Call a function in a process of its own, with limits of memory, CPU and time. Pure.

What strangers send is read there: a parser may be made to ask for all the memory there is, to go
on for ever, or to crash, and then only the child ends. The child gets no variable of the
environment and nothing of this process's memory, so it knows neither the secret nor the database,
and what it answers is read as data of a known type (msgspec), never as code.

The function must stand in a module that needs no Django settings. A process that is kept clean
imports it once (`fork_server.py`), and is forked for each call.
"""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from inspect import signature
from tempfile import TemporaryFile
from typing import Final, TypeVar

import msgspec

from actionplan.processes import fork_server
from actionplan.processes.forked import OUT_OF_MEMORY, ChildOrder, decoders, name_of, typed
from actionplan.processes.heavy_work import AllPlacesTaken, WorkPlaces

MEGABYTE: Final = 1024 * 1024
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

    memory: int  # bytes, beyond what is mapped when it begins
    cpu: int  # seconds of the processor
    seconds: float  # by the clock, waiting for a place not counted
    answer: int  # bytes
    places: WorkPlaces


# To read an upload. Two at once, so that the other threads of the process go on answering. The
# largest workbook that is taken costs some 5 s of the processor; a busy machine, on which the
# child waits for visitors, may make a minute of them. Each that waits holds a thread of its own,
# so that only a few may.
READING: Final = Limits(
    memory=280 * MEGABYTE,
    cpu=12,
    seconds=60.0,
    answer=48 * MEGABYTE,
    places=WorkPlaces(2, waiting=4),
)


def call(
    function: Callable[..., Result],
    *arguments: object,
    limits: Limits = READING,
    raises: tuple[type[Exception], ...] = (),
    **named: object,
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
    order = _order(function, raises, limits)
    given = msgspec.msgpack.encode(signature(function).bind(*arguments, **named).arguments)
    try:
        with limits.places.queue(), limits.places.place():
            answer = _answered(order, given)
    except AllPlacesTaken as error:
        raise ChildFailed(Failure.BUSY) from error
    which, content = msgspec.msgpack.decode(answer, type=tuple[int, msgspec.Raw])
    if which < 0:
        result: Result = decoders(function)["return"].decode(content)
        return result
    exception = raises[which]
    raise exception(**typed(exception.__init__, content))


def _order(
    function: Callable[..., object], raises: tuple[type[Exception], ...], limits: Limits
) -> ChildOrder:
    return ChildOrder(
        memory=limits.memory,
        cpu=limits.cpu,
        seconds=limits.seconds,
        answer=limits.answer,
        function=name_of(function),
        raises=tuple(map(name_of, raises)),
    )


def _answered(order: ChildOrder, arguments: bytes) -> bytes:
    with TemporaryFile() as question, TemporaryFile() as answered, TemporaryFile() as log:
        question.write(arguments)
        question.seek(0)
        try:
            ended = fork_server.run(order, (question, answered, log))
        except fork_server.ServerLost as error:
            raise ChildFailed(Failure.CRASHED, "The server of children ended.") from error
        if ended != 0:
            log.seek(0)
            raise ChildFailed(_failure(ended), log.read()[-4000:].decode(errors="replace"))
        answered.seek(0)
        return answered.read()


def _failure(ended: int) -> Failure:
    if ended in (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL):
        return Failure.TOO_LONG
    # An allocator that is refused memory aborts.
    return Failure.TOO_MUCH if ended in (OUT_OF_MEMORY, -signal.SIGABRT) else Failure.CRASHED
