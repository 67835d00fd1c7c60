"""The public pages: what they show, what they never show, and what they cost."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import RequestFactory
from django.urls import resolve

from actionplan.models import Contact
from requirements_pkg.actions.publishing import draft_content, package_of
from requirements_pkg.public import package_pages
from requirements_pkg.published import page_cache
from requirements_pkg.rendering.draft_page import draft_preview
from risks.models import Assessment, RiskCell
from tests.addresses import PARTS, parts_of, public_addresses, public_pages
from tests.factories import AreaFactory, PlanFactory, fill_cell
from tests.project.pages.public import SELECTS

MARKER = "Hemlig utkasttext"


class Outline(HTMLParser):
    """Counts the elements of a page and keeps their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def address(version) -> str:
    return f"/kravpaket/{version.package.slug}/"


def text_of(client, address: str, **headers) -> str:
    response = client.get(address, headers=headers or None)
    assert response.status_code == 200, address
    return response.content.decode()


def rename_area(plan, name: str) -> None:
    area = plan.product_areas.get(number=1)
    area.name = name
    area.save()


def test_every_public_page_has_one_heading_a_language_and_landmarks(client, version):
    for address in public_pages(version):
        page = Outline(text_of(client, address))
        assert len(page.all("h1")) == 1, address
        assert page.all("html")[0]["lang"] == "sv", address
        assert len(page.all("main")) == 1, address
        assert page.all("header"), address
        assert page.all("footer"), address


def test_no_public_page_has_an_inline_script_or_style(client, version):
    for address in public_pages(version):
        page = Outline(text_of(client, address))
        sources = [script.get("src") or "" for script in page.all("script")]
        assert all(source.startswith("/static/js/") for source in sources), address
        assert not page.all("style"), address
        assert not [tag for tag, attributes in page.elements if "style" in attributes], address


