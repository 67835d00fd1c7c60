"""What is answered while the database is away, locked or too slow."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    connection,
)
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from psycopg.errors import ReadOnlySqlTransaction

from actionplan.middleware import Sessions, is_away

CERTAIN, UNCERTAIN = "Inget sparades", "inte säkert att allt sparades"


def away(*_args: object) -> None:
    """What the driver says of a server that is not there."""
    raise OperationalError("connection refused")


def misspelled(*_args: object) -> None:
    """What the driver says of a question that is wrong, whatever the database."""
    raise DatabaseError("no such column")


@pytest.fixture
def database_away(db) -> Iterator[None]:
    """A database that answers no question at all, those of the error page included."""
    with connection.execute_wrapper(away):
        yield


@pytest.mark.parametrize("address", ["/", "/kravpaket/", "/sok/?q=el", "/uppfoljning/"])
def test_a_page_says_that_one_may_come_again(client, database_away, address):
    response = client.get(address)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    body = response.content.decode()
    assert "Ladda om sidan" in body
    assert CERTAIN not in body
    assert UNCERTAIN not in body


def test_the_page_comes_in_the_language_that_was_chosen(client, database_away, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Reload the page" in client.get("/").content.decode()


def test_a_form_that_was_sent_says_that_nothing_was_saved(client, database_away):
    response = client.post("/admin/login/", {"login": "sam", "password": "hemligt"})
    assert response.status_code == 503
    assert CERTAIN in response.content.decode()


def test_the_admin_says_the_same(client, superuser):
    client.force_login(superuser)
    with connection.execute_wrapper(away):
        assert client.get("/admin/").status_code == 503


def test_a_question_that_is_wrong_is_a_fault_of_ours(client, db, settings):
    client.raise_request_exception = False
    with connection.execute_wrapper(misspelled):
        assert client.get("/kravpaket/").status_code == 500


def test_the_process_answers_and_says_that_it_is_not_ready(client, database_away):
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": "unavailable"})
    assert int(response["Retry-After"]) > 0


def with_session(method: str) -> HttpResponse:
    """The answer to a view that did its work and left something in the session."""

    def view(request: HttpRequest) -> HttpResponse:
        request.session["done"] = True
        return HttpResponse("done")

    return Sessions(view)(getattr(RequestFactory(), method)("/"))


def test_a_session_that_cannot_be_kept_leaves_open_what_was_saved(database_away):
    response = with_session("post")
    assert response.status_code == 503
    assert UNCERTAIN in response.content.decode()
    assert CERTAIN not in response.content.decode()


def test_a_session_that_can_be_kept_changes_nothing(db):
    assert with_session("post").content == b"done"


def test_a_wrong_question_about_a_session_stays_a_fault(db):
    with connection.execute_wrapper(misspelled), pytest.raises(DatabaseError):
        with_session("post")


@pytest.fixture
def locked_file(tmp_path) -> Iterator[sqlite3.Connection]:
    """A connection to a SQLite file that another one is writing to."""
    path = tmp_path / "held.sqlite3"
    with (
        closing(sqlite3.connect(path)) as writer,
        closing(sqlite3.connect(path, timeout=0)) as other,
    ):
        writer.execute("CREATE TABLE plan (title)")
        writer.execute("BEGIN IMMEDIATE")
        yield other


def failed(locked_file: sqlite3.Connection, question: str) -> OperationalError:
    """The fault as Django hands it on."""
    with pytest.raises(sqlite3.OperationalError) as caught:
        locked_file.execute(question)
    error = OperationalError(str(caught.value))
    error.__cause__ = caught.value
    return error


def test_a_locked_file_is_waited_for_and_a_wrong_question_is_not(locked_file):
    assert is_away(failed(locked_file, "BEGIN IMMEDIATE"))
    assert not is_away(failed(locked_file, "SELECT nothing FROM plan"))
    assert not is_away(failed(locked_file, "SELEKT"))


def test_only_faults_of_the_database_itself_are_taken_for_it():
    assert is_away(InterfaceError("connection already closed"))
    assert not is_away(IntegrityError("duplicate key"))
    assert not is_away(InternalError("current transaction is aborted"))
    assert not is_away(ValueError())


def test_a_postgresql_that_lets_nothing_be_written_is_waited_for():
    error = InternalError("cannot execute INSERT in a read-only transaction")
    error.__cause__ = ReadOnlySqlTransaction()
    assert is_away(error)
