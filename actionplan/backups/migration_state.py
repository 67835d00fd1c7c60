"""Which migrations a database has, and which ones this version of the application wants."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

State = dict[str, tuple[str, ...]]


def wanted() -> State:
    """Return the migrations of each app, as this version has them."""
    return _by_app(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def has_no_tables() -> bool:
    """Tell whether nothing has ever been made in the database."""
    return not connection.introspection.table_names()


def missing() -> str:
    """Return a migration that the database lacks; "" where it has all."""
    applied = _by_app(MigrationRecorder(connection).applied_migrations())
    return difference({app: applied.get(app, ()) for app in wanted()}, wanted())


def difference(left: Mapping[str, Iterable[str]], right: Mapping[str, Iterable[str]]) -> str:
    """Name a migration that one of two states has and the other lacks; "" where there is none."""
    lefts, rights = ({(app, name) for app in s for name in s[app]} for s in (left, right))
    return next((" ".join(migration) for migration in sorted(lefts ^ rights)), "")


def _by_app(migrations: Iterable[tuple[str, str]]) -> State:
    names = defaultdict(list)
    for app, name in migrations:
        names[app].append(name)
    return {app: tuple(sorted(names[app])) for app in sorted(names)}
