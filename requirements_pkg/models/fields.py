"""How a published content is kept: as JSON, written and read quickly."""

import json
from typing import Any

import orjson
from django.db import models

from requirements_pkg.snapshot import Written


class QuickEncoder(json.JSONEncoder):
    """What `json.dumps` asks for, by orjson: a version is written down while others wait."""

    def encode(self, o: Any) -> str:
        if isinstance(o, Written):
            return o.text
        return orjson.dumps(o, option=orjson.OPT_SORT_KEYS).decode()


class QuickDecoder(json.JSONDecoder):
    """What `json.loads` asks for, by orjson: whole documents are read while others wait."""

    def decode(self, s: str, *args: Any) -> Any:
        return orjson.loads(s)


class DocumentField(models.JSONField):
    """A JSON column; to the database, and to its migrations, it is nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.encoder, self.decoder = QuickEncoder, QuickDecoder

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["encoder"], kwargs["decoder"]
        return name, "django.db.models.JSONField", args, kwargs
