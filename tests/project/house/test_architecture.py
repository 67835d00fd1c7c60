"""The map in docs/architecture.md is true: the layers, the contracts, and every room."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.project.house import sources
from tests.project.house.breaking import APPS
from tests.project.house.sources import ROOT

MAP = (ROOT / "docs" / "architecture.md").read_text()
# What Django and Python want where it is.
NO_ROOMS = {"migrations", "management", "templatetags"}


def contracts() -> list[dict]:
    """Return the contracts of import-linter."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return pyproject["tool"]["importlinter"]["contracts"]


def chapter(heading: str, text: str = MAP) -> str:
    """Return what stands below a heading, up to the next one."""
    return re.split(rf"^#+ {heading}$", text, flags=re.M)[1].split("\n#")[0]


def listed_rooms(app: str, text: str = MAP) -> set[str]:
    """Return the rooms that the map names for an app."""
    return set(re.findall(r"^\| `(\w+)/` \|", chapter(app, text), re.M))


def rooms_of(app: str) -> set[str]:
    """Return the folders of an app."""
    folders = {path.parts[1] for path in sources.modules(app) if len(path.parts) > 2}
    return folders - NO_ROOMS


@pytest.mark.parametrize("app", APPS)
def test_the_map_has_every_room_of_an_app(app):
    assert listed_rooms(app) == rooms_of(app)


def test_a_room_that_is_gone_would_be_noticed():
    wrong = MAP.replace("### risks\n", "### risks\n\n| `gone/` | x |\n")
    assert listed_rooms("risks", wrong) - rooms_of("risks") == {"gone"}


def test_the_map_has_the_layers_in_their_order():
    layers = contracts()[0]["layers"]
    assert re.findall(r"[a-z_]+", chapter("One direction").split("\n")[2]) == layers[::-1]


def test_the_map_has_every_module_of_the_document():
    room = Path("requirements_pkg", "document")
    modules = {path.name for path in sources.app_modules() if path.parent == room}
    named = set(re.findall(r"`(\w+\.py)`", chapter("The published document")))
    assert modules - {"__init__.py"} - named == set()
    assert len(modules) > 5


def test_every_class_that_the_map_names_is_there():
    classes = {
        node.name
        for path in sources.app_modules()
        for node in sources.ast.walk(sources.tree(path))
        if isinstance(node, sources.ast.ClassDef)
    }
    named = set(re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`", MAP)) - {"Meta"}
    assert len(named) > 10
    assert named - classes == set()


def test_the_map_can_be_read_at_one_go():
    assert len(MAP.splitlines()) < 150
    assert len(re.findall(r"^\d+\. \*\*", chapter("Where ten typical things stand"), re.M)) == 10


def test_a_path_of_the_map_is_from_the_root_or_of_its_room():
    """A bare name is only told where the room around it is clear."""
    paths = re.findall(r"`((?:\w+/)+\w+\.py)`", MAP)
    assert [path for path in paths if not Path(ROOT, path).is_file()] == []
    assert len(paths) > 20
