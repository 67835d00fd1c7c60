"""What people write without a single space breaks, and widens no page."""

from urllib.parse import urlencode

import pytest

from requirements_pkg.searching import indexing
from tests.browser.broken_words import BROKEN_WORDS
from tests.browser.conftest import TOO_WIDE
from tests.factories.contents import a_cell, a_content, a_requirement
from tests.requirements_pkg.stored import store

LONG = "Ä" * 200
TEXTS = (
    *("title", "text", "rationale", "verification", "follow_up_method", "guidance"),
    *("law_baseline", "beyond_law", "scale"),
)
# What stands beyond the window, in short.
BEYOND = """() => [...document.querySelectorAll("main *, header *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"))
  .map(one => `${one.tagName}.${one.className}`).slice(0, 6).join(" ")"""
SLUG = "it-teknisk-plattform"


@pytest.fixture
def addresses(site, coordinator, reviewer) -> list[str]:
    """The pages of a package of which every text is one word of 200 letters."""
    # As long as a code may be.
    codes = ["WWWWWW-9998", "WWWWWW-9999"]
    first, second = (
        a_requirement(
            code,
            **dict.fromkeys(TEXTS, LONG),
            kind="award",
            max_points=10,
            sources=[{"title": LONG, "url": f"https://x.example/{LONG}", "dated": LONG}],
            serves=[{"number": "1.1", "title": LONG}],
        )
        for code in codes
    )
    first["text"] = f"{LONG} [{LONG}: {LONG} | {LONG}]"
    withdrawal = {"on": "2026-01-30", "reason": LONG, "successor": first["uid"]}
    content = a_content(first, second, region_name=LONG)
    content["package"] |= {"title": LONG, "introduction": LONG}
    cells = [a_cell("use", "anti_corruption", LONG), a_cell("use", "environment", LONG)]
    content["plan"] |= {"category": LONG, "introduction": LONG, "coordinator": LONG}
    content["plan"]["product_areas"] = [{"number": 2, "name": LONG, "cells": cells}]
    goal = content["plan"]["goals"][0]
    goal["title"] = goal["sub_goals"][0]["title"] = LONG
    goal["sub_goals"][0]["indicators"] = [{"number": "1.1.1", "title": LONG}]
    store(content, coordinator, reviewer, note=LONG)
    changed = {**second, "state": "withdrawn", "withdrawn": withdrawal}
    store({**content, "requirements": [first, changed]}, coordinator, reviewer, note=LONG)
    indexing.catch_up()
    package = f"/kravpaket/{SLUG}/"
    pairs = [("paket", SLUG), ("version", "1"), *(("krav", code) for code in codes)]
    query = urlencode([*pairs, ("namn", LONG[:100])])
    pages = [
        *(
            "/",
            "/kravpaket/",
            package,
            f"{package}v1/",
            f"{package}krav/",
            f"{package}risker/",
            f"{package}risker/2/",
            f"{package}mal/",
            f"{package}versioner/",
        ),
        *(f"{package}krav/{codes[0]}/", f"{package}krav/{codes[1]}/historik/"),
        *(f"{package}jamfor/?fran=1&till=2", f"/sok/?{urlencode({'q': LONG})}"),
        *(f"/urval/?{query}", f"{package}?{query}"),
        *("/uppfoljning/", "/uppfoljning/oversikt/", f"/uppfoljning/{SLUG}/"),
    ]
    return [site + page for page in pages]


def test_a_word_without_end_widens_no_page(page, addresses):
    wider = []
    for address in addresses:
        assert page.goto(address).status == 200, address
        for width in (320, 480, 640, 769, 800, 900, 1025, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate(TOO_WIDE) > 0:
                wider.append((address.partition("?")[0], width, page.evaluate(BEYOND)))
    assert wider == []


def test_a_broken_word_is_seen(page):
    """What looks for broken words finds them, and knows a hyphen."""
    # As wide as the first part with its hyphen in any font whose letters are all as wide.
    paragraph = "<p style='font-family: monospace; width: 14ch; overflow-wrap: anywhere'>"
    for text, broken in (
        ("upphandlingsregion", ["upphandlingsregion"]),
        ("upphandlings&shy;region", []),
        ("upphand<wbr>lingsregion", ["upphand|lingsregion"]),
        ("insats/<wbr>varor", []),
    ):
        page.set_content(f"{paragraph}{text}</p>")
        assert page.evaluate(BROKEN_WORDS) == broken, text
