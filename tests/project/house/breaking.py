"""How the tests of constraints try to break one: in the database, and through validation.

A case starts from a row that is accepted, so that only what the case changes can be refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from actionplan.database.broken_rules import refusal
from tests.unguarded import unguarded

APPS = ("actionplan", "risks", "requirements_pkg", "followup")


@dataclass(frozen=True)
class Break:
    """A row that is right, and the change that makes it break one constraint."""

    constraint: str
    right: Callable[[], models.Model]
    wrong: dict[str, Any]
    sentence: str
    # A required or chosen field answers in its form before its constraint is asked.
    is_field_error: bool = False

    def row(self) -> models.Model:
        """The row with the change."""
        row = self.right()
        for name, value in self.wrong.items():
            # What is found in the database cannot stand in a table.
            setattr(row, name, value(row) if callable(value) else value)
        return row

    def column_names(self) -> str:
        """What SQLite says of a broken uniqueness instead of its name."""
        model = type(self.right())
        table = model._meta.db_table
        constraint = next(c for c in model._meta.constraints if c.name == self.constraint)
        if constraint.expressions:
            # An index over expressions is told by its name after all.
            return self.constraint
        fields = (model._meta.get_field(name) for name in constraint.fields)
        return ", ".join(f"{table}.{field.column}" for field in fields)


def params(cases: Iterable[Break]) -> list[Any]:
    """Cases for pytest, each by its constraint's name and what it changes."""
    return [pytest.param(c, id=f"{c.constraint}-{'-'.join(c.wrong)}") for c in cases]


def constraints_of(label: str) -> dict[str, models.BaseConstraint]:
    """The constraints that an app's models declare, by name."""
    return {
        constraint.name: constraint
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }


def write(row: models.Model) -> None:
    """Store a row past every check in Python, and take it back again."""
    with transaction.atomic():
        if row.pk is None:
            type(row)._base_manager.bulk_create([row])
        else:
            # As a script might; the guards of `save()` are not what is tested here.
            values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
            with unguarded():
                models.QuerySet(type(row)).filter(pk=row.pk).update(**values)
        transaction.set_rollback(True)


def assert_database_refuses(case: Break) -> None:
    """The row is stored as it was, and not with the change, because of this very constraint.

    What the database says is turned into the sentence of the constraint.
    """
    write(case.right())
    with pytest.raises(IntegrityError) as refused:
        write(case.row())
    message = str(refused.value)
    assert refusal(refused.value).messages == [case.sentence]
    if connection.vendor == "sqlite" and "UNIQUE" in message:
        assert case.column_names() in message
    else:
        assert case.constraint in message


def assert_sentence_of_form(case: Break) -> None:
    """Validation accepts the row as it was, and tells the sentence of the change."""
    case.right().full_clean()
    row = case.row()
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    if case.is_field_error:
        assert set(refused.value.message_dict) & set(case.wrong)
        with pytest.raises(ValidationError) as refused:
            row.validate_constraints()
    assert case.sentence in refused.value.messages
