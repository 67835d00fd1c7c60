"""A selection of several packages: chosen anywhere, told of everywhere, and what does not fit."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from requirements_pkg.choosing.selection import MOST_GROUPS
from requirements_pkg.published import page_cache
from tests.addresses import public_pages
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.public.test_selection_page import text_of
from tests.requirements_pkg.tenders import content

IT, FOOD = "it-teknisk-plattform", "livsmedel"
FOOD_HEAD = {"slug": FOOD, "title": "Livsmedel", "introduction": ""}
BOTH = (
    f"paket={IT}&version=1&krav=SV-04&f.SV-04.antal-veckor=6"
    f"&paket={FOOD}&version=1&krav=LM-01&krav=SV-04"
)


def food(*more: dict) -> dict:
    """A package of another category: one of its codes stands in the other package too."""
    own = (
        a_requirement("LM-01", title="Märkt fisk"),
        a_requirement("SV-04", title="Spårbar kaffe") | {"uid": "kaffe"},
    )
    return a_content(*own, *more, package=FOOD_HEAD)


@pytest.fixture
def stored(store_content):
    store_content(food())
    return store_content(content())


def links_of(page: str) -> list[str]:
    return [unescape(address) for address in re.findall(r'<a [^>]*?href="([^"]*)"', page)]


def test_each_package_stands_by_itself_with_its_own_fields(client, stored):
    response = client.get(f"/urval/?{BOTH}")
    text, page = text_of(response), response.content.decode()
    assert response.status_code == 200
    assert text.index("IT-teknisk plattform Version 1") < text.index("Livsmedel Version 1")
    assert "inom 6 veckor" in text
    assert "inom 4 veckor" in text
    assert "3 krav." in text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"krav-SV-04", "p2-krav-SV-04", "f-SV-04-antal-veckor"} <= set(ids)


def test_its_form_says_the_selection_in_the_order_of_its_fields(client, stored):
    page = client.get(f"/urval/?{BOTH}").content.decode()
    form = page.split('<form class="split selection"')[1].split("</form>")[0]
    fields = re.findall(r'name="(paket|version|krav|f\.[^"]*)"\s+value="([^"]*)"', form)
    sent = client.post("/urval/", urlencode(fields), "application/x-www-form-urlencoded")
    assert sent["Location"] == f"/urval/?{BOTH}"


def test_another_spelling_leads_to_the_one_it_has(client, stored):
    query = f"paket={IT}&krav=sv-04&f.SV-04.antal-veckor=6&paket={FOOD}&krav=SV-04&krav=LM-01&x=1"
    assert client.get(f"/urval/?{query}")["Location"] == f"/urval/?{BOTH}"


def test_a_whole_package_is_taken_away_by_its_button(client, stored):
    response = client.get(f"/urval/?{BOTH}&ta-bort=*")
    assert response["Location"] == f"/urval/?{BOTH.partition('&paket=livsmedel')[0]}"
    page = " ".join(client.get(f"/urval/?{BOTH}").content.decode().split())
    assert page.count('name="ta-bort" value="*"') == 2


def test_what_is_not_published_is_told_and_the_rest_stays(client, stored):
    response = client.get(f"/urval/?paket=finns-inte&krav=AA-01&{BOTH}")
    assert "Det finns inget kravpaket med adressen finns-inte." in text_of(response)
    assert "Märkt fisk" in text_of(response)
    assert f"?{BOTH}" in links_of(response.content.decode())
    other = client.get(f"/urval/?{BOTH}&paket={IT}&version=9&krav=SV-04")
    assert f"Kravpaketet {IT} har ingen version 9." in text_of(other)
    # A file would leave it out without a word.
    assert 'formaction="/urval/ladda-ner' not in other.content.decode()


def test_nothing_that_is_published_is_not_found(client, stored):
    query = "paket=finns-inte&krav=AA-01&paket=%2F..&krav=BB-01"
    assert client.get(f"/urval/?{query}").status_code == 404
    assert client.get(f"/urval/ladda-ner/csv?{query}").status_code == 404


def test_two_versions_of_a_package_are_told(client, stored, store_content):
    store_content(content(region_name="Skåne"))
    query = f"paket={IT}&version=1&krav=SV-04&paket={IT}&version=2&krav=KK-01"
    response = client.get(f"/urval/?{query}")
    assert "Två versioner av IT-teknisk plattform finns i urvalet." in text_of(response)
    links = links_of(response.content.decode())
    assert f"?paket={IT}&version=2&krav=KK-01" in links
    assert f"?paket={IT}&version=1&krav=SV-04" in links
    # To update the older one makes them one.
    assert f"?paket={IT}&version=2&krav=SV-04&krav=KK-01" in links


def test_a_requirement_that_two_packages_share_is_told_as_chosen_twice(
    client, stored, store_content
):
    shared = next(row for row in content().requirements if row.code == "KK-01")
    store_content(food(a_requirement("KK-01") | {"uid": shared.uid}))
    query = f"paket={IT}&version=1&krav=KK-01&paket={FOOD}&version=2&krav=KK-01"
    response = client.get(f"/urval/?{query}")
    assert "är valt två gånger." in text_of(response)
    assert f"?paket={IT}&version=1&krav=KK-01" in links_of(response.content.decode())
    assert "är valt två gånger" not in text_of(client.get(f"/urval/?{BOTH}"))


@pytest.fixture
def with_module(store_content):
    """A package with a shared module of three terms, one of them a sharper one of another."""
    module = {"slug": "villkor", "title": "Villkor", "version": 1}
    of_it = {"module": {"slug": "villkor", "version": 1}}
    basic = a_requirement("TA-01", title="Aktsamhet") | of_it
    sharp = a_requirement("TA-02", title="Mer aktsamhet", replaces=basic["uid"]) | of_it
    code = a_requirement("UK-01", title="Uppförandekod") | of_it
    proof = a_requirement("ML-01", kind="qualification") | of_it
    own = a_requirement("SE-01", kind="specification")
    return store_content(a_content(own, basic, sharp, code, proof, modules=[module]))


@pytest.mark.parametrize(
    ("codes", "missing"),
    [
        (["SE-01"], ["TA-01 Aktsamhet", "UK-01 Uppförandekod"]),
        (["SE-01", "UK-01"], ["TA-01 Aktsamhet"]),
        # The sharper one stands in the place of the other.
        (["SE-01", "TA-02", "UK-01"], []),
        (["SE-01", "TA-01", "UK-01"], []),
    ],
)
def test_the_terms_of_a_shared_module_are_asked_for(client, with_module, codes, missing):
    query = urlencode([("paket", IT), ("version", 1), *(("krav", code) for code in codes)])
    response = client.get(f"/urval/?{query}")
    text, terms = text_of(response), ("TA-01 Aktsamhet", "TA-02 Mer", "UK-01 Uppförandekod")
    notice = text.partition("i den gemensamma modulen Villkor")[2].partition("Villkoren hör ihop")[
        0
    ]
    assert [term for term in terms if term in notice] == missing
    added = [*codes, *(term[:5] for term in missing)]
    if missing:
        way = urlencode([("paket", IT), ("version", 1), *(("krav", code) for code in added)])
        assert f"?{way}" in links_of(response.content.decode())


def test_more_packages_than_a_selection_takes_are_refused(client, stored):
    query = "&".join(f"paket=p{number}&krav=AA-01" for number in range(MOST_GROUPS + 1))
    response = client.get(f"/urval/?{query}")
    assert response.status_code == 400
    assert f"ur högst {MOST_GROUPS} kravpaket" in text_of(response)


def test_every_public_page_tells_of_what_it_carries(client, stored):
    for address in public_pages(stored):
        if address.startswith("/urval/?"):
            continue
        mark = "&" if "?" in address else "?"
        page = client.get(f"{address}{mark}{BOTH}").content.decode()
        assert re.search(r"data-selection-count>3</strong>", page.partition("<main")[0]), address
        assert f"/urval/?{BOTH}" in links_of(page), address
        # And leads to no page without it.
        bare = [
            link
            for link in links_of(page)
            if re.match(r"/(kravpaket/|sok/|$)", link)
            and not re.search(r"ladda-ner|flode|krav=", link)
        ]
        assert bare == [], address


def test_pages_are_kept_for_those_who_choose_nothing(client, stored, monkeypatch):
    keys = []
    monkeypatch.setattr(page_cache, "page", lambda key, make: keys.append(key) or kept(key, make))
    for address in ("/", "/kravpaket/", "/om/", f"/kravpaket/{IT}/jamfor/"):
        keys.clear()
        plain = client.get(address)
        client.get(f"{address}?{BOTH}")
        assert len(set(keys)) == 1, address
        assert b'<li class="selection-count"' not in plain.content
        assert client.get(address).content == plain.content


kept = page_cache.page


def test_more_is_chosen_in_another_package_and_nothing_is_lost(client, stored):
    query = f"paket={IT}&version=1&krav=SV-04&f.SV-04.antal-veckor=6&namn=Kommunen"
    page = client.get(f"/kravpaket/{FOOD}/krav/?{query}").content.decode()
    form = page.split('<form id="val"')[1].split("</form>")[0]
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    ticked = [("krav", "LM-01"), *hidden]
    led = client.get(f"/kravpaket/{FOOD}/v1/valj/?{urlencode(ticked)}")
    assert led["Location"] == (
        f"/urval/?paket={FOOD}&version=1&krav=LM-01"
        f"&paket={IT}&version=1&krav=SV-04&f.SV-04.antal-veckor=6&namn=Kommunen"
    )


@pytest.mark.parametrize("version", ["", "v1/"])
def test_a_requirement_is_added_from_its_page(client, stored, version):
    page = f"/kravpaket/{FOOD}/{version}krav/LM-01/"
    query = f"paket={IT}&version=1&krav=SV-04"
    html = client.get(f"{page}?{query}").content.decode()
    form = html.split('action="/kravpaket/livsmedel/v1/valj/"')[1].split("</form>")[0]
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
    led = client.get(f"/kravpaket/{FOOD}/v1/valj/?{urlencode(fields)}")
    assert led["Location"] == f"/urval/?paket={FOOD}&version=1&krav=LM-01&{query}"


def test_a_requirement_is_added_from_a_search_and_from_a_comparison(client, stored, store_content):
    store_content(food(a_requirement("LM-02", title="Rättvis banan")))
    query = f"paket={IT}&version=1&krav=SV-04"
    for address in (f"/sok/?q=banan&{query}", f"/kravpaket/{FOOD}/jamfor/?fran=1&till=2&{query}"):
        links = links_of(client.get(address).content.decode())
        (pick,) = {link for link in links if link.startswith(f"/kravpaket/{FOOD}/v2/valj/")}
        expected = f"/urval/?paket={FOOD}&version=2&krav=LM-02&{query}"
        assert client.get(pick)["Location"] == expected


def test_the_list_of_packages_takes_a_form_and_leads_to_an_address(client, stored):
    fields = urlencode([("namn", "X"), ("paket", IT), ("version", "1"), ("krav", "SV-04")])
    sent = client.post("/kravpaket/", fields, "application/x-www-form-urlencoded")
    assert sent["Location"] == f"/kravpaket/?paket={IT}&version=1&krav=SV-04&namn=X"


def test_a_form_of_another_kind_is_read_as_of_one_package(client, stored):
    """As programs send it, whose names stand in no order."""
    sent = client.post("/urval/", {"paket": IT, "version": "1", "krav": ["SV-04", "KK-01"]})
    assert sent["Location"] == f"/urval/?paket={IT}&version=1&krav=SV-04&krav=KK-01"


def test_a_selection_costs_as_many_queries_for_many_requirements(
    client, store_content, django_assert_max_num_queries
):
    codes = [f"SE-{number}" for number in range(60)]
    for slug in (IT, FOOD):
        head = {"slug": slug, "title": slug, "introduction": ""}
        store_content(a_content(*map(a_requirement, codes), package=head))
    for picked in (codes[:1], codes):
        ticked = [("krav", code) for code in picked]
        query = urlencode(
            [("paket", IT), ("version", 1), *ticked, ("paket", FOOD), ("version", 1), *ticked]
        )
        page_cache.forget()
        with django_assert_max_num_queries(5):
            assert client.get(f"/urval/?{query}").status_code == 200


def test_the_files_are_those_of_the_form_and_of_an_address(client, stored):
    page = client.get(f"/urval/?{BOTH}").content.decode()
    assert 'formaction="/urval/ladda-ner/docx"' in page
    by_address = client.get(f"/urval/ladda-ner/json?{BOTH}")
    fields = f"mall=&namn=&{BOTH}&f.LM-01.antal-veckor=4"
    sent = client.post("/urval/ladda-ner/json", fields, "application/x-www-form-urlencoded")
    assert sent.content == by_address.content


def test_a_selection_is_still_there_after_feedback_on_a_requirement(client, stored):
    address = f"/kravpaket/{FOOD}/krav/LM-01/synpunkt/?{BOTH}"
    page = client.get(address).content.decode()
    assert "data-selection-count>3</strong>" in page
    assert f"/kravpaket/{FOOD}/krav/LM-01/?{BOTH}" in links_of(page)
    # Who falls into the trap for programs is answered as everybody.
    sent = client.post(address, {"website": "https://exempel.se/"})
    assert sent["Location"].endswith(f"/synpunkt/?tack=1&{BOTH}")
    assert client.get(f"{address}&tack=1").status_code == 200
