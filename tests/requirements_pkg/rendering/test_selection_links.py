"""What a buyer chose goes along in every link and form of a page that leads to another page."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from requirements_pkg.choosing.selection import parse
from requirements_pkg.rendering.selection_links import HEAD, with_selection

PAIRS = [("paket", "it"), ("version", "2"), ("krav", "SE-01"), ("f.SE-01.a", 'x&"<b>')]
SELECTION = parse(PAIRS)


def taken(html: str) -> str:
    return with_selection(html, SELECTION, "/om/")


def address_in(html: str) -> str:
    return unescape(re.search(r'href="([^"]*)"', html)[1])


@pytest.mark.parametrize(
    ("address", "path", "fragment"),
    [
        ("/", "/", ""),
        ("/kravpaket/mat/", "/kravpaket/mat/", ""),
        ("/kravpaket/mat/v1/krav/SE-01/#motiv", "/kravpaket/mat/v1/krav/SE-01/", "motiv"),
        ("/sok/?q=el&amp;sida=2", "/sok/", ""),
        ("/uppfoljning/", "/uppfoljning/", ""),
        ("/remiss/it-1/forslag/", "/remiss/it-1/forslag/", ""),
        ("?sprak=en", "", ""),
        ("/kravpaket/mat/v1/valj/?krav=MA-01", "/kravpaket/mat/v1/valj/", ""),
    ],
)
def test_a_link_to_a_page_takes_the_selection_along(address, path, fragment):
    to = urlsplit(address_in(taken(f'<a class="x"\n href="{address}">Dit</a>')))
    assert (to.path, to.fragment) == (path, fragment)
    # What stood in it comes first: what is added there is of its own package.
    before = parse_qsl(urlsplit(unescape(address)).query)
    assert parse_qsl(to.query) == [*before, *PAIRS]


@pytest.mark.parametrize(
    "address",
    [
        "#krav",
        "",
        "/kravpaket/mat/v1/ladda-ner/docx",
        "/kravpaket/mat/flode/",
        "/prenumerera/",
        "/remiss/svar/hemlig/",
        "/admin/",
        "/static/x.css",
        "https://exempel.se/kravpaket/",
        "//exempel.se/kravpaket/",
        "mailto:a@exempel.se",
        # Says itself what is chosen.
        "/kravpaket/it/krav/?krav=SE-02",
        "/urval/?paket=mat&amp;version=1&amp;krav=MA-01",
        "?paket=mat",
    ],
)
def test_any_other_link_stays(address):
    html = f'<a href="{address}">Dit</a><link href="/kravpaket/">'
    assert taken(html) == html


def test_the_filter_of_a_search_is_no_selection():
    assert "krav=SE-01" in address_in(taken('<a href="/sok/?kravpaket=it&amp;q=el">Dit</a>'))


@pytest.mark.parametrize("tag", ['<form action="/sok/">', '<form method="get">', "<form>"])
def test_a_form_that_asks_for_a_page_takes_it_along(tag):
    html = taken(f'{tag}<input name="q"></form>')
    assert 'name="krav" value="SE-01"' in html
    assert 'value="x&amp;&quot;&lt;b&gt;"' in html


@pytest.mark.parametrize(
    "form",
    [
        '<form method="post" action="/urval/"></form>',
        '<form action="/admin/"></form>',
        '<form><input type="checkbox" name="krav" value="SE-02"></form>',
        '<form><input type="hidden" name="paket" value="it"></form>',
    ],
)
def test_any_other_form_stays(form):
    assert taken(form) == form


def test_the_head_counts_what_is_chosen_of_all_packages():
    several = parse([*PAIRS, ("paket", "mat"), ("krav", "MA-01"), ("krav", "MA-02")])
    html = with_selection(f"<ul>{HEAD}</ul>", several, "/om/")
    assert HEAD not in html
    assert ">3</strong>" in html
    assert "aria-current" not in html
    assert 'aria-current="page"' in with_selection(HEAD, several, "/urval/")


def test_of_one_that_no_address_has_room_for_what_is_ticked_goes_along():
    long = parse([*PAIRS, *((f"f.SE-01.b{number}", "x" * 400) for number in range(30))])
    to = address_in(with_selection('<a href="/om/">Om</a>', long, "/"))
    assert parse_qsl(urlsplit(to).query) == PAIRS[:3]
