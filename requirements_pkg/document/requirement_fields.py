"""The fields of a requirement: what each is called, and where it is used. Pure.

A new field is a line here, beside the model and the schema: comparisons, wordings, search, fill-in
places, the author's form, the files and the sheets read this table (docs/publishing.md has the
recipe).
"""

from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import Final

from requirements_pkg.document.schema import Requirement


def gettext_noop(message: str) -> str:
    """Mark a text for the catalogue; whoever shows it asks for it in the reader's language."""
    return message


class TextAudience(Enum):
    """Whom a text is for, where it stands below the requirement itself."""

    # Bidders too.
    BIDDER = "bidder"
    # The buyer's own people, besides what the requirement asks of a bidder.
    BUYER = "buyer"


@dataclass(frozen=True, slots=True)
class RequirementField:
    """One field: `name` is its name in the document and, where that has it, in the model."""

    name: str
    label: str
    # Of a text: how many lines its box has at first in the author's form; 0 for what is no text.
    lines: int = 0
    # What it is called in a file for tenders, where it stands under a heading of its own.
    heading: str = ""
    reader: TextAudience | None = None
    # What a sheet says of its column.
    meaning: str = ""
    # Another value is another wording, with a number of its own.
    is_wording: bool = False
    # A column of the model that is read as it is.
    is_stored: bool = False
    is_compared: bool = True
    # Its place among the texts that a search finds, the one of most weight first; 0 for none.
    weight: int = 0
    # Its place among the texts that may have fill-in places; 0 for those that may not.
    places: int = 0

    @property
    def is_text(self) -> bool:
        """Whether it is written as paragraphs."""
        return self.lines > 0


@dataclass(frozen=True, slots=True)
class RequirementText(RequirementField):
    """A text of the requirement's own: it is stored, and its words are wording."""

    is_wording: bool = True
    is_stored: bool = True


# In the order in which they are read.
FIELDS: Final[tuple[RequirementField, ...]] = (
    RequirementField("code", gettext_noop("code"), is_stored=True, is_compared=False),
    RequirementText("title", gettext_noop("title"), 1),
    RequirementText("text", gettext_noop("requirement text"), 8, weight=1, places=1),
    RequirementField("kind", gettext_noop("kind of requirement"), is_wording=True, is_stored=True),
    RequirementField("level", gettext_noop("level"), is_wording=True, is_stored=True),
    RequirementField("replaces", gettext_noop("replaces"), is_wording=True),
    RequirementField(
        "state", gettext_noop("state"), is_wording=True, is_stored=True, is_compared=False
    ),
    RequirementField("withdrawn", gettext_noop("withdrawal"), is_wording=True),
    RequirementField(
        "max_points", gettext_noop("maximum points"), is_wording=True, is_stored=True
    ),
    RequirementText("scale", gettext_noop("scale"), 4, places=4),
    RequirementText(
        "rationale",
        gettext_noop("rationale"),
        5,
        heading=gettext_noop("Rationale"),
        reader=TextAudience.BUYER,
        meaning=gettext_noop("Why it is demanded."),
        weight=2,
    ),
    RequirementText(
        "verification",
        gettext_noop("verification"),
        4,
        heading=gettext_noop("Evidence to submit"),
        reader=TextAudience.BIDDER,
        weight=3,
        places=2,
    ),
    RequirementText(
        "follow_up_method",
        gettext_noop("follow-up"),
        4,
        heading=gettext_noop("Follow-up during the contract"),
        reader=TextAudience.BIDDER,
        weight=4,
        places=3,
    ),
    RequirementText("supplier_question", gettext_noop("question to the supplier"), 4),
    RequirementText(
        "law_baseline",
        gettext_noop("the law already demands"),
        4,
        heading=gettext_noop("The law already demands"),
        reader=TextAudience.BUYER,
        meaning=gettext_noop("What applies even without the requirement."),
        weight=7,
    ),
    RequirementText(
        "beyond_law",
        gettext_noop("beyond the law"),
        4,
        heading=gettext_noop("The requirement goes beyond the law"),
        reader=TextAudience.BUYER,
        meaning=gettext_noop("What it demands beyond the law."),
        weight=6,
    ),
    RequirementText(
        "guidance",
        gettext_noop("guidance"),
        4,
        heading=gettext_noop("Guidance"),
        reader=TextAudience.BUYER,
        meaning=gettext_noop("When and how it is used."),
        weight=5,
    ),
    RequirementField("product_areas", gettext_noop("product areas")),
    RequirementField("cpv", gettext_noop("CPV codes"), is_wording=True),
    RequirementField("treats", gettext_noop("risks and opportunities")),
    RequirementField("serves", gettext_noop("sub-goals")),
    RequirementField("proofs", gettext_noop("accepted proofs"), is_wording=True),
    RequirementField("sources", gettext_noop("sources"), is_wording=True),
    RequirementField("module", gettext_noop("module")),
)

NAMED: Final = {field.name: field for field in FIELDS}
# What a wording has besides texts.
NO_TEXTS: Final = ("withdrawn", "cpv", "sources")
# As the document has them, what is no text last: a wording's checksum is taken in this order.
_AS_IN_DOCUMENT: Final = sorted(
    (NAMED[name] for name in Requirement.__struct_fields__ if name in NAMED),
    key=lambda field: field.name in NO_TEXTS,
)
WORDING: Final = tuple(field.name for field in _AS_IN_DOCUMENT if field.is_wording)
STORED: Final = tuple(field.name for field in _AS_IN_DOCUMENT if field.is_stored)
TEXTS: Final = tuple(field.name for field in FIELDS if field.is_text)
SEARCHED: Final = tuple(
    field.name for field in sorted(FIELDS, key=attrgetter("weight")) if field.weight
)
WITH_PLACES: Final = tuple(
    field.name for field in sorted(FIELDS, key=attrgetter("places")) if field.places
)
# A question repeats places of the other texts, so that it can be asked with a contract's values.
WITH_BRACKETS: Final = (*WITH_PLACES, "supplier_question")


def below_the_text(reader: TextAudience) -> tuple[RequirementField, ...]:
    """Return the texts that a file for tenders has below a requirement for one kind of reader."""
    return tuple(field for field in FIELDS if field.reader is reader)
