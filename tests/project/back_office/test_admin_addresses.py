"""Every address of the admin for every persona, GET and POST, against the table."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from actionplan.models import ActionPlan, ChangeLog
from actionplan.models.change_log import CHANGES
from risks.models import LifecycleStage
from tests.project.back_office.admin_table import (
    AUTOCOMPLETE,
    LOGGED_IN,
    MODELS,
    PAGES,
    PEOPLE,
    READERS,
    UNNAMED,
    WRITES,
)
from tests.project.back_office.admin_world import model_of, row_of
from tests.project.house.breaking import APPS

# Of the four apps' tables; sessions and the admin's own log are not theirs.
WRITING = re.compile(rf'(INSERT INTO|UPDATE|DELETE FROM) "({"|".join(APPS)})_')
EVERYBODY = pytest.mark.parametrize("persona", PEOPLE)
# Enough to be let in or not: a form that asks for more tells its faults, and a page that asks
# "are you sure" is answered.
SENT = {"post": "yes", "note": "Nytt.", "_approve": "", "despite_unread": "on"}


def patterns(under: URLResolver) -> Iterator[URLPattern]:
    for entry in under.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def admin_patterns() -> Iterator[URLPattern]:
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace == "admin":
            yield from patterns(entry)


def stored() -> dict[str, list[tuple]]:
    """Everything that is in the tables of the four apps, but for who read what."""
    rows = {
        model: model._base_manager.all()
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy
    }
    rows[ChangeLog] = rows[ChangeLog].filter(kind__in=CHANGES)
    return {
        model._meta.label: sorted(of_model.values_list(), key=repr)
        for model, of_model in rows.items()
    }


def is_open(response) -> bool:
    """Whether the address let the person in: a page, a file, or on after a deed."""
    if response.status_code in (403, 404, 405):
        return False
    assert response.status_code in (200, 302, 400), response.status_code
    if response.status_code == 302:
        # To the login, and to the index with "there is no such object".
        return not response["Location"].startswith("/admin/login/") and (
            response["Location"] != "/admin/"
        )
    return True


def send(post: Callable, address: str, before: dict, **data) -> tuple[bool, bool]:
    """Whether somebody was let in, and whether it left anything; it is taken back again.

    All tables are read only where a statement wrote to one: a walk sends a thousand times.
    """
    wrote: list[str] = []

    def watch(execute, sql, params, many, context):
        if WRITING.match(sql):
            wrote.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(watch):
            was_let_in = is_open(post(address, **data))
        has_changed = bool(wrote) and stored() != before
        transaction.set_rollback(True)
    return was_let_in, has_changed


def test_every_address_of_the_admin_stands_in_the_table():
    names = {pattern.name or str(pattern.pattern) for pattern in admin_patterns()}
    expected = set(PAGES) | {AUTOCOMPLETE} | set(UNNAMED)
    for label, rights in MODELS.items():
        app, model = label.split(".")
        expected |= {f"{app}_{model}_{page}" for page in rights.pages()}
    assert names == expected


def test_every_model_of_the_admin_stands_in_the_table():
    assert {model._meta.label_lower for model in admin.site._registry} == set(MODELS)


@EVERYBODY
def test_everybody_opens_exactly_the_pages_of_the_table(world, as_persona, persona):
    client, before = as_persona(persona), stored()
    expected = {
        f"{label}/{page}": persona in who
        for label, rights in MODELS.items()
        for page, who in rights.pages().items()
    }
    expected |= {name: persona in who for name, who in PAGES.items() if name != "logout"}
    opened, may_be_kept = {}, set()
    for name in expected:
        response = client.get(world(name))
        opened[name] = is_open(response)
        if response.status_code == 200 and "no-store" not in response.get("Cache-Control", ""):
            may_be_kept.add(name)
    assert opened == expected
    assert stored() == before
    # What somebody saw who was logged in is kept by no browser and nothing on the way.
    assert may_be_kept == set()


@EVERYBODY
def test_nobody_sends_what_the_table_does_not_let_them(world, as_persona, persona):
    client, before, opened = as_persona(persona), stored(), {}
    expected = {
        f"{label}/{page}": persona in who
        for label, rights in MODELS.items()
        for page, who in rights.writes().items()
    }
    expected |= {name: persona in who for name, who in WRITES.items() if name != "logout"}
    for name in expected:
        opened[name], has_changed = send(client.post, world(name), before, data=SENT)
        assert expected[name] or not has_changed, name
    assert opened == expected


@pytest.mark.parametrize("persona", [name for name in PEOPLE if name in LOGGED_IN])
def test_logging_out_is_something_one_sends(world, as_persona, persona):
    client = as_persona(persona)
    assert client.get(world("logout")).status_code == 405
    assert client.post(world("logout")).status_code in (200, 302)
    assert not is_open(client.get(world("index")))


def test_a_visitor_is_sent_to_the_login_and_nowhere_else(world, client):
    for label, rights in MODELS.items():
        for page in rights.pages():
            response = client.get(world(f"{label}/{page}"))
            assert response.status_code == 302, (label, page)
            assert response["Location"].startswith("/admin/login/?next=")


@EVERYBODY
def test_unknown_addresses_and_old_ones_tell_nothing(world, as_persona, persona):
    client = as_persona(persona)
    response = client.get("/admin/finns-inte/")
    assert response.status_code == (404 if persona in LOGGED_IN else 302)
    plan = ActionPlan.objects.get()
    response = client.get(f"/admin/actionplan/actionplan/{plan.pk}/")
    assert response.status_code == 302
    led_on = client.get(response["Location"])
    assert (led_on.status_code == 200 and persona in LOGGED_IN) is (persona in READERS)


def foreign_keys() -> Iterator[tuple[models.Field, type[models.Model]]]:
    """Every field whose rows the admin would offer while somebody types."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.get_fields():
                remote = field.related_model if field.concrete and field.is_relation else None
                if remote in admin.site._registry:
                    yield field, remote


