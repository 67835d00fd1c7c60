"""One thing that waits for somebody, as the first page and reminders tell of it."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class TaskGroup(IntEnum):
    """What waits for somebody, in the order in which it is shown."""

    ANSWER = 1
    OVERDUE = 2
    MEND = 3
    COMING = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to see to, where one does it, and since when it waits."""

    title: str
    address: str
    since: date | None = None
    group: TaskGroup = TaskGroup.ANSWER
    # The row that it is about.
    target_id: int = 0
