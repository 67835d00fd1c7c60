"""The list of events tells nobody of a follow-up what its own page would not."""

import pytest

from actionplan.models import ChangeEvent, EventKind
from followup.models import Deviation, FollowUp

EVENTS = "/admin/actionplan/changeevent/"


@pytest.fixture
def advanced(guarded_rows, plan, coordinator) -> None:
    deviation, follow_up = Deviation.objects.get(), FollowUp.objects.get()
    detail = {"from": "open", "to": "escalated", "severity": "zero_tolerance"}
    for row in (deviation, follow_up, plan):
        ChangeEvent.objects.record(EventKind.ADVANCED, row, by=coordinator, detail=detail)


def labels(client, **filters) -> set[str]:
    rows = client.get(EVENTS, filters).context_data["cl"].result_list
    return {row.target for row in rows}


@pytest.mark.parametrize(
    ("persona", "is_seen"),
    [
        ("superuser", True),
        ("coordinator", True),
        ("reviewer", True),
        ("other_coordinator", False),
        ("analyst", False),
        ("region_administrator", False),
    ],
)
def test_an_event_is_seen_by_who_sees_what_it_is_of(persona, is_seen, advanced, as_persona):
    client = as_persona(persona)
    seen = labels(client)
    assert "actionplan.ActionPlan" in seen
    assert ("followup.Deviation" in seen) is is_seen
    assert ("followup.FollowUp" in seen) is is_seen
    assert bool(labels(client, target="followup.Deviation")) is is_seen
    event = ChangeEvent.objects.about(Deviation.objects.get()).latest("pk")
    page = client.get(f"{EVENTS}{event.pk}/change/")
    assert ("eskalerad" in page.content.decode()) is is_seen


def test_a_file_of_events_tells_no_more(advanced, as_persona):
    files = {}
    for persona in ("analyst", "superuser"):
        client = as_persona(persona)
        response = client.post(f"{EVENTS}export/", {"format": "1", "resource": "0"})
        files[persona] = b"".join(response.streaming_content).decode()
    assert "Avvikelse" in files["superuser"]
    assert "Avvikelse" not in files["analyst"]
    assert "Handlingsplan" in files["analyst"]
