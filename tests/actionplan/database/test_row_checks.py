"""Check constraints judged in Python: as the database judges them, and never more strictly."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, Q

from actionplan.database.row_checks import broken_rules, judged
from actionplan.models import Indicator
from requirements_pkg.models import Requirement

LONE = Requirement(kind="contract", level="basic", code="SE-01", title="x", text="x")


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (Q(kind="contract"), True),
        (Q(kind="award"), False),
        (~Q(kind="award"), True),
        (Q(kind__in=["award", "contract"]), True),
        (Q(max_points__isnull=True), True),
        (Q(max_points__gte=1), None),
        (~Q(max_points__gte=1), None),
        (Q(max_points__gte=1, kind="award"), False),
        (Q(max_points__gte=1) | Q(kind="contract"), True),
        (Q(max_points__gte=1) | Q(kind="award"), None),
        (Q(replaces=F("id")), None),
        (Q(code=F("title")), False),
        (Q(kind="award") ^ Q(level="basic"), None),
        (Q(title__startswith="x"), None),
        (Q(), True),
    ],
    ids=str,
)
def test_a_condition_is_true_false_or_unknown(condition, verdict):
    assert judged(condition, LONE) is verdict


CASES = [
    {},
    {"kind": "award"},
    {"kind": "award", "max_points": 10, "scale": "a"},
    {"kind": "award", "max_points": 0, "scale": "a"},
    {"max_points": 3},
    {"scale": "a"},
    {"kind": "annat"},
    {"level": ""},
    {"title": ""},
    {"state": "withdrawn"},
    {"withdrawn_reason": "a"},
]


@pytest.mark.django_db
@pytest.mark.parametrize("changes", CASES, ids=str)
def test_the_judgement_is_that_of_the_database(changes):
    fields = {"kind": "contract", "level": "basic", "code": "SE-01", "title": "x", "text": "x"}
    requirement = Requirement(**fields | changes)
    try:
        requirement.validate_constraints(exclude={"package"})
        sentences = set()
    except ValidationError as error:
        sentences = set(error.messages)
    assert {rule.messages[0] for rule in broken_rules(requirement)} == sentences


def test_a_whole_indicator_breaks_no_rule():
    assert broken_rules(Indicator(number="1", text="x", kind="milestone")) == []
    assert broken_rules(Indicator(number="1", text="x", kind="measure")) != []
