"""A bounded memory for all threads, in which what several ask for at once is made once. Pure."""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Event, Lock, get_ident
from typing import Any, Final, Generic, TypeVar

import msgspec

# How long one thread waits for what another makes, before it makes it itself.
PATIENCE: Final = 30.0
# Objects take so many times the bytes of their JSON: measured with tracemalloc on published
# contents (3.4) and on tuples of dataclasses (4.0).
OBJECTS: Final = 4
# And of a pickle, which is what is measured of sets and of dictionaries by tuples (4 to 14).
PICKLED: Final = 10
SETS: Final = (set, frozenset)

Value = TypeVar("Value")


def size_of(value: object) -> int:
    """Estimate the bytes that an object takes with all that it holds."""
    try:
        # Sets are lists to JSON, but take more.
        if not isinstance(value, SETS) and not _holds_sets(value):
            return OBJECTS * len(msgspec.json.encode(value, enc_hook=_as_text))
    except TypeError:
        # What is no JSON; a pickle of a content would take ten times as long.
        pass
    if isinstance(value, tuple):
        # One by one: a pickle of all plans of a nation lets no other thread run meanwhile.
        return sum(map(size_of, value))
    return PICKLED * len(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def _holds_sets(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(member, SETS) for member in value)


def _as_text(value: object) -> str:
    """Return a decimal, or a text of Django's that is marked as safe, as JSON has it.

    Raises:
        TypeError: it is something else, which no JSON tells.
    """
    # Hundreds of readings are measured at once, not one by one.
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return "".join(value)
    raise TypeError


@dataclass(slots=True, eq=False)
class PendingValue(Generic[Value]):
    """A value that one thread makes just now, and for which others wait."""

    maker: int = field(default_factory=get_ident)
    is_over: Event = field(default_factory=Event)
    values: list[Value] = field(default_factory=list)
    error: Exception | None = None
    # What it was made of has changed meanwhile.
    is_old: bool = False


# What each thread waits for, on any shelf: whoever would wait for itself does not wait.
_lock = Lock()
_waiting: dict[int, PendingValue[Any]] = {}


class BoundedCache(Generic[Value]):
    """The values that were asked for last, as many as fit.

    Args:
        most: how much fits.
        size: how much of that a value takes, given its key; one, unless said otherwise.
    """

    def __init__(
        self, most: int, size: Callable[[Hashable, Value], int] = lambda _key, _value: 1
    ) -> None:
        self.most, self.used = most, 0
        self._size = size
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._making: dict[Hashable, PendingValue[Value]] = {}

    def get(self, key: Hashable) -> Value | None:
        """Return a value that is kept, which makes it the last to be thrown away."""
        with _lock:
            return self._get(key)

    def get_or_make(
        self,
        key: Hashable,
        make: Callable[[], Value],
        is_good: Callable[[Value], bool] = lambda _value: True,
    ) -> Value:
        """Return what is kept under a key, made if it is not.

        A value that is no longer good is given away for as long as somebody makes the next.
        """
        with _lock:
            kept = self._get(key)
            if kept is not None and (is_good(kept) or key in self._making):
                return kept
            making, is_mine = self._join(key)
        return self._make(key, making, make) if is_mine else self._await(making, make)

    def make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Make a value and keep it; whoever asks for it meanwhile waits and gets the same.

        An error reaches them too. What was dropped while it was made is not kept: it may be old.
        """
        with _lock:
            making, is_mine = self._join(key)
        return self._make(key, making, make) if is_mine else self._await(making, make)

    def drop(self, which: Callable[[Value], bool]) -> None:
        """Throw some values away, and all that is being made just now."""
        with _lock:
            for key in [key for key, (value, _size) in self._values.items() if which(value)]:
                self._take(key)
            for making in self._making.values():
                making.is_old = True
            self._making.clear()

    def clear(self) -> None:
        """Throw everything away."""
        self.drop(lambda _value: True)

    def _get(self, key: Hashable) -> Value | None:
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key][0]

    def _join(self, key: Hashable) -> tuple[PendingValue[Value], bool]:
        """Begin to make a value (True), or to wait for another thread that does (False)."""
        other = self._making.get(key)
        if other is not None and not _leads_to_me(other):
            _waiting[get_ident()] = other
            return other, False
        mine = self._making[key] = PendingValue[Value]()
        return mine, True

    def _await(self, other: PendingValue[Value], make: Callable[[], Value]) -> Value:
        try:
            other.is_over.wait(PATIENCE)
        finally:
            with _lock:
                del _waiting[get_ident()]
        if other.error is not None:
            raise other.error
        # Without a value its maker was stopped, or takes too long.
        return other.values[0] if other.values else make()

    def _make(self, key: Hashable, mine: PendingValue[Value], make: Callable[[], Value]) -> Value:
        size = 0
        try:
            value = make()
            size = self._size(key, value)
            mine.values.append(value)
        except Exception as error:
            mine.error = error
            raise
        finally:
            with _lock:
                if mine.values and not mine.is_old and size <= self.most:
                    self._put(key, value, size)
                if self._making.get(key) is mine:
                    del self._making[key]
            mine.is_over.set()
        return value

    def _put(self, key: Hashable, value: Value, size: int) -> None:
        if key in self._values:
            self._take(key)
        self._values[key] = (value, size)
        self.used += size
        while self.used > self.most:
            self._take(next(iter(self._values)))

    def _take(self, key: Hashable) -> None:
        self.used -= self._values.pop(key)[1]


def _leads_to_me(making: PendingValue[Value]) -> bool:
    """Say whether a value waits, through any others, for what this very thread makes."""
    at: PendingValue[Any] | None = making
    while at is not None and at.maker != get_ident():
        at = _waiting.get(at.maker)
    return at is not None
