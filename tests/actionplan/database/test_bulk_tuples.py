"""Rows that are written as tuples are the rows that instances would have made."""

import pytest
from django.db import IntegrityError, transaction

from actionplan.database import bulk_tuples
from actionplan.models import Contact
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.models import Requirement
from tests.factories import RequirementFactory

NAMES = ("plan", "name", "email", "is_public")


def values_of(model, names, row):
    return tuple(getattr(row, model._meta.get_field(name).attname) for name in names)


def test_more_rows_than_a_statement_takes_are_all_there(plan):
    rows = [(plan.pk, f"Person {at}", f"person{at}@example.org", at % 2 == 0) for at in range(700)]
    bulk_tuples.insert(Contact, NAMES, rows)
    made = Contact.objects.filter(name__startswith="Person").order_by("pk")
    assert [values_of(Contact, NAMES, row) for row in made] == rows


def test_dates_numbers_and_keys_are_kept_as_the_columns_keep_them(plan):
    requirement = RequirementFactory(package=package_of(plan))
    names = [field.name for field in Requirement._meta.concrete_fields if not field.primary_key]
    row = values_of(Requirement, names, requirement)
    Requirement.objects.filter(pk=requirement.pk).delete()
    bulk_tuples.insert(Requirement, names, [row])
    (made,) = Requirement.objects.filter(package=requirement.package)
    assert values_of(Requirement, names, made) == row


def test_what_a_row_may_not_be_is_refused_as_for_any_other(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_tuples.insert(Contact, NAMES, [(plan.pk, None, "", False)])
    assert not Contact.objects.filter(name="").exists()
