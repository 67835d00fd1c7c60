"""No constraint without a test that tries to break it."""

import pytest

from tests.actionplan import test_constraints as of_actionplan
from tests.followup.actions.answering.answering_cases import CASES as OF_ANSWERS
from tests.followup.finding_cases import CASES as OF_FINDINGS
from tests.followup.following_cases import CASES as OF_FOLLOW_UPS
from tests.followup.lesson_cases import CASES as OF_LESSONS
from tests.followup.models.contract_cases import CASES as OF_CONTRACTS
from tests.followup.models.masking_cases import CASES as OF_MASKINGS
from tests.followup.models.report_cases import CASES as OF_REPORTS
from tests.followup.personal_cases import CASES as OF_PERSONS
from tests.followup.readings_cases import CASES as OF_READINGS
from tests.followup.request_cases import CASES as OF_REQUESTS
from tests.project.house.breaking import APPS, constraints_of
from tests.requirements_pkg import test_constraints as of_requirements_pkg
from tests.risks import test_constraints as of_risks

CASES = {
    "actionplan": of_actionplan.CASES,
    "risks": of_risks.CASES,
    "requirements_pkg": of_requirements_pkg.CASES,
    "followup": [
        *(*OF_READINGS, *OF_FOLLOW_UPS, *OF_FINDINGS),
        *(*OF_LESSONS, *OF_PERSONS, *OF_REQUESTS, *OF_REPORTS, *OF_MASKINGS),
        *(*OF_CONTRACTS, *OF_ANSWERS),
    ],
}


@pytest.mark.parametrize("app", APPS)
def test_every_constraint_is_broken_by_a_case_and_every_case_breaks_one(app):
    assert {case.constraint for case in CASES[app]} == set(constraints_of(app))


@pytest.mark.parametrize("app", APPS)
def test_every_constraint_has_a_sentence_of_its_own(app):
    for name, constraint in constraints_of(app).items():
        default = constraint.default_violation_error_message
        assert constraint.violation_error_message != default, name


def test_every_case_tells_the_sentence_of_its_constraint():
    known = {name: rule for app in APPS for name, rule in constraints_of(app).items()}
    for cases in CASES.values():
        for case in cases:
            assert str(known[case.constraint].violation_error_message) == case.sentence
