"""Each database constraint of readings: the database refuses, and says why in Swedish."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from followup.models import ReportingPeriod
from tests.factories import PlanFactory
from tests.followup.readings_cases import CASES
from tests.project.house.breaking import assert_database_refuses, assert_sentence_of_form, params


@pytest.mark.parametrize("case", params(CASES))
def test_the_database_refuses_the_row(version, case):
    assert_database_refuses(case)


@pytest.mark.parametrize("case", params(CASES))
def test_validation_says_why_in_swedish(version, case):
    assert_sentence_of_form(case)


@pytest.mark.parametrize("first", [date(2026, 3, 1), date(2025, 12, 1), date(2026, 6, 30)])
def test_no_statement_lets_periods_of_a_plan_overlap(plan, first):
    periods = ReportingPeriod.objects
    periods.create(plan=plan, name="Våren", first_day=date(2026, 1, 1), last_day=date(2026, 6, 30))
    later = periods.create(
        plan=plan, name="Hösten", first_day=date(2026, 7, 1), last_day=date(2026, 12, 31)
    )
    another = ReportingPeriod(plan=plan, name="X", first_day=first, last_day=date(2026, 6, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        periods.bulk_create([another])
    with pytest.raises(IntegrityError), transaction.atomic():
        periods.filter(pk=later.pk).update(first_day=first)
    # Another plan's are apart from these.
    another.plan = PlanFactory()
    periods.bulk_create([another])
