"""Many tables made by one operation of a migration.

It stands with the migrations because, from the first release on, it is no more changed than they.
"""

import gc
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Make tables, and work out once what all models are together.

    Django works it out again after each of its own operations, which is most of what a first
    migrate takes.
    """

    serialization_expand_args = ["tables", "of_others"]

    def __init__(
        self,
        tables: Sequence[CreateModel],
        of_others: Mapping[str, Sequence[CreateModel]] | None = None,
    ) -> None:
        self.tables = tables
        # By the labels of apps whose own migrations make none.
        self.of_others = of_others or {}

    def _labelled(self, app_label: str) -> list[tuple[str, CreateModel]]:
        by_app = {app_label: self.tables, **self.of_others}
        return [(label, table) for label, tables in by_app.items() for table in tables]

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # What is worked out would be worked out again for each table. Afterwards it is whole:
        # nothing in it was put off, for which each RunPython would work it out once more.
        apps = state.__dict__.pop("apps", None)
        state.is_delayed = False
        for label, table in self._labelled(app_label):
            table.state_forwards(label, state)
        if apps is not None:
            # New tables point at those that are there, and nothing of those is another for that.
            new = [(label, table.name_lower) for label, table in self._labelled(app_label)]
            apps.render_multiple([state.models[key] for key in new])
            state.__dict__["apps"] = apps

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        # What is loaded by now is not garbage, and looking through it takes as long as the tables.
        gc.freeze()
        for label, table in self._labelled(app_label):
            table.database_forwards(label, schema_editor, from_state, to_state)
        gc.unfreeze()

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for label, table in reversed(self._labelled(app_label)):
            table.database_backwards(label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say it in the plan of `migrate`."""
        return f"Create {len(self._labelled(''))} tables"
