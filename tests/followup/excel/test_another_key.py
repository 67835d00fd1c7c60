"""A questionnaire that was sent comes back after the installation has got another key."""

import pytest
from django.core.signing import Signer

from followup.excel import questionnaire
from followup.excel.answers import compare
from followup.excel.questionnaire import AnswersRefused, questionnaire_file
from tests.followup.excel.test_questionnaire import given_of, sent

__all__ = ["sent"]


def test_a_file_goes_on_while_the_key_that_signed_it_stands_beside_the_new_one(
    sent, settings, monkeypatch
):
    data = questionnaire_file(sent)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    settings.SECRET_KEY_FALLBACKS = [old]
    # As the next start makes it.
    monkeypatch.setattr(questionnaire, "SIGNER", Signer(salt=questionnaire.SIGNER.salt))
    compare(sent, given_of(data))
    settings.SECRET_KEY_FALLBACKS = []
    monkeypatch.setattr(questionnaire, "SIGNER", Signer(salt=questionnaire.SIGNER.salt))
    with pytest.raises(AnswersRefused):
        compare(sent, given_of(data))
