"""Children come from a process that is started once, is kept clean, and may end at any time."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from actionplan.excel.reading.reader import read_sheet
from actionplan.processes import child_process, fork_server
from actionplan.processes.child_process import MEGABYTE, ChildFailed, Failure, Limits
from actionplan.processes.heavy_work import WorkPlaces
from actionplan.word.reading.reader import read
from tests.actionplan import child_work
from tests.actionplan.word.documents import HEADINGS
from tests.hostile import documents, workbooks

pytestmark = pytest.mark.children
LIMITS = Limits(
    memory=64 * MEGABYTE, cpu=2, seconds=10.0, answer=MEGABYTE, places=WorkPlaces(4, waiting=4)
)


@pytest.fixture(autouse=True)
def own_servers():
    """None is left of another test, nor to the next."""
    fork_server.end_all()
    yield
    fork_server.end_all()


def call(function, *arguments, **named):
    return child_process.call(function, *arguments, limits=LIMITS, **named)


def failure_of(function, limits: Limits = LIMITS) -> Failure:
    with pytest.raises(ChildFailed) as failed:
        child_process.call(function, limits=limits)
    return failed.value.failure


def has_ended(process: int) -> bool:
    """Whether it ends before long; one that nobody waits for is a zombie."""
    status = Path(f"/proc/{process}/stat")
    for _attempt in range(100):
        try:
            if status.read_text().rpartition(") ")[2].startswith("Z"):
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def printed(code: str) -> list[str]:
    """What a process of its own prints that runs some code."""
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    return ran.stdout.split()


def test_it_is_started_once_and_is_another_process_than_ours() -> None:
    server = call(child_work.server)
    assert server != os.getpid()
    assert call(child_work.server) == server


def test_nothing_of_a_call_is_left_for_the_next() -> None:
    assert call(child_work.remember, "one") == ["one"]
    assert call(child_work.remember, "two") == ["two"]


def test_it_knows_no_secret_and_has_one_thread_whatever_it_has_imported(monkeypatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "known to us alone")
    server = call(child_work.server)
    child_process.call(read_sheet, workbooks.good())
    child_process.call(read, documents.good(), headings=HEADINGS)
    environment, threads = call(child_work.server_says)
    assert call(child_work.server) == server
    assert "SECRET_KEY" not in environment
    assert threads == 1


def test_a_child_has_no_way_to_answer_for_the_server() -> None:
    assert call(child_work.open_sockets) == []


def test_one_that_was_ended_while_nobody_asked_is_replaced_unnoticed() -> None:
    server = call(child_work.server)
    os.kill(server, signal.SIGKILL)
    assert has_ended(server)
    assert call(child_work.server) != server


def test_one_that_ends_with_a_child_in_it_is_a_crash_and_the_next_call_works() -> None:
    assert failure_of(child_work.end_server) is Failure.CRASHED
    assert call(child_work.remember, "after") == ["after"]


def test_one_that_hangs_is_ended_when_the_time_of_the_child_is_over(monkeypatch) -> None:
    monkeypatch.setattr(fork_server, "GRACE", 0.1)
    server = call(child_work.server)
    os.kill(server, signal.SIGSTOP)
    assert failure_of(child_work.server, replace(LIMITS, seconds=0.1)) is Failure.TOO_LONG
    assert has_ended(server)
    monkeypatch.undo()
    assert call(child_work.server) != server


def test_a_child_beyond_its_time_does_not_end_the_server() -> None:
    server = call(child_work.server)
    assert failure_of(child_work.wait_long, replace(LIMITS, seconds=0.2)) is Failure.TOO_LONG
    assert call(child_work.server) == server


def test_threads_that_call_at_once_get_each_its_own_answer_and_few_servers_stay() -> None:
    words = [f"word {number}" for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda word: call(child_work.remember, word), words))
    assert answers == [[word] for word in words]
    assert len(fork_server._idle) <= fork_server.KEPT


SERVER = (
    "import os, signal; from actionplan.processes import child_process;"
    "from tests.actionplan import child_work;"
    "print(child_process.call(child_work.server), flush=True);"
)


@pytest.mark.parametrize("end", ["", "os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_it_ends_with_whoever_started_it_however_that_ends(end) -> None:
    (server,) = printed(SERVER + end)
    assert has_ended(int(server))


def test_a_process_that_is_forked_from_ours_starts_its_own() -> None:
    again = "print(child_process.call(child_work.server), flush=True)"
    ours, *others = printed(
        f"{SERVER}\nif os.fork() == 0:\n    {again}\nelse:\n    os.wait(); {again}"
    )
    assert len(others) == 2
    assert others[0] != ours
    assert others[1] == ours
