"""What editors are told of files holds of them, and the hooks of a commit are `make style`."""

import re
from configparser import ConfigParser
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from tests.project.house import sources
from tests.project.house.sources import ROOT

# What is no text, or is written by a program.
BINARY = {".docx", ".mo", ".png", ".ico"}


def sections() -> dict[str, dict[str, str]]:
    """Return the patterns of .editorconfig with what they say, in their order."""
    parser = ConfigParser()
    parser.read_string("[preamble]\n" + (ROOT / ".editorconfig").read_text())
    return {name: dict(parser[name]) for name in parser.sections()[1:]}


def patterns(section: str) -> list[str]:
    """Return the patterns of a section, with its braces spelt out."""
    if braces := re.search(r"\{(.+)\}", section):
        return [section.replace(braces[0], part) for part in braces[1].split(",")]
    return [section]


def settings_of(path: Path) -> dict[str, str]:
    """Return what an editor is told of a file: the last section that says something holds."""
    settings = {}
    for section, values in sections().items():
        if any(fnmatch(path.name, pattern) for pattern in patterns(section)):
            settings |= values
    return settings


def breaches(text: str, settings: dict[str, str]) -> set[str]:
    """Return the settings that a text does not keep."""
    broken = set()
    if settings["insert_final_newline"] == "true" and text and not text.endswith("\n"):
        broken.add("insert_final_newline")
    if settings["trim_trailing_whitespace"] == "true" and re.search(r"[ \t]$", text, re.M):
        broken.add("trim_trailing_whitespace")
    if settings["indent_style"] == "space" and re.search(r"^ *\t", text, re.M):
        broken.add("indent_style")
    if settings["indent_style"] == "tab" and re.search(r"^ +\S", text, re.M):
        broken.add("indent_style")
    if settings["end_of_line"] == "lf" and "\r" in text:
        broken.add("end_of_line")
    return broken


def test_files_are_as_editors_are_told_to_write_them():
    faults = {
        str(path): broken
        for path in sources.tracked()
        if path.suffix not in BINARY
        if (broken := breaches((ROOT / path).read_bytes().decode(), settings_of(path)))
    }
    assert faults == {}


@pytest.mark.parametrize(
    ("name", "text", "broken"),
    [
        ("a.py", "x = 1\n", set()),
        ("a.py", "x = 1", {"insert_final_newline"}),
        ("a.svg", "<svg/>", set()),
        ("a.md", "Words. \n", {"trim_trailing_whitespace"}),
        ("a.py", "if x:\n\ty\n", {"indent_style"}),
        ("Makefile", "all:\n\ttrue\n", set()),
        ("Makefile", "all:\n    true\n", {"indent_style"}),
        ("a.css", "a {\r\n}\n", {"end_of_line"}),
    ],
)
def test_a_file_that_is_otherwise_would_be_noticed(name, text, broken):
    assert breaches(text, settings_of(Path(name))) == broken


def test_editors_and_ruff_agree_on_the_length_of_lines():
    (length,) = re.findall(r"^line-length = (\d+)$", (ROOT / "pyproject.toml").read_text(), re.M)
    assert settings_of(Path("a.py"))["max_line_length"] == length


def test_the_hooks_before_a_commit_are_those_of_make_style():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert [part["repo"] for part in config["repos"]] == ["local"]
    hooks = [hook for part in config["repos"] for hook in part["hooks"]]
    recipe = re.search(r"^style:.*\n((?:\t.+\n)+)", (ROOT / "Makefile").read_text(), re.M)[1]
    assert [hook["entry"] for hook in hooks] == recipe.replace("\t", "").splitlines()
    # Whole folders are checked, as there: a file may break what another says of it.
    assert {(hook["language"], hook["pass_filenames"]) for hook in hooks} == {("system", False)}
