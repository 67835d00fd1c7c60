"""Keep a clean process ready that forks a child for each call. Pure.

Python and its imports cost a quarter of a second of the processor, and are the same for each
file: they are paid once, in a process that nobody's file has ever been in (`forked.py`). It is
started when the first child is asked for, and serves one call at a time; who comes meanwhile gets
another.
"""

import atexit
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import msgspec

from actionplan.processes.forked import LONGEST, ChildExit, ChildOrder

ROOT: Final = Path(__file__).resolve().parents[2]
# Seconds beyond those of a child until the server itself is taken for dead: it may have to start.
GRACE: Final = 10.0
# How many wait for the next call; each has some 15 MB of its own.
KEPT: Final = 2


class ServerLost(Exception):
    """A server ended without telling how its child did."""


class Server:
    """A process that forks children."""

    def __init__(self) -> None:
        # It hears that this process has ended by the end of the socket.
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.spent = 0.0
        with theirs:
            # The interpreter that runs already, and no shell. Of a session of its own, so that
            # its children end with it, and it does not end by a key that is pressed here.
            self._process = subprocess.Popen(
                [sys.executable, "-E", "-s", "-m", "actionplan.processes.forked"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
                env={"LANG": "C.UTF-8"},
                start_new_session=True,
            )

    def tell(self, order: ChildOrder, files: Sequence[IO[bytes]]) -> None:
        """Give it something to do.

        Raises:
            OSError: it has ended.
        """
        message = msgspec.msgpack.encode(order)
        self._socket.settimeout(order.seconds + GRACE)
        socket.send_fds(self._socket, [message], [file.fileno() for file in files])

    def hear(self) -> int:
        """Tell how the child ended, once it has.

        Raises:
            TimeoutError: it has not, though its time is over.
            Gone: the server has ended.
        """
        try:
            message = self._socket.recv(LONGEST)
        except ConnectionError as error:
            raise ServerLost from error
        if not message:
            raise ServerLost
        ended = msgspec.msgpack.decode(message, type=ChildExit)
        self.spent = ended.spent
        return ended.code

    def end(self) -> None:
        """End it and its child; that of another process is only let go."""
        self._socket.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def let_go(self) -> None:
        """Forget a server that belongs to the process that this one was forked from."""
        self._socket.close()


# Both ends are safe between threads.
_idle: deque[Server] = deque()
# Of another process: never waited for.
_foreign: list[Server] = []


def run(order: ChildOrder, files: Sequence[IO[bytes]]) -> int:
    """Tell how a child ended: 0, the number of a signal below it, or another exit code.

    Args:
        order: what it does, within which limits.
        files: with its arguments, for its answer, and for its log.

    Raises:
        Gone: nobody knows how.
    """
    server = _send_order(order, files)
    try:
        ended = server.hear()
    except TimeoutError:
        server.end()
        return -signal.SIGALRM
    except BaseException:
        # Also when whoever waits is interrupted: nothing goes on that nobody waits for.
        server.end()
        raise
    _idle.append(server)
    if len(_idle) > KEPT and (one_more := _waiting()):
        one_more.end()
    return ended


def spent() -> float:
    """Add up the CPU seconds of the servers that wait and of all their children."""
    return sum(server.spent for server in _idle)


def end_all() -> None:
    """End every server that waits."""
    while server := _waiting():
        server.end()


def _send_order(order: ChildOrder, files: Sequence[IO[bytes]]) -> Server:
    """Give an order to a server, one that waited or a new one, and return that server."""
    while server := _waiting():
        with suppress(OSError):
            server.tell(order, files)
            return server
        # It was ended meanwhile: by the kernel, or by an operator.
        server.end()
    server = Server()
    try:
        server.tell(order, files)
    except OSError as error:
        server.end()
        raise ServerLost from error
    return server


def _waiting() -> Server | None:
    try:
        return _idle.pop()
    except IndexError:
        return None


def _let_go() -> None:
    """Forget the servers in a process that was forked from this one: answers would be mixed."""
    _foreign.extend(_idle)
    _idle.clear()
    for server in _foreign:
        server.let_go()


os.register_at_fork(after_in_child=_let_go)
atexit.register(end_all)
