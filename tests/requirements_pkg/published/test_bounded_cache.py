"""What a process remembers: made once for all who ask, and never more than fits."""

import pickle
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from requirements_pkg.published import bounded_cache
from requirements_pkg.published.bounded_cache import BoundedCache, size_of

MANY = 8


@pytest.fixture
def shelf() -> BoundedCache[str]:
    return BoundedCache(100)


@pytest.fixture
def pool():
    with ThreadPoolExecutor(MANY) as threads:
        yield threads


class Slow:
    """Makes a value when it is let, and counts how often it was asked to."""

    def __init__(self, value: str = "value", error: BaseException | None = None) -> None:
        self.value, self.error, self.times = value, error, 0
        self.is_begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.times += 1
        self.is_begun.set()
        assert self.may_end.wait(60)
        if self.error is not None:
            raise self.error
        return self.value


def ask_together(shelf, pool, make):
    """The futures of many who ask at once; all of them but the first wait when this returns."""
    first = pool.submit(shelf.get_or_make, "key", make)
    assert make.is_begun.wait(60)
    others = [pool.submit(shelf.get_or_make, "key", make) for _waiter in range(MANY - 1)]
    while len(bounded_cache._waiting) < MANY - 1:
        sleep(0.001)
    make.may_end.set()
    return [first, *others]


def test_what_many_ask_for_at_once_is_made_once(shelf, pool):
    make = Slow()
    assert {future.result(60) for future in ask_together(shelf, pool, make)} == {"value"}
    assert make.times == 1
    assert bounded_cache._waiting == {}


def test_an_error_reaches_all_who_wait_and_is_not_kept(shelf, pool):
    make = Slow(error=LookupError("no such thing"))
    for future in ask_together(shelf, pool, make):
        with pytest.raises(LookupError):
            future.result(60)
    assert make.times == 1
    assert shelf.get_or_make("key", lambda: "next") == "next"


def test_whoever_waits_for_a_maker_that_was_stopped_makes_it(shelf, pool):
    make = Slow(error=SystemExit())
    first, *others = ask_together(shelf, pool, make)
    assert isinstance(first.exception(60), SystemExit)
    assert {type(future.exception(60)) for future in others} == {SystemExit}
    # Each tried for itself.
    assert make.times == MANY


def test_nobody_waits_longer_than_their_patience(shelf, pool, monkeypatch):
    monkeypatch.setattr(bounded_cache, "PATIENCE", 0.01)
    slow = Slow()
    first = pool.submit(shelf.get_or_make, "key", slow)
    assert slow.is_begun.wait(60)
    assert shelf.get_or_make("key", lambda: "own") == "own"
    slow.may_end.set()
    assert first.result(60) == "value"


def test_different_things_do_not_wait_for_each_other(shelf, pool):
    slow = Slow()
    first = pool.submit(shelf.get_or_make, "slow", slow)
    assert slow.is_begun.wait(60)
    assert shelf.get_or_make("quick", lambda: "quick") == "quick"
    slow.may_end.set()
    assert first.result(60) == "value"


def test_making_one_thing_may_ask_for_another_and_for_itself(shelf):
    def other() -> str:
        return shelf.get_or_make("other", lambda: shelf.get_or_make("key", lambda: "made"))

    assert shelf.get_or_make("key", other) == "made"


def test_two_who_make_what_the_other_needs_do_not_stop_each_other(pool):
    """Whoever would wait for itself through another makes it itself."""
    cache: BoundedCache[str] = BoundedCache(100)
    other: BoundedCache[str] = BoundedCache(100)
    both = threading.Barrier(2)

    def crossed(mine, theirs):
        def make():
            both.wait(60)
            return theirs.get_or_make("key", lambda: "made here")

        return mine.get_or_make("key", make)

    made = [pool.submit(crossed, cache, other), pool.submit(crossed, other, cache)]
    assert {future.result(25) for future in made} == {"made here"}


def test_an_old_value_is_given_while_somebody_makes_the_next(shelf, pool):
    shelf.make("key", lambda: "old")
    make = Slow("new")
    first = pool.submit(shelf.get_or_make, "key", make, lambda value: value == "new")
    assert make.is_begun.wait(60)
    assert shelf.get_or_make("key", make, lambda value: value == "new") == "old"
    make.may_end.set()
    assert first.result(60) == "new"
    assert shelf.get("key") == "new"


def test_what_is_dropped_while_it_is_made_is_made_anew_for_whoever_comes_then(shelf, pool):
    make = Slow("old")
    first = pool.submit(shelf.get_or_make, "key", make)
    assert make.is_begun.wait(60)
    shelf.drop(lambda _value: False)
    assert shelf.get_or_make("key", lambda: "new") == "new"
    make.may_end.set()
    assert first.result(60) == "old"
    assert shelf.get("key") == "new"


def test_only_what_is_meant_is_dropped(shelf):
    for word in ("stays", "goes"):
        shelf.make(word, lambda word=word: word)
    shelf.drop(lambda value: value == "goes")
    assert (shelf.get("stays"), shelf.get("goes"), shelf.used) == ("stays", None, 1)


def test_a_shelf_holds_so_much_and_what_was_asked_for_last():
    shelf: BoundedCache[bytes] = BoundedCache(10, lambda _key, value: len(value))
    for key in "abc":
        shelf.make(key, lambda: b"1234")
        shelf.get("a")
    assert [key for key in "abc" if shelf.get(key)] == ["a", "c"]
    assert shelf.used == 8
    shelf.make("a", lambda: b"1")
    assert shelf.used == 5


def test_what_is_larger_than_the_shelf_drives_nothing_out():
    shelf: BoundedCache[bytes] = BoundedCache(10, lambda _key, value: len(value))
    shelf.make("small", lambda: b"1234")
    assert shelf.make("large", lambda: b"12345678901") == b"12345678901"
    assert (shelf.get("small"), shelf.get("large")) == (b"1234", None)


@pytest.mark.parametrize(
    "value",
    [
        {"requirements": [{"code": f"SE-{at}", "text": "Krav. " * 20} for at in range(500)]},
        tuple((f"SE-{at}", at, at / 3) for at in range(5000)),
        {("use", f"{at}"): frozenset({f"{at}-a", f"{at}-b"}) for at in range(2000)},
    ],
)
def test_the_size_of_objects_is_estimated_to_a_factor_of_three(value):
    written = pickle.dumps(value)
    tracemalloc.start()
    copy = pickle.loads(written)  # noqa: S301
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert copy == value
    assert taken / 3 <= size_of(value) <= 3 * taken


def test_what_is_no_json_in_a_tuple_is_measured_one_by_one():
    single, other = frozenset({"SE-01"}), frozenset({"SE-01", "SE-02"})
    assert size_of((single, other)) == size_of(single) + size_of(other)
