"""What a first-time buyer answered in the guide; it lives in the address, as her selection. Pure.

    b.vad=Servrar&b.varde=over&b.utomlands=ja&b.risk=ja&b.marknad=manga

The answers say whether terms of labour law are needed (behovlighet), and how ambitious
requirements are in proportion. She decides; her files may hold both as documentation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from actionplan.text import clean

NEED: Final = "b"
LONGEST_ANSWER: Final = 300
YES: Final = "ja"
NO: Final = "nej"
UNKNOWN: Final = "vet-inte"
# Of a purchase: below the limit of direct award, below the threshold of the EU, above it.
DIRECT: Final = "direkt"
BELOW: Final = "under"
ABOVE: Final = "over"
MANY: Final = "manga"
FEW: Final = "fa"
BASIC: Final = "bas"
ADVANCED: Final = "avancerad"

# What can be chosen; all other questions are answered in words.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "varde": (DIRECT, BELOW, ABOVE),
    "utomlands": (YES, NO, UNKNOWN),
    "risk": (YES, NO, UNKNOWN),
    "bedomd": (YES, NO, UNKNOWN),
    "marknad": (MANY, FEW, UNKNOWN),
    "tid": (YES, NO),
}
# What is asked at each step; the last one tells what follows.
STEPS: Final = (
    ("vad", "varde"),
    ("utomlands", "risk", "bedomd"),
    ("marknad", "skal"),
    ("uppfoljare", "tid"),
    (),
)
QUESTIONS: Final = tuple(question for step in STEPS for question in step)


@dataclass(frozen=True, slots=True)
class Needs:
    """The answers of a buyer, and what follows from them."""

    # By question, in the order in which they are asked.
    answers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Needs":
        """Read the answers of an address: the first to each question that has a meaning counts.

        An empty one takes an earlier answer away.
        """
        given: dict[str, str] = {}
        for name, value in pairs:
            prefix, _dot, question = name.partition(".")
            if prefix == NEED:
                given.setdefault(question, clean(clean(value)[:LONGEST_ANSWER]))
        return cls(
            tuple(
                (question, given[question])
                for question in QUESTIONS
                if given.get(question, "") in CHOICES.get(question, (given.get(question),))
                and given.get(question)
            )
        )

    def __bool__(self) -> bool:
        """Tell whether anything was answered."""
        return bool(self.answers)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The answers as names and values of an address."""
        return [(f"{NEED}.{question}", answer) for question, answer in self.answers]

    def get(self, question: str) -> str:
        """Return the answer to a question, "" where there is none."""
        return dict(self.answers).get(question, "")

    @property
    def labour_terms(self) -> str:
        """Whether terms of labour law are needed: yes, no, or "" while that is not answered.

        They are where Swedish labour law does not hold and conditions may be bad; who does not
        know is on the safe side. What the regions have assessed together is assessed.
        """
        abroad, risk = self.get("utomlands"), self.get("risk")
        if abroad == NO:
            return NO
        if not abroad or not (risk or self.get("bedomd") == YES):
            return ""
        return NO if risk == NO and self.get("bedomd") != YES else YES

    @property
    def level(self) -> str:
        """The level that is in proportion, as filters name it; "" while that is not answered."""
        value, market = self.get("varde"), self.get("marknad")
        if not value or not market:
            return ""
        is_small = value == DIRECT or market == FEW or self.get("tid") == NO
        return BASIC if is_small else ADVANCED


NO_ANSWERS: Final = Needs()
