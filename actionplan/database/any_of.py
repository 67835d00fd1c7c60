"""Keys that a query gives, looked up before the rows that have them."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In


class AnyOf(In):
    """Whether a key is one of those that a query gives, which is asked first and once.

    PostgreSQL joins all tables of a list before it looks which keys a page has, where they are
    more than it cares to order.
    """

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        is_array = connection.vendor == "postgresql"
        return f"= ANY(ARRAY{rhs})" if is_array else super().get_rhs_op(connection, rhs)
