"""Fork a child with limits for each call that is asked for, out of a process kept clean. Pure.

This process is started by `fork_server.py`, once, as `python -m actionplan.processes.forked`. It
has one thread, no variable of the environment, and nothing of what anybody sent: it imports the
modules of the functions it is asked for, and everything else happens in the children. It ends when
whoever started it does.
"""

import gc
import importlib
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from inspect import signature
from pathlib import Path
from typing import Any, Final, NoReturn, get_type_hints

import msgspec

# Of what is told on either side at once: the names of a function and of its exceptions.
LONGEST: Final = 64 * 1024
# What is asked, where the answer goes, and where the log.
FILES: Final = 3
# An exit code that nothing else in Python uses.
OUT_OF_MEMORY: Final = 77


class ChildOrder(msgspec.Struct, frozen=True):
    """What a child may use, what it calls, and which exceptions are answers."""

    memory: int  # bytes, beyond what is mapped when it begins
    cpu: int  # seconds of the processor
    seconds: float  # by the clock
    answer: int  # bytes
    function: str
    raises: tuple[str, ...]


class ChildExit(msgspec.Struct, frozen=True):
    """How a child ended, and the CPU seconds of this process and all its children until now."""

    code: int  # 0, the number of a signal below it, or another exit code
    spent: float


def main() -> None:
    """Serve until the other end of the socket, which is the standard input, is closed."""
    control = socket.socket(fileno=0)
    while True:
        message, files, _flags, _sender = socket.recv_fds(control, LONGEST, FILES)
        if not message:
            return
        ended = _ended(msgspec.msgpack.decode(message, type=ChildOrder), files)
        control.send(msgspec.msgpack.encode(ended))


def _ended(order: ChildOrder, files: list[int]) -> ChildExit:
    with suppress(Exception):
        # What cannot be imported fails once more in the child, whose log is read.
        _prepare(order)
    child = os.fork()
    if child == 0:
        _be_child(order, files)
    for file in files:
        os.close(file)
    _child, status = os.waitpid(child, 0)
    return ChildExit(os.waitstatus_to_exitcode(status), _spent())


def _prepare(order: ChildOrder) -> None:
    """Import what a child needs, so that the next one finds it here."""
    for name in (order.function, *order.raises):
        named(name)
    decoders(named(order.function))
    # A child looks for garbage in what is its own, and so copies nothing else.
    gc.freeze()


def _spent() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def named(name: str) -> Any:
    """Return the function or the exception of a name that `name_of` gave."""
    module, _colon, qualified = name.partition(":")
    return getattr(importlib.import_module(module), qualified)


def name_of(target: Any) -> str:
    """Return the name by which another process finds a function or an exception."""
    return f"{target.__module__}:{target.__qualname__}"


@lru_cache
def decoders(function: Callable[..., object]) -> dict[str, msgspec.msgpack.Decoder[Any]]:
    """Return the decoder of each argument of a function, as it is annotated, and of "return"."""
    hints = get_type_hints(function)
    return {name: msgspec.msgpack.Decoder(hint) for name, hint in hints.items()}


def typed(function: Callable[..., object], content: bytes | msgspec.Raw) -> dict[str, object]:
    """Return arguments by name, as the parameters are annotated."""
    raw = msgspec.msgpack.decode(content, type=dict[str, msgspec.Raw])
    return {name: decoders(function)[name].decode(argument) for name, argument in raw.items()}


# From here on: what runs in a child.


def _be_child(order: ChildOrder, files: list[int]) -> NoReturn:
    """Do what is asked and end; nothing of a child returns into the server."""
    code = 1
    try:
        code = _work(order, *files)
    except BaseException:  # noqa: BLE001 - the log is all that is left of it
        traceback.print_exc()
        with suppress(OSError):
            sys.stdout.flush()
    finally:
        os._exit(code)


def _work(order: ChildOrder, question_file: int, answered: int, log: int) -> int:
    # The socket of the server goes with the first; whatever a parser prints is no answer.
    for file, number in ((question_file, 0), (log, 1), (log, 2)):
        os.dup2(file, number)
    os.close(log)
    try:
        with open(question_file, "rb") as question:
            arguments = question.read()
        _bound(order)
        with open(answered, "wb") as answer:
            answer.write(answer_to(order, arguments))
    except (MemoryError, OSError):
        # The kernel refused memory, or a file as large as that.
        return OUT_OF_MEMORY
    return 0


def answer_to(order: ChildOrder, arguments: bytes) -> bytes:
    """Call the function, and write what it returns or which of its exceptions it raises."""
    function, raises = named(order.function), tuple(map(named, order.raises))
    which = -1
    try:
        given = function(**typed(function, arguments))
    except raises as error:
        which = next(i for i, exception in enumerate(raises) if type(error) is exception)
        given = signature(raises[which]).bind(*error.args).arguments
    return msgspec.msgpack.encode((which, given))


def _bound(order: ChildOrder) -> None:
    """Let the kernel hold the limits; modules and arguments stand in memory already."""
    with Path("/proc/self/statm").open() as sizes:
        mapped = int(sizes.read().split()[0]) * resource.getpagesize()
    for which, most in (
        (resource.RLIMIT_AS, mapped + order.memory),
        (resource.RLIMIT_CPU, order.cpu),
        (resource.RLIMIT_FSIZE, order.answer),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(which)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (bound, bound))
    # Nobody has to be there to end it: whoever waits may have been ended first.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, order.seconds)
    # Visitors before uploads.
    os.nice(3)


if __name__ == "__main__":
    main()
