"""Rooms, of an app or of the benchmarks: few modules in each, one door, and no way in a circle."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.project.house import sources
from tests.project.house.breaking import APPS

MOST_MODULES = 12
# What Django and Python want where it is.
NO_ROOMS = {"management", "templatetags"}
BENCHMARKS = "benchmarks"


def name_of(path: Path) -> str:
    """Return the dotted name of a module or a package."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str, packages: frozenset[str]) -> str:
    """Return the folder of a module; what stands in the root of an app is a room of its own."""
    if module in packages:
        return module
    folder = module.rpartition(".")[0]
    return module if folder in APPS else folder


def arrows(paths: list[Path]) -> dict[str, set[str]]:
    """Return for each room the rooms that its modules import."""
    names = {name_of(path): path for path in paths}
    packages = frozenset(name for name, path in names.items() if path.name == "__init__.py")
    imports = defaultdict(set)
    for name, path in names.items():
        for node in ast.walk(sources.tree(path)):
            for imported in sources.imported(node):
                module = imported if imported in names else imported.rpartition(".")[0]
                if module in names and module not in APPS:
                    imports[room_of(name, packages)].add(room_of(module, packages))
    return {room: others - {room} for room, others in imports.items()}


def test_no_room_imports_another_that_imports_it():
    rooms = arrows(sources.app_modules())
    assert len(rooms) > 40
    list(TopologicalSorter(rooms).static_order())


def test_no_room_of_the_benchmarks_imports_another_that_imports_it():
    rooms = arrows(sources.modules(BENCHMARKS))
    assert "benchmarks.sites" in rooms["benchmarks.pages"]
    list(TopologicalSorter(rooms).static_order())


def test_a_circle_would_be_noticed():
    rooms = arrows(sources.app_modules())
    rooms["actionplan.models"].add("followup.admin")
    with pytest.raises(CycleError):
        list(TopologicalSorter(rooms).static_order())


def full_rooms(most: int) -> dict[str, int]:
    """Return the folders that have more modules, templates or style sheets than they may."""
    counts = defaultdict(int)
    page_files = [path for path in sources.tracked() if path.suffix in (".html", ".css", ".js")]
    for path in (*sources.modules(*APPS, "examples", BENCHMARKS, "tests"), *page_files):
        counts[str(path.parent)] += path.name != "__init__.py"
    return {folder: count for folder, count in counts.items() if count > most}


def test_a_room_has_at_most_twelve_modules():
    assert full_rooms(MOST_MODULES) == {}


def test_a_full_room_would_be_noticed():
    assert "actionplan/backoffice" in full_rooms(3)


def test_no_module_stands_beside_a_room_of_its_name():
    paths = sources.modules(*APPS, BENCHMARKS)
    folders = {path.parent for path in paths}
    assert [path for path in paths if path.with_suffix("") in folders] == []


def test_every_room_says_what_it_is_for():
    paths = sources.modules(*APPS, BENCHMARKS)
    doors = [path for path in paths if path.name == "__init__.py"]
    rooms = [path for path in doors if len(path.parts) > 2 and NO_ROOMS.isdisjoint(path.parts)]
    assert len(rooms) > 40
    assert [path for path in rooms if not ast.get_docstring(sources.tree(path))] == []


# Filled by the room in which they stand: rules by their number, what is running, empty constants.
OWN_LISTS = {
    "actionplan/processes/fork_server.py",
    "requirements_pkg/comparing/differences.py",
    "requirements_pkg/document/plan.py",
    "requirements_pkg/drafting/quality_case.py",
    "requirements_pkg/published/bounded_cache.py",
}


def empty_lists() -> set[str]:
    """Return the modules with a list or a table that something else would have to fill."""
    return {
        str(path)
        for path in sources.app_modules()
        for node in sources.tree(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        if ast.unparse(node.value) in ("[]", "{}")
    }


def test_an_app_is_heard_through_extension_points_only():
    assert empty_lists() == OWN_LISTS
    points = [path for path in sources.app_modules() if path.stem == "extension_points"]
    assert [path.parts[0] for path in points] == sorted(APPS)
