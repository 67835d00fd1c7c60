"""Many small values of a group of rows in one text, as the database gathers them."""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, TextField
from django.db.models.sql.compiler import SQLCompiler

from actionplan.django_edges import Handed

# What a database calls it.
GATHERED: Final = {"postgresql": "STRING_AGG", "sqlite": "GROUP_CONCAT"}


class JoinedValues(Aggregate):
    """All values of a group in one text, parted by commas."""

    function = GATHERED["sqlite"]
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Handed
    ) -> object:
        """Call it as PostgreSQL does."""
        name = GATHERED["postgresql"]
        return self.as_sql(compiler, connection, template=f"{name}((%(expressions)s)::text, ',')")


def parted(text: str | None) -> list[str]:
    """Return the values that the database gathered into one text; none of an empty group."""
    return text.split(",") if text else []
