"""The JSON Schema of the published document, for other programs."""

from collections.abc import Sequence
from inspect import cleandoc
from typing import Final

import msgspec

from requirements_pkg.document.schema import SCHEMA, Document, Part

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
# What a downloaded file says beside the document; its checksum is taken without them.
BESIDE: Final = ("version", "published_at", "sha256", "note", "withdrawn", "masked")


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of what a version says, each field with a sentence."""
    return schema_of(Document, f"Requirements package, schema {SCHEMA}", BESIDE)


def schema_of(kind: type[Part], title: str, beside: Sequence[str]) -> dict[str, object]:
    """Return the JSON Schema of a published document.

    Args:
        kind: the whole of it.
        beside: what a downloaded file says beside it.
    """
    # As JSON has it: a list that is empty unless given is no tuple there.
    schema = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(kind)))
    for part in schema["$defs"].values():
        # Python 3.13 takes the indentation away itself.
        part["description"] = cleandoc(part["description"])
    whole = schema["$defs"][kind.__name__]
    whole["additionalProperties"] = True
    whole["$comment"] = f"A downloaded file also holds {', '.join(beside)}."
    return {"$schema": DIALECT, "title": title, **schema}


def written_schema(schema: dict[str, object]) -> str:
    """Return a JSON Schema as a text that people and programs read."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
