"""Every file that was made to hurt ends in a refusal or a result, in little time and memory."""

import pytest

from actionplan.processes import child_process
from actionplan.processes.child_process import MEGABYTE, READING, Limits
from actionplan.processes.heavy_work import Places
from tests.hostile import trying

# As one reader has it, and time for all files of a kind.
LIMITS = Limits(
    memory=READING.memory,
    cpu=120,
    seconds=400.0,
    answer=MEGABYTE,
    places=Places(1),
)
LONGEST = 5.0  # seconds of the processor


@pytest.mark.children
@pytest.mark.parametrize("kind", trying.KINDS)
def test_every_reader_ends_in_time_with_a_result_or_a_refusal(kind: str) -> None:
    tried = child_process.call(trying.try_all, kind, limits=LIMITS)
    assert tried
    assert [one for one in tried if one.ended not in ("read", "refused")] == []
    assert [one for one in tried if one.seconds > LONGEST] == []


def test_there_are_hundreds_of_files() -> None:
    assert sum(1 for cases, _readers in trying.KINDS.values() for _case in cases()) > 350
