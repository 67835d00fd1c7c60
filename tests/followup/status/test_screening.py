"""Which names are found in public words, however they were written down and are bent."""

import pytest

from followup.status.screening import names_anybody, names_sub_supplier, names_supplier


@pytest.mark.parametrize(
    ("supplier", "text"),
    [
        ("Hemliga Hallar AB", "Hos hemliga  hallar fanns brister."),
        ("Hemliga Hallar AB", "Hos Hemliga Hallars anläggning fanns brister."),
        ("ACME", "I ACME:s hall."),
        ("Hemliga Hallar AB (556677-8899)", "Hemliga Hallar AB svarade."),
        ("Hemliga Hallar AB, Stockholm", "Hemliga Hallar AB svarade."),
        ("AB Hallar", "Hallar svarade."),
        ("Hemliga Hal\u00adlar AB", "Hemliga Hallar svarade."),
        ("Hemliga Hallar AB", "Hemliga Hal\u00adlar svarade."),
        ("Hemliga Hallar AB", "\u200eHemliga\u200e Hal\u2060lar svarade."),
    ],
)
def test_the_supplier_is_found(supplier, text):
    assert names_supplier(supplier, text)


@pytest.mark.parametrize(
    "row",
    [
        "Dolda Delar Ltd",
        "Första Ltd\nDolda Delar",
        "- Dolda Delar Ltd",
        "• Dolda Delar",
        "1. Dolda Delar",
        "Första Ltd / Dolda Delar Ltd",
        "Första Ltd och Dolda Delar Ltd",
        "Dolda Delar Ltd: Malaysia",
        "Dolda Delar\tMalaysia",
        "Dolda Delar—Malaysia",
        "Dolda Delar Ltd Malaysia",
        "Dolda Delar Co., Ltd (Malaysia)",
        "Första Co., Ltd, Dolda Delar GmbH",
    ],
)
def test_a_sub_supplier_is_found_however_the_row_is_written(row):
    assert names_sub_supplier(row, "Kablar från Dolda Delars fabrik saknades.")
    assert not names_sub_supplier(row, "Kablarna kommer från Malaysia.")


@pytest.mark.parametrize(
    ("supplier", "text"),
    [
        ("", "Inget namn."),
        (" ", "Inget namn."),
        ("AB", "Inget namn."),
        ("Hemliga Hallar AB", "Hos Hemliga Hallarna fanns brister."),
        ("Hall AB", "Datahallen och hallar."),
    ],
)
def test_other_words_are_no_names(supplier, text):
    assert not names_supplier(supplier, text)


@pytest.mark.parametrize(("may_name", "is_hit"), [(True, False), (False, True)])
def test_only_the_supplier_may_be_allowed(may_name, is_hit):
    words = {"supplier": "Hallar AB", "sub_suppliers": "Delar Ltd", "may_name": may_name}
    assert names_anybody("Hallar svarade.", **words) is is_hit
    assert names_anybody("Delar svarade.", **words)
