"""How a published document is kept: as JSON, written and read quickly."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression
from django.db.models.expressions import Col, Func
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from actionplan.django_edges import Handed
from requirements_pkg.document.reading import read
from requirements_pkg.document.schema import SCHEMA, Document


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document as its JSON: a `DocumentField` stores it is."""

    text: str


class QuickEncoder(json.JSONEncoder):
    """What `json.dumps` asks for, by msgspec: a version is written down while others wait."""

    def encode(self, o: object) -> str:
        if isinstance(o, WrittenDocument):
            return o.text
        return msgspec.json.encode(o, order="sorted").decode()


class QuickDecoder(json.JSONDecoder):
    """What `json.loads` asks for, by msgspec: parts of documents, and facts of them."""

    def decode(self, s: str, *args: Handed) -> object:
        try:
            return msgspec.json.decode(s)
        except msgspec.DecodeError as error:
            # SQLite gives a text within JSON bare, and Django knows it by this.
            raise json.JSONDecodeError(str(error), s, 0) from error


class QuickJSONField(models.JSONField):
    """A JSON column; to the database, and to its migrations, it is nothing else."""

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        self.encoder, self.decoder = QuickEncoder, QuickDecoder

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["encoder"], kwargs["decoder"]
        return name, "django.db.models.JSONField", args, kwargs

    def value_to_string(self, obj: models.Model) -> Any:
        """Write it as plain JSON, for a dump of the database."""
        return msgspec.to_builtins(self.value_from_object(obj))


class PartField(QuickJSONField):
    """A JSON column that gives values of a type; a part of one that a query asks for is plain."""

    def __init__(self, *args: Handed, of: object = object, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        self.of = of

    def from_db_value(
        self, value: Any, expression: Expression, connection: BaseDatabaseWrapper
    ) -> Any:
        """Return what is stored, as its type."""
        if value is None or isinstance(expression, KeyTransform):
            return super().from_db_value(value, expression, connection)
        return msgspec.json.decode(value, type=self.of)


class DocumentAsText(Cast):
    """A document as its text, for whoever reads all of it.

    PostgreSQL keeps that in a column beside the document, which it takes four times as long to put
    together (migration 0015); elsewhere a document is kept as text.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, models.TextField())

    def as_postgresql(self, compiler: SQLCompiler, connection: object, **_context: Handed) -> Any:
        (document,) = self.get_source_expressions()
        beside: models.TextField[str, str] = models.TextField()
        beside.column = f"{document.target.column}_text"
        return compiler.compile(Col(document.alias, beside))


class FirstMember(Func):
    """The first member of a list in a document that has a value in a field, as its type.

    The database looks for it where it stands, and hands over nothing else of the document.
    """

    def __init__(self, document: str, path: str, value: str | int, *, of: Any) -> None:
        """Name the list and the field by their path: `plan.product_areas.number`.

        The path is ours; nothing that anybody typed may stand in it.
        """
        super().__init__(document, output_field=PartField(of=of))
        self.value = value
        self.members, _dot, self.name = path.rpartition(".")
        self.cast = "bigint" if isinstance(value, int) else "text"

    def as_postgresql(self, compiler: SQLCompiler, connection: object, **_context: Handed) -> Any:
        where = f"$.{self.members}[*] ? (@.{self.name} == $value)"
        sql = "jsonb_path_query_first({}, {}, jsonb_build_object('value', {}))"
        return self._written(compiler, sql, f"'{where}'", f"::{self.cast}")

    def as_sqlite(self, compiler: SQLCompiler, connection: object, **_context: Handed) -> Any:
        where = f"'$.{self.members}') WHERE json_extract(value, '$.{self.name}') ="
        return self._written(compiler, "(SELECT value FROM json_each({}, {} {} LIMIT 1)", where)

    def _written(self, compiler: SQLCompiler, sql: str, where: str, cast: str = "") -> Any:
        (document,) = self.get_source_expressions()
        column, given = compiler.compile(document)
        return sql.format(column, where, f"%s{cast}"), (*given, self.value)


@cache
def bytes_loader() -> type[object]:
    """Return what has psycopg hand over a text as the bytes that PostgreSQL sent."""
    # A tenth of a second for a package that SQLite does not need.
    from psycopg.adapt import Loader

    class BytesLoader(Loader):
        def load(self, data: Any) -> bytes:
            return bytes(data)

    return BytesLoader


def document_of(text: str | bytes) -> Document:
    """Return the document in a text that `DocumentAsText` has given."""
    return read(text)


class DocumentField(QuickJSONField):
    """A JSON column that gives a `Document`.

    A part of it that a query asks for (`content__requirements__3`) comes as plain JSON.
    """

    def from_db_value(
        self, value: Any, expression: Expression, connection: BaseDatabaseWrapper
    ) -> object:
        """Return what is stored as a document, in the schema of today."""
        if isinstance(expression, Col) and value is not None:
            return read(value)
        return super().from_db_value(value, expression, connection)

    def value_to_string(self, obj: models.Model) -> Any:
        """Write it as it was: an older schema has a checksum of its own."""
        document = self.value_from_object(obj)
        if document.schema == SCHEMA:
            return super().value_to_string(obj)
        # Of the one table that keeps documents.
        rows: Any = self.model._default_manager
        return rows.as_stored(obj.pk)
