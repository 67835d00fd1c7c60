"""The files of the repository, as the tests of the house read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from tests.project.house.breaking import APPS

ROOT = Path(settings.BASE_DIR)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks or would, relative to the root."""
    # The owner of a checkout in a container is seldom who runs the tests.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
    done = subprocess.run(
        [*command, "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    names = sorted(set(filter(None, done.stdout.split("\0"))))
    return tuple(Path(name) for name in names if (ROOT / name).is_file())


def modules(*folders: str, migrations: bool = False) -> list[Path]:
    """The Python files in some folders."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and path.parts[0] in folders
        and ("migrations" in path.parts) <= migrations
    ]


def app_modules() -> list[Path]:
    """The Python files of the four apps, without migrations."""
    return modules(*APPS)


def text(path: Path) -> str:
    return (ROOT / path).read_text()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names; none for any other node."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def strings(path: Path) -> set[str]:
    """Every string in a Python file, the fixed parts of formatted ones included."""
    return {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
