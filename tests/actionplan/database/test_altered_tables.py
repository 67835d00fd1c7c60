"""A migration that changes a table, where SQLite builds it anew, keeps the triggers around it."""

import pytest
from django.db import ConnectionHandler, migrations, models
from django.db.migrations.state import ProjectState
from django.db.utils import OperationalError

from actionplan.migrations._guards import keeping_triggers

GUARD = "CREATE TRIGGER box_stands BEFORE DELETE ON toys_box BEGIN SELECT RAISE(ABORT, 'No.'); END"
# It guards one table and reads another.
READER = (
    "CREATE TRIGGER toy_stands BEFORE DELETE ON toys_toy WHEN "
    "(SELECT id FROM toys_box WHERE id = OLD.id) > 0 BEGIN SELECT RAISE(ABORT, 'No.'); END"
)
TABLES = [
    migrations.CreateModel(name, [("id", models.AutoField(primary_key=True))])
    for name in ("Box", "Toy")
]
ADDED = migrations.AddField("box", "colour", models.TextField(blank=True, default=""))


@pytest.fixture
def connection(django_db_blocker):
    with django_db_blocker.unblock():
        handler = ConnectionHandler(
            {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
        )
        yield handler["default"]
        handler["default"].close()


@pytest.fixture
def state(connection):
    """The models of a database with two tables and their triggers."""
    state = run(connection, TABLES, ProjectState())
    with connection.cursor() as cursor:
        cursor.execute(GUARD)
        cursor.execute(READER)
    return state


def run(connection, operations, state):
    """Run the operations of a migration, and return the models after it."""
    with connection.schema_editor() as editor:
        for operation in operations:
            before, state = state, state.clone()
            operation.state_forwards("toys", state)
            operation.database_forwards("toys", editor, before, state)
    return state


def triggers(connection) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        return {sql for (sql,) in cursor.fetchall()}


def columns(connection) -> list[str]:
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, "toys_box")
    return [column.name for column in table]


def test_the_triggers_on_a_table_and_those_that_read_it_are_kept(connection, state):
    run(connection, keeping_triggers("toys_box", ADDED), state)
    assert columns(connection) == ["id", "colour"]
    assert triggers(connection) == {GUARD, READER}


def test_they_are_kept_on_the_way_back_as_well(connection, state):
    steps = keeping_triggers("toys_box", ADDED)
    after = run(connection, steps, state)
    with connection.schema_editor() as editor:
        for step in reversed(steps):
            step.database_backwards("toys", editor, after, state)
    assert columns(connection) == ["id"]
    assert triggers(connection) == {GUARD, READER}


def test_without_it_such_a_change_is_refused(connection, state):
    with pytest.raises(OperationalError, match="toy_stands"):
        run(connection, [ADDED], state)
