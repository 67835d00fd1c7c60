"""Everything is in a backup, or says why it is not."""

import tomllib

from django.apps import apps
from django.conf import settings
from django.db import connection, models

import actionplan
from actionplan.backups import tables
from actionplan.backups.tables import LEFT_OUT, NO_MODELS, REFERENCE, backup_tables

# Of SQLite's full-text index and its own book-keeping.
INNER = ("requirements_pkg_publishedtext_terms_", "sqlite_")
# PostgreSQL makes them of others.
GENERATED = {("requirements_pkg_packageversion", "content_text")}
GENERATED |= {("requirements_pkg_publishedtext", "lexemes")}


def uncovered() -> set[str]:
    """Return the tables of the database that are neither in a backup nor left out."""
    named = {apps.get_model(label)._meta.db_table for label in LEFT_OUT}
    named |= {table.model._meta.db_table for table in backup_tables()} | NO_MODELS.keys()
    return {
        table
        for table in connection.introspection.table_names()
        if table not in named and not table.startswith(INNER)
    }


def test_every_table_is_in_a_backup_or_says_why_not(db):
    assert uncovered() == set()
    assert all(len(reason) > 20 for reason in (LEFT_OUT | NO_MODELS).values())


def test_every_model_of_ours_is_in_a_backup_or_says_why_not():
    ours = ("actionplan", "risks", "requirements_pkg", "followup")
    labels = {
        model._meta.label
        for app in ours
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if not model._meta.proxy
    }
    covered = {table.label for table in backup_tables()}
    assert labels - covered == {"actionplan.User_groups", "actionplan.User_user_permissions"}


def test_a_table_that_was_forgotten_would_be_noticed(db, monkeypatch):
    without = {name: why for name, why in NO_MODELS.items() if name != "cache"}
    monkeypatch.setattr(tables, "NO_MODELS", without)
    monkeypatch.setitem(globals(), "NO_MODELS", without)
    assert uncovered() == {"cache"}


def test_every_column_is_one_of_a_model_or_made_of_others(db):
    with connection.cursor() as cursor:
        for table in backup_tables():
            name = table.model._meta.db_table
            stored = connection.introspection.get_table_description(cursor, name)
            extra = {(name, column.name) for column in stored} - {
                (name, column) for column in table.columns
            }
            assert extra <= GENERATED


def test_what_people_upload_stands_in_the_database():
    """A file elsewhere would not be in a backup."""
    files = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]
    assert files == []


def test_a_document_is_never_nothing():
    """A line says `null` for no document, and for one that is JSON's own nothing."""
    nullable = [
        f"{table.label}.{field.name}"
        for table in backup_tables()
        for field in table.fields
        if isinstance(field, models.JSONField) and field.null
    ]
    assert nullable == []


def test_rows_that_a_restoration_replaces_are_those_of_the_migrations(db):
    filled = {table.label for table in backup_tables() if table.model._base_manager.exists()}
    assert filled == REFERENCE


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    assert actionplan.__version__ == project["version"]
