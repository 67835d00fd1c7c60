"""Numbers in words: plurals that fit, large numbers in threes, and no share of nothing."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import polib
import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from actionplan.database.key_pages import KeyPaginator
from actionplan.extension_points import PlanTab
from actionplan.models import Indicator
from actionplan.text import figure
from requirements_pkg.actions.publishing import package_of, publish
from tests.factories import PlanFactory, ReadingFactory
from tests.factories.reports import newly_reported
from tests.project.house.sources import ROOT, app_modules, text, tracked, tree
from tests.project.pages.reading import Reader

PLURALS = {"ngettext", "ngettext_lazy", "npgettext"}
COUNT_TAG = re.compile(r"blocktranslate\b[^%]*?\bcount\s+\w+=([^\s%]+)")
PLACE = re.compile(r"%\(\w+\)[sd]")
LINK = re.compile(r'href="(/[^"#]*)')
# What is read aloud by a program, sent on its way, or made anew at each look.
LEFT_OUT = re.compile(r"^/static/|ladda-ner|\.ics|logout|jsi18n|/flode|openapi|/ut/")
# Years stand alone, and so do keys of the database in the log.
LARGE = re.compile(r"(?<![\w\d./:-])\d{5,12}(?![\w\d./:-])")
# Kinds of pages, the tabs of a plan, of invitations the list, a row, its history, a new one, and
# the sections of a review, of a plan and of a module.
MOST_PAGES = 310 + len(PlanTab) + 4 + 2 * 6


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (2026, "2026"),
        (9_999, "9999"),
        (10_000, "10 000"),
        (-12_345, "−12 345"),
        (1_234_567, "1 234 567"),
        (Decimal("12.50"), "12,5"),
        (Decimal("125000.250"), "125 000,25"),
        (Decimal("1E+5"), "100 000"),
    ],
)
def test_a_number_is_written_as_in_swedish(value, written):
    assert figure(value) == written.replace(" ", "\u00a0")


def test_a_template_chooses_the_plural_by_the_number_and_writes_it_in_threes():
    words = "{% load i18n %}{% blocktranslate count n=rows|counted %}{{ n }} row{% plural %}"
    template = Template(words + "{{ n }} rows{% endblocktranslate %}, {{ rows|counted }}")
    with translation.override("en"):
        texts = [template.render(Context({"rows": rows})) for rows in (1, 12_500)]
    assert texts == ["1 row, 1", "12\u00a0500 rows, 12\u00a0500"]


def test_every_count_of_a_template_is_written_in_threes():
    plain = {
        f"{path}: {expression}"
        for path in tracked()
        if path.parts[0] == "templates"
        for expression in COUNT_TAG.findall(text(path))
        if not expression.endswith("|counted")
    }
    assert plain == set()


def test_no_plural_of_the_code_writes_its_number_bare():
    bare = {
        f"{path}:{node.lineno}"
        for path in app_modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in PLURALS
        for argument in node.args
        if isinstance(argument, ast.Constant) and re.search(r"%\(\w+\)d", str(argument.value))
    }
    assert bare == set()


@cache
def mistakes() -> list[re.Pattern[str]]:
    """One thing with the words of several, and several with those of one, as the catalogue has."""
    patterns = []
    for entry in polib.pofile(str(ROOT / "locale/sv/LC_MESSAGES/django.po")):
        singular, plural = (entry.msgstr_plural.get(at, "") for at in (0, 1))
        # Up to the first word that tells them apart; what comes of a count stands before it.
        ones, manys = singular.split(), plural.split()
        pairs = zip(ones, manys, strict=False)
        at = next((at for at, (a, b) in enumerate(pairs) if a != b), None)
        places = [place for place in range(at or 0) if PLACE.fullmatch(ones[place])]
        if at is None or not places or at - places[-1] > 3:
            continue
        for words, number in ((manys, "1"), (ones, r"(?:0|[2-9]|[1-9]\d+)")):
            between = "".join(f"{re.escape(word)} " for word in words[places[-1] + 1 : at])
            last = re.escape(words[at].rstrip(".,:;)"))
            patterns.append(re.compile(rf"(?<![\w\d.,:\u00a0–-]){number} {between}{last}(?!\w)"))
    return patterns


def crawled(client: Client) -> Iterator[tuple[str, str]]:
    """The words of each kind of page that links lead to from the two starts; of rows the first."""
    queue, seen = ["/", "/admin/"], {"/", "/admin/"}
    for at, address in enumerate(queue):
        assert at < MOST_PAGES
        response = client.get(address)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        html = response.content.decode()
        yield address, " ".join(" ".join(words for words, _lang in Reader.of(html).texts).split())
        for link in LINK.findall(html):
            kind = re.sub(r"\d+", "0", link.partition("?")[0])
            if kind not in seen and not LEFT_OUT.search(link):
                seen.add(kind)
                queue.append(link)


def faults(client: Client) -> list[str]:
    hits = []
    for address, words in crawled(client):
        for pattern in mistakes():
            hits += [f"{address}: {hit[0]}" for hit in pattern.finditer(words)]
        hits += [f"{address}: {hit[0]}" for hit in re.finditer(r"(?<!\d)0 av 0\b", words)]
        hits += [f"{address}: {hit[0]}" for hit in LARGE.finditer(words)]
    return hits


def test_the_patterns_know_a_mistake():
    sentence = (
        "1 krav, 1 kopplingar behöver ses över på nytt, 2 koppling behöver ses över på nytt."
    )
    assert [hit[0] for pattern in mistakes() for hit in pattern.finditer(sentence)] != []
    assert len(mistakes()) > 40
    assert LARGE.findall("År 2026 och 2023–2025: 12345 rader") == ["12345"]


def test_one_of_everything_is_told_in_the_singular(world, as_persona):
    assert "\n".join(faults(as_persona("superuser"))) == ""


def test_a_plan_with_nothing_in_it_is_told_without_shares_of_nothing(
    as_persona, superuser, coordinator, reviewer
):
    plan = PlanFactory(introduction="")
    publish(package=package_of(plan), by=coordinator, approved_by=reviewer, note="Ny.")
    assert "\n".join(faults(as_persona("superuser"))) == ""


def test_what_is_large_is_written_in_threes_in_public_and_inside(version, reviewer, as_persona):
    plan = version.package.plan
    indicator = Indicator.objects.filter(sub_goal__goal__plan=plan).first()
    Indicator.objects.filter(pk=indicator.pk).update(kind="measure", unit="kWh", target=2_000_000)
    ReadingFactory(
        indicator=indicator,
        author=version.published_by,
        approved=True,
        approved_by=reviewer,
        value=Decimal(1_250_000),
    )
    publish(
        package=version.package, by=version.published_by, approved_by=reviewer, note="Med enhet."
    )
    newly_reported(version.package)
    for address in (
        f"/uppfoljning/{version.package.slug}/",
        f"/admin/actionplan/actionplan/{plan.pk}/uppfoljning/",
    ):
        page = as_persona("reviewer").get(address).content.decode()
        assert "1\u00a0250\u00a0000" in page, address
        assert "1250000" not in page, address


def test_a_long_list_of_the_admin_says_how_long_in_threes(plan, as_persona, monkeypatch):
    monkeypatch.setattr(KeyPaginator, "count", 12_500)
    page = as_persona("coordinator").get("/admin/actionplan/goal/").content.decode()
    assert "12\u00a0500 övergripande mål" in page
    assert "12500" not in page
