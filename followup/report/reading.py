"""From stored JSON to a report or to what it rests on, and back."""

from typing import Final

import msgspec

from followup.report.basis import ReportBasis
from followup.report.schema import SCHEMA, Report
from requirements_pkg.document.reading import written

_reports: Final = msgspec.json.Decoder(Report)
_bases: Final = msgspec.json.Decoder(ReportBasis)


def read(stored: bytes | str) -> Report:
    """Return the stored report.

    Raises:
        msgspec.ValidationError: it is none; says where.
        ValueError: its schema is unknown.
    """
    report = _reports.decode(stored)
    if report.schema != SCHEMA:
        raise ValueError(f"There is no schema {report.schema!r}.")
    return report


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
