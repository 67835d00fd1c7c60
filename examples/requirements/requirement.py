"""What an example requirement consists of. Pure data, stored by `examples/demo/versions.py`."""

from dataclasses import dataclass, fields
from typing import Final, NamedTuple

QUALIFICATION: Final = "qualification"
SPECIFICATION: Final = "specification"
AWARD: Final = "award"
CONTRACT: Final = "contract"
KINDS: Final = (QUALIFICATION, SPECIFICATION, AWARD, CONTRACT)

BASIC: Final = "basic"
ADVANCED: Final = "advanced"
SPEARHEAD: Final = "spearhead"
# From the lowest to the highest.
LEVELS: Final = (BASIC, ADVANCED, SPEARHEAD)

HALLS: Final = 1
SERVERS: Final = 2
NETWORK: Final = 3


class Source(NamedTuple):
    """Where the author read it. `dated` is ISO, or empty where the source bears no date."""

    title: str
    url: str
    dated: str = ""


class Treats(NamedTuple):
    """One statement of the example plan: its cell, and how it begins."""

    area: int
    stage: str
    dimension: str
    beginning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One requirement. Its texts may be written over several lines: see `prose`."""

    code: str
    title: str
    kind: str
    level: str
    text: str
    rationale: str
    verification: str
    follow_up_method: str
    supplier_question: str = ""
    guidance: str = ""
    law_baseline: str = ""
    beyond_law: str = ""
    max_points: int | None = None
    scale: str = ""
    replaces: str = ""
    product_areas: tuple[int, ...] = ()
    cpv: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    treats: tuple[Treats, ...] = ()
    serves: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Unfold the texts, so that no one has to call `prose` a hundred times."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, prose(value))

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that may hold fill-in places."""
        return (self.text, self.verification, self.follow_up_method, self.scale)


def prose(text: str) -> str:
    """Make paragraphs of lines: a blank line parts two, any other line break is a space."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
