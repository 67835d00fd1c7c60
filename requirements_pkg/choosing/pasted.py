"""Selections as somebody pastes or writes them, one on each line. Pure.

    https://…/urval/?paket=it-teknisk-plattform&version=2&krav=SE-01&f.SE-01.antal-veckor=6
    it-teknisk-plattform v2: SE-01, SE-04

An address is read by the one parser of selections; the short form says nothing of fill-in places.
"""

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from actionplan.text import figure
from requirements_pkg.choosing import selection
from requirements_pkg.choosing.selection_group import CODE, PACKAGE, VERSION, SelectionGroup

SHORT: Final = re.compile(r"([a-z0-9-]+)[ ,]+(?:v|version )?([0-9]+) ?: ?([^:]+)", re.IGNORECASE)
BETWEEN: Final = re.compile(r"[\s,;]+")
MOST_LINES: Final = 20
LONGEST_LINE: Final = 8_000
# Of a line that is told back.
BEGINNING: Final = 60


def groups_in(text: str) -> tuple[SelectionGroup, ...]:
    """Read the selections of a text: what they choose, version by version.

    Raises:
        ValueError: a line is none, with a sentence for each that is not.
    """
    lines = list(filter(None, map(str.strip, text.splitlines())))
    if len(lines) > MOST_LINES:
        raise ValueError(_("Enter at most %(most)s lines.") % {"most": figure(MOST_LINES)})
    groups: list[SelectionGroup] = []
    faults: list[str] = []
    for line in lines:
        try:
            groups += _groups(line)
        except ValueError as error:
            faults.append(str(error))
    if faults:
        raise ValueError(" ".join(faults))
    return tuple(groups)


def line_of(group: SelectionGroup) -> str:
    """Return what is chosen in a version as a line that reads as the same."""
    if group.values:
        return f"?{urlencode(group.pairs())}"
    return f"{group.slug} v{group.number}: {', '.join(group.codes)}"


def _groups(line: str) -> tuple[SelectionGroup, ...]:
    try:
        groups = selection.parse(_pairs(line)).groups
    except selection.TooManyCodes:
        sentence = _("A selection can have at most %(most)s requirements.")
        raise ValueError(sentence % {"most": figure(selection.MOST_CODES)}) from None
    # Which version stands in a contract nobody can guess.
    if not groups or not all(group.slug and group.number and group.codes for group in groups):
        sentence = _(
            "“%(line)s” is no selection. Paste its address, or write the package, the version and "
            "the codes: it-teknisk-plattform v2: SE-01, SE-04."
        )
        raise ValueError(sentence % {"line": line[:BEGINNING]})
    return groups


def _pairs(line: str) -> list[tuple[str, str]]:
    """Return a line as names and values of an address; none where it is longer than any."""
    if len(line) > LONGEST_LINE:
        return []
    if match := SHORT.fullmatch(line):
        slug, number, codes = match.groups()
        named = [(PACKAGE, slug.lower()), (VERSION, number.lstrip("0"))]
        return named + [(CODE, code) for code in BETWEEN.split(codes.strip())]
    query = line.partition("#")[0].rpartition("?")[2]
    return parse_qsl(query)
