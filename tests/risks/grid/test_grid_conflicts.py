"""Two people in one cell: the rest is saved, and both texts are there to choose from."""

import re

import pytest

from tests.actionplan.merging.test_merge_forms import Browser
from tests.factories import fill_cell
from tests.risks.grid.test_grid import area, cell_of, grid, sent, texts

__all__ = ["area", "grid"]
NAME = "cell-{}-risks"


@pytest.fixture
def cell(area):
    return fill_cell(area, "other", "environment", risks=["Buller.", "Damm.", "Lukt."])


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


@pytest.fixture
def refused(area, grid, cell, client, superuser):
    """Two people in one cell; the second wrote in another one too."""
    mine = "Buller.\r\nLukt.\r\nMin rad."
    other = cell_of(area, "use")
    form = sent(area, **{f"risks_{cell.pk}": mine, f"risks_{other.pk}": "En annan cell."})
    theirs = sent(area, **{f"risks_{cell.pk}": "Buller.\r\nDamm.\r\nLukt.\r\nDeras rad."})
    client.force_login(superuser)
    client.post(grid, theirs)
    client.force_login(type(superuser).objects.get(username="coordinator"))
    return client.post(grid, form)


def again(client, grid, refused, cell, choice: str) -> list[str]:
    """Choose, send what the page holds, and tell what the cell says then."""
    fields = Browser(refused.content.decode()).sent | {f"cell-{cell.pk}-risks-choice": [choice]}
    assert client.post(grid, fields).status_code == 302
    return texts(cell)


def test_a_conflict_in_one_cell_saves_the_others(area, refused, cell):
    page = refused.content.decode()
    assert texts(cell_of(area, "use")) == ["En annan cell."]
    assert texts(cell) == ["Buller.", "Damm.", "Lukt.", "Deras rad."]
    assert "Sparat: 1 ruta." in page
    assert "Resten är sparat." in page
    assert page.count("has-errors") == 1


def test_both_texts_are_shown_and_who_wrote_the_other_one(refused):
    page = re.sub(r"\s+", " ", refused.content.decode())
    assert "superuser ändrade det här den" in page
    assert "Deras rad." in page
    assert "Min rad." in page


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("mine", ["Buller.", "Lukt.", "Min rad."]),
        ("theirs", ["Buller.", "Damm.", "Lukt.", "Deras rad."]),
        ("both", ["Buller.", "Lukt.", "Deras rad.", "Min rad."]),
    ],
)
def test_one_of_them_or_both_are_kept(client, grid, refused, cell, choice, kept):
    assert again(client, grid, refused, cell, choice) == kept


def test_loading_the_answer_again_overwrites_nothing(area, client, grid, refused, cell):
    fields = Browser(refused.content.decode()).sent
    use = cell_of(area, "use")
    client.post(grid, fields | {f"cell-{use.pk}-risks": ["Senare ord."]})
    assert texts(use) == ["Senare ord."]


def test_without_a_script_the_page_opens_where_something_was_written(area, client, grid, cell):
    response = client.post(grid, sent(area, **{f"risks_{cell.pk}": "Buller."}))
    assert response["Location"] == f"{grid}#cell-{cell.pk}"
