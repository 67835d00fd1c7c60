"""The Swedish catalogue is brought up to date from the source and compiled, without gettext."""

from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

SOURCE = """
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

def told(number):
    _("Plan"), _("Risk of %(name)s"), pgettext("verb", "Plan")
    return ngettext("%(number)s goal", "%(number)s goals", number)
"""
TEMPLATE = """{% load i18n %}
<p>{% translate "Close" %}</p>
    <p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}</p>
"""
NEW = {"Plan", "Risk of %(name)s", "%(number)s goal", "Close", "Hello %(name)s"}


@pytest.fixture
def catalogue(tmp_path, settings) -> Path:
    """The catalogue of a small project that was never translated."""
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    files = {
        "actionplan/views.py": SOURCE,
        "templates/page.html": TEMPLATE,
        "locale/sv/LC_MESSAGES/django.po": "",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path / "locale/sv/LC_MESSAGES/django.po"


def entries(catalogue: Path) -> dict[tuple[str, str], polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(catalogue))}


def translate(catalogue: Path, **changes) -> None:
    """Translate everything, each message by itself."""
    file = polib.pofile(str(catalogue))
    for entry in file:
        entry.msgstr = changes.get(entry.msgid.partition(" ")[0], entry.msgid)
        if entry.msgid_plural:
            entry.msgstr, entry.msgstr_plural = "", {0: entry.msgid, 1: entry.msgid_plural}
    file.save(str(catalogue))


def faults() -> list[str]:
    with pytest.raises(CommandError) as refused:
        call_command("makemessages", check=True)
    return sorted(str(refused.value).splitlines())


def test_messages_of_code_and_templates_come_into_the_catalogue(catalogue, capsys):
    assert len(faults()) == 6
    call_command("makemessages")
    assert capsys.readouterr().out == "6 messages, 6 without Swedish\n"
    assert entries(catalogue).keys() == {("", msgid) for msgid in NEW} | {("verb", "Plan")}
    assert entries(catalogue)["", "Close"].occurrences == [("templates/page.html", "")]
    translate(catalogue)
    call_command("makemessages", check=True)


def test_what_is_translated_stays_and_what_is_unused_goes(catalogue, tmp_path):
    call_command("makemessages")
    translate(catalogue, Close="Stäng")
    (tmp_path / "actionplan/views.py").write_text('_("New one")')
    assert "missing: 'New one' (actionplan/views.py)" in faults()
    assert "unused: 'Plan'" in faults()
    call_command("makemessages")
    assert {entry.msgid: entry.msgstr for entry in entries(catalogue).values()} == {
        "New one": "",
        "Close": "Stäng",
        "Hello %(name)s": "Hello %(name)s",
    }
    assert faults() == ["without Swedish: 'New one'"]


def test_a_translation_has_the_places_of_its_message(catalogue):
    call_command("makemessages")
    translate(catalogue, Risk="Risk för %(namn)s")
    assert faults() == ["other placeholders: 'Risk of %(name)s'"]


def test_the_catalogue_is_compiled_where_it_has_changed(catalogue, capsys):
    call_command("makemessages")
    translate(catalogue, Close="Stäng")
    capsys.readouterr()
    call_command("compilemessages")
    compiled = catalogue.with_suffix(".mo")
    assert {entry.msgid: entry.msgstr for entry in polib.mofile(str(compiled))}["Close"] == "Stäng"
    assert capsys.readouterr().out == f"{compiled} compiled\n"
    call_command("compilemessages")
    assert capsys.readouterr().out == ""


def test_a_message_with_a_plural_and_without_is_refused_since_one_would_lose_its_words(catalogue):
    views = catalogue.parents[3] / "actionplan/views.py"
    twice = "from django.utils.translation import gettext, ngettext\n"
    views.write_text(f'{twice}gettext("goal"), ngettext("goal", "goals", 2)')
    with pytest.raises(CommandError, match="goal"):
        call_command("makemessages")
    with pytest.raises(CommandError, match="goal"):
        call_command("makemessages", check=True)
    apart = twice.replace("ngettext", "npgettext")
    views.write_text(f'{apart}gettext("goal"), npgettext("figure", "goal", "goals", 2)')
    call_command("makemessages")
    assert {key for key in entries(catalogue) if key[1] == "goal"} == {
        ("", "goal"),
        ("figure", "goal"),
    }


def test_a_message_that_lost_its_plural_is_translated_anew(catalogue):
    call_command("makemessages")
    translate(catalogue)
    views = catalogue.parents[3] / "actionplan/views.py"
    views.write_text(
        SOURCE.replace(
            'ngettext("%(number)s goal", "%(number)s goals", number)', '_("%(number)s goal")'
        )
    )
    file = polib.pofile(str(catalogue))
    entry = next(entry for entry in file if entry.msgid_plural)
    entry.msgid_plural = ""
    file.save(str(catalogue))
    assert any("%(number)s goal" in fault for fault in faults())
    call_command("makemessages")
    assert "msgstr[0]" not in catalogue.read_text()
