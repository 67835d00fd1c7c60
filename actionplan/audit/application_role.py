"""The role of PostgreSQL that the application runs as: it owns nothing and switches nothing off.

Whoever owns a table may disable its triggers, empty it or take it away; so the server is given a
role that only reads and writes rows, and migrations are run by another.
"""

from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

LATER: Final = "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT"
GRANTS: Final = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "REVOKE CREATE ON SCHEMA {schema} FROM {role}, PUBLIC",
    "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    # For tables that a later migration makes.
    f"{LATER} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{role}}",
    f"{LATER} USAGE, SELECT ON SEQUENCES TO {{role}}",
    # Into the logs rows are written and read, whatever the triggers say; migrations are another's.
    "REVOKE UPDATE, DELETE ON actionplan_changelog, actionplan_changeevent FROM {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
)
MAY_MORE: Final = """
    SELECT rolsuper OR rolcreaterole OR rolbypassrls
        OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)
        OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)
        FROM pg_roles WHERE rolname = %s
"""


class UnfitRole(Exception):
    """A role that may do more than read and write rows: it would be no border."""


def grant(role: str, *, password: str = "") -> None:
    """Let a role read and write rows of all tables, and no more; make it where there is none.

    Call it in a transaction, as the owner of the tables.

    Raises:
        UnfitRole: the role may do more already, as the owner of a table may.
    """
    with connection.cursor() as cursor:
        cursor.execute(MAY_MORE, [role])
        known = cursor.fetchone()
        if known is not None and known[0]:
            raise UnfitRole(role)
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        statements = [] if known else ["CREATE ROLE {role} LOGIN"]
        names = {"role": sql.Identifier(role), "schema": sql.Identifier(schema)}
        if password:
            statements.append("ALTER ROLE {role} PASSWORD {secret}")
        secret = sql.Literal(_hashed(cursor, role, password))
        for statement in (*statements, *GRANTS):
            text = sql.SQL(statement).format(**names, secret=secret)
            cursor.execute(text.as_string(cursor.connection))


def _hashed(cursor: CursorWrapper, role: str, password: str) -> str:
    """Return a password as the server keeps it, so that no log of the server gets to see it."""
    server = cursor.connection.pgconn
    return str(
        server.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    )
