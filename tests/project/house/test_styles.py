"""The style sheets: the same cascade layers everywhere, and one place for each recipe."""

import re

import pytest
from django.conf import settings

from tests.project.house.sources import ROOT

FOLDER = ROOT / "static/css"
SHEETS = {
    path.relative_to(FOLDER).as_posix(): path.read_text() for path in sorted(FOLDER.rglob("*.css"))
}
LAYERS = "@layer tokens, django, base, layout, components, matrix, print;"
# No language here is written from right to left; the widgets come with the forms; the boxes that
# complete a name stand beside sheets of a library, which has no layer either.
NOT_LINKED = {"rtl.css", "responsive_rtl.css", "widgets.css", "autocomplete.css"}
# What one sheet alone may say, so that a second recipe is seen.
RECIPES = {
    "buttons": (
        r"(\.btn|\bbutton)\b[^{}]*\{[^}]*(background|border-radius|cursor)",
        "buttons.css",
    ),
    "fields": (r"\b(input|select|textarea)\b[^{}]*\{[^}]*border-radius", "forms.css"),
    "tables": (r"border-collapse: collapse", "tables.css"),
    "stacking": (r"display: var\(--stack\b|thead [^{}]*\{[^}]*position: absolute", "tables.css"),
    "hidden text": (r"clip-path: inset\(|clip: rect", "tables.css"),
}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def outermost(sheet: str) -> set[str]:
    """The first words of what stands in no block."""
    text, blocks = COMMENT.sub("", sheet), re.compile(r"\{[^{}]*\}")
    while blocks.search(text):
        text = blocks.sub(";", text)
    return {rule.split()[0] for rule in text.split(";") if rule.strip()}


@pytest.mark.parametrize("name", SHEETS)
def test_every_rule_stands_in_a_layer(name):
    assert outermost(SHEETS[name]) <= {"@layer", "@media"}


def test_a_rule_outside_the_layers_would_be_seen():
    assert outermost("@layer base { a { color: red; } }\nb { color: red; }") == {"@layer", "b"}


def test_the_layers_are_named_in_their_order_once():
    assert [name for name, sheet in SHEETS.items() if LAYERS in sheet] == ["tokens.css"]


def test_every_sheet_of_the_stock_admin_stands_in_the_layer_below_ours():
    """A new one of a later Django would outweigh all of ours."""
    stock = {path.name for path in (settings.STOCK_ADMIN / "css").glob("*.css")} - NOT_LINKED
    ours = {path.name: path.read_text() for path in (ROOT / "static/admin/css").glob("*.css")}
    assert set(ours) == stock
    for name, sheet in ours.items():
        assert f'@import url("../../stock/css/{name}") layer(django);' in sheet


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_stands_in_one_sheet(recipe):
    words, home = RECIPES[recipe]
    assert [name for name, sheet in SHEETS.items() if re.search(words, sheet)] == [home]


def test_the_sheets_of_pages_and_of_the_admin_are_read_too():
    assert {"buttons.css", "admin/cells.css", "pages/package.css"} < SHEETS.keys()


def test_a_second_recipe_would_be_seen():
    second = "button.small { cursor: pointer; } .x input { border-radius: 0; }"
    assert [words for words, home in RECIPES.values() if re.search(words, second)] == [
        RECIPES["buttons"][0],
        RECIPES["fields"][0],
    ]
