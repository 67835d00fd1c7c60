"""The mark of a database tells of everything that others have written since."""

from collections.abc import Iterator

import pytest
from django.db import connections

from actionplan.database import write_marks

Pair = tuple[object, object]


@pytest.fixture
def two_connections(db, tmp_path) -> Iterator[Pair]:
    """Two connections of one database; on SQLite a file, for what is in memory has only one."""
    pair = [connections.create_connection("default") for _number in range(2)]
    for connection in pair:
        if connection.vendor == "sqlite":
            connection.settings_dict = connection.settings_dict | {
                "NAME": str(tmp_path / "two.sqlite3")
            }
    with pair[0].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS of_this_test (word text)")
    yield pair
    with pair[0].cursor() as cursor:
        cursor.execute("DROP TABLE of_this_test")
    for connection in pair:
        connection.close()


def write(connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO of_this_test VALUES ('något')")


def test_where_nobody_writes_it_is_as_it_was(two_connections, monkeypatch):
    mine, other = two_connections
    monkeypatch.setattr(write_marks, "connection", mine)
    before = write_marks.mark()
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM of_this_test")
        cursor.fetchall()
    assert write_marks.is_as_it_was(before)


@pytest.mark.parametrize("who", [0, 1])
def test_what_anybody_has_written_is_seen(two_connections, who, monkeypatch):
    monkeypatch.setattr(write_marks, "connection", two_connections[0])
    before = write_marks.mark()
    write(two_connections[who])
    assert not write_marks.is_as_it_was(before)


def test_what_was_written_between_reading_and_a_transaction_is_seen_in_it(
    two_connections, monkeypatch
):
    mine, other = two_connections
    monkeypatch.setattr(write_marks, "connection", mine)
    before = write_marks.mark()
    write(other)
    mine.set_autocommit(False)
    assert not write_marks.is_as_it_was(before)
    mine.rollback()
    mine.set_autocommit(True)


def test_a_transaction_has_no_mark(db):
    assert write_marks.mark() is None
    assert not write_marks.is_as_it_was(None)
