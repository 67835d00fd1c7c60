"""What a person said of a document: of its words, of what it is about, and of what it changes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

# Said of a row or a column that is to be left out.
LEFT_OUT: Final = "-"
# Said of the goals, as the number of an area is said of an area.
GOALS: Final = "goals"


@dataclass(frozen=True)
class Answers:
    """What a person said of a document.

    `category` is the name of the purchasing category, `same` are the keys of the questions about
    which she said that both are the same, `replaced` the texts that go on as another, by the key
    of the question. `stages` and `dimensions` are what headings mean, by their spelling, `period`
    and `coordinator` (a key) what the plan is of. `left` are the parts that stay as they are.
    `is_open` where she has not said anything yet: then it is as it was said when the same was
    asked before.
    """

    category: str = ""
    same: frozenset[str] = frozenset()
    is_open: bool = False
    stages: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    coordinator: str = ""
    replaced: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, object]:
        """Return the answers as they are kept with an upload, equal for equal ones."""
        values = asdict(self)
        del values["is_open"]
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in values.items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the answers that `to_json` wrote; of nothing, those of who said nothing yet."""
        if not data:
            return cls(is_open=True)
        sets = {name: frozenset(data[name]) for name in ("same", "left")}
        return cls(**{**data, **sets})


UNANSWERED: Final = Answers()
