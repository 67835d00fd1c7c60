"""A search for the code of a withdrawn requirement says what to use instead."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from requirements_pkg.published import page_cache
from tests.factories.contents import a_content, a_requirement

LAST = a_requirement("SE-03", title="Smältverk i hela kedjan")
MODULE = {"slug": "uppforandekod", "version": 1}


def withdrawn_requirement(
    code: str, successor: dict[str, Any] | None, **fields: Any
) -> dict[str, Any]:
    withdrawn = {
        "on": "2026-01-30",
        "reason": "Lagen kräver det numera.",
        "successor": successor and successor["uid"],
    }
    return a_requirement(code, state="withdrawn", withdrawn=withdrawn, **fields)


@pytest.fixture
def stored(store_content):
    second = withdrawn_requirement("SE-02", LAST)
    return store_content(
        a_content(
            withdrawn_requirement("SE-01", second),
            second,
            LAST,
            withdrawn_requirement("SE-09", None),
        )
    )


def answer_page(client: Client, question: str) -> tuple[str, str]:
    page = client.get("/sok/", {"q": question}).content.decode()
    return page, " ".join(unescape(strip_tags(page)).split())


@pytest.mark.parametrize("question", ["SE-01", "se-01", "SE01", "se-01:1", "SE 01"])
def test_a_withdrawn_code_leads_to_what_holds_through_any_chain(client, stored, question):
    page, text = answer_page(client, question)
    assert "SE-01:1 drogs in 2026-01-30. Lagen kräver det numera." in text
    assert "Använd i stället SE-03 Smältverk i hela kedjan" in text
    assert 'href="/kravpaket/it-teknisk-plattform/krav/SE-03/"' in page
    assert 'href="/kravpaket/it-teknisk-plattform/krav/SE-01/"' in page


def test_where_nothing_is_named_that_is_said(client, stored):
    _page, text = answer_page(client, "SE-09")
    assert "Inget annat krav anges i stället." in text


@pytest.mark.parametrize("question", ["SE-03", "smältverk", "XX-1", ""])
def test_nothing_is_said_of_what_holds_or_is_no_code(client, stored, question):
    assert "drogs in" not in answer_page(client, question)[1]


def test_what_a_module_has_withdrawn_is_not_told_of_every_package(client, store_content):
    content = a_content(withdrawn_requirement("UK-01", None, module=MODULE), LAST)
    content["modules"] = [MODULE | {"title": "Uppförandekod"}]
    store_content(content)
    assert "drogs in" not in answer_page(client, "UK-01")[1]


def test_the_same_codes_are_read_once(client, stored, django_assert_num_queries):
    page_cache.forget()
    answer_page(client, "SE-01")
    with django_assert_num_queries(0):
        answer_page(client, "SE-01")
