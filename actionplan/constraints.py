"""Builders of database constraints, so that each says one thing and says it to the user."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import F, Func, Q

StrOrPromise = Any
NAME = "%(app_label)s_%(class)s_"


def check(name: str, rule: Q, message: StrOrPromise) -> models.CheckConstraint:
    """A rule that every row obeys, with the sentence shown when one does not."""
    return models.CheckConstraint(
        condition=rule, name=NAME + name, violation_error_message=message
    )


def unique(
    name: str, *fields: str, message: StrOrPromise, when: Q | None = None
) -> models.UniqueConstraint:
    """Fields that no two rows share (among the rows that fulfil `when`)."""
    return models.UniqueConstraint(
        fields=fields, name=NAME + name, condition=when, violation_error_message=message
    )


def unique_text(
    name: str, *expressions: Func, message: StrOrPromise, when: Q
) -> models.UniqueConstraint:
    """Texts that no two rows share, as the expressions write them, among those of `when`."""
    return models.UniqueConstraint(
        *expressions, name=NAME + name, condition=when, violation_error_message=message
    )


def one_of(
    field: str, choices: type[models.TextChoices], message: StrOrPromise, *, blank: bool = False
) -> models.CheckConstraint:
    """A field that holds one of its choices, also when a script wrote it."""
    values = [*choices.values, ""] if blank else choices.values
    return check(f"{field}_is_known", Q(**{f"{field}__in": values}), message)


def filled(field: str, message: StrOrPromise) -> models.CheckConstraint:
    """A text that is not empty."""
    return check(f"{field}_is_filled", ~Q(**{field: ""}), message)


def in_order(first: str, last: str, message: StrOrPromise) -> models.CheckConstraint:
    """Two values of which the second is not before the first."""
    return check(f"{first}_before_{last}", Q(**{f"{last}__gte": F(first)}), message)


def together(
    name: str, *fields: str, message: StrOrPromise, texts: Sequence[str] = ()
) -> models.CheckConstraint:
    """Fields that are given all or none: NULL slips through any other comparison.

    Args:
        texts: those among them that are "" when they are not given, instead of NULL.
    """
    none = Q(**{f"{field}__isnull": True for field in fields}, **dict.fromkeys(texts, ""))
    every = Q(**{f"{field}__isnull": False for field in fields})
    for text in texts:
        every &= ~Q(**{text: ""})
    return check(name, none | every, message)
