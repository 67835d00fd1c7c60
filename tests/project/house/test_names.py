"""The names of the house: what they may not be, since they do not say what they name."""

import ast
from collections.abc import Iterator

import pytest

from tests.project.house import sources
from tests.project.house.breaking import APPS

# Anything is one of something, was found, told or held: a reader wants to know what it is.
NO_NOUNS = {"one", "found", "told", "held"}


def named(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the name and the line of every variable and parameter that code gives a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.ExceptHandler | ast.FunctionDef | ast.ClassDef) and node.name:
            yield node.name, node.lineno


def without_noun(tree: ast.AST) -> list[tuple[str, int]]:
    return [(name, line) for name, line in named(tree) if name.strip("_").lower() in NO_NOUNS]


def test_what_is_named_is_named_as_what_it_is():
    places = [
        f"{path}:{line} {name}"
        for path in sources.modules(*APPS, "examples", "benchmarks", "tests")
        if "migrations" not in path.parts
        for name, line in without_noun(sources.tree(path))
    ]
    assert places == []


@pytest.mark.parametrize(
    "code",
    [
        "one = 1",
        "for found in rows: pass",
        "[told for told in rows]",
        "def act(held): pass",
        "def act(*, one=None): pass",
        "lambda found: 1",
        "with lock as held: pass",
        "def told(): pass",
        "for _one in rows: pass",
        "[(one := row) for row in rows]",
    ],
)
def test_a_name_without_a_noun_is_noticed_wherever_it_is_given(code):
    assert without_noun(ast.parse(code))
    assert not without_noun(ast.parse("requirement = rows[0].one(told=1)"))
