"""What a person sees who waited longer for another writer than anybody is let wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from lxml import html

from actionplan.models import ActionPlan, Indicator, User
from followup.models import IndicatorReading
from tests.factories import PlanFactory, UserFactory
from tests.project.back_office.sent_forms import TYPED, filled_in
from tests.second_writer import OwnDatabase

# So long a writer waits here, in each database's own way to say it.
PATIENCE = {"sqlite": {"timeout": 0.2}, "postgresql": {"options": "-c statement_timeout=200"}}
PASSWORD = "ett långt lösenord för provet"


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[OwnDatabase]:
    with django_db_blocker.unblock():
        database = OwnDatabase(tmp_path_factory.mktemp("own"))
        with database.in_use():
            PlanFactory(with_goals=True)
            UserFactory(username="ansvarig", is_superuser=True)
    yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture
def plan(database, db) -> Iterator[ActionPlan]:
    with database.in_use(**PATIENCE[connection.vendor]):
        yield ActionPlan.objects.get()


@pytest.fixture
def client(plan) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get())
    return client


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another connection that has changed everything, and does not come to an end."""
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with other.cursor() as cursor:
            for model in (ActionPlan, User):
                # The names are the models' own.
                cursor.execute(f"UPDATE {model._meta.db_table} SET id = id")  # noqa: S608
        yield
        other.rollback()
    finally:
        other.close()


def sent_again(client: Client, response) -> object:
    """Press the button of the page; browsers send a form's hidden fields as they stand."""
    forms = html.document_fromstring(response.content.decode()).iter("form")
    (form,) = (form for form in forms if form.get("method") == "post")
    data: dict[str, list[str]] = {}
    for field in form.iter("input"):
        data.setdefault(field.get("name"), []).append(field.get("value"))
    return client.post(form.get("action"), data)


def refused(client: Client, address: str, data: dict) -> Callable:
    with somebody_writes():
        response = client.post(address, data)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    return response


def test_what_was_typed_stands_in_the_page_and_is_sent_again_by_a_button(client, plan):
    address = reverse("admin:actionplan_actionplan_change", args=[plan.pk])
    response = refused(client, address, filled_in(client.get(address)))
    body = response.content.decode()
    assert "Inget sparades, men det du skrev finns här" in body
    assert not ActionPlan.objects.filter(introduction=TYPED).exists()
    assert sent_again(client, response).status_code == 302
    assert ActionPlan.objects.filter(introduction=TYPED).exists()


def test_a_file_is_asked_for_anew_and_the_words_beside_it_stay(client, plan):
    address = reverse("admin:followup_indicatorreading_add")
    file = SimpleUploadedFile("bevis.pdf", b"%PDF-1.4 x", "application/pdf")
    fields = {"file": file, "indicator": Indicator.objects.first().pk}
    response = refused(client, address, {**filled_in(client.get(address)), **fields})
    assert "Välj filen på nytt" in response.content.decode()
    assert sent_again(client, response).status_code == 302
    assert IndicatorReading.objects.get().comment == TYPED


def test_a_log_in_is_never_500_and_its_password_is_not_in_the_page(plan):
    client, person = Client(raise_request_exception=False), User.objects.get()
    person.set_password(PASSWORD)
    person.save()
    given = {"login": "ansvarig", "password": PASSWORD}
    response = refused(client, "/admin/login/?next=/admin/", given)
    body = response.content.decode()
    assert PASSWORD not in body
    assert "Lösenord skickas aldrig två gånger" in body
    assert client.post("/admin/login/?next=/admin/", given).status_code == 302


def test_readers_do_not_wait_for_a_writer(client):
    with somebody_writes():
        for address in ("/", "/kravpaket/", "/uppfoljning/", "/admin/", "/readyz"):
            assert client.get(address).status_code == 200
