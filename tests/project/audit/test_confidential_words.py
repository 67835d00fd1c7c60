"""What is confidential of a follow-up is told to nobody else inside: no page, file or mail."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import models

from actionplan.audit.reading import is_confidential
from actionplan.models import ChangeEvent, ChangeLog, User
from tests.project.back_office.admin_table import (
    AUTOCOMPLETE,
    FOLLOWERS,
    MODELS,
    PAGES,
    READERS,
)
from tests.project.back_office.test_admin_addresses import foreign_keys
from tests.project.pages.test_draft_leak import MARKER, marked, texts_of, unpacked
from tests.unguarded import unguarded

# Documents and states, which are read as what they are.
TYPED = {"content", "basis", "old", "new"}
MARKED = {"text": MARKER}
# What an address repeats is not what it tells.
SOUGHT = MARKER[:-2]
OTHERS = sorted(READERS - FOLLOWERS)


def confidential_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if is_confidential(model)]


def mark_what_is_confidential() -> set[str]:
    """Write a marker into every text of every confidential row, and what the log says of it."""
    done = set()
    with unguarded():
        for model in confidential_models():
            for number, pk in enumerate(model._base_manager.values_list("pk", flat=True)):
                fields = [field for field in texts_of(model) if field.name not in TYPED]
                values = {field.name: marked(field, number) for field in fields}
                given = model._base_manager.values(*values).get(pk=pk)
                # What a constraint wants empty stays empty.
                values = {name: text for name, text in values.items() if text and given[name]}
                models.QuerySet(model).filter(pk=pk).update(**values)
                done.add(model._meta.label)
        labels = [model._meta.label for model in confidential_models()]
        for line in ChangeLog.objects.filter(model__in=labels):
            values = {"before": line.before | MARKED, "after": line.after | MARKED}
            models.QuerySet(ChangeLog).filter(pk=line.pk).update(reason=MARKER, **values)
    return done


@pytest.fixture
def secrets(world) -> dict[str, str]:
    """The world, with a marker in all that is confidential."""
    assert mark_what_is_confidential() == {model._meta.label for model in confidential_models()}
    return world


def addresses(world) -> Iterator[str]:
    """Every address of the back office about the plan's own rows, and its lists searched."""
    for name in PAGES.keys() - {"logout"}:
        yield world(name)
    for label, rights in MODELS.items():
        for page in rights.pages():
            yield world(f"{label}/{page}")
        yield f"{world(f'{label}/changelist')}?q={SOUGHT}"
    for field, _remote in foreign_keys():
        query = f"app_label={field.model._meta.app_label}&field_name={field.name}"
        model = field.model._meta.model_name
        yield f"{world(AUTOCOMPLETE)}?{query}&model_name={model}&term="


def text_of(response) -> str:
    """Everything that an answer says."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers}{unpacked(body)}"


@pytest.mark.parametrize("persona", OTHERS)
def test_nobody_else_reads_a_confidential_word_at_any_address(secrets, as_persona, persona):
    client = as_persona(persona)
    leaks = {path for path in addresses(secrets) if MARKER in text_of(client.get(path))}
    assert leaks == set()


@pytest.mark.parametrize("persona", OTHERS)
def test_nobody_else_finds_a_confidential_row_by_its_words(secrets, as_persona, persona):
    """How many rows a search finds is an answer, too."""
    client, counts = as_persona(persona), {}
    for label in MODELS:
        response = client.get(f"{secrets(f'{label}/changelist')}?q={SOUGHT}")
        if response.status_code == 200 and "cl" in response.context:
            counts[label] = response.context["cl"].result_count
    assert set(counts.values()) <= {0}


@pytest.mark.parametrize("persona", OTHERS)
def test_nobody_else_takes_a_confidential_word_out_in_a_file(secrets, as_persona, persona):
    """Every list in each of its formats, read to the end."""
    client, leaks = as_persona(persona), set()
    for label, rights in MODELS.items():
        if rights.export is None:
            continue
        for number in range(2):
            data = {"format": str(number), "resource": "0"}
            response = client.post(secrets(f"{label}/export"), data)
            leaks |= {label} if MARKER in text_of(response) else set()
    assert leaks == set()


def test_who_may_read_it_does(secrets, as_persona):
    """Else the walk would find nothing whatever was shown."""
    client = as_persona("coordinator")
    leaks = {path for path in addresses(secrets) if MARKER in text_of(client.get(path))}
    assert len(leaks) > 20


def test_no_mail_and_no_event_tells_a_confidential_word(secrets):
    """Mails lie in boxes of others; events are read by all who read drafts."""
    for pk, name in User.objects.values_list("pk", "username"):
        User.objects.filter(pk=pk).update(email=f"{name}@region.example")
    call_command("send_reminders", verbosity=0)
    assert mail.outbox
    letters = "".join(
        f"{letter.subject}{letter.body}{letter.alternatives}" for letter in mail.outbox
    )
    assert MARKER not in letters
    events = json.dumps(list(ChangeEvent.objects.values_list("detail", flat=True)))
    assert MARKER not in events
