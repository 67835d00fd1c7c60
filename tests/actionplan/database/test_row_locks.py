"""Rows are held, and one that is gone is told."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from actionplan.database.row_locks import hold
from actionplan.models import ActionPlan
from tests.factories import PlanFactory


@pytest.fixture
def plans(db):
    return [PlanFactory().pk for _number in range(2)]


def test_rows_are_held_by_one_statement_in_the_order_of_their_keys(plans):
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        hold(ActionPlan, *reversed(plans), plans[0])
    (statement,) = captured.captured_queries
    first, second = plans
    assert f"IN ({first}, {second}) ORDER BY" in statement["sql"]
    if connection.features.has_select_for_update:
        assert statement["sql"].endswith("FOR UPDATE")


def test_a_row_that_is_gone_is_told(plans):
    with transaction.atomic(), pytest.raises(ActionPlan.DoesNotExist):
        hold(ActionPlan, plans[0], 10**9)
