"""Heavy work has few places, and every place is given back."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from actionplan.processes.heavy_work import AllPlacesTaken, WorkPlaces


def test_of_fifty_who_come_at_once_few_work_and_the_others_are_told():
    places, begun, at_once = WorkPlaces(2, waiting=1), threading.Barrier(50), []
    working = set()

    def come(number: int) -> str:
        begun.wait()
        try:
            with places.queue(), places.place():
                working.add(number)
                at_once.append(len(working))
                time.sleep(0.05)
                working.discard(number)
                return "done"
        except AllPlacesTaken:
            return "busy"

    with ThreadPoolExecutor(50) as pool:
        ends = list(pool.map(come, range(50)))
    assert max(at_once) <= 2
    assert 2 <= ends.count("done") < 50
    assert ends.count("done") + ends.count("busy") == 50
    with places.queue(), places.place():
        pass


def test_who_finds_no_place_in_time_is_told():
    places = WorkPlaces(1, waiting=1, patience=0.01)
    with places.place(), pytest.raises(AllPlacesTaken), places.queue(), places.place():
        pass


def test_a_place_is_given_back_when_the_work_fails():
    places = WorkPlaces(1)
    with pytest.raises(LookupError), places.queue(), places.place():
        raise LookupError
    with places.queue(), places.place():
        pass


@pytest.mark.parametrize("end", ["read", "broken off", "never begun", "failed"])
def test_a_file_holds_its_place_until_it_is_through(end):
    def pieces():
        yield b"one"
        if end == "failed":
            raise LookupError
        yield b"two"

    places = WorkPlaces(1)
    stream = places.hold(pieces())
    with pytest.raises(AllPlacesTaken):
        places.hold(iter([]))
    match end:
        case "read":
            assert list(stream) == [b"one", b"two"]
        case "broken off":
            assert next(stream) == b"one"
        case "failed":
            with pytest.raises(LookupError):
                list(stream)
    stream.close()
    stream.close()
    assert list(places.hold(iter([b"next"]))) == [b"next"]
