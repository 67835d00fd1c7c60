"""Every public address and its status for a visitor, against the table."""

import pytest

from tests.project.back_office.test_admin_addresses import stored
from tests.project.pages.public import SELECTS, TABLE, UNKNOWN, Address, addresses, public_patterns


def test_every_public_pattern_stands_in_the_table():
    assert sorted(public_patterns()) == sorted(TABLE)


def test_every_pattern_has_an_address_that_exists():
    assert all(any(address.status in (200, 302) for address in rows) for rows in TABLE.values())


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.path)
def test_a_visitor_gets_what_the_table_says(names, client, address: Address):
    response = client.get(address.path.format(**names))
    assert response.status_code == address.status


# Two are for machines; the others do what their mails say: turn off, confirm, leave.
TAKES = {"healthz", "readyz", "reminders_off", "subscription", "unsubscribe", "use_claim"}
# What people without a log-in send us, in a form with the moment when its page was made.
OPEN = {
    *("feedback", "subscribe", "watch_selection"),
    *("consultation", "reply", "reply_requirement", "send_reply"),
    *("use", "supplier_form"),
}
# Before the log-in: a form is protected by a cookie, and nothing there is kept for others.
ENTRANCE = {"password_forgotten", "password_sent", "password_choose", "invitation"}


@pytest.mark.parametrize(
    "name", [name for name in TABLE if name not in TAKES | ENTRANCE | SELECTS | OPEN]
)
def test_a_public_page_takes_nothing_in(names, client, name):
    for address in TABLE[name]:
        if address.status == 200:
            assert client.post(address.path.format(**names)).status_code == 405


@pytest.mark.parametrize("name", sorted(SELECTS))
def test_what_takes_a_selection_stores_nothing_and_sets_no_cookie(names, client, name):
    before = stored()
    for address in TABLE[name]:
        response = client.post(address.path.format(**names), {"krav": ["SE-01"], "f.SE-01.x": "y"})
        assert response.status_code in (200, 302, 404)
        assert not response.cookies
    assert stored() == before


@pytest.mark.parametrize("name", [name for name in TABLE if name not in ENTRANCE])
def test_a_public_page_sets_no_cookie_and_needs_no_login(names, client, as_persona, name):
    for address in TABLE[name]:
        path = address.path.format(**names)
        response = client.get(path)
        assert not response.cookies
        if name in OPEN:
            continue
        # A page is the same for everybody, so that it can be kept for everybody.
        assert response.content == as_persona("coordinator").get(path).content


@pytest.mark.parametrize("address", [a for a in UNKNOWN if a.status == 404], ids=lambda a: a.path)
def test_what_is_not_found_is_said_in_swedish(db, client, address):
    page = client.get(address.path).content.decode()
    assert '<html lang="sv"' in page
    assert "/kravpaket/" in page
