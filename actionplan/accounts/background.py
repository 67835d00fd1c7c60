"""Work that nobody waits for: one thread of the process does it, in turn.

Whoever asks gets the same answer in the same time, whatever there is to do.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Final

from django.db import connections

from actionplan.django_edges import Handed

MOST_WAITING: Final = 200
_waiting = BoundedSemaphore(MOST_WAITING)
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="afterwards")
logger = logging.getLogger(__name__)


def do_afterwards(work: Callable[..., object], *arguments: Handed) -> None:
    """Do something after the answer; where too much waits already it is left undone, and logged.

    A thread has no transaction of the request's: what the work reads must be stored before.
    """
    if _waiting.acquire(blocking=False):
        _thread.submit(_do, work, arguments)
    else:
        logger.warning("Too much is waiting: %s is not done.", work.__name__)


def _do(work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    try:
        work(*arguments)
    except Exception:
        # Nobody is there to be told.
        logger.exception("%s failed.", work.__name__)
    finally:
        connections.close_all()
        _waiting.release()
