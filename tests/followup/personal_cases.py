"""How each constraint of sent reminders is broken."""

from datetime import date

from actionplan.models import User
from followup.models import ReminderKind, SentReminder
from tests.project.house.breaking import Break

DAY = date(2026, 3, 1)


def reminder() -> SentReminder:
    """A second step of something that was told once."""
    user = User.objects.get(username="coordinator")
    fields = {"user": user, "kind": ReminderKind.FOLLOW_UP, "target_id": 1, "due_on": DAY}
    SentReminder.objects.get_or_create(**fields, step=1)
    return SentReminder(**fields, step=7)


CASES = [
    Break(
        "followup_sentreminder_kind_is_known",
        reminder,
        {"kind": "rumour"},
        "Påminnelsen är av okänd typ.",
        is_field_error=True,
    ),
    Break(
        "followup_sentreminder_once",
        reminder,
        {"step": 1},
        "Påminnelsen är redan skickad.",
    ),
]
