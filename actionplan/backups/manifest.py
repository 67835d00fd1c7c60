"""What a backup says of itself: who wrote it, of which tables, and a checksum of each part."""

from datetime import datetime
from typing import Final

import msgspec

# Rises when files are written in another way; other numbers are refused.
FORMAT: Final = 1


class BackupPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rows of one table."""

    table: str
    columns: tuple[str, ...]
    rows: int
    sha256: str
    # The highest key that was ever given, of rows that are gone too: the log still names them.
    last_key: int | None

    @property
    def name(self) -> str:
        """How the part is called in the file."""
        return part_name(self.table)


class BackupManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the file, and which application can restore it."""

    format: int
    made_at: datetime
    version: str
    database: str
    # Of each app, the migrations that had been run.
    migrations: dict[str, tuple[str, ...]]
    parts: tuple[BackupPart, ...]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(part.rows for part in self.parts)


def part_name(table: str) -> str:
    """Return how the part with the rows of a table is called in the file."""
    return f"rows/{table}.jsonl"
