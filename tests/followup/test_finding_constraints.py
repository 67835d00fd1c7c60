"""Each constraint of what was found, and of what is one's own: refused, and told in Swedish."""

import pytest
from django.db import IntegrityError

from followup.models import CalendarFeed, ReminderOptOut
from tests.followup.finding_cases import CASES
from tests.project.breaking import assert_database_refuses, assert_sentence_is_told, params


@pytest.mark.parametrize("case", params(CASES))
def test_the_database_refuses_the_row(version, case):
    assert_database_refuses(case)


@pytest.mark.parametrize("case", params(CASES))
def test_validation_says_why_in_swedish(version, case):
    assert_sentence_is_told(case)


@pytest.mark.parametrize("own", [CalendarFeed, ReminderOptOut])
def test_a_person_has_one_of_their_own(coordinator, own):
    own.objects.create(user=coordinator)
    with pytest.raises(IntegrityError, match="user_id"):
        own.objects.create(user=coordinator)
