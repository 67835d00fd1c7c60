"""The guards that `make mutants` takes away are there, each once, and so are their tests."""

from tests.mutants.guards import GUARDS
from tests.project.house.sources import ROOT

ALL = [guard for some in GUARDS.values() for guard in some]
KINDS = {"rights", "scoping", "approval", "immutability", "secrecy", "limits", "others' work"}
KINDS |= {"log-in", "open forms", "published words", "contracts", "consultations"}


def test_every_kind_of_guard_is_tried():
    assert GUARDS.keys() == KINDS
    assert [kind for kind, some in GUARDS.items() if len(some) < 3] == []


def test_every_guard_stands_once_where_it_is_looked_for():
    counts = {guard.name: (ROOT / guard.file).read_text().count(guard.line) for guard in ALL}
    assert len(counts) == len(ALL)
    assert {name: count for name, count in counts.items() if count != 1} == {}


def test_every_guard_has_tests():
    assert [path for guard in ALL for path in guard.tests if not (ROOT / path).exists()] == []


def test_what_is_left_without_a_guard_is_still_python():
    for guard in ALL:
        source = (ROOT / guard.file).read_text().replace(guard.line, guard.without)
        compile(source, guard.file, "exec")
