"""The names of the house: what they may not be, since they do not say what they name."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.project.house import sources
from tests.project.house.breaking import APPS

# Anything is one of something, was found, told or held: a reader wants to know what it is.
NO_NOUNS = {
    *("one", "found", "told", "held", "said", "asked", "shown", "gone", "chosen"),
    *("offered", "heard", "telling", "naming", "buying", "deed", "deeds", "onward"),
}
# Of a compound, these say something before a noun: `one_moment`, `found_on`.
BEFORE_A_NOUN = {"one", "found"}
# Names in what is stored: a report's JSON, and the column for when somebody asked.
STORED = {"findings_told", "asked_at"}
PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
# `{{ name.reason }}`, `{% if name %}` and the like; `class="name"` in a page, `.name` in a sheet.
TAG = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
# A sentence for translators names its places itself: what stands in them counts.
SENTENCE = re.compile(r"\{% blocktranslate(.*?)%\}.*?\{% endblocktranslate %\}", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
VARIABLE = re.compile(r"(?<![\w:-])[a-z_]\w*")
OF_PAGE = re.compile(r"class=\"([^\"]*)\"")
OF_SHEET = re.compile(r"(?<=\.)[a-z][a-z-]*(?=[^{}]*\{)")


def named(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the name and the line of every variable and parameter that code gives a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.ExceptHandler | ast.FunctionDef | ast.ClassDef) and node.name:
            yield node.name, node.lineno


def is_without_noun(name: str) -> bool:
    """Tell whether a name, or a part of it, is a word that says nothing of what it names."""
    if name in STORED or name.startswith("test_"):
        return False
    parts = [part.lower() for part in PART.findall(name)]
    return not NO_NOUNS.isdisjoint({*parts} - BEFORE_A_NOUN | {*parts[-1:]})


def without_noun(tree: ast.AST) -> list[tuple[str, int]]:
    return [(name, line) for name, line in named(tree) if is_without_noun(name)]


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
        "self.asked = row",
        "class Page: said: str",
        "def said_once(): pass",
        "class ShownCell: pass",
        "for is_told in rows: pass",
        "NOT_ASKED = 1",
        "is_one = True",
    ],
)
def test_a_name_without_a_noun_is_noticed_wherever_it_is_given(code):
    assert without_noun(ast.parse(code))
    assert not without_noun(ast.parse("requirement = rows[0].one(told=1)"))
    assert not without_noun(ast.parse("one_moment = found_on = household = stone"))


def of_template(text: str) -> set[str]:
    """The variables of a template, and the classes that it gives."""
    text = SENTENCE.sub(
        lambda block: "{% " + " ".join(re.findall(r"=(\S+)", block[1])) + " %}", text
    )
    tags = " ".join(QUOTED.sub("", tag) for tag in TAG.findall(text))
    return {*VARIABLE.findall(tags), *" ".join(OF_PAGE.findall(TAG.sub(" ", text))).split()}


def of_sheet(text: str) -> set[str]:
    """The classes that a style sheet has rules for."""
    return set(OF_SHEET.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))


NAMES = {".html": of_template, ".css": of_sheet}


def test_pages_and_style_sheets_name_what_they_have_as_what_it_is():
    places = {
        str(path): words
        for path in sources.tracked()
        if path.suffix in NAMES and path.parts[0] in ("templates", "static")
        if (words := set(filter(is_without_noun, NAMES[path.suffix](sources.text(path)))))
    }
    assert places == {}


def test_files_and_rooms_are_named_as_what_they_have():
    folders = (*APPS, "examples", "benchmarks", "tests", "templates", "static")
    paths = [path for path in sources.tracked() if path.parts[0] in folders]
    names = [path.with_suffix("").parts for path in paths if "migrations" not in path.parts]
    assert len(names) > 1000
    assert [parts for parts in names if any(map(is_without_noun, parts))] == []
    assert is_without_noun("shown_cells")


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".html", "<p>{{ asked.reason }}</p>"),
        (".html", "{% if shown %}"),
        (".html", "{% for said, href in step.links %}"),
        (".html", "{% blocktranslate with who=asked.by %}By {{ who }}.{% endblocktranslate %}"),
        (".html", "{% if kind.is_chosen %}"),
        (".html", '<p class="notice {{ kind }} gone">'),
        (".html", '<p class="row-deeds">'),
        (".css", ".card, .gone summary { color: red; }"),
    ],
)
def test_a_word_that_names_nothing_is_noticed_in_a_page(suffix, text):
    assert any(map(is_without_noun, NAMES[suffix](text)))
    prose = '{% translate "Nothing is chosen." %} <p class="notice">Gone.</p>'
    assert not any(map(is_without_noun, NAMES[suffix](prose)))
