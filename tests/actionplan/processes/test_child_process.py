"""A child process answers with values of known types, or fails within its limits."""

from dataclasses import replace
from datetime import date

import pytest

from actionplan.processes import child_process
from actionplan.processes.child_process import MEGABYTE, ChildFailed, Failure, Limits
from actionplan.processes.heavy_work import WorkPlaces
from tests.actionplan import child_work
from tests.actionplan.child_work import Answer, Sign, Unfit

pytestmark = pytest.mark.children


def limits(**changed) -> Limits:
    places = WorkPlaces(1)
    small = Limits(memory=64 * MEGABYTE, cpu=1, seconds=5.0, answer=MEGABYTE, places=places)
    return replace(small, **changed)


def failure_of(function, *arguments, **changed) -> Failure:
    with pytest.raises(ChildFailed) as failed:
        child_process.call(function, *arguments, limits=limits(**changed))
    return failed.value.failure


def test_a_result_comes_back_with_its_types() -> None:
    answer = child_process.call(child_work.tell, "två ord".encode(), sign=Sign.PLUS)
    assert answer == Answer(("två", "ord"), Sign.PLUS, date(2026, 1, 2))


def test_an_exception_that_is_an_answer_is_raised_here() -> None:
    with pytest.raises(Unfit) as refused:
        child_process.call(child_work.refuse, 7, raises=(Unfit,))
    assert (refused.value.sign, refused.value.row) == (Sign.PLUS, 7)


def test_any_other_exception_is_a_crash_whose_traceback_is_kept() -> None:
    with pytest.raises(ChildFailed) as failed:
        child_process.call(child_work.stumble, raises=(Unfit,))
    assert failed.value.failure is Failure.CRASHED
    assert "LookupError: a fault of ours" in failed.value.log


def test_memory_is_bounded_beyond_what_the_interpreter_needs() -> None:
    assert child_process.call(child_work.fill, 40, limits=limits()) == 40 * MEGABYTE
    assert failure_of(child_work.fill, 80) is Failure.TOO_MUCH


def test_processor_time_is_bounded() -> None:
    assert failure_of(child_work.go_on) is Failure.TOO_LONG


def test_time_by_the_clock_is_bounded() -> None:
    assert failure_of(child_work.wait_long, seconds=0.5) is Failure.TOO_LONG


def test_a_parser_that_crashes_takes_nobody_along() -> None:
    assert failure_of(child_work.crash) is Failure.CRASHED
    assert failure_of(child_work.abort) is Failure.TOO_MUCH


def test_an_answer_is_bounded() -> None:
    assert len(child_process.call(child_work.answer_with, 0, limits=limits())) == 0
    assert failure_of(child_work.answer_with, 2) is Failure.TOO_MUCH


def test_the_child_knows_no_secret(monkeypatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "known to the parent alone")
    assert "SECRET_KEY" not in child_process.call(child_work.surroundings)


def test_what_a_parser_prints_is_no_answer() -> None:
    assert child_process.call(child_work.chatter) == "an answer"


def test_few_run_at_once_and_the_next_one_is_told_so() -> None:
    one_place = limits()
    with one_place.places.place(), pytest.raises(ChildFailed) as failed:
        child_process.call(child_work.fill, 1, limits=one_place)
    assert failed.value.failure is Failure.BUSY
    # A place that was taken is given back, whatever became of the child.
    assert failure_of(child_work.stumble, places=one_place.places) is Failure.CRASHED
    assert child_process.call(child_work.fill, 1, limits=one_place) == MEGABYTE


def test_nobody_waits_where_enough_others_do() -> None:
    places = WorkPlaces(1, waiting=1, patience=60.0)
    with places.queue(), places.queue(), pytest.raises(ChildFailed) as failed:
        # Told so at once, not after a minute.
        child_process.call(child_work.fill, 1, limits=limits(places=places))
    assert failed.value.failure is Failure.BUSY
