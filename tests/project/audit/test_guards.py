"""Raw SQL is refused where something stands for ever, on both databases."""

# ruff: noqa: S608 - the names are those of our own tables.

from datetime import date
from importlib import import_module
from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from actionplan.models import ChangeEvent, EventKind, User
from followup.actions.deviations import STEPS
from followup.models import Deviation, DeviationState, IndicatorReading, ReadingState
from tests.factories import ReadingFactory, UserFactory
from tests.unguarded import unguarded

MIGRATIONS = (
    "actionplan.migrations.0004_logs_are_append_only",
    "requirements_pkg.migrations.0002_versions_are_immutable",
    "requirements_pkg.migrations.0008_consulted_drafts_stand",
    "followup.migrations.0003_what_is_decided_stands",
)
GUARDS = [guard for name in MIGRATIONS for guard in import_module(name).GUARDS]
TABLES = pytest.mark.parametrize("guard", GUARDS, ids=[guard.table for guard in GUARDS])
CLOSED = DeviationState.CLOSED


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def key_of(table: str) -> str:
    """The column that a row of a table is known by."""
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_column(cursor, table)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]


@TABLES
def test_no_statement_changes_what_stands(guard, guarded_rows):
    where = f"WHERE {key_of(guard.table)} = {guarded_rows[guard.table]}"
    for column in columns_of(guard.table)[:2]:
        with pytest.raises(IntegrityError, match=guard.sentence[:40]):
            sql(f"UPDATE {guard.table} SET {column} = {column} {where}")


@TABLES
def test_no_statement_takes_away_what_stands(guard, guarded_rows):
    with pytest.raises(IntegrityError, match=guard.sentence[:40]):
        sql(f"DELETE FROM {guard.table} WHERE {key_of(guard.table)} = {guarded_rows[guard.table]}")


@TABLES
def test_no_statement_empties_a_table_of_what_stands(guard, guarded_rows):
    if connection.vendor == "sqlite":
        with pytest.raises(IntegrityError, match=guard.sentence[:40]):
            sql(f"DELETE FROM {guard.table}")
        return
    with pytest.raises(DatabaseError, match=guard.sentence[:40]):
        sql(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {guard.table} CASCADE")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows like that")
@TABLES
def test_no_row_takes_the_place_of_what_stands(guard, guarded_rows):
    names = ", ".join(columns_of(guard.table))
    with pytest.raises(IntegrityError, match=guard.sentence[:40]):
        sql(
            f"INSERT OR REPLACE INTO {guard.table} ({names}) "
            f"SELECT {names} FROM {guard.table} "
            f"WHERE {key_of(guard.table)} = {guarded_rows[guard.table]}"
        )


@TABLES
def test_no_migration_has_dropped_a_guard(guard, db):
    """On SQLite a change of the table would, in silence."""
    guards = guard.on_sqlite() if connection.vendor == "sqlite" else ["", "_whole"]
    question = (
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        if connection.vendor == "sqlite"
        else "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        " AND tgrelid = %s::regclass"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [guard.table])
        assert cursor.fetchone()[0] == len(guards)


@pytest.mark.parametrize("trace", ["change", "event"])
def test_the_database_keeps_people_whose_name_stands_behind_something(db, trace, stockholm):
    person, other = UserFactory(username="kim"), UserFactory(username="bo")
    if trace == "change":
        stockholm.name = "Region Stockholm län"
        stockholm.signed_by(person).save()
    else:
        ChangeEvent.objects.record(EventKind.IMPORTED, stockholm, by=person, detail={})
    with pytest.raises(IntegrityError, match="deactivated, not deleted"), transaction.atomic():
        person.delete()
    with pytest.raises(IntegrityError, match="deactivated, not deleted"):
        sql(f"DELETE FROM actionplan_user WHERE id = {person.pk}")
    # Whoever has done nothing may go, and nobody is kept from being renamed.
    other.delete()
    User.objects.filter(pk=person.pk).update(first_name="Kim")
    assert User.objects.get(pk=person.pk).first_name == "Kim"


def test_a_guard_that_is_taken_away_between_tests_comes_back(guarded_rows):
    with unguarded():
        sql("UPDATE actionplan_changelog SET reason = 'x'")
    with pytest.raises(IntegrityError):
        sql("UPDATE actionplan_changelog SET reason = 'x'")


@pytest.mark.parametrize(("before", "after"), list(product(DeviationState, DeviationState)))
def test_a_deviation_goes_the_steps_that_the_application_knows(before, after, guarded_rows):
    row = Deviation.objects.get()
    row.escalation_reason = "Ingen plan."
    closing = {"closed_by": row.closed_by, "closed_on": row.closed_on}
    opening = dict.fromkeys(closing)
    row.pk, row.state = None, before
    for name, value in (closing if before == CLOSED else opening).items():
        setattr(row, name, value)
    Deviation.objects.bulk_create([row])
    step = Deviation.objects.filter(pk=row.pk)
    # An observation is remedied straight away, and what will not be remedied is written off.
    ways = {
        *STEPS[before],
        before,
        CLOSED,
        *([DeviationState.REMEDIED] if before == "open" else []),
    }
    facts = closing if after == CLOSED else opening
    if before != CLOSED and after in ways:
        assert step.update(state=after, **facts) == 1
    else:
        with pytest.raises(IntegrityError, match="goes its steps"), transaction.atomic():
            step.update(state=after, **facts)


@pytest.mark.parametrize(("before", "after"), list(product(ReadingState, ReadingState)))
def test_a_reading_goes_from_draft_to_approved_and_no_other_way(before, after, guarded_rows):
    approved = IndicatorReading.objects.get()
    sent = {"submitted_at": approved.submitted_at}
    answered = {"decided_by": approved.decided_by, "decided_at": approved.decided_at}
    facts = {
        "draft": {},
        "submitted": sent,
        "returned": {**sent, **answered, "reason": "Komplettera."},
        "approved": {**sent, **answered},
    }
    nothing = {"submitted_at": None, "decided_by": None, "decided_at": None}
    row = ReadingFactory(
        indicator=approved.indicator,
        author=approved.author,
        as_of=date(2026, 9, 30),
        state=before,
        **facts[before],
    )
    ways = {"draft": "submitted", "returned": "submitted", "submitted": ("returned", "approved")}
    step = IndicatorReading.objects.filter(pk=row.pk)
    values = {"state": after, **nothing, **facts[after]}
    if before != "approved" and (after == before or after in ways[before]):
        assert step.update(**values) == 1
    else:
        with pytest.raises(IntegrityError, match="approved reading"), transaction.atomic():
            step.update(**values)
