"""What lies in the repository, and what must not."""

import re
from pathlib import Path

import django
import import_export
import pytest

from tests.project.house import sources
from tests.project.house.sources import ROOT

# One folder for each app and for each purpose; what git and Docker read; the lock files.
TOP_LEVEL = {
    *("manage.py", "pyproject.toml", "docker-compose.yml", "Dockerfile", "Makefile"),
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", ".env.example"),
    *("actionplan", "risks", "requirements_pkg", "followup", "templates", "static", "tests"),
    *(".ci", "docs", "locale", "benchmarks", "examples", "deploy"),
    *("requirements.txt", "requirements-test.txt", "requirements-lint.txt"),
    "requirements-newest.txt",
    *(".gitignore", ".dockerignore", ".gitattributes", ".git-blame-ignore-revs"),
    *(".editorconfig", ".pre-commit-config.yaml"),
}
# In pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("anaconda", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("golang", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
    )
]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
# The names under which Django and its packages ask for templates of ours.
WANTED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def test_the_top_level_holds_what_the_design_names():
    assert {path.parts[0] for path in sources.tracked()} <= TOP_LEVEL


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_holds_the_address_of_a_package_registry(host):
    paths = [path for path in sources.tracked() if host.encode() in (ROOT / path).read_bytes()]
    assert paths == []


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.txt")), ids=lambda f: f.name)
def test_a_lock_file_pins_and_hashes_and_names_no_index(file: Path):
    text = file.read_text()
    assert "://" not in text
    assert not re.search(r"^--?(i|f|index-url|extra-index-url|find-links)\b", text, re.M)
    pins = re.findall(r"^[a-z0-9].*?(?=\n[a-z0-9]|\Z)", text, re.M | re.S | re.I)
    # Django's newest version is the one line that differs from the rest.
    assert len(pins) == 1 if file.name == "requirements-newest.txt" else len(pins) > 10
    assert [pin.split()[0] for pin in pins if "==" not in pin or "sha256:" not in pin] == []


def undocumented(pyproject: str) -> list[str]:
    """Dependencies without a comment; two that belong together share one at most."""
    dependencies, left = [], 0
    for line in pyproject.split("[tool.")[0].splitlines():
        if line.strip().startswith("#"):
            left = 2
        elif re.match(r"""\s+["'][A-Za-z]""", line):
            left -= 1
            if left < 0:
                dependencies.append(line.strip())
        else:
            left = 0
    return dependencies


def test_every_dependency_says_what_it_is_for():
    assert undocumented((ROOT / "pyproject.toml").read_text()) == []


def test_a_dependency_without_a_word_would_be_noticed():
    three = 'dependencies = [\n    # Why.\n    "a>=1",\n    "b",\n    "c",\n]'
    assert undocumented(three) == ['"c",']
    assert undocumented('test = [\n    "a>=1",\n]') == ['"a>=1",']


DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_documents_exist_and_say_something(name):
    assert len((ROOT / name).read_text()) > 200


def test_every_link_between_documents_leads_somewhere():
    pages = [path for path in sources.tracked() if path.suffix == ".md"]
    links = [(page, link) for page in pages for link in LINK.findall(sources.text(page))]
    assert links
    assert [pair for pair in links if not (ROOT / pair[0].parent / pair[1]).exists()] == []


def test_every_document_is_linked_from_another():
    pages = {path for path in sources.tracked() if path.parts[0] == "docs"}
    linked = {
        (ROOT / page.parent / link).resolve()
        for page in sources.tracked()
        if page.suffix == ".md"
        for link in LINK.findall(sources.text(page))
    }
    assert [str(page) for page in pages if (ROOT / page).resolve() not in linked] == []


def templates() -> set[str]:
    return {
        str(path.relative_to("templates"))
        for path in sources.tracked()
        if path.parts[0] == "templates"
    }


def unused(names: set[str]) -> set[str]:
    """Templates that neither code nor another template names, and no package asks for."""
    code = {path: sources.strings(path) for path in sources.app_modules()}
    html = [sources.text(Path("templates", name)) for name in templates()]
    # "requirements_pkg/" + page + ".html" in an app means a page of that folder by its stem.
    built = {
        text
        for path, strings in code.items()
        if f"{path.parts[0]}/" in strings and ".html" in strings
        for text in (f"{path.parts[0]}/{stem}.html" for stem in strings)
    }
    named = set().union(*code.values()) | built | WANTED_BY_DJANGO
    return {
        name
        for name in names
        if name not in named
        and not any(f'"{name}"' in text for text in html)
        and not overrides_a_package(name)
    }


def overrides_a_package(name: str) -> bool:
    """Whether an installed package has a template of this name, which ours then replaces."""
    return any(
        list(Path(package.__file__).parent.glob(f"**/templates/{name}"))
        for package in (django, import_export)
    )


def test_every_template_is_used():
    assert unused(templates()) == set()


def test_an_unused_template_would_be_noticed():
    unknown = {"requirements_pkg/finns_inte.html", "includes/_finns_inte.html"}
    assert unused(unknown | {"base.html"}) == unknown
