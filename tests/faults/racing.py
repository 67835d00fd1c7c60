"""Eight clients that begin at the same moment, and what became of each."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections

from actionplan.models import User
from risks.importing import plans
from risks.importing.asking.owners import RefusedImport

CLIENTS = 8
DONE, REFUSED = "done", "refused"
REFUSALS = (PermissionDenied, ValidationError, plans.OvertakenImport, RefusedImport)
Try = Callable[[int], Any]


@dataclass
class Race:
    """One act of eight clients at once, and what became of each."""

    act: Try
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[Exception] = field(default_factory=list)

    def run(self) -> "Race":
        """Let all begin at the same moment, each at a connection of its own."""
        start = threading.Barrier(CLIENTS)
        clients = [
            threading.Thread(target=self._client, args=(number, start), daemon=True)
            for number in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join(timeout=60)
        assert not any(client.is_alive() for client in clients), "Somebody waits for ever."
        return self

    def _client(self, number: int, start: threading.Barrier) -> None:
        try:
            connections["default"].ensure_connection()
            start.wait()
            self.outcomes[REFUSED if self.act(number) is False else DONE] += 1
        except REFUSALS:
            self.outcomes[REFUSED] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is would be a 500
            self.faults.append(error)
        finally:
            connections["default"].close()


def person(name: str) -> User:
    return User.objects.get(username=name)
