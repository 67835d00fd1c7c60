"""What documents and comments name is in the repository, where a reader can open it."""

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.project.house import sources
from tests.project.house.sources import ROOT
from tests.project.house.test_house import DRAWERS

# A file by its name, with or without folders.
NAMED = re.compile(r"(?<![\w./*{-])[\w.-]+(?:/[\w.-]+)*\.(?:py|md|css|html|typ|conf)\b(?![\w/*])")
# A chapter of a document, or a source by its number in somebody's list.
CITED = re.compile(r"\.md,? (?:section )?\d|\[S\d+\]|\bS\d\d\b|\b[Ss]ections? \d")
# A test by its file; without one, of the file named before it.
TEST = re.compile(r"`(tests/[\w/]+\.py)?::(test_\w+)`")
# What says that a requirement is met, by what, or that it is not.
EVIDENCE = re.compile(r"::test_|\*\*[Mm]issing|does not apply|Django|`[\w/.-]+`|\]\(")
COMMENT = re.compile(
    r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}|<!--.*?-->|/\*.*?\*/", re.S
)
# Files of Django's own, which a template or a style of ours takes the place of.
OF_DJANGO = {"forms.css", "base.html", "change_form.html", "change_list.html", "base.css"}


def comments_of_python(path: Path) -> Iterator[str]:
    """The comments and the docstrings of a module."""
    with (ROOT / path).open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


@cache
def prose() -> dict[Path, str]:
    """What is written for readers: documents, and comments in code, templates and styles."""
    texts = {}
    for path in sources.tracked():
        if path.suffix == ".md" and path.name != "CHANGELOG.md":
            texts[path] = sources.text(path)
        elif path.suffix == ".py":
            texts[path] = "\n".join(comments_of_python(path))
        elif path.suffix in (".html", ".css", ".js", ".txt") and path.parts[0] in (
            "templates",
            "static",
        ):
            texts[path] = "\n".join(COMMENT.findall(sources.text(path)))
    return texts


def is_here(name: str) -> bool:
    """Whether a tracked file ends with this path, or a package has one that ours replaces."""
    parts = Path(name).parts
    if parts[-1] in OF_DJANGO or parts[-1].removesuffix(".py") in DRAWERS:
        return True
    return any(path.parts[-len(parts) :] == parts for path in sources.tracked())


def dangling(text: str) -> list[str]:
    return [name for name in NAMED.findall(text) if not is_here(name)]


def missing_tests(text: str) -> list[str]:
    """The tests that a text names and no file has."""
    file, removed = "", []
    for path, name in TEST.findall(text):
        file = path or file
        known = file and (ROOT / file).is_file() and f"def {name}(" in sources.text(Path(file))
        removed += [] if known else [f"{file}::{name}"]
    return removed


def test_every_test_that_is_named_is_here():
    texts = {path: text for path, text in prose().items() if path.suffix == ".md"}
    assert {
        str(path): names for path, text in texts.items() if (names := missing_tests(text))
    } == {}
    assert len(TEST.findall(texts[Path("docs/security.md")])) > 100


def test_a_test_that_is_gone_would_be_noticed():
    here = "tests/project/house/test_documents.py"
    assert missing_tests(f"`{here}::test_all_kinds_of_prose_are_read`, `::test_gone`") == [
        f"{here}::test_gone"
    ]
    assert missing_tests("`tests/gone.py::test_gone`") == ["tests/gone.py::test_gone"]


def test_each_requirement_of_security_has_its_evidence_or_says_what_is_missing():
    text = prose()[Path("docs/security.md")]
    rows = [line for line in text.splitlines() if re.match(r"\| (?!-|Threat|Requirements)", line)]
    assert len(rows) > 100
    assert [row for row in rows if not EVIDENCE.search(row.split("|", 2)[2])] == []


def test_every_file_that_is_named_is_here():
    assert {str(path): names for path, text in prose().items() if (names := dangling(text))} == {}


def test_nothing_cites_what_a_reader_cannot_open():
    cited = {str(path): CITED.findall(text) for path, text in prose().items()}
    assert {path: names for path, names in cited.items() if names} == {}


def test_all_kinds_of_prose_are_read():
    assert {path.suffix for path, text in prose().items() if text} >= {".md", ".py", ".css"}
    assert "manage.py" in NAMED.findall(prose()[Path("README.md")])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("see `gone.py`.", ["gone.py"]),
        ("as docs/gone.md says", ["docs/gone.md"]),
        ("(risks/env.py) knows", ["risks/env.py"]),
        ("`actionplan/env.py` and `env.py`, [here](docs/model.md)", []),
    ],
)
def test_a_file_that_is_gone_would_be_noticed(text, names):
    assert dangling(text) == names


@pytest.mark.parametrize("text", ["model.md 4.2", "model.md section 7", "as [S79] says", "S81"])
def test_a_citation_would_be_noticed(text):
    assert CITED.search(text)
