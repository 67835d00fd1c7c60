"""A password is not built of words that anybody would try who knows the site."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import UserFactory


@pytest.fixture
def anna(stockholm):
    return UserFactory(username="anna.ek", first_name="Anna", email="anna.ek@region.example")


@pytest.mark.parametrize(
    "password",
    [
        "kravkedjan",
        "Kravkedjan2026!",
        "Sommar2026!!!",
        "Sommar20131407",
        "V1nter2026!!",
        "S0mm4r2026!!",
        "hösten-2026-!",
        "RegionStockholm1",
        "Stockholm123456",
        "Upphandling2027",
        "Lösenord123456",
        "KravKravKrav12",
        "januariFebruari",
        "kort mening",
    ],
)
def test_a_password_of_such_words_is_refused_and_what_to_do_is_said(anna, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, anna)
    assert all(message.endswith(".") for message in refused.value.messages)


@pytest.mark.parametrize(
    "password",
    ["sju svarta svanar", "sommarens gula bussar", "kaffe-och-tvål-9", "xK4!pQ9zv#Lw"],
)
def test_a_few_words_that_have_nothing_to_do_with_each_other_are_taken(anna, password):
    validate_password(password, anna)


def test_a_password_is_no_longer_than_anybody_types(db):
    sentence = "".join(f"ord{number} " for number in range(40))
    validate_password(sentence[:128])
    with pytest.raises(ValidationError, match="högst 128 tecken"):
        validate_password(sentence[:129])
