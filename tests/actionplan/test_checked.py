"""Rules that compare one text with values are checked without asking the database."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from actionplan.models import Contact, Indicator


def refused(row, **values) -> set[str]:
    """The names of the checks that a row breaks."""
    for name, value in values.items():
        setattr(row, name, value)
    names = set()
    for constraint in type(row)._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(type(row), row)
            except ValidationError:
                names.add(constraint.name)
    return names


def test_a_text_and_a_choice_are_checked_without_a_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert refused(Contact(name="Kim")) == set()
        assert refused(Contact(name="")) == {"actionplan_contact_name_is_filled"}


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"kind": "milestone", "text": "Klart."}, set()),
        ({"kind": "annat", "text": "Klart."}, {"kind_is_known", "measure_has_unit_and_target"}),
        (
            {"kind": "measure", "text": "", "unit": ""},
            {"text_is_filled", "measure_has_unit_and_target"},
        ),
        # What is not known breaks nothing, as in SQL.
        ({"kind": "milestone", "text": None}, set()),
    ],
)
def test_what_a_database_has_to_say_it_is_asked(db, values, broken):
    names = {name.removeprefix("actionplan_indicator_") for name in refused(Indicator(), **values)}
    assert names == broken


def test_a_field_that_is_left_out_is_not_checked(db):
    (rule,) = [check for check in Contact._meta.constraints if check.name.endswith("is_filled")]
    rule.validate(Contact, Contact(name=""), exclude={"name"})
    assert rule.deconstruct()[0] == "django.db.models.CheckConstraint"
