"""Organisation numbers: one spelling, and a last digit that checks the others."""

import pytest

from followup.identifiers.organisation_numbers import written


@pytest.mark.parametrize(
    "given", ["556036-0793", "5560360793", " 556036 0793", "16556036-0793", "SE556036079301"]
)
def test_a_swedish_number_has_one_spelling(given):
    assert written(given, "SE") == "556036-0793"


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ("556036-0794", "Kontrollsiffran stämmer inte."),
        ("556036-793", "tio siffror"),
        ("556036-07933", "tio siffror"),
        ("٥٥٦٠٣٦-٠٧٩٣", "tio siffror"),
        # A person's, whose third digit is that of a month.
        ("811218-9876", "personnummer"),
        ("hemligt", "tio siffror"),
    ],
)
def test_what_can_be_nobodys_is_refused_with_what_to_do(given, fault):
    with pytest.raises(ValueError, match=fault):
        written(given, "SE")


def test_another_country_writes_its_numbers_as_it_does():
    assert written(" hrb 12345 ", "DE") == "HRB 12345"
    with pytest.raises(ValueError, match="bokstäver och siffror"):
        written("=1+1", "DE")


def test_none_is_none():
    assert written("  ", "SE") == written("", "CN") == ""
