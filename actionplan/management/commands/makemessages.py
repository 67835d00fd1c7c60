"""Django's `makemessages` without GNU gettext: extracts with Babel, keeps the file with polib."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import templatize

from actionplan.django_edges import Handed

APPS = ("actionplan", "risks", "requirements_pkg", "followup")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Key = tuple[str, str, str]
# What installed packages say without a Swedish catalogue of their own; ours overrides all apps.
FOREIGN = "django-import-export"


class Command(BaseCommand):
    help = "Brings locale/sv up to date with the source; --check only tells what is wrong."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Handed, **options: Handed) -> None:
        path = settings.BASE_DIR / "locale/sv/LC_MESSAGES/django.po"
        catalogue = polib.pofile(str(path), wrapwidth=99)
        wanted = dict(_messages(settings.BASE_DIR))
        if options["check"]:
            if faults := list(_faults(catalogue, wanted)):
                raise CommandError("\n".join(faults))
            return
        _update(catalogue, wanted)
        catalogue.save(str(path))
        left = sum(not entry.translated() for entry in catalogue)
        self.stdout.write(f"{len(catalogue)} messages, {left} without Swedish")


def _messages(root: Path) -> Iterator[tuple[Key, str]]:
    """Return every message in the source, and the first file that holds it."""
    sources = [(path, path.read_text()) for app in APPS for path in (root / app).rglob("*.py")]
    for path in (root / "templates").rglob("*.*"):
        # Babel reads Python: what templatize leaves must not be indented.
        lines = templatize(path.read_text()).splitlines()
        sources.append((path, "\n".join(line.strip() for line in lines)))
    files: dict[Key, str] = {}
    for path, source in sorted(sources):
        for key in _messages_in(source):
            files.setdefault(key, str(path.relative_to(root)))
    # A catalogue has one entry for a message; the second would take the Swedish of the first.
    numbers = Counter((context, msgid) for context, msgid, _plural in files)
    if twice := sorted(msgid for (_context, msgid), number in numbers.items() if number > 1):
        raise CommandError(
            f"With a plural and without, or with two plurals: {twice}. Give one a context."
        )
    yield from sorted(files.items(), key=lambda item: (item[1], item[0]))


def _messages_in(source: str) -> Iterator[Key]:
    for _line, message, _comments, context in extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS
    ):
        forms = message if isinstance(message, tuple) else (message, "")
        if forms[0]:
            yield context or "", forms[0], forms[1]


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def _is_foreign(entry: polib.POEntry) -> bool:
    return bool(entry.comment == FOREIGN)


def _update(catalogue: polib.POFile, wanted: dict[Key, str]) -> None:
    there = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    foreign = [entry for key, entry in there.items() if _is_foreign(entry) and key not in wanted]
    entries = []
    for (context, msgid, plural), file in wanted.items():
        entry = there.get((context, msgid, plural)) or polib.POEntry(
            msgid=msgid, msgctxt=context or None, msgid_plural=plural
        )
        if not plural:
            # What stood in a plural is no Swedish of a message without one.
            entry.msgstr_plural = {}
        elif not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.comment = ""
        # Only the file, no line: a line number would change the catalogue with every edit.
        entry.occurrences = [(file, "")]
        entries.append(entry)
    catalogue[:] = entries + sorted(foreign, key=_key)


def _faults(catalogue: polib.POFile, wanted: dict[Key, str]) -> Iterator[str]:
    there = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    yield from (f"missing: {key[1]!r} ({wanted[key]})" for key in wanted.keys() - there.keys())
    for key, entry in there.items():
        if key not in wanted and not _is_foreign(entry):
            yield f"unused: {entry.msgid!r}"
        is_read = bool(entry.msgstr) or bool(entry.msgid_plural)
        if entry.fuzzy or not entry.translated() or not is_read:
            yield f"without Swedish: {entry.msgid!r}"
        translations = [entry.msgstr, *entry.msgstr_plural.values()]
        for text in filter(None, translations):
            if not entry.msgid_plural and _places(entry.msgid) != _places(text):
                yield f"other placeholders: {entry.msgid!r}"


def _places(text: str) -> set[str]:
    """Return the named placeholders of a message."""
    return {part.split(")")[0] for part in text.split("%(")[1:]}
