"""What makes a new wording of a requirement, and so a new number after its code."""

import hashlib
from operator import attrgetter
from typing import Final

import msgspec

from requirements_pkg.document.requirement_fields import WORDING
from requirements_pkg.document.schema import Requirement

# Where a requirement stands and what it is called is no wording; the last four are no texts.
_words: Final = attrgetter(*WORDING[:-4])


def wording_hash(requirement: Requirement) -> str:
    """Return the checksum of a requirement's own words.

    What it says nothing of is left out: a field that is new to the document, and empty, makes no
    new wording of what was published before there was one.
    """
    withdrawn, sources = requirement.withdrawn, requirement.sources
    # No JSON: a thousand of these are taken at each look at a draft.
    rest = (
        msgspec.to_builtins(withdrawn),
        [*requirement.cpv],
        msgspec.to_builtins([*sources]),
        msgspec.to_builtins([*requirement.proofs]),
    )
    pairs = zip(WORDING, (*_words(requirement), *rest), strict=True)
    words = "\x1f".join([f"{name}={value}" for name, value in pairs if value])
    return hashlib.sha256(words.encode()).hexdigest()
