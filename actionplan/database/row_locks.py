"""Rows that are held against other writers until the transaction ends."""

from django.db import connection, models


def hold(model: type[models.Model], *keys: int) -> None:
    """Hold the rows with these keys, always in the same order: no two wait for each other.

    Nothing is read of them. Others wait from then on, so the statement is not put together by a
    query set: that takes longer than a database takes to answer.

    Raises:
        model.DoesNotExist: one of them is gone.
    """
    wanted = sorted(set(keys))
    quote, meta = connection.ops.quote_name, model._meta
    key, stand_ins = quote(str(meta.pk.column)), ", ".join(["%s"] * len(wanted))
    # Names of ours and no values of anybody's.
    sql = f"SELECT {key} FROM {quote(meta.db_table)} WHERE {key} IN ({stand_ins}) ORDER BY {key}"  # noqa: S608
    if connection.features.has_select_for_update:
        sql = f"{sql} FOR UPDATE"
    # On SQLite the transaction itself keeps all others from writing.
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        if len(cursor.fetchall()) < len(wanted):
            # Each model has its own; the stubs know of none for one that is not named.
            raise model.DoesNotExist  # type: ignore[attr-defined]
