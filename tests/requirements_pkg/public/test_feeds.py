"""The Atom feeds: their language, and that what people wrote in them stays words."""

import re

import pytest
from lxml import etree

from requirements_pkg.models import VersionWithdrawal
from requirements_pkg.published import page_cache
from tests.factories.contents import a_content
from tests.requirements_pkg.stored import store

ADDRESSES = ("/flode/", "/kravpaket/it-teknisk-plattform/flode/")


@pytest.fixture
def hostile(coordinator, reviewer):
    """A version whose note looks like HTML."""
    note = "Gräns < 5 & > 1.\n\n<b>Fet</b>"
    return store(a_content(), coordinator, reviewer, note=note)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_note_is_escaped_as_html_and_once_more_as_xml(client, hostile, address):
    feed = client.get(address).content.decode()
    assert "&lt;p&gt;Gräns &amp;lt; 5 &amp;amp; &amp;gt; 1.&lt;/p&gt;" in feed
    assert "&lt;p&gt;&amp;lt;b&amp;gt;Fet&amp;lt;/b&amp;gt;&lt;/p&gt;" in feed


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_sign_that_no_xml_holds_does_not_end_the_feed(client, coordinator, reviewer, address):
    """A version stands for ever: somebody's pasted line would have closed the feed for good."""
    store(a_content(), coordinator, reviewer, note="Första raden\x0bandra \x01 \ufffe")
    root = etree.fromstring(client.get(address).content)
    assert "Första raden andra" in "".join(root.itertext())


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_is_swedish_whatever_language_the_site_is_read_in(client, hostile, address):
    swedish = client.get(address).content.decode()
    assert 'xml:lang="sv"' in swedish
    assert "IT-teknisk plattform 2023–2025, version 1" in swedish
    client.cookies["django_language"] = "en"
    assert client.get(address).content.decode() == swedish


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_entry_is_the_same_whatever_name_the_site_is_read_by(
    client, hostile, withdrawn, address, settings
):
    """Otherwise a reader shows every version anew when a site moves or gets https."""
    settings.ALLOWED_HOSTS = ["first.example", "second.example"]
    id_lists = {
        tuple(re.findall("<id>(.*?)</id>", client.get(address, **visit).content.decode()))
        for visit in (
            {"headers": {"host": "first.example"}},
            {"headers": {"host": "second.example"}, "secure": True},
        )
    }
    (names,) = id_lists
    assert len(set(names)) == 3
    assert all(name.startswith("tag:") for name in names)


@pytest.fixture
def withdrawn(hostile, coordinator):
    VersionWithdrawal.objects.create(version=hostile, reason="Fel.", withdrawn_by=coordinator)
    page_cache.forget()
