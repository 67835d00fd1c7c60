"""A number is shown as Swedish Excel shows it under each format."""

import pytest

from actionplan.excel.reading.formats.number_formats import format_of

ACCOUNT = '_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-'


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("General", 0.1 + 0.2, "0,3"),
        ("General", -5, "-5"),
        ("General", 1234567890123456, "1234567890123460"),
        ("General", 1e20, "1E+20"),
        ("0", 3.5, "4"),
        ("0.00", 10 / 3, "3,33"),
        ("0.00", -0.001, "0,00"),
        ("0.##", 5.25, "5,25"),
        ("0.##", 5, "5"),
        ("0000", 7, "0007"),
        ("#,##0", 1234567, "1 234 567"),
        ("#,##0", -4500, "-4 500"),
        ("#,##0.0", 999.96, "1 000,0"),
        ("0%", 0.85, "85 %"),
        ("0%", -0.1, "-10 %"),
        ("0.0%", 0.955, "95,5 %"),
        ("0\\ %", 0.85, "85 %"),
        ('#,##0.00 "kr"', 1234.5, "1 234,50 kr"),
        ("#,##0 [$kr-41D]", 5500, "5 500 kr"),
        ("[$€-2] #,##0.00", 5.5, "€ 5,50"),
        (ACCOUNT, 1234.5, "1 234,50 kr"),
        (ACCOUNT, -3, "-3,00 kr"),
        (ACCOUNT, 0, "- kr"),
        ('0 "st"', 3, "3 st"),
        ('General" kWh"', 5.5, "5,5 kWh"),
        ("0.0,", 12345, "12,3"),
        ('0.0,,"M"', 1_250_000, "1,3M"),
        ("# ?/?", 1.5, "1 1/2"),
        ("# ?/?", 0.25, "1/4"),
        ("# ?/?", 3, "3"),
        ("# ?/?", 0.999, "1"),
        ("# ??/??", 1.125, "1 1/8"),
        ("# ?/8", 1.5, "1 4/8"),
        ("?/?", 1.5, "3/2"),
        ("0.00E+00", 12345, "1,23E+04"),
        ("0.00E+00", 0.00012, "1,20E-04"),
        ("##0.0E+0", 12345, "12,3E+3"),
        ("000000-0000", 5560001234, "556000-1234"),
        ("000 00", 11122, "111 22"),
        ('"Ja";"Nej";"Ingen"', 1, "Ja"),
        ('"Ja";"Nej";"Ingen"', -1, "Nej"),
        ('"Ja";"Nej";"Ingen"', 0, "Ingen"),
        ("0;(0)", -5, "(5)"),
        ("[Red]-0;0", -5, "5"),
        ('[>=100]"mycket";[<0]"minus";0', 150, "mycket"),
        ('[>=100]"mycket";[<0]"minus";0', -2, "minus"),
        ('[>=100]"mycket";[<0]"minus";0', 7, "7"),
        (";;;", 5, ""),
        ("yyyy-mm-dd", 46000, "2025-12-09"),
        ("yyyy-mm-dd hh:mm", 46000.5, "2025-12-09 12:00"),
        ("d mmm", 45750, "3 apr"),
        ("mmmm yyyy", 45750, "april 2025"),
        ('dddd "den" d mmmm', 46000, "tisdag den 9 december"),
        ("[$-409]d-mmm-yy;@", 46000, "9-Dec-25"),
        ("[$-F800]dddd, mmmm dd, yyyy", 46000, "den 9 december 2025"),
        ("hh:mm", 0.354166666, "08:30"),
        ("h:mm AM/PM", 0.75, "6:00 em"),
        ("[h]:mm", 1.5, "36:00"),
        ("[h]:mm:ss", 1.5, "36:00:00"),
        ("[mm]:ss", 0.01, "14:24"),
        ("mm:ss.0", 0.001, "01:26,4"),
        ("yyyy-mm-dd", 1, "1900-01-01"),
        ("yyyy-mm-dd", 61, "1900-03-01"),
    ],
)
def test_a_number_is_shown_as_its_format_says(code, number, expected):
    assert format_of(code).number(number).text == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("@", "0701", "0701"),
        ("0", "text", "text"),
        ('0;0;0;"Krav: "@', "A", "Krav: A"),
        ('"nr "@', "7", "nr 7"),
        (";;;", "x", ""),
    ],
)
def test_a_text_is_shown_as_its_section_says(code, text, expected):
    assert format_of(code).text(text) == expected


@pytest.mark.parametrize("number", [-1, 2_958_466, 1e300])
def test_what_is_no_day_is_none(number):
    with pytest.raises(ValueError, match=r"\d"):
        format_of("yyyy-mm-dd").number(number)


@pytest.mark.parametrize(
    "code",
    ["[", "[$", '"', "\\", "_", "*", ";" * 9, "[>", "/", "0/0/0", "E+", "0E+0E+0", ".", ","],
)
@pytest.mark.parametrize("number", [0, 1.5, -3, 1e-300, 1e300])
def test_a_format_that_is_none_ends_all_the_same(code, number):
    try:
        value = format_of(code).number(number)
    except ValueError:
        return
    assert isinstance(value.text, str)


def test_a_format_is_no_longer_than_excel_takes():
    with pytest.raises(ValueError, match="0"):
        format_of("0" * 256)
