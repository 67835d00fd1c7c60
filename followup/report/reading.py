"""From stored JSON to a report or to what it rests on, and back."""

from collections.abc import Callable
from typing import Final

import msgspec

from followup.report.basis import ReportBasis
from followup.report.schema import SCHEMA, Report
from requirements_pkg.document.reading import written

Stored = dict[str, object]

_reports: Final = msgspec.json.Decoder(Report)
_bases: Final = msgspec.json.Decoder(ReportBasis)


def without_use(stored: Stored) -> Stored:
    """Add what schema 1 lacked: how many have used the requirements."""
    return {"use": None, **stored}


# By the schema that a step starts from.
STEPS: Final[dict[int, Callable[[Stored], Stored]]] = {1: without_use}


def upgraded(stored: Stored) -> Stored:
    """Return the JSON of a report in the schema of today; it tells which one it was written in.

    Raises:
        ValueError: its schema is none that was ever written.
    """
    number = stored.get("schema")
    if not isinstance(number, int) or number not in range(1, SCHEMA + 1):
        raise ValueError(f"There is no schema {number!r}.")
    for step in range(number, SCHEMA):
        stored = STEPS[step](stored)
    return stored


def read(stored: bytes | str) -> Report:
    """Return the stored report in the schema of today, whatever it was written in.

    Raises:
        msgspec.ValidationError: it is none; says where.
        ValueError: its schema is unknown.
    """
    report = _reports.decode(stored)
    if report.schema == SCHEMA:
        return report
    return msgspec.convert(upgraded(msgspec.json.decode(stored)), Report)


def read_basis(stored: bytes | str) -> ReportBasis:
    """Return what the counts of a report rest on.

    Raises:
        msgspec.ValidationError: it is none; says where.
    """
    return _bases.decode(stored)


def written_basis(basis: ReportBasis) -> str:
    """Write down what the counts of a report rest on."""
    return msgspec.json.encode(basis).decode()


def written_report(report: Report) -> bytes:
    """Write down a report in the one way there is: its checksum is taken of these bytes."""
    return written(report)
