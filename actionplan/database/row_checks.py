"""Check constraints judged without the database: Django asks it one query for each of them.

A judgement is that of SQL: true, false, or unknown where a value is missing or a lookup is not
known here. Only what is false for certain breaks a rule; the database has the last word.
"""

import operator
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from actionplan.models.columns import stored_field

Verdict = bool | None

COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, among: value in among,
}


def broken_rules(row: models.Model) -> list[ValidationError]:
    """Return the sentences of the check constraints that a row, as it is in memory, breaks."""
    return [
        ValidationError(rule.get_violation_error_message())
        for rule in row._meta.constraints
        if isinstance(rule, models.CheckConstraint) and judged(rule.condition, row) is False
    ]


def judged(condition: object, row: models.Model) -> Verdict:
    """Tell whether a row fulfils a condition."""
    if isinstance(condition, tuple):
        path, expected = condition
        return _compared(path, expected, row)
    if not isinstance(condition, Q):
        return None
    verdicts = [judged(child, row) for child in condition.children]
    match condition.connector:
        case Q.AND:
            verdict = _all(verdicts)
        case Q.OR:
            verdict = _not(_all(map(_not, verdicts)))
        case _:
            verdict = None
    return _not(verdict) if condition.negated else verdict


def _compared(path: str, expected: object, row: models.Model) -> Verdict:
    name, _underscores, lookup = path.partition("__")
    value = _value(row, name)
    if lookup == "isnull":
        return (value is None) is expected
    if isinstance(expected, F):
        # The stubs leave its name out.
        expected = _value(row, expected.name)  # type: ignore[attr-defined]
    compare = COMPARISONS.get(lookup or "exact")
    return (
        None if compare is None or value is None or expected is None else compare(value, expected)
    )


def _value(row: models.Model, name: str) -> object:
    return getattr(row, stored_field(type(row), name).attname)


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    distinct = set(verdicts)
    return False if False in distinct else None if None in distinct else True


def _not(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict
