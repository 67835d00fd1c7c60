"""Who asks too often for what costs is told for how long to wait, and shuts nobody else out."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from actionplan.accounts.entering import passwords
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.visitors import UNKNOWN, address_of, visitor_of

OFTEN = "För många förfrågningar på kort tid"


pytestmark = pytest.mark.usefixtures("few_a_minute")


def files_of(version) -> list[str]:
    slug = version.package.slug
    return [f"/kravpaket/{slug}/v1/ladda-ner/csv", f"/kravpaket/{slug}/ladda-ner/csv"]


@pytest.fixture
def addresses(version) -> dict[str, list[str]]:
    """What counts of each kind, by address; asked with GET."""
    slug = version.package.slug
    return {
        AllowanceKind.SEARCHES: [
            "/sok/?q=risk",
            f"/kravpaket/{slug}/jamfor/",
            f"/uppfoljning/{slug}/jamfor/",
        ],
        AllowanceKind.FILES: files_of(version),
    }


@pytest.mark.parametrize("kind", [AllowanceKind.SEARCHES, AllowanceKind.FILES])
def test_the_third_in_a_minute_waits_whichever_it_is(client, addresses, kind):
    client.get(addresses[kind][0])
    client.get(addresses[kind][-1])
    for address in addresses[kind]:
        refused = client.get(address)
        assert refused.status_code == 429
        assert OFTEN in refused.content.decode()
        assert "Vänta 30 sekunder" in refused.content.decode()
        assert refused["Retry-After"] == "30"
        assert refused["Cache-Control"] == "no-store"


def test_what_is_read_is_not_counted(client, version):
    addresses = ["/", "/kravpaket/", f"/kravpaket/{version.package.slug}/", "/uppfoljning/"]
    for address in addresses * 3:
        assert client.get(address).status_code == 200


def test_counting_asks_no_database(client, version, django_assert_num_queries):
    for _time in range(2):
        client.get("/sok/?q=risk")
    with django_assert_num_queries(0):
        assert client.get("/sok/?q=risk").status_code == 429


def test_a_public_form_is_sent_so_often(client, version):
    address = f"/kravpaket/{version.package.slug}/v1/valj/"
    for _time in range(2):
        assert client.post(address, {}).status_code == 302
    assert client.post(address, {}).status_code == 429
    assert client.post("/urval/", {}).status_code == 429
    assert client.post("/paminnelser/finns-inte/", {}).status_code == 429
    # Looking at it is none of it.
    assert client.get("/urval/").status_code == 200


def test_links_to_a_password_are_asked_for_so_often_and_no_more_are_sent(
    client, db, settings, monkeypatch
):
    settings.SITE_ADDRESS = "https://krav.example"
    mailed = []
    monkeypatch.setattr(passwords, "do_afterwards", lambda _work, address: mailed.append(address))
    for number in range(4):
        answer = client.post(reverse("password_forgotten"), {"email": f"{number}@region.example"})
    assert answer.status_code == 429
    assert mailed == ["0@region.example", "1@region.example"]


def test_another_address_is_answered(client, version):
    for _time in range(3):
        refused = client.get("/sok/?q=risk", REMOTE_ADDR="192.0.2.1")
    assert refused.status_code == 429
    assert client.get("/sok/?q=risk", REMOTE_ADDR="192.0.2.2").status_code == 200


def test_behind_a_proxy_visitors_are_told_apart_by_what_it_says(client, version, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(3):
        # The first is what a visitor says of themselves: it buys nothing.
        headers = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.5"}
        refused = client.get("/sok/?q=risk", headers=headers)
    assert refused.status_code == 429
    assert (
        client.get("/sok/?q=risk", headers={"X-Forwarded-For": "203.0.113.6"}).status_code == 200
    )


def test_behind_the_log_in_each_person_has_their_own(client, plan, coordinator, analyst):
    address = reverse("admin:risks_export", args=[plan.pk, "txt"])
    client.force_login(coordinator)
    for _time in range(3):
        refused = client.get(address)
    assert refused.status_code == 429
    client.force_login(analyst)
    assert client.get(address).status_code == 200


def test_a_list_is_taken_out_so_often_and_its_form_is_not_counted(client, plan, coordinator):
    client.force_login(coordinator)
    address = reverse("admin:actionplan_goal_export")
    for _time in range(3):
        assert client.get(address).status_code == 200
    sent = {"format": "0", "resource": "0"}
    answers = [client.post(address, sent).status_code for _time in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.parametrize(
    ("proxies", "named", "expected"),
    [
        (0, "203.0.113.5", "127.0.0.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        # What a visitor says of themselves stands before what our own proxy says.
        (1, "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.1, 203.0.113.5", "198.51.100.1"),
        # A proxy less than was said: the outermost that there is.
        (2, "203.0.113.5", "203.0.113.5"),
        (1, "", "127.0.0.1"),
        (1, "<script>", UNKNOWN),
    ],
)
def test_who_asks_is_told_by_our_own_proxies(settings, proxies, named, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().post("/admin/login/", headers={"X-Forwarded-For": named})
    assert address_of(request) == expected


def test_a_house_with_many_addresses_is_one(rf):
    first, second = (rf.get("/sok/", REMOTE_ADDR=f"2001:db8:1:2::{end}") for end in ("1", "ffff"))
    other = rf.get("/sok/", REMOTE_ADDR="2001:db8:1:3::1")
    assert visitor_of(first) == visitor_of(second) != visitor_of(other)
