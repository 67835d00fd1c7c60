"""The kinds of requirements as parts of a tender. Pure."""

from typing import Final

from django.utils.translation import gettext

# The order of a tender, which is that of the law.
KINDS: Final = ("qualification", "specification", "award", "contract")


def kind_headings() -> dict[str, str]:
    """Return the kinds as headings of a tender."""
    names = (
        gettext("Qualification requirements"),
        gettext("Technical specifications"),
        gettext("Award criteria"),
        gettext("Special contract terms"),
    )
    return dict(zip(KINDS, names, strict=True))


def kind_meanings() -> dict[str, str]:
    """Return what the kinds mean to a bidder, in a sentence each."""
    meanings = (
        gettext("The supplier must meet them to take part in the procurement."),
        gettext("What is offered must meet them."),
        gettext("They give points when the tenders are compared."),
        gettext("The supplier meets them throughout the contract."),
    )
    return dict(zip(KINDS, meanings, strict=True))
