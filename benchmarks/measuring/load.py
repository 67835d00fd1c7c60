"""A small load generator: many connections, one thread, the standard library alone."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection, socket
from subprocess import Popen
from sys import executable
from time import monotonic, perf_counter, sleep

from benchmarks.measuring.measure import ROOT

CONNECTIONS = 16
HOST = "127.0.0.1"
PATIENCE = 600.0
# As everywhere else, but with one process.
GUNICORN = ("gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "1")


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]


@contextmanager
def server() -> Iterator[int]:
    """Our server with the environment of this process; gives its port."""
    port = free_port()
    with Popen([executable, "-m", *GUNICORN, "--bind", f"{HOST}:{port}"], cwd=ROOT) as process:
        try:
            wait_for(port, alive=process)
            yield port
        finally:
            process.terminate()


def wait_for(port: int, *, alive: Popen) -> None:
    """Return as soon as the start page is there; give up if its process ends."""
    end = monotonic() + PATIENCE
    while monotonic() < end and alive.poll() is None:
        try:
            first_answer(port, get("/"))
            return
        except OSError:
            sleep(0.02)
    raise SystemExit(f"No answer from port {port}.")


def get(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """Return a GET request as a browser sends it."""
    fields = {"Host": HOST, "Accept-Encoding": "gzip", **(headers or {})}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def first_answer(
    port: int, request: bytes, *, status: bytes = b"200"
) -> tuple[dict[str, str], int]:
    """Return the headers of an answer, and its length in all.

    Raises:
        OSError: the server does not answer yet.
    """
    with create_connection((HOST, port), timeout=60) as connection:
        connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            part = connection.recv(65536)
            if not part:
                raise ConnectionResetError
            received += part
    head = received.partition(b"\r\n\r\n")[0]
    first, *rest = head.decode("latin-1").split("\r\n")
    if first.split()[1].encode() != status:
        raise SystemExit(f"{request.split()[1].decode()}: {first}")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in rest)}
    return headers, len(head) + 4 + int(headers.get("content-length", 0))


def rate(port: int, request: bytes, count: int, *, status: bytes = b"200") -> float:
    """Return how many requests a second are answered over connections that are kept open."""
    # Every answer to one request is as long as the first, so there is nothing to parse.
    length = first_answer(port, request, status=status)[1]
    with ExitStack() as stack:
        selector = stack.enter_context(DefaultSelector())
        left: dict[socket, int] = {}
        for _number in range(CONNECTIONS):
            connection = stack.enter_context(create_connection((HOST, port), timeout=60))
            selector.register(connection, EVENT_READ)
            left[connection] = length
        start = perf_counter()
        for connection in left:
            connection.sendall(request)
        sent, answered = len(left), 0
        while answered < sent:
            for key, _events in selector.select():
                connection = key.fileobj
                part = connection.recv(65536)
                if not part:
                    raise SystemExit(f"{request.split()[1].decode()}: connection closed")
                left[connection] -= len(part)
                if left[connection]:
                    continue
                answered += 1
                if sent < count:
                    sent += 1
                    left[connection] = length
                    connection.sendall(request)
        return answered / (perf_counter() - start)
