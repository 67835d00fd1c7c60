"""Each database constraint of maskings, and its sentence in Swedish."""

import pytest

from tests.followup.models.masking_cases import CASES
from tests.project.house.breaking import assert_database_refuses, assert_sentence_of_form, params


@pytest.mark.parametrize("case", params(CASES))
def test_the_database_refuses_the_row(version, case):
    assert_database_refuses(case)


@pytest.mark.parametrize("case", params(CASES))
def test_validation_says_why_in_swedish(version, case):
    assert_sentence_of_form(case)
