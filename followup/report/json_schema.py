"""The JSON Schema of a published follow-up report, for other programs."""

from typing import Final

from followup.report.schema import SCHEMA, Report
from requirements_pkg.document import json_schema

# What a downloaded file says beside the report; its checksum is taken without them.
BESIDE: Final = ("report", "published_at", "sha256", "note", "masked")


def report_schema() -> dict[str, object]:
    """Return the JSON Schema of what a report says, each field with a sentence."""
    return json_schema.schema_of(Report, f"Follow-up report, schema {SCHEMA}", BESIDE)
