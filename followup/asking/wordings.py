"""A requirement as a supplier reads it: with what was filled in for the contract. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override
from msgspec.structs import replace

from requirements_pkg.document import fill_in
from requirements_pkg.document.masking import MaskedWords, masked, masked_text, own_words
from requirements_pkg.document.schema import Requirement as Wording

# What is asked stands in the follow-up, whoever chose it in which language.
LANGUAGE = "sv"


@dataclass(frozen=True, slots=True)
class ContractValues:
    """What was filled in for a contract, by the requirement's identity and the place's key."""

    by_uid: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def filled(self, wording: Wording, text: str) -> str:
        """Return a text of a requirement as it reads in the contract.

        A place that nobody filled in has the value that the requirement's own texts propose.
        """
        proposed = {place.key: place.default for place in fill_in.places_of(wording)}
        own = self.by_uid.get(wording.uid, {})
        given = {key: value for key, value in own.items() if value.strip()}
        return fill_in.filled(text, proposed | given)

    def question(self, wording: Wording) -> str:
        """Return what the supplier is asked: never what the buyer's own people are told to do."""
        if wording.supplier_question.strip():
            return self.filled(wording, wording.supplier_question)
        with override(LANGUAGE):
            return _("How do you fulfil the requirement, and what shows it?")

    def demanded(self, wording: Wording) -> str:
        """Return a requirement's title and text."""
        return f"{wording.title}\n{self.filled(wording, wording.text)}"


def readable_question(text: str, wording: Wording | None, maskings: Sequence[MaskedWords]) -> str:
    """Return a stored question without the words that were masked after it was asked.

    Args:
        text: the question.
        wording: the requirement that it is about, where it is in force.
        maskings: what is masked in the version that is followed up.
    """
    if wording is None:
        return readable_name(text, maskings)
    return masked(replace(wording, supplier_question=text), maskings).supplier_question


def readable_name(name: str, maskings: Sequence[MaskedWords]) -> str:
    """Return a name that a supplier reads, of the package or a product area, as may be read."""
    return masked_text(name, own_words(maskings))
