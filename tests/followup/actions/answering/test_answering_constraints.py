"""Each database constraint of what suppliers answer: the database refuses, and says why."""

import pytest

from tests.followup.actions.answering.answering_cases import CASES
from tests.project.house.breaking import assert_database_refuses, assert_sentence_of_form, params


@pytest.mark.parametrize("case", params(CASES))
def test_the_database_refuses_the_row(version, case):
    assert_database_refuses(case)


@pytest.mark.parametrize("case", params(CASES))
def test_validation_says_why_in_swedish(version, case):
    assert_sentence_of_form(case)
