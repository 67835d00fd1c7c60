"""The JSON Schema of the published document, for other programs."""

from inspect import cleandoc
from typing import Any, Final

import msgspec

from requirements_pkg.document.schema import SCHEMA, Document

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
# What a downloaded file says beside the document; its checksum is taken without them.
BESIDE: Final = ("version", "published_at", "sha256", "note", "withdrawn", "masked")


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of what a version says, each field with a sentence."""
    schema = msgspec.json.schema(Document)
    for part in schema["$defs"].values():
        # Python 3.13 takes the indentation away itself.
        part["description"] = cleandoc(part["description"])
    whole = schema["$defs"]["Document"]
    whole["additionalProperties"] = True
    whole["$comment"] = f"A downloaded file also holds {', '.join(BESIDE)}."
    return {"$schema": DIALECT, "title": f"Requirements package, schema {SCHEMA}", **schema}


def written_schema() -> str:
    """Return the JSON Schema as a text that people and programs read."""
    return msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode() + "\n"