def test_an_id_stands_once_on_a_page_and_every_link_within_it_leads_somewhere(client, version):
    for address in public_pages(version):
        page = Outline(text_of(client, address))
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), address
        inner = {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")}
        assert inner <= set(ids), address


def test_the_parts_of_a_package_show_its_facts_its_matrices_and_its_goals(
    client, version, address
):
    parts = "".join(text_of(client, part) for part in (address, *parts_of(version)))
    parts += text_of(client, f"{address}risker/2/")
    for words in (
        version.content.package.title,
        "2023–2025",
        "Upphandlingsregion C",
        "Region Stockholm",
        "Servrar prioriteras.",
        "Gruvor förorenar vatten.",
        "Möjlighet att återbruka internt.",
        "Ett gemensamt kravpaket",
        "Krav är framtagna",
        "Uppföljning är gjord: visat",
        "Första versionen.",
    ):
        # A long word may be parted where it has to be.
        assert words in parts.replace("\u00ad", "").replace("&shy;", "").replace("<wbr>", "")


def test_a_matrix_is_a_whole_table_with_caption_scopes_and_roles(client, version, address):
    page = Outline(text_of(client, f"{address}risker/1/"))
    tables = page.all("table")
    assert len(tables) == len(page.all("caption")) == 1
    assert {table["role"] for table in tables} == {"table"}
    assert {head["scope"] for head in page.all("th")} == {"col", "row"}
    assert {head["role"] for head in page.all("th")} == {"columnheader", "rowheader"}
    cells = page.all("td")
    assert len(cells) == 6 * 4
    assert {cell["role"] for cell in cells} == {"cell"}
    assert all(cell["data-label"] for cell in cells)
    assert "o1-raw_material-environment" in {cell["id"] for cell in cells}
    regions = [div for div in page.all("div") if div.get("role") == "region"]
    assert {region["tabindex"] for region in regions} == {"0"}


def test_a_reference_links_to_its_cell_and_tells_what_it_says_there(client, plan, publish_plan):
    area = plan.product_areas.get(number=1)
    to = RiskCell.objects.get(
        product_area=area, stage__code="raw_material", dimension__code="environment"
    )
    fill_cell(
        area,
        "final_manufacturing",
        "environment",
        risks=["Samma risker som ovan."],
        assessment=Assessment.SAME_AS,
        same_as_cell=to,
    )
    page = text_of(client, f"/kravpaket/{publish_plan(plan).package.slug}/risker/1/")
    assert 'href="#o1-raw_material-environment"' in page
    assert "Samma risker som ovan." in page
    assert page.count("Gruvor förorenar vatten.") == 2


def test_a_level_stands_in_words(client, plan, publish_plan):
    area = plan.product_areas.get(number=2)
    fill_cell(area, "use", "human_rights", risks=["Något."], level="high")
    page = text_of(client, f"/kravpaket/{publish_plan(plan).package.slug}/risker/2/")
    assert re.search(r'<p class="level high">\w+', page)


def test_text_from_a_plan_is_text(client, plan, publish_plan):
    rename_area(plan, '<b>servrar</b> & "annat"')
    address = f"/kravpaket/{publish_plan(plan).package.slug}/"
    page = "".join(text_of(client, f"{address}{part}") for part in ("", *PARTS))
    assert "<b>servrar" not in page
    assert "&lt;b&gt;servrar&lt;/b&gt; &amp; &quot;annat&quot;" in page


def test_only_public_contacts_are_named(client, version):
    for address in public_pages(version):
        page = text_of(client, address)
        assert "Kim Hemlig" not in page
        assert "kim@region.example" not in page
    page = text_of(client, f"/kravpaket/{version.package.slug}/")
    assert "Alva Öppen" in page
    assert "mailto:alva@region.example" in page


def test_a_contact_who_withdraws_is_gone_within_seconds(client, version, address, monkeypatch):
    assert "Alva Öppen" in text_of(client, address)
    Contact.objects.update(is_public=False)
    now = page_cache.monotonic()
    monkeypatch.setattr(page_cache, "monotonic", lambda: now + page_cache.REMEMBERED + 1)
    assert "Alva Öppen" not in text_of(client, address)


def test_a_draft_is_not_found(client, plan):
    slug = package_of(plan).slug
    for rest in ("", "v1/", "versioner/", "v1/ladda-ner/json"):
        assert client.get(f"/kravpaket/{slug}/{rest}").status_code == 404


def test_what_is_edited_after_publishing_is_not_shown(client, plan, version):
    rename_area(plan, MARKER)
    plan.introduction = MARKER
    plan.save()
    for address in public_addresses(version):
        response = client.get(address)
        assert response.status_code == 200, address
        assert MARKER.encode() not in response.content, address


def test_a_new_version_is_seen_at_once(client, plan, version, address, publish_plan):
    lists = ("/", "/kravpaket/", address, f"{address}versioner/")
    before = [text_of(client, where) for where in lists]
    rename_area(plan, "servrar och lagring")
    publish_plan(plan, note="Lagring är med.")
    for where, old in zip(lists, before, strict=True):
        assert text_of(client, where) != old, where
    assert "Servrar och lagring".casefold() in text_of(client, address).casefold()


def test_an_old_version_keeps_its_address_and_says_that_it_is_old(
    client, plan, version, address, publish_plan
):
    assert "Version 1 gäller inte längre." not in text_of(client, f"{address}v1/")
    rename_area(plan, "servrar och lagring")
    publish_plan(plan)
    page_cache.forget()
    old = text_of(client, f"{address}v1/")
    assert "Version 1 gäller inte längre." in old
    assert "lagring" not in old
    assert "gäller inte längre" not in text_of(client, f"{address}v2/")
    listed = text_of(client, f"{address}versioner/")
    assert listed.index(f"{address}v2/") < listed.index(f"{address}v1/")


@pytest.mark.parametrize(
    "rest",
    ["v0/", "v2/", "v01/", "v-1/", "v99999999999999999999/", "v999999999/", "vx/", "annat/", "v1"],
)
def test_a_version_that_is_not_there_is_not_found(client, version, address, rest):
    response = client.get(address + rest, follow=True)
    assert (response.status_code == 404) is (rest != "v1")


@pytest.mark.parametrize("slug", ["finns-inte", "x" * 500, "å", "..", "%00", "a b", "<script>"])
def test_a_package_that_is_not_there_is_not_found(client, version, slug):
    response = client.get(f"/kravpaket/{slug}/")
    assert response.status_code == 404
    assert "<script>" not in response.content.decode()


def test_a_page_not_found_wears_the_same_dress(client, db):
    page = Outline(client.get("/finns-inte/").content.decode())
    assert len(page.all("h1")) == 1
    assert page.all("main")


def test_the_page_for_a_fault_needs_neither_database_nor_request(
    client, monkeypatch, django_db_blocker
):
    def fail(request):
        raise ZeroDivisionError

    monkeypatch.setattr(package_pages.catalogue, "in_force", lambda: 1 / 0)
    client.raise_request_exception = False
    with django_db_blocker.block():
        response = client.get("/")
    assert response.status_code == 500
    page = Outline(response.content.decode())
    assert len(page.all("h1")) == 1
    assert page.all("html")[0]["lang"] == "sv"


def test_a_public_address_is_only_read(client, version):
    for address in public_addresses(version):
        if resolve(urlsplit(address).path).url_name not in SELECTS:
            assert client.post(address).status_code == 405, address
        assert client.delete(address).status_code == 405, address
        head = client.head(address)
        assert head.status_code == 200, address
        assert head.content == b""
        assert head.headers["ETag"] == client.get(address).headers["ETag"], address


def test_a_copy_that_is_still_good_is_not_sent_again(client, version):
    for address in public_addresses(version):
        first = client.get(address)
        assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304, address
        assert again.headers["ETag"] == first.headers["ETag"]
        assert not again.content


def test_a_copy_is_no_longer_good_when_there_is_a_new_version(
    client, plan, version, address, publish_plan
):
    first = client.get(address)
    rename_area(plan, "servrar och lagring")
    publish_plan(plan)
    page_cache.forget()
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_a_page_is_packed_for_those_who_can_unpack_it(client, version, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_page_is_kept_per_language(client, version, address):
    swedish = text_of(client, f"{address}risker/1/")
    client.cookies["django_language"] = "en"
    english = text_of(client, f"{address}risker/1/")
    assert '<html lang="en">' in english
    assert '<ul lang="sv">' in english
    assert '<html lang="sv">' in swedish
    assert '<ul lang="sv">' not in swedish


def test_no_page_sets_a_cookie_or_asks_who_the_visitor_is(
    client, as_persona, version, django_assert_num_queries
):
    for address in public_addresses(version):
        anonymous = client.get(address)
        assert not anonymous.cookies, address
    known = as_persona("coordinator")
    with django_assert_num_queries(0):
        for address in public_addresses(version):
            assert known.get(address).content == client.get(address).content


@pytest.mark.parametrize("areas", [1, 6])
def test_a_version_costs_three_queries_cold_and_none_warm(
    client, publish_plan, django_assert_num_queries, areas
):
    plan = PlanFactory()
    for number in range(1, areas + 1):
        area = AreaFactory(plan=plan, number=number, name=f"område {number}")
        fill_cell(area, "use", "environment", risks=["Något."])
    address = f"/kravpaket/{publish_plan(plan).package.slug}/"
    page_cache.forget()
    with django_assert_num_queries(3):
        text_of(client, address)
    with django_assert_num_queries(0):
        text_of(client, address)
        text_of(client, f"{address}v1/")


@pytest.mark.parametrize("packages", [1, 6])
def test_a_list_costs_the_same_for_one_package_and_for_six(
    client, publish_plan, django_assert_num_queries, packages
):
    for _ in range(packages):
        publish_plan(PlanFactory())
    page_cache.forget()
    for address in ("/", "/kravpaket/"):
        with django_assert_num_queries(3 if address == "/" else 1):
            text_of(client, address)
        with django_assert_num_queries(0):
            text_of(client, address)


def test_the_memory_is_bounded():
    shelf: page_cache.BoundedCache[int] = page_cache.BoundedCache(2)
    for number in range(3):
        shelf.make(number, lambda: 1)
    assert [shelf.get(number) for number in range(3)] == [None, 1, 1]


def test_what_is_being_made_while_something_is_published_is_not_kept():
    shelf: page_cache.BoundedCache[str] = page_cache.BoundedCache(2)

    def make() -> str:
        shelf.clear()
        return "gammal"

    assert shelf.make("sida", make) == "gammal"
    assert shelf.get("sida") is None


def test_a_draft_is_previewed_with_a_banner_and_never_kept(plan):
    rename_area(plan, MARKER)
    content = draft_content(package_of(plan))
    response = draft_preview(RequestFactory().get("/"), content)
    page = response.content.decode()
    assert 'class="notice draft"' in page
    assert MARKER in page
    assert "ladda-ner" not in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/kravpaket/", "Kravpaket"),
        ("/kravpaket/{slug}/", "Kravpaket"),
        ("/kravpaket/{slug}/versioner/", "Kravpaket"),
        ("/kravpaket/{slug}/jamfor/", "Kravpaket"),
        ("/uppfoljning/", "Uppföljning"),
        ("/uppfoljning/oversikt/", "Uppföljning"),
        ("/uppfoljning/{slug}/", "Uppföljning"),
        ("/uppfoljning/sa-raknas-laget/", "Uppföljning"),
        ("/om/", "Om"),
    ],
)
def test_the_menu_says_where_a_page_stands(client, version, address, here):
    html = client.get(address.format(slug=version.package.slug)).content.decode()
    marked = re.findall(r'aria-current="true"[^>]*>([^<]+)<', html)
    assert [words.strip() for words in marked] == [here]