@EVERYBODY
def test_completing_offers_only_what_the_person_reads(world, as_persona, persona):
    client = as_persona(persona)
    opened, expected = {}, {}
    for field, remote in foreign_keys():
        model = field.model._meta
        data = {
            "app_label": model.app_label,
            "model_name": model.model_name,
            "field_name": field.name,
            "term": "",
        }
        opened[str(field)] = is_open(client.get(world(AUTOCOMPLETE), data))
        is_searched = bool(admin.site._registry[remote].search_fields)
        rights = MODELS[remote._meta.label_lower]
        who = rights.pages()["changelist"] if is_searched else frozenset()
        expected[str(field)] = persona in who
    assert opened == expected
    assert any(opened.values()) is (persona in READERS)


def actions(model: type[models.Model], user) -> set[str]:
    """What can be done with chosen rows of a list, by somebody who may everything."""
    request = RequestFactory().get("/")
    request.user = user
    return set(admin.site._registry[model].get_actions(request))


# Rows that others lean on: the page opens, and says what stands in the way.
PROTECTED = {
    # A requirement treats one of its risks.
    "risks.riskmatrix",
    "actionplan.purchasingcategory",
    "actionplan.procurementregion",
    # One of its indicators has been reported on.
    "actionplan.goal",
}


# One at a time, from its own page: a draft never from a list that holds what was submitted, a
# contract that was registered by mistake never among others.
NOT_FROM_THE_LIST = {"followup.indicatorreading", "followup.contract"}


def deletable(persona: str) -> set[str]:
    """The models of which a persona deletes a row."""
    return {label for label, rights in MODELS.items() if persona in rights.delete} - PROTECTED


@EVERYBODY
def test_actions_change_something_for_those_who_may_and_nobody_else(
    world, as_persona, persona, superuser
):
    client, before, changed = as_persona(persona), stored(), set()
    for label in MODELS:
        model = model_of(label)
        # A new action is a right of its own: give it a column in the table.
        assert actions(model, superuser) <= {"delete_selected", *MODELS[label].actions}
        form = {"action": "delete_selected", "_selected_action": [str(row_of(model).pk)]}
        address = world(f"{label}/changelist")
        for action, who in MODELS[label].actions.items():
            listed = client.get(address, follow=True).content.decode()
            assert (f'value="{action}"' in listed) is (persona in who), label
        _is_open, has_changed = send(client.post, address, before, data=SENT | form)
        changed |= {label} if has_changed else set()
    assert changed == deletable(persona) - NOT_FROM_THE_LIST


@EVERYBODY
def test_deleting_works_for_those_who_may_and_nobody_else(world, as_persona, persona):
    client, before = as_persona(persona), stored()
    addresses = {label: world(f"{label}/delete") for label in MODELS}
    deleted = {
        label
        for label, address in addresses.items()
        if send(client.post, address, before, data=SENT)[1]
    }
    assert deleted == deletable(persona)


@EVERYBODY
def test_an_import_is_read_for_coordinators_only(world, as_persona, persona):
    client, before = as_persona(persona), stored()
    for label, rights in MODELS.items():
        if rights.import_ is None:
            continue
        file = SimpleUploadedFile("rader.xlsx", b"no workbook")
        data = {"format": "0", "import_file": file}
        address = world(f"{label}/import")
        was_let_in, has_changed = send(client.post, address, before, data=data)
        assert (was_let_in, has_changed) == (persona in rights.import_, False), label


@EVERYBODY
def test_an_export_holds_rows_for_readers_only(world, as_persona, persona, break_off):
    client = as_persona(persona)
    for label, rights in MODELS.items():
        if rights.export is None:
            continue
        response = client.post(world(f"{label}/export"), {"format": "0", "resource": "0"})
        is_file = "attachment" in response.get("Content-Disposition", "")
        assert is_file is (persona in rights.export), label
        break_off(response)


def test_the_comparison_would_notice_one_changed_letter(plan):
    before = stored()
    LifecycleStage.objects.filter(code="use").update(name="Användninh")
    assert stored() != before
