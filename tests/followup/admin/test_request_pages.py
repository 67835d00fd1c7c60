"""The pages on which one asks a second person, and on which that one answers."""

import pytest
from django.urls import reverse

from followup.actions import deviations, follow_ups
from followup.models import Deviation, FollowUp, SecondPersonRequest
from tests.factories import DeviationFactory
from tests.factories.followup import DONE
from tests.requirements_pkg.admin_forms import text_of, untouched

WHY = "Avtalet är uppsagt."


def address(name: str, *args) -> str:
    return reverse(f"admin:followup_{name}", args=args)


def answer_of(decision_request: SecondPersonRequest) -> str:
    return address("request_decide", decision_request.pk)


@pytest.fixture
def major(follow_up, requirements) -> Deviation:
    return DeviationFactory(follow_up=follow_up, requirement=requirements[0], severity="major")


@pytest.fixture
def decision_request(major, coordinator) -> SecondPersonRequest:
    return deviations.write_off(deviation=major, by=coordinator, reason=WHY)


def test_a_severe_deviation_is_written_off_through_the_pages(major, as_persona):
    client, off = as_persona("coordinator"), address("write_off", major.pk)
    home = address("deviation_change", major.pk)
    assert off in client.get(home).content.decode()
    assert "när någon annan har godkänt det" in text_of(client.get(off))
    assert client.post(off, {"reason": " "}).status_code == 400
    sent = text_of(client.post(off, {"reason": WHY}, follow=True))
    assert "Begäran är skickad. Någon annan ska godkänna den." in sent
    assert "Väntar på att någon annan godkänner det" in sent
    at = answer_of(SecondPersonRequest.objects.get())
    assert client.post(at, {"_approve": "1"}).status_code == 403
    reviewer = as_persona("reviewer")
    waiting = reviewer.get(reverse("admin:index")).content.decode()
    assert at in waiting
    page_text = text_of(reviewer.get(at))
    for words in (WHY, "Från ”öppen” till ”avslutad”", "coordinator"):
        assert words in page_text
    done = text_of(reviewer.post(at, {"_approve": "1"}, follow=True))
    assert "Begäran är godkänd och ändringen är gjord." in done
    assert "Avskriven" in done
    assert Deviation.objects.get().state == "closed"
    assert at not in reviewer.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("coordinator", 200),
        ("reviewer", 200),
        ("superuser", 200),
        ("other_coordinator", 404),
        ("analyst", 404),
        ("staff", 302),
        ("visitor", 302),
    ],
)
def test_a_request_opens_for_who_asked_and_who_may_answer(
    decision_request, as_persona, persona, status
):
    assert as_persona(persona).get(answer_of(decision_request)).status_code == status


@pytest.mark.parametrize(
    ("persona", "status"),
    [("reviewer", 403), ("other_coordinator", 404), ("analyst", 404), ("visitor", 403)],
)
def test_only_who_writes_asks(major, as_persona, persona, status):
    at = address("write_off", major.pk)
    assert as_persona(persona).post(at, {"reason": WHY}).status_code == status
    assert not SecondPersonRequest.objects.exists()


def test_a_return_needs_words_and_what_is_typed_is_kept(decision_request, as_persona):
    reviewer = as_persona("reviewer")
    refused = reviewer.post(answer_of(decision_request), {"_return": "1", "answer": " "})
    assert "Skriv varför begäran lämnas tillbaka" in text_of(refused)
    typed = "x" * 2001
    refused = reviewer.post(answer_of(decision_request), {"_return": "1", "answer": typed})
    assert typed in refused.content.decode()
    texts = {"_return": "1", "answer": "Invänta revisionen."}
    assert "Begäran är återlämnad." in text_of(
        reviewer.post(answer_of(decision_request), texts, follow=True)
    )
    page_text = text_of(as_persona("coordinator").get(answer_of(decision_request)))
    assert "Invänta revisionen." in page_text
    assert "Godkänn" not in page_text


