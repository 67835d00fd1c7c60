"""What the database refuses, said in the sentence of the rule that was broken.

Two people who send the same at once both pass every check in Python; the database takes one of
them. `all_or_nothing` makes what it says to the other a ValidationError, as of any other refusal.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import BaseForm
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplan.models.columns import stored_field

# SQLite: "UNIQUE constraint failed: risks_riskcell.stage_id, …", or a name of an index or a check.
SQLITE: Final = re.compile(r"^(UNIQUE|CHECK|NOT NULL|FOREIGN KEY) constraint failed:?(.*)$")
INDEX: Final = re.compile(r"^index '(.+)'$")
# PostgreSQL, in whatever language it speaks: "Key (slug)=(it) already exists."
COLUMNS: Final = re.compile(r"\((.+?)\)=\(")
NOT_NULL, FOREIGN_KEY, UNIQUE = "23502", "23503", "23505"


class BrokenRule(ValidationError):
    """A refusal of the database; `fields` are those of the model that its rule is about."""

    def __init__(
        self,
        sentence: str,
        *,
        model: type[models.Model] | None = None,
        fields: tuple[str, ...] = (),
    ) -> None:
        super().__init__(sentence, code="broken_rule")
        self.model, self.fields = model, fields


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Run in a transaction of its own, as a verb does.

    Raises:
        BrokenRule: a rule of the database would have been broken; nothing of it is stored.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise refusal(error) from error


def refusal(error: Exception) -> BrokenRule:
    """Return the rule that an error of the database is about, in its own words."""
    if isinstance(error, BrokenRule):
        return error
    if isinstance(error, ProtectedError | RestrictedError):
        return _needed()
    diag = getattr(error.__cause__, "diag", None)
    return _of_sqlite(str(error)) if diag is None else _of_postgresql(diag)


def tell(form: BaseForm, refused: BrokenRule) -> None:
    """Add a refusal to a form: beside the one field it is about, or above all of them.

    A form that finds something wrong by now has found the same: it is not said twice.
    """
    if form.errors:
        return
    meta = getattr(form, "_meta", None)
    own = getattr(meta, "model", None)
    is_own = own and refused.model and own._meta.concrete_model is refused.model
    beside = len(refused.fields) == 1 and refused.fields[0] in form.fields
    form.add_error(refused.fields[0] if is_own and beside else None, refused.messages)


def _of_postgresql(diag: Any) -> BrokenRule:
    if diag.constraint_name in _constraints():
        return _of_constraint(diag.constraint_name)
    if diag.sqlstate == FOREIGN_KEY:
        return _needed()
    if diag.sqlstate == NOT_NULL:
        return _missing(diag.table_name, diag.column_name)
    if diag.sqlstate == UNIQUE:
        match = COLUMNS.search(diag.message_detail or "")
        return _twice(diag.table_name, match[1].split(", ") if match else [])
    return _unknown()


def _of_sqlite(text: str) -> BrokenRule:
    match = SQLITE.match(text)
    if match is None:
        return _unknown()
    kind, what = match[1], match[2].strip()
    index = INDEX.match(what)
    name = index[1] if index else what
    if name in _constraints():
        return _of_constraint(name)
    if kind == "FOREIGN KEY":
        return _needed()
    columns = [tuple(path.split(".", 1)) for path in what.split(", ") if "." in path]
    if not columns:
        return _unknown()
    table = columns[0][0]
    if kind == "NOT NULL":
        return _missing(table, columns[0][1])
    return _twice(table, [column for _table, column in columns])


@cache
def _constraints() -> Mapping[str, tuple[type[models.Model], models.BaseConstraint]]:
    """Return every named rule with its model, by name."""
    return {
        rule.name: (model, rule)
        for model in apps.get_models(include_auto_created=True)
        for rule in model._meta.constraints
    }


@cache
def _tables() -> Mapping[str, type[models.Model]]:
    """Return the model of each table."""
    every = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in every if not model._meta.proxy}


def _of_constraint(name: str) -> BrokenRule:
    model, rule = _constraints()[name]
    fields = tuple(getattr(rule, "fields", ()))
    return BrokenRule(str(rule.get_violation_error_message()), model=model, fields=fields)


def _twice(table: str | None, columns: list[str]) -> BrokenRule:
    """Return the values that another row has; SQLite tells them by their columns only."""
    model = _tables().get(table or "")
    fields = _fields(model, columns)
    if model is None or len(fields) != len(columns) or not fields:
        return _unknown()
    for rule in model._meta.constraints:
        if set(getattr(rule, "fields", ())) == set(fields):
            return _of_constraint(rule.name)
    sentence = " ".join(model().unique_error_message(model, fields).messages)
    return BrokenRule(sentence, model=model, fields=fields)


def _missing(table: str | None, column: str | None) -> BrokenRule:
    model = _tables().get(table or "")
    fields = _fields(model, [column or ""])
    if model is None or not fields:
        return _unknown()
    name = capfirst(stored_field(model, fields[0]).verbose_name)
    return BrokenRule(_("“%(field)s” is missing.") % {"field": name}, model=model, fields=fields)


def _fields(model: type[models.Model] | None, columns: list[str]) -> tuple[str, ...]:
    if model is None:
        return ()
    named = {field.column: field.name for field in model._meta.concrete_fields}
    return tuple(named[column] for column in columns if column in named)


def _needed() -> BrokenRule:
    return BrokenRule(
        _(
            "Something that this belongs to has just been removed, or what was to be "
            "removed is used elsewhere. Nothing was saved."
        )
    )


def _unknown() -> BrokenRule:
    return BrokenRule(
        _(
            "What was sent does not match what is stored. Nothing was saved. Reload the page "
            "and try again."
        )
    )
