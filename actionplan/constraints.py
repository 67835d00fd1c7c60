"""Builders of database constraints, so that each says one thing and says it to the user."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Func, Q
from django.db.models.expressions import BaseExpression

StrOrPromise = Any
NAME = "%(app_label)s_%(class)s_"


class FormCheckConstraint(models.CheckConstraint):
    """A check that a form makes without the database, where its rule only compares values.

    Django asks the database for each rule of each row of a form.
    """

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """Be written in migrations as what it is to a database."""
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = "",
    ) -> None:
        """Refuse a row that breaks the rule.

        Raises:
            ValidationError: it breaks it.
        """
        holds = _holds(self.condition, instance, set(exclude or ()))
        if holds is None:
            super().validate(model, instance, exclude, using or DEFAULT_DB_ALIAS)
        elif not holds:
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )


def _holds(rule: Q | BaseExpression, row: models.Model, exclude: set[str]) -> bool | None:
    """Tell whether a row obeys a rule of one comparison with values; None if a database has to.

    What is not known breaks nothing, as in SQL.
    """
    if not isinstance(rule, Q) or len(rule.children) != 1:
        return None
    if not isinstance(rule.children[0], tuple):
        return None
    path, wanted = rule.children[0]
    name, _between, lookup = path.partition("__")
    if lookup not in ("", "in") or hasattr(wanted, "resolve_expression"):
        return None
    field = row._meta.get_field(name)
    if not isinstance(field, models.CharField | models.TextField) or name in exclude:
        return None
    value = getattr(row, field.attname)
    if value is None:
        return True
    if not isinstance(value, str):
        return None
    return ((value in wanted) if lookup else value == wanted) != rule.negated


def check(name: str, rule: Q, message: StrOrPromise) -> models.CheckConstraint:
    """Build a rule that every row obeys, with the sentence shown when one does not."""
    return FormCheckConstraint(condition=rule, name=NAME + name, violation_error_message=message)


def unique(
    name: str, *fields: str, message: StrOrPromise, when: Q | None = None
) -> models.UniqueConstraint:
    """Demand that no two rows share these fields (among the rows that fulfil `when`)."""
    return models.UniqueConstraint(
        fields=fields, name=NAME + name, condition=when, violation_error_message=message
    )


def unique_text(
    name: str, *expressions: Func | F, message: StrOrPromise, when: Q
) -> models.UniqueConstraint:
    """Demand that no two rows share a text, as the expressions write it, among those of `when`."""
    return models.UniqueConstraint(
        *expressions, name=NAME + name, condition=when, violation_error_message=message
    )


def one_of(
    field: str, choices: type[models.TextChoices], message: StrOrPromise, *, blank: bool = False
) -> models.CheckConstraint:
    """Build the rule that a field holds one of its choices, also when a script wrote it."""
    values = [*choices.values, ""] if blank else choices.values
    return check(f"{field}_is_known", Q(**{f"{field}__in": values}), message)


def filled(field: str, message: StrOrPromise) -> models.CheckConstraint:
    """Build the rule that a text is not empty."""
    return check(f"{field}_is_filled", ~Q(**{field: ""}), message)


def in_order(first: str, last: str, message: StrOrPromise) -> models.CheckConstraint:
    """Demand that the second of two values is not before the first."""
    return check(f"{first}_before_{last}", Q(**{f"{last}__gte": F(first)}), message)


def together(
    name: str, *fields: str, message: StrOrPromise, texts: Sequence[str] = ()
) -> models.CheckConstraint:
    """Demand that fields are given all or none: NULL slips through any other comparison.

    Args:
        texts: those among them that are "" when they are not given, instead of NULL.
    """
    none = Q(**{f"{field}__isnull": True for field in fields}, **dict.fromkeys(texts, ""))
    every = Q(**{f"{field}__isnull": False for field in fields})
    for text in texts:
        every &= ~Q(**{text: ""})
    return check(name, none | every, message)
