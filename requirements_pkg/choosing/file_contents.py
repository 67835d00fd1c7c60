"""What a buyer wants her files to hold of each requirement, beside its text. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

# What goes along, and what does not, as the address says it.
WITH: Final = "med"
WITHOUT: Final = "utan"
INTERNAL: Final = "internt"
RATIONALE: Final = "motiv"
LAW: Final = "lagen"
ANSWERS: Final = "svar"
PROOF: Final = "bevis"
ASSESSMENT: Final = "bedomning"


@dataclass(frozen=True, slots=True)
class FileContents:
    """Which parts of a requirement a file has."""

    # How it is followed up and what it replaces: a bidder need not know.
    internal: bool = False
    rationale: bool = False
    # What the law demands already, and how the requirement goes beyond it.
    law: bool = False
    # The boxes in which a bidder answers.
    answers: bool = True
    # What the supplier shows to prove it.
    proof: bool = True
    # What the buyer answered in the guide.
    assessment: bool = True

    @classmethod
    def of(cls, wanted: Collection[str], unwanted: Collection[str]) -> "FileContents":
        """Read what an address asks for; what it does not know counts as not said."""
        return cls(
            internal=INTERNAL in wanted,
            rationale=RATIONALE in wanted,
            law=LAW in wanted,
            answers=ANSWERS not in unwanted,
            proof=PROOF not in unwanted,
            assessment=ASSESSMENT not in unwanted,
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return what is not as usual, as names and values of an address."""
        wanted = ((INTERNAL, self.internal), (RATIONALE, self.rationale), (LAW, self.law))
        unwanted = (
            (ANSWERS, not self.answers),
            (PROOF, not self.proof),
            (ASSESSMENT, not self.assessment),
        )
        return [
            *((WITH, name) for name, is_so in wanted if is_so),
            *((WITHOUT, name) for name, is_so in unwanted if is_so),
        ]


USUAL: Final = FileContents()
# As the buyer's own people read a version.
INSIDE: Final = FileContents(internal=True)
