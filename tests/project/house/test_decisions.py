"""The decisions in docs/adr: each in the one form, each in the list, none lost by a change."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.project.house.sources import ROOT

FOLDER = ROOT / "docs" / "adr"
FILES = sorted(FOLDER.glob("[0-9]*.md"))
FORM = re.compile(
    r"# (?P<number>\d+)\. (?P<title>.+)\n\n"
    r"Date: (?P<date>\d{4}-\d\d-\d\d)\n\n"
    r"Status: (?:accepted|superseded by \[(?P<later>\d{4})\]\((?P=later)-[a-z0-9-]+\.md\))\n\n"
    r"## Context\n\n[^#]+\n\n"
    r"## Decision\n\n[^#]+\n\n"
    r"## Alternatives\n\n- [^#]+\n\n"
    r"## Consequences\n\n[^#]+\n"
)


def faults(name: str, text: str) -> list[str]:
    """Return what is wrong with the form of a decision."""
    form = FORM.fullmatch(text)
    if form is None:
        return ["its headings, date or status"]
    mistakes = []
    words = "-".join(re.findall(r"[a-z0-9]+", form["title"].lower()))
    if name != f"{int(form['number']):04}-{words}.md":
        mistakes.append("its name, which is its number and its title")
    if form["later"] and int(form["later"]) <= int(form["number"]):
        mistakes.append("what supersedes it, which comes later")
    return mistakes


def test_every_decision_has_the_one_form():
    assert {
        file.name: sentences
        for file in FILES
        if (sentences := faults(file.name, file.read_text()))
    } == {}


def test_decisions_are_numbered_without_gaps_in_the_order_of_their_days():
    assert [int(file.name[:4]) for file in FILES] == list(range(1, len(FILES) + 1))
    days = [date.fromisoformat(FORM.fullmatch(file.read_text())["date"]) for file in FILES]
    assert days == sorted(days)


def test_the_list_has_every_decision_once_and_nothing_else():
    page = (FOLDER / "README.md").read_text()
    listed = re.findall(r"^- \[(\d{4})\]\((.+?)\) \S.*\.$", page, re.M)
    assert listed == [(file.name[:4], file.name) for file in FILES]
    assert {file.name for file in FOLDER.iterdir()} == {"README.md", *(name for _, name in listed)}


GOOD = (
    "# 7. Roles, not data\n\nDate: 2026-11-23\n\nStatus: accepted\n\n## Context\n\nA.\n\n"
    "## Decision\n\nB.\n\n## Alternatives\n\n- C.\n\n## Consequences\n\nD.\n"
)


@pytest.mark.parametrize(
    ("name", "before", "after", "is_good"),
    [
        ("0007-roles-not-data.md", "", "", True),
        ("0007-roles-not-data.md", "accepted", "superseded by [0008](0008-data.md)", True),
        ("0007-roles-not-data.md", "accepted", "superseded by [0006](0006-data.md)", False),
        ("0007-roles-not-data.md", "accepted", "gone", False),
        ("0007-roles-not-data.md", "Date: 2026-11-23\n\n", "", False),
        ("0007-roles-not-data.md", "- C.", "", False),
        ("0007-roles-not-data.md", "## Context\n\nA.\n\n", "", False),
        ("0008-roles-not-data.md", "", "", False),
        ("0007-roles.md", "", "", False),
    ],
)
def test_a_decision_in_another_form_would_be_noticed(name, before, after, is_good):
    assert (faults(name, GOOD.replace(before, after, 1)) == []) is is_good


def test_the_folder_is_read():
    assert Path(FOLDER / "0001-django-5-2.md") in FILES
