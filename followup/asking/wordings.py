"""A requirement as a supplier reads it: with what was filled in for the contract. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from requirements_pkg.document import fill_in
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
