"""What became of a selection since it was made: version by version, with the words it changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from requirements_pkg.choosing.selection import parse
from requirements_pkg.comparing import words
from requirements_pkg.comparing.since import (
    RequirementFate,
    RequirementThenAndNow,
    changed_since,
)
from requirements_pkg.published import catalogue
from requirements_pkg.published.version_info import VersionInfo
from requirements_pkg.tender.selected.versions import (
    ReadSelection,
    SelectedVersion,
    read_selection,
)

TEMPLATE: Final = "requirements_pkg/selection/notices/_news.html"
# Of each package: whoever has not read for longer reads the page of the selection.
MOST_VERSIONS: Final = 3


@dataclass(frozen=True, slots=True)
class SelectionNews:
    """What a version means for what was chosen in an earlier one, or that it was withdrawn."""

    name: str
    title: str
    path: str
    at: datetime
    html: str
    # The same for a mail; nothing where a version changes nothing that was chosen.
    text: str = ""


def news_of(read: ReadSelection, base: str) -> list[SelectionNews]:
    """Return what happened to a selection, the latest first.

    Args:
        read: the selection, with the versions that it names.
        base: where the site stands.
    """
    entries = [entry for part in read.parts for entry in _news(part, base)]
    return sorted(entries, key=lambda entry: (entry.at, entry.name), reverse=True)


def changes_since(query: str, since: datetime) -> list[SelectionNews]:
    """Return what became of the selection of an address after a moment, if anything did."""
    try:
        read = read_selection(parse(parse_qsl(query)))
    except Http404:
        return []
    return [entry for entry in news_of(read, "") if entry.text and entry.at > since]


def _news(part: SelectedVersion, base: str) -> Iterator[SelectionNews]:
    """Yield what happened to a package since the selection, and the version that it is of."""
    own, title = part.version, part.content.package.title
    newer = [version for version in part.versions.all if version.number > own.number]
    for version in newer[:MOST_VERSIONS]:
        if version.withdrawn is None:
            yield _of_version(part, version, base)
    path = reverse("version", args=[part.slug, own.number])
    words = {"package": title, "number": own.number}
    if own.withdrawn is not None:
        yield SelectionNews(
            f"{part.slug}/v{own.number}/indragen",
            _("Withdrawn: version %(number)s of %(package)s, which you chose from") % words,
            path,
            own.withdrawn.at,
            render_to_string(TEMPLATE, {"reason": own.withdrawn.reason}),
            own.withdrawn.reason,
        )
    yield SelectionNews(
        f"{part.slug}/v{own.number}",
        _("You chose from version %(number)s of %(package)s") % words,
        path,
        own.published_at,
        render_to_string(TEMPLATE, {"codes": part.group.codes}),
    )


def _of_version(part: SelectedVersion, version: VersionInfo, base: str) -> SelectionNews:
    since = changed_since(part.content, catalogue.content_of(version), part.group.codes)
    changed = [change for change in since if change.fate != RequirementFate.UNCHANGED]
    words = {"package": part.content.package.title, "number": version.number}
    title = (
        _("Version %(number)s of %(package)s changes requirements that you chose")
        if changed
        else _("Version %(number)s of %(package)s changes nothing that you chose")
    )
    return SelectionNews(
        f"{part.slug}/v{part.version.number}-v{version.number}",
        title % words,
        reverse("version", args=[part.slug, version.number]),
        version.published_at,
        render_to_string(
            TEMPLATE,
            {"changed": changed, "slug": part.slug, "number": version.number, "base": base},
        ),
        "\n\n".join(map(_in_words, changed)),
    )


def _in_words(change: RequirementThenAndNow) -> str:
    """Tell in plain text what became of a requirement, and which words are other ones."""
    fates = {
        RequirementFate.WITHDRAWN: _("withdrawn"),
        RequirementFate.REMOVED: _("removed"),
        RequirementFate.RENUMBERED: _("renumbered"),
        RequirementFate.CHANGED: _("changed"),
    }
    lines = [f"{change.code} {change.old.title}: {fates[change.fate]}", change.reason]
    lines += [f"{line.label}: {_marked(line.pieces)}" for line in change.lines]
    return "\n".join(filter(None, lines))


def _marked(pieces: words.Pieces) -> str:
    """Write a text with what was inserted and deleted in brackets."""
    marks = {words.INSERT: _("inserted:"), words.DELETE: _("deleted:")}
    return "".join(
        f" [{marks[kind]} {text.strip()}] " if kind in marks else text for kind, text in pieces
    )
