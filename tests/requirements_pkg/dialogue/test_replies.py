"""Somebody without a log-in answers a consultation: begins, goes on, sends, and is forgotten."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeLog
from actionplan.models.logged import CONCEALED
from requirements_pkg.actions.dialogue import replies
from requirements_pkg.actions.dialogue.consultations import (
    close_consultation,
    withdraw_consultation,
)
from requirements_pkg.models import Consultation, ConsultationRemark, ConsultationReply
from requirements_pkg.public.dialogue.sent_forms import SIGNER
from requirements_pkg.reviewing.consulted import opened_draft
from tests.factories import PackageFactory, RequirementFactory, answered, consult


@pytest.fixture
def opened(plan, coordinator, reviewer) -> Consultation:
    package = PackageFactory(plan=plan)
    for code, title in (("SE-01", "Spåra tenn"), ("SE-02", "Redovisa kobolt")):
        RequirementFactory(package=package, code=code, title=title)
    return consult(package, coordinator, reviewer)


def begin(client, opened, seconds: float = 60, **more: str):
    stamp = SIGNER.sign(str(timezone.now().timestamp() - seconds))
    return client.post(f"/remiss/{opened.key}/", {"page": stamp, **more})


@pytest.fixture
def own(client, opened) -> str:
    """The address of a reply that was just begun."""
    return begin(client, opened).headers["Location"]


def uid(opened: Consultation, code: str) -> str:
    return str(opened.package.requirements.get(code=code).uid)


def test_whoever_answers_goes_on_until_it_is_sent(client, own, opened):
    assert own.startswith("/remiss/svar/")
    page = client.get(own).content.decode()
    assert own in page
    assert "Redovisa kobolt" in page
    saved = client.post(own, {"text": "Bra ambition.", "_spara": "1"})
    assert saved.headers["Location"] == own
    of_single = client.post(f"{own}krav/SE-02/", {"text": "Hur mäts det?"})
    assert of_single.headers["Location"] == f"{own}#krav-SE-02"
    # Later, from another computer, with the address alone.
    page = client.get(own).content.decode()
    assert "Bra ambition." in page
    assert page.count("Du har skrivit") == 1
    assert "Hur mäts det?" in client.get(f"{own}krav/SE-02/").content.decode()
    on = client.post(own, {"text": "Bra ambition!", "_skicka": "1"})
    assert on.headers["Location"] == f"{own}skicka/"
    before = client.get(on.headers["Location"]).content.decode()
    assert "Bra ambition!" in before
    assert "Hur mäts det?" in before
    sent = client.post(f"{own}skicka/", {"organisation": "Tenn AB", "has_consented": "on"})
    assert sent.headers["Location"] == own
    receipt = client.get(own).content.decode()
    assert "Tack för ditt svar" in receipt
    assert "Tenn AB" in receipt
    rows = ConsultationRemark.objects.values_list("cite", "title", "text")
    assert list(rows) == [
        ("", "", "Bra ambition!"),
        ("SE-02:1", "Redovisa kobolt", "Hur mäts det?"),
    ]
    assert ConsultationReply.objects.get().texts == {}


def test_what_was_sent_cannot_be_changed(client, own):
    client.post(own, {"text": "Bra.", "_spara": "1"})
    client.post(f"{own}skicka/", {})
    for path in ("", "krav/SE-01/", "skicka/"):
        client.post(f"{own}{path}", {"text": "Nej.", "_spara": "1"})
    assert ConsultationRemark.objects.get().text == "Bra."
    assert client.get(f"{own}krav/SE-01/").headers["Location"] == own
    assert client.get(f"{own}skicka/").headers["Location"] == own


def test_an_empty_text_takes_it_away_and_nothing_is_not_sent(client, own):
    client.post(f"{own}krav/SE-01/", {"text": "Nja."})
    client.post(f"{own}krav/SE-01/", {"text": "  "})
    assert ConsultationReply.objects.get().texts == {}
    answer = client.post(f"{own}skicka/", {})
    assert answer.status_code == 400
    assert "Skriv något innan du skickar svaret." in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "Kim"}, "Kryssa för att vi får spara dina uppgifter"),
        ({"may_be_named": "on"}, "om sammanfattningen får namnge dig"),
        ({"email": "kim", "has_consented": "on"}, 'class="errorlist"'),
        ({"name": "K" * 101, "has_consented": "on"}, 'class="errorlist"'),
    ],
)
def test_who_sends_it_is_kept_with_consent_alone(client, own, given, sentence):
    client.post(own, {"text": "Bra.", "_spara": "1"})
    answer = client.post(f"{own}skicka/", given)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not ConsultationRemark.objects.exists()


def test_each_text_is_bounded_and_so_is_all_of_it(client, own, monkeypatch):
    assert client.post(own, {"text": "x" * 4001, "_spara": "1"}).status_code == 400
    monkeypatch.setattr(replies, "MOST_TEXT", 5)
    answer = client.post(f"{own}krav/SE-01/", {"text": "För långt."})
    assert answer.status_code == 400
    assert "Svaret är för långt." in answer.content.decode()


def test_no_address_is_guessed(client, own, opened):
    reply = ConsultationReply.objects.get()
    for token in (reply.pk, f"{reply.pk}:x", "gissning", SIGNER.sign(str(reply.pk))):
        for page in ("", "krav/SE-01/", "skicka/"):
            assert client.get(f"/remiss/svar/{token}/{page}").status_code == 404
    assert client.get(f"{own}krav/XX-99/").status_code == 404


def test_a_program_is_sent_back_and_haste_is_told(client, opened):
    assert begin(client, opened, website="x").headers["Location"] == f"/remiss/{opened.key}/"
    assert begin(client, opened, seconds=1).status_code == 400
    assert not ConsultationReply.objects.exists()


@pytest.mark.usefixtures("few_a_minute")
def test_an_address_begins_so_many_a_minute_and_all_so_many_a_day(
    client, opened, settings, monkeypatch
):
    assert [begin(client, opened).status_code for _time in range(3)] == [302, 302, 429]
    settings.MOST_A_MINUTE = settings.MOST_A_MINUTE | {"voices": 0}
    monkeypatch.setattr(replies, "MOST_A_DAY", 2)
    assert "Försök i morgon." in begin(client, opened).content.decode()
    ConsultationReply.objects.update(begun_at=timezone.now() - timedelta(days=2))
    assert begin(client, opened).status_code == 302


@pytest.mark.parametrize("end", [close_consultation, withdraw_consultation])
def test_after_the_end_nothing_is_taken_in(client, own, opened, coordinator, end):
    client.post(own, {"text": "Bra.", "_spara": "1"})
    end(consultation=opened, by=coordinator)
    for path in (own, f"{own}krav/SE-01/", f"{own}skicka/"):
        answer = client.post(path, {"text": "Sent."})
        assert answer.status_code == (200 if end is close_consultation else 404)
        assert "Spåra tenn" not in answer.content.decode()
    assert begin(client, opened).status_code in (200, 410)
    assert ConsultationReply.objects.get().texts == {"": "Bra."}


def test_what_is_sent_meanwhile_is_neither_rewritten_nor_sent_again(opened):
    """Whoever has the page open twice sends in one, and the other was read before."""
    reply = answered(opened, {"": "Bra."})
    before = ConsultationReply.objects.get(pk=reply.pk)
    for act in (
        lambda: replies.write(reply=before, about="", text="Något annat."),
        lambda: replies.send_reply(
            reply=before, content=opened_draft(opened).content, sender={"name": "Någon annan"}
        ),
    ):
        with pytest.raises(ValidationError, match="redan skickat"):
            act()
    (remark,) = ConsultationRemark.objects.all()
    assert (remark.text, ConsultationReply.objects.get().name) == ("Bra.", "")


def test_who_comes_first_closes_the_door(opened, coordinator):
    """Closed while somebody had the page open, in the moment of saving."""
    reply = replies.begin_reply(opened)
    close_consultation(consultation=opened, by=coordinator)
    with pytest.raises(ValidationError):
        replies.write(reply=reply, about="", text="Sent.")
    opened.refresh_from_db()
    with pytest.raises(ValidationError):
        replies.begin_reply(opened)


def test_what_is_no_text_of_the_draft_is_not_sent(opened):
    reply = answered(opened, {"": "Bra.", "00000000-0000-0000-0000-000000000000": "Okänt."})
    assert reply.remarks.count() == 1


def test_a_receipt_stays_when_all_is_withdrawn(client, own, opened, coordinator):
    client.post(own, {"text": "Bra.", "_spara": "1"})
    client.post(f"{own}skicka/", {})
    withdraw_consultation(consultation=opened, by=coordinator)
    assert "Bra." in client.get(own).content.decode()


def test_the_log_tells_that_something_came_and_not_by_whom(opened):
    reply = answered(opened, {"": "Kim säger."}, name="Kim", has_consented=True)
    assert reply.sender == "Kim"
    rows = ChangeLog.objects.about(reply)
    assert rows.latest("pk").after["name"] == CONCEALED
    assert "Kim" not in str(list(ChangeLog.objects.values()))


def test_who_sent_it_is_forgotten_and_what_was_never_sent(opened, settings):
    person = {"name": "Kim", "organisation": "Tenn AB", "email": "kim@a.example"}
    old = answered(opened, {"": "Bra."}, has_consented=True, **person)
    replies.begin_reply(opened)
    months = timezone.now() - timedelta(days=31 * settings.SENDER_MONTHS)
    ConsultationReply.objects.filter(pk=old.pk).update(sent_at=months)
    Consultation.objects.update(closes_on=timezone.localdate() - timedelta(days=31))
    output = StringIO()
    call_command("tidy", "--dry-run", stdout=output)
    assert "Glömda avsändare: 2." in output.getvalue()
    assert ConsultationReply.objects.count() == 2
    call_command("tidy", stdout=output)
    row = ConsultationReply.objects.get()
    assert (row.name, row.organisation, row.email) == ("", "", "")
    assert row.remarks.get().text == "Bra."


def test_the_coordinator_sees_how_many_came(client, opened, coordinator):
    answered(opened, {"": "Bra."})
    # One that says nothing yet is none.
    replies.begin_reply(opened)
    replies.write(reply=replies.begin_reply(opened), about="", text="Nja.")
    client.force_login(coordinator)
    page = client.get(reverse("admin:requirements_pkg_consultation", args=[opened.pk]))
    assert "1 skickat" in page.content.decode()
    assert "1 påbörjat" in page.content.decode()


def test_a_page_costs_the_same_however_much_is_written(
    client, own, opened, django_assert_max_num_queries
):
    client.get(own)
    with django_assert_max_num_queries(4):
        client.get(own)
    with django_assert_max_num_queries(4):
        client.get(f"{own}krav/SE-01/")
