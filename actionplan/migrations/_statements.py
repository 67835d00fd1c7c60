"""What a migration tells a database in SQL of its own.

It stands with the migrations because, from the first release on, it is no more changed than they.
"""

from collections.abc import Callable
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Run = Callable[[Any], None]


class RunStatements(Operation):
    """Run statements that need no models.

    `RunPython` works out all models of that moment for what it runs, and each migration after it
    copies them: of a first migrate that was a tenth.

    Args:
        on: given the schema editor, runs what brings the database there.
        off: the same, back again.
    """

    reduces_to_sql = False
    serialization_expand_args: list[str] = []

    def __init__(self, on: Run, off: Run) -> None:
        self.on, self.off = on, off

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self.on(schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self.off(schema_editor)

    def describe(self) -> str:
        return "Statements of our own"
