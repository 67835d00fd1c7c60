"""What is told of a version beside its content, in words that may be read."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from actionplan.database.prepared_queries import Row
from requirements_pkg.document.facts import Listing
from requirements_pkg.document.masking import MaskedWords, masked_text, own_words

HEAD: Final = (
    *("pk", "number", "sha256", "published_at", "note"),
    *("facts__title", "facts__listing", "facts__masked"),
)
WITHDRAWN: Final = (
    "withdrawal__reason",
    "withdrawal__withdrawn_at",
    "withdrawal__replaced_by__number",
)


@dataclass(frozen=True, slots=True)
class WithdrawalInfo:
    """Why a version is no longer to be used, since when, and what to use instead."""

    reason: str
    at: datetime
    # One that stands: what was to replace it may have been withdrawn too, for another one.
    replaced_by: int | None
    # The version in force meanwhile, if any.
    in_force: int | None = None


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a package, without its content."""

    pk: int
    number: int
    sha256: str
    published_at: datetime
    note: str
    title: str
    # As the checksum, and what is masked, say already.
    listing: Listing = field(compare=False, repr=False)
    masked: tuple[MaskedWords, ...] = ()
    withdrawn: WithdrawalInfo | None = None

    @property
    def key(self) -> Hashable:
        """What a page of this version depends on: beside its content, what of that may be read."""
        return (*self.content_key, self.withdrawn)

    @property
    def content_key(self) -> tuple[int, str, tuple[MaskedWords, ...]]:
        """What the content of this version, as it may be read, depends on."""
        return self.pk, self.sha256, self.masked

    @classmethod
    def of(cls, head: Row, withdrawn: Row = (None, None, None)) -> "VersionInfo":
        """Return a version by its columns of HEAD and WITHDRAWN, in words that may be read."""
        pk, number, sha256, published_at, note, title, listing, masked = head
        words = own_words(masked)
        return cls(
            *(pk, number, sha256, published_at, masked_text(note, words), title, listing, masked),
            withdrawn=_withdrawn(words, *withdrawn),
        )


def _withdrawn(
    words: tuple[str, ...], reason: str | None, at: datetime | None, by: int | None
) -> WithdrawalInfo | None:
    if reason is None or at is None:
        return None
    return WithdrawalInfo(masked_text(reason, words), at, by)
