"""The address of the database: odd passwords are read or refused, and nothing waits for ever."""

import sqlite3
from contextlib import closing
from urllib.parse import quote

import pytest
from psycopg.conninfo import conninfo_to_dict

from actionplan import env
from actionplan.env import Misconfigured

PASSWORDS = ["p@ss", "a:b", "a/b", "a?b", "a#b", "100%", "%41", "[x]", "två ord", "åäö", "'\"\\$"]


def read(value: str, **given: str | int) -> dict:
    return env.database({"DATABASE_URL": value}, "DATABASE_URL", default="", **given)


@pytest.mark.parametrize("password", PASSWORDS)
def test_any_password_is_read_when_it_is_percent_encoded(password):
    database = read(f"postgresql://krav:{quote(password, safe='')}@db/kravkedjan")
    parts = [database[part] for part in ("USER", "PASSWORD", "HOST", "NAME")]
    assert parts == ["krav", password, "db", "kravkedjan"]


@pytest.mark.parametrize("password", PASSWORDS)
def test_any_password_is_taken_as_it_is_from_a_variable_of_its_own(password):
    database = read("postgresql://krav@db/kravkedjan", password=password)
    assert (database["USER"], database["PASSWORD"]) == ("krav", password)


@pytest.mark.parametrize("password", ["p@ss", "a:b", "två", "å ä"])
def test_a_password_with_one_meaning_only_need_not_be_encoded(password):
    assert read(f"postgresql://krav:{password}@db/krav")["PASSWORD"] == password


@pytest.mark.parametrize(
    "password",
    ["hem/ligt", "hem?ligt", "hem#ligt", "hem%ligt", "hem[ligt", "hem]ligt", "9/hemligt", "hem\t"],
)
@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_password_with_two_meanings_is_refused_with_what_to_write(scheme, password):
    with pytest.raises(Misconfigured) as refused:
        read(f"{scheme}://krav:{password}@db/kravkedjan")
    assert "%2F for /" in str(refused.value)
    assert "DATABASE_PASSWORD" in str(refused.value)
    assert "hem" not in str(refused.value)
    # Nor does the fault that led here, which a server writes to its log.
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_two_passwords_are_one_too_many():
    with pytest.raises(Misconfigured, match="give one") as refused:
        read("postgresql://krav:hemligt@db/krav", password="hemligare")
    assert "hemlig" not in str(refused.value)


@pytest.mark.parametrize("path", ["/srv/a#b.sqlite3", "/srv/a?b.sqlite3", "/srv/100%.sqlite3"])
def test_a_file_name_is_not_cut_off_without_a_word(path):
    with pytest.raises(Misconfigured, match="%23 for #"):
        read(f"sqlite:///{path}")
    assert read(f"sqlite:///{quote(path)}")["NAME"] == path


def test_a_server_that_cannot_be_reached_is_given_up_soon():
    options = read("postgresql://db/krav")["OPTIONS"]
    assert 0 < int(options["connect_timeout"]) + int(options["tcp_user_timeout"]) / 1000 < 5
    assert read("postgresql://db/krav?connect_timeout=9")["OPTIONS"]["connect_timeout"] == "9"


def test_the_driver_knows_every_option():
    options = read("postgresql://db/krav", seconds=15)["OPTIONS"]
    assert conninfo_to_dict("", **options) == options


def test_a_connection_is_kept_and_looked_at_before_it_is_used_again():
    database = read("postgresql://db/krav")
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["CONN_MAX_AGE"] > 60


def test_requests_are_bound_and_commands_are_not():
    address = "postgresql://db/krav?options=-c%20search_path%3Dkrav"
    bound = read(address, seconds=15)["OPTIONS"]["options"]
    assert "-c statement_timeout=15s" in bound
    assert "-c search_path=krav" in bound
    unbound = read(address)["OPTIONS"]["options"]
    assert "statement_timeout" not in unbound
    assert "-c search_path=krav" in unbound


def test_a_writer_on_sqlite_queues_no_longer_than_a_request_may_take():
    assert read("sqlite:////srv/x", seconds=7)["OPTIONS"]["timeout"] == 7
    assert read("sqlite:////srv/x")["OPTIONS"]["timeout"] == 20


def test_a_refused_mail_address_keeps_its_password_too():
    with pytest.raises(Misconfigured) as refused:
        env.mail({"M": "smtps://krav:9hem/ligt@mail.example"}, "M", debug=False)
    assert "hem" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_connection_to_sqlite_is_kept_but_not_for_long():
    assert 0 < read("sqlite:////srv/x")["CONN_MAX_AGE"] <= 60


def test_a_new_sqlite_file_has_pages_that_hold_whole_texts(tmp_path):
    options = read(f"sqlite:///{tmp_path}/site.sqlite3")["OPTIONS"]
    with closing(sqlite3.connect(tmp_path / "site.sqlite3")) as database:
        database.executescript(options["init_command"])
        database.execute("CREATE TABLE texts (text)")
        assert database.execute("PRAGMA page_size").fetchone() == (8192,)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
