"""Say in one sentence what this machine lacks, before anything is installed.

An old Python must be able to read it, to be told that it is too old. It is called with the port
that is to be served on, or without.
"""

import socket
import sys
from importlib.util import find_spec

OLDEST = (3, 11)


def lacking() -> str:
    """Return the sentence about this Python; empty if it will do."""
    if sys.version_info < OLDEST:
        version = ".".join(str(number) for number in sys.version_info[:2])
        return f"Python {version} is too old: name one from 3.11 on, PY=python3.11 make run."
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        return "Python's venv is not installed: on Debian, apt-get install python3-venv."
    return ""


def taken(port: str) -> str:
    """Return the sentence about a port; empty if it is free."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        return f"PORT={port}: write a number from 1 to 65535."
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except OSError as error:
            return f"Port {port}: {error.strerror}. Choose another: PORT=8080 make run."
    return ""


if __name__ == "__main__":
    sys.exit(lacking() or "".join(taken(port) for port in sys.argv[1:]) or 0)
