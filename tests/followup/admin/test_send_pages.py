"""Suppliers are asked from the follow-up's page, or many at once; files show what was found."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from followup.actions.follow_ups import ask
from followup.models import Attachment, Deviation, FollowUp, SupplierForm
from tests.factories import ActionFactory, DeviationFactory, FollowUpFactory, QuestionFactory
from tests.requirements_pkg.admin_forms import text_of

PDF = b"%PDF-1.4 intyg"


def address(name: str, *args) -> str:
    return reverse(f"admin:followup_{name}", args=args)


def sent(**more) -> dict[str, object]:
    day = timezone.localdate() + timedelta(14)
    return {"reply_by": day, "sender": "Regionen", "contact": "Kim", "message": "", **more}


@pytest.fixture
def asking(follow_up, requirements, coordinator) -> FollowUp:
    """A planned follow-up with questions."""
    uids = [str(requirement.uid) for requirement in requirements]
    ask(follow_up=follow_up, requirement_uids=uids, by=coordinator)
    return follow_up


def test_a_supplier_is_asked_in_one_step_and_the_address_is_told(asking, as_persona):
    client = as_persona("coordinator")
    home = client.get(address("followup_change", asking.pk))
    assert address("send", asking.pk) in home.content.decode()
    form = client.get(address("send", asking.pk)).context["form"]
    assert form["sender"].value() == "Region Stockholm"
    response = client.post(address("send", asking.pk), sent(email="kim@lev.example"), follow=True)
    page = response.content.decode()
    assert FollowUp.objects.get().status == "sent"
    link = next(part for part in page.split('"') if "/svara/" in part)
    assert client.get(link).status_code == 200
    assert "Länken mejlas vid nästa utskick." in text_of(response)


def test_nothing_is_sent_without_questions_or_after_the_day(follow_up, as_persona):
    client = as_persona("coordinator")
    response = client.post(address("send", follow_up.pk), sent())
    assert "Ingen fråga är vald" in text_of(response)
    yesterday = timezone.localdate() - timedelta(1)
    response = client.post(address("send", follow_up.pk), sent(reply_by=yesterday))
    assert "Sista svarsdagen har passerat" in text_of(response)
    assert not SupplierForm.objects.exists()


def test_the_address_is_remembered_for_the_next_follow_up_of_the_contract(asking, as_persona):
    client = as_persona("coordinator")
    client.post(address("send", asking.pk), sent(email="kim@lev.example"))
    known, other = (
        FollowUpFactory(version=asking.version, contract_reference=reference)
        for reference in (asking.contract_reference, "Ett annat")
    )
    for follow_up, email in ((known, "kim@lev.example"), (other, "")):
        form = client.get(address("send", follow_up.pk)).context["form"]
        assert form["email"].value() == email


def test_many_are_sent_at_once_each_with_a_page_of_its_own(asking, requirements, as_persona):
    second = FollowUpFactory(version=asking.version)
    QuestionFactory(follow_up=second, requirement=requirements[0])
    FollowUpFactory(version=asking.version, contract_reference="UTAN-FRÅGOR")
    client = as_persona("coordinator")
    page = client.get(address("send_many"))
    assert {row.pk for row, _form in page.context["recipients"]} == {asking.pk, second.pk}
    assert "UTAN-FRÅGOR" not in text_of(page)
    nobody = client.post(address("send_many"), sent())
    assert "Kryssa för minst en uppföljning" in text_of(nobody)
    ticked = {
        f"f{asking.pk}-is_sent": "on",
        f"f{asking.pk}-email": "kim@lev.example",
        f"f{second.pk}-is_sent": "on",
    }
    done = client.post(address("send_many"), {**sent(), **ticked}, follow=True)
    assert "2 leverantörer kan svara nu." in text_of(done)
    assert {form.email for form in SupplierForm.objects.all()} == {"kim@lev.example", ""}
    assert len({form.key for form in SupplierForm.objects.all()}) == 2
    assert "Det finns inget att skicka" in text_of(client.get(address("send_many")))


def test_a_batch_offers_only_what_the_person_writes_in(asking, as_persona):
    assert as_persona("other_coordinator").get(address("send_many")).context["recipients"] == []
    assert as_persona("analyst").get(address("send_many")).status_code == 403


def test_a_batch_takes_as_many_queries_however_many_there_are(
    asking, requirements, as_persona, django_assert_max_num_queries
):
    for _number in range(10):
        QuestionFactory(
            follow_up=FollowUpFactory(version=asking.version), requirement=requirements[0]
        )
    client = as_persona("coordinator")
    client.get(address("send_many"))
    with django_assert_max_num_queries(14):
        client.get(address("send_many"))


@pytest.fixture
def deviation(follow_up, requirements) -> Deviation:
    row = DeviationFactory(follow_up=follow_up, requirement=requirements[0])
    ActionFactory(deviation=row)
    return row


def test_files_show_a_deviation_and_its_actions(deviation, as_persona):
    client, at = as_persona("coordinator"), address("attachments", deviation.pk)
    action = deviation.actions.get()
    for shows in ("", action.pk):
        file = SimpleUploadedFile("intyg.pdf", PDF)
        assert client.post(at, {"shows": shows, "file": file}).status_code == 302
    of_deviation, of_action = Attachment.objects.order_by("pk")
    assert (of_deviation.deviation, of_action.action) == (deviation, action)
    page = text_of(client.get(address("deviation_change", deviation.pk)))
    assert page.count("intyg.pdf") == 2
    client.post(address("remove_attachment", of_action.pk))
    assert Attachment.objects.get() == of_deviation


def test_a_file_that_is_not_what_its_name_says_is_refused(deviation, as_persona):
    file = SimpleUploadedFile("intyg.pdf", b"<html>")
    at = address("attachments", deviation.pk)
    response = as_persona("coordinator").post(at, {"shows": "", "file": file})
    assert "inte av den typ" in text_of(response)
    assert not Attachment.objects.exists()


def test_the_files_of_what_is_closed_stay(deviation, as_persona):
    client, at = as_persona("coordinator"), address("attachments", deviation.pk)
    client.post(at, {"shows": "", "file": SimpleUploadedFile("intyg.pdf", PDF)})
    Deviation.objects.update(state="closed", closed_on="2026-03-16", closed_by=1)
    for response in (
        client.post(at, {"shows": "", "file": SimpleUploadedFile("ny.pdf", PDF)}),
        client.post(address("remove_attachment", Attachment.objects.get().pk), follow=True),
    ):
        assert "Avvikelsen är avslutad" in text_of(response)
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(("persona", "status"), [("reviewer", 403), ("other_coordinator", 404)])
def test_who_only_reads_attaches_and_removes_nothing(deviation, as_persona, persona, status):
    as_persona("coordinator").post(
        address("attachments", deviation.pk),
        {"shows": "", "file": SimpleUploadedFile("intyg.pdf", PDF)},
    )
    client = as_persona(persona)
    assert client.get(address("attachments", deviation.pk)).status_code == status
    removal = client.post(address("remove_attachment", Attachment.objects.get().pk))
    assert removal.status_code == status
    assert Attachment.objects.exists()
