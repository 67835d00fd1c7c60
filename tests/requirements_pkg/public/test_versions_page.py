"""The versions of a package are listed some at a time, however many there are."""

import re

import pytest

from actionplan.public import sections


@pytest.fixture
def address(version, plan, publish_plan, monkeypatch):
    """The list of five versions, two on each page."""
    monkeypatch.setattr(sections, "PER_PAGE", 2)
    for at in range(2, 6):
        plan.introduction = f"Version {at}."
        plan.save()
        publish_plan(plan, f"Nummer {at}.")
    return f"/kravpaket/{version.package.slug}/versioner/"


def numbers_on_page(client, address: str) -> list[int]:
    page = client.get(address).content.decode()
    return [int(number) for number in re.findall(r'<h3>\s*<a href="[^"]*/v(\d+)/"', page)]


def test_each_version_is_on_one_page_and_the_pages_lead_on(client, address):
    assert numbers_on_page(client, address) == [5, 4]
    assert numbers_on_page(client, f"{address}?sida=2") == [3, 2]
    assert numbers_on_page(client, f"{address}?sida=3") == [1]
    assert "?sida=3" in client.get(f"{address}?sida=2").content.decode()
    assert numbers_on_page(client, f"{address}?sida=99") == [1]


def test_only_the_first_version_has_none_before_it_to_be_compared_with(client, address):
    assert "?till=4" in client.get(address).content.decode()
    assert "?till=1" not in client.get(f"{address}?sida=3").content.decode()


def test_the_version_in_force_is_marked_on_its_page_only(client, address):
    assert "gäller nu" in client.get(address).content.decode()
    assert 'class="badge now"' not in client.get(f"{address}?sida=2").content.decode()