def test_what_was_changed_meanwhile_is_told(decision_request, major, as_persona):
    Deviation.objects.filter(pk=major.pk).update(state="plan_submitted")
    refused = as_persona("reviewer").post(answer_of(decision_request), {"_approve": "1"})
    assert "har ändrats sedan den skrevs" in text_of(refused)


def test_a_follow_up_with_a_zero_tolerance_is_cancelled_through_the_pages(
    follow_up, requirements, as_persona, reviewer, superuser
):
    closed = {"state": "closed", "closed_on": DONE, "closed_by": reviewer, "evidence": "Dnr 1."}
    DeviationFactory(
        follow_up=follow_up,
        requirement=requirements[0],
        severity="zero_tolerance",
        remedied_by=superuser,
        **closed,
    )
    client, step = as_persona("coordinator"), address("step", follow_up.pk, "cancelled")
    page = text_of(client.get(step))
    assert "Någon annan ska därför godkänna att den ställs in" in page
    sent = text_of(client.post(step, {"note": WHY}, follow=True))
    assert "Begäran är skickad" in sent
    assert "Ställ in uppföljningen" in sent
    decision_request = SecondPersonRequest.objects.get()
    as_persona("reviewer").post(answer_of(decision_request), {"_approve": "1"})
    assert FollowUp.objects.get().status == "cancelled"


def test_a_follow_up_with_an_open_deviation_is_not_offered_to_be_cancelled(
    follow_up, major, as_persona, coordinator
):
    client, step = as_persona("coordinator"), address("step", follow_up.pk, "cancelled")
    page = client.get(address("followup_change", follow_up.pk))
    assert step not in page.content.decode()
    assert "Stäng den eller skriv av den först" in text_of(page)
    refused = client.post(step, {"note": WHY})
    assert "Stäng den eller skriv av den först" in text_of(refused)
    assert WHY in text_of(refused)
    with pytest.raises(Exception, match="fortfarande öppen"):
        follow_ups.cancel(follow_up=follow_up, by=coordinator, reason=WHY)


def test_a_moved_due_date_needs_a_reason_and_what_is_typed_is_kept(major, as_persona):
    client, home = as_persona("coordinator"), address("deviation_change", major.pk)
    page = client.get(home)
    moved = untouched(page) | {"due_on": "2027-01-01", "finding": "Ingen förteckning alls."}
    refused = client.post(home, moved)
    assert "Skriv varför allvarlighetsgraden sänks eller slutdatumet flyttas" in text_of(refused)
    assert "Ingen förteckning alls." in text_of(refused)
    done = client.post(home, moved | {"change_reason": WHY}, follow=True)
    assert Deviation.objects.get().due_on.isoformat() == "2027-01-01"
    assert f"coordinator: {WHY}" in text_of(done)


def test_a_lowered_severity_waits_for_a_second_person(major, as_persona):
    client, home = as_persona("coordinator"), address("deviation_change", major.pk)
    data = untouched(client.get(home)) | {"severity": "minor", "finding": "Ny."}
    sent = client.post(home, data | {"change_reason": WHY}, follow=True)
    text = "Någon annan ska godkänna detta: sänk allvarlighetsgraden. Resten är sparat."
    assert text in text_of(sent)
    assert "Från ”allvarlig” till ”mindre”." in text_of(sent)
    assert (Deviation.objects.get().severity, Deviation.objects.get().finding) == ("major", "Ny.")
    again = untouched(client.get(home)) | {"severity": "minor", "finding": "Nyare."}
    refused = client.post(home, again | {"change_reason": WHY})
    assert "Samma ändring av avvikelsen väntar redan på svar" in text_of(refused)
    assert "Nyare." in text_of(refused)
    decision_request = SecondPersonRequest.objects.get()
    as_persona("reviewer").post(answer_of(decision_request), {"_approve": "1"})
    assert Deviation.objects.get().severity == "minor"
