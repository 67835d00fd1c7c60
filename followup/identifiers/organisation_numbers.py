"""The numbers that authorities give organisations: how each is written, if it can be. Pure.

A Swedish one has ten digits, of which the last checks the others, and is written 556036-0793. The
third digit of a person's number is 0 or 1, that of an organisation's never.
"""

import re
from typing import Final

from django.utils.translation import gettext as _

SWEDEN: Final = "SE"
# As it stands in the register, or as a VAT number, with the century or without.
SWEDISH: Final = re.compile(r"(?:SE)?(?:16)?([0-9]{6})[- ]?([0-9]{4})(?:01)?")
FOREIGN: Final = re.compile(r"[A-Z0-9][A-Z0-9./ -]{0,18}[A-Z0-9]")
COUNTRY: Final = re.compile(r"[A-Z]{2}")
SMALLEST_OF_ORGANISATIONS: Final = 2


def written(number: str, country: str) -> str:
    """Return a number in its one spelling, "" for none.

    Raises:
        ValueError: it can be nobody's, with a sentence for whoever wrote it.
    """
    given = number.strip().upper()
    if not given:
        return ""
    if country != SWEDEN:
        if FOREIGN.fullmatch(given) is None:
            raise ValueError(_("Write the number with letters and digits, at most 20 characters."))
        return given
    match = SWEDISH.fullmatch(given)
    if match is None:
        raise ValueError(_("Write a Swedish organisation number with ten digits: 556036-0793."))
    digits = "".join(match.groups())
    if int(digits[2]) < SMALLEST_OF_ORGANISATIONS:
        raise ValueError(
            _("The number is a person's. Leave it empty for a sole trader: it is personal data.")
        )
    if check_digit(digits[:-1]) != int(digits[-1]):
        raise ValueError(_("The last digit does not check the others. Is a digit mistyped?"))
    return f"{digits[:6]}-{digits[6:]}"


def check_digit(digits: str) -> int:
    """Return the digit that belongs to nine others: doubled by turns, and summed."""
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(digits))
    return -sum(number // 10 + number % 10 for number in doubled) % 10
