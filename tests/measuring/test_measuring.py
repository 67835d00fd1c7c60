"""What the tests go through is measured by marks, which say what coverage's own tracer says."""

from types import ModuleType

import pytest
from coverage import Coverage

from tests.measuring import report
from tests.measuring.floor import FLOORS, missed
from tests.measuring.importing import Loader
from tests.measuring.marks import SEEN, Marks

MODULE = '''"""Says something of everything."""
from functools import (
    cache,
)

LONG = {
    "a": 1,
}


class Thing:
    """A thing."""

    name: str
    size = 3

    @property
    @cache
    def half(self):
        return self.size / 2


def choose(number):
    """Choose."""
    if number > 10:
        word = "many"
    elif (
        number > 5
        and number < 8
    ):
        word = "some"
    elif number:
        return "few"
    else:
        word = "none"
    return word


def look(numbers):
    for number in numbers:
        if number == 3:
            break
        if number == 4:
            continue
        number += 1
    else:
        return None
    while number:
        number -= 1
    while True:
        if not number:
            return number
        number = 0


def kind(value):
    match value:
        case 1 | 2:
            word = "small"
        case int() if value > 100:
            word = "large"
        case [first, *_]:
            return first
    match value:
        case "a":
            return "b"
        case str():
            word = value
        case other:
            word = repr(other)
    return word


def tried(fault):
    try:
        if fault:
            raise fault
    except ValueError as error:
        return error
    except (
        KeyError,
        IndexError,
    ):
        with open("/dev/null") as file:
            file.read()
    else:
        return [one for one in range(3) if one]
    finally:
        done = (
            1
        )

    def never():
        return 1

    return done
'''
CALLS = [
    "",
    "Thing.half, choose(11), choose(0)",
    "choose(7), choose(1), look([]), look([1, 2]), kind(1)",
    "look([3]), look([4]), kind(200), kind('a')",
    "look([3]), look([1, 3, 5]), kind([1]), kind('c'), tried(None)",
    "kind(50), tried(ValueError())",
    "kind(2.5), tried(KeyError())",
    "look([4, 3]), kind(1), kind([2]), tried(IndexError()), tried(None)",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "module_of_everything.py"
    path.write_text(MODULE)
    return path


def counted(coverage: Coverage) -> dict:
    """What coverage says of the one file there is, but for when and where."""
    (counts,) = report.counted(coverage)["files"].values()
    return counts


@pytest.mark.parametrize("calls", CALLS)
def test_marks_see_what_the_tracer_sees(file, calls):
    marks = Marks(file.read_bytes(), str(file))
    marked = {SEEN: marks.seen}
    exec(marks.code, marked)  # noqa: S102
    eval(f"[{calls}]", marked)  # noqa: S307

    traced = {}
    tracer = Coverage(data_file=None, branch=True, include=[str(file)], config_file=False)
    tracer.start()
    exec(compile(MODULE, str(file), "exec"), traced)  # noqa: S102
    eval(f"[{calls}]", traced)  # noqa: S307
    tracer.stop()

    reading = Coverage(data_file=None, branch=True, config_file=False)
    assert counted(report.stored({str(file): marks}, [], reading)) == counted(tracer)


def test_a_module_that_nobody_imported_counts_as_missed(file):
    coverage = Coverage(data_file=None, branch=True, config_file=False)
    assert report.shares(report.stored({}, [file], coverage)) == {"lines": 0, "branches": 0}


def test_a_marked_module_keeps_its_docstrings_and_its_lines(file):
    module, marks = ModuleType("module_of_everything"), {}
    Loader(module.__name__, str(file), marks).exec_module(module)
    assert module.choose(0) == "none"
    assert 1 in marks[str(file)].seen
    assert module.__doc__ == "Says something of everything."
    assert (module.choose.__doc__, module.Thing.__doc__) == ("Choose.", "A thing.")
    first = module.choose.__code__.co_firstlineno
    assert MODULE.splitlines()[first - 1] == "def choose(number):"


def test_below_a_floor_a_sentence_says_what_to_look_at():
    floors = {"lines": 95, "branches": 90}
    (sentence,) = missed({"lines": 95.0, "branches": 89.996}, floors)
    assert sentence.startswith("Too few branches are gone through: 89.99 %")


def test_the_floors_have_never_been_lowered():
    assert FLOORS["lines"] >= 95
    assert FLOORS["branches"] >= 90
