"""Every file that was made to hurt ends in a refusal or a result, in little time and memory."""

import time

import pytest

from actionplan.processes import child_process
from actionplan.processes.child_process import MEGABYTE, READING, Limits
from actionplan.processes.heavy_work import WorkPlaces
from tests.hostile import trying

# As one reader has it, and time for all files of a kind.
LIMITS = Limits(
    memory=READING.memory,
    cpu=120,
    seconds=400.0,
    answer=MEGABYTE,
    places=WorkPlaces(1),
)
LONGEST = 5.0  # seconds of a processor that counts to ten million in COUNTED
COUNTED = 0.2


def longest() -> float:
    """Return the bound on this processor: as above, and more where it is slower than that."""
    begun = time.process_time()
    sum(range(10_000_000))
    return LONGEST * max(1.0, (time.process_time() - begun) / COUNTED)


@pytest.mark.children
@pytest.mark.parametrize("kind", trying.KINDS)
def test_every_reader_ends_in_time_with_a_result_or_a_refusal(kind: str) -> None:
    tried = child_process.call(trying.try_all, kind, limits=LIMITS)
    assert tried
    assert [attempt for attempt in tried if attempt.ended not in ("read", "refused")] == []
    most = longest()
    assert [attempt for attempt in tried if attempt.seconds > most] == []


def test_there_are_hundreds_of_files() -> None:
    assert sum(1 for cases, _readers in trying.KINDS.values() for _case in cases()) > 350
