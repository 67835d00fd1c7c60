"""A supplier answers on a secret page: saved, gone on with, sent in, and nobody else's to see."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from actionplan.models import ChangeLog
from followup.actions.answering.supplier_forms import send_form, token_of
from followup.models import Attachment, FollowUp, Question, SupplierForm
from tests.followup.actions.answering.conftest import at, facts
from tests.requirements_pkg.admin_forms import text_of

PDF = b"%PDF-1.4 intyg"


def given(form: SupplierForm, *answers: tuple[str, str], **more) -> dict[str, object]:
    """What is posted: an answer and a comment for each question in turn."""
    questions = form.follow_up.questions.order_by("position")
    return {
        f"q{question.pk}-{name}": value
        for question, pair in zip(questions, answers, strict=False)
        for name, value in zip(("answer", "comment"), pair, strict=True)
    } | more


def first_question(form: SupplierForm) -> Question:
    return form.follow_up.questions.order_by("position").first()


def test_the_page_asks_in_the_words_of_the_contract_and_tells_nothing_of_ours(form, client):
    response = client.get(at(form))
    page = text_of(response)
    for words in (
        "Vilka smältverk finns i er leveranskedja?",
        "förteckning inom 4 veckor",
        "Svara för hela koncernen.",
        "Kim Ek, 08-1",
        form.follow_up.contract_reference,
    ):
        assert words in page
    for secret in (
        "Dokumentgranskning",
        "Hemliga Hallar",
        "Dolda Delar",
        "Revisor",
        "svarar sent",
    ):
        assert secret not in page
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_what_is_saved_is_there_the_next_time_and_nowhere_else(form, client, as_persona):
    response = client.post(at(form), given(form, ("partly", "Vi saknar två."), _spara=""))
    assert response.status_code == 302
    page = client.get(response.url)
    assert "Sparat. Inget är inskickat än." in text_of(page)
    assert "Vi saknar två." in text_of(Client().get(at(form)))
    assert not Question.objects.exclude(answer="").exists()
    home = reverse("admin:followup_followup_change", args=[form.follow_up_id])
    assert "Vi saknar två." not in text_of(as_persona("coordinator").get(home))
    assert not ChangeLog.objects.filter(after__icontains="Vi saknar").exists()


def test_what_is_sent_in_becomes_the_answers_with_a_receipt(form, client, as_persona):
    answers = given(form, ("yes", "Alla är granskade."), ("no", "Inte än."), _skicka="")
    receipt = client.get(client.post(at(form), answers).url)
    stored = SupplierForm.objects.get()
    assert stored.receipt in text_of(receipt)
    assert "Alla är granskade." in text_of(receipt)
    assert list(
        form.follow_up.questions.order_by("position").values_list("answer", "comment")
    ) == [
        ("yes", "Alla är granskade."),
        ("no", "Inte än."),
    ]
    follow_up = FollowUp.objects.get()
    assert follow_up.status == "answered"
    step = follow_up.steps.get(to_status="answered")
    assert step.note == "Leverantören svarade på webbsidan."
    home = reverse("admin:followup_followup_change", args=[follow_up.pk])
    assert stored.receipt in text_of(as_persona("coordinator").get(home))
    # It stands: what is sent once more changes nothing.
    again = client.post(at(form), given(form, ("no", "Ändrat."), _skicka=""))
    assert "Era svar är inskickade" in text_of(again)
    assert first_question(form).comment == "Alla är granskade."


def test_every_question_is_answered_before_it_is_sent_in(form, client):
    response = client.post(at(form), given(form, ("yes", ""), ("", "Kanske."), _skicka=""))
    assert response.status_code == 400
    assert "SE-02:1" in text_of(response)
    assert "Kanske." in text_of(response)
    assert SupplierForm.objects.get().submitted_at is None
    assert not Question.objects.exclude(answer="").exists()


@pytest.mark.parametrize("wrong", [("kanske", "Bra."), ("yes", "x" * 8001)])
def test_what_cannot_be_kept_is_told_and_comes_back(form, client, wrong):
    response = client.post(at(form), given(form, wrong, ("no", "Det andra."), _spara=""))
    assert response.status_code == 400
    assert 'class="errorlist"' in response.content.decode()
    assert "Det andra." in text_of(response)
    assert SupplierForm.objects.get().answers == {}


def test_files_are_kept_at_their_question_and_taken_away_again(form, client, as_persona):
    question = first_question(form)
    file = SimpleUploadedFile("..\\mapp/intyg ö.pdf", PDF)
    client.post(at(form), {**given(form, ("yes", "")), f"fil-{question.pk}": file})
    attachment = Attachment.objects.get()
    assert (attachment.question, attachment.uploaded_by) == (question, None)
    assert attachment.file_name == "intyg ö.pdf"
    assert "intyg ö.pdf" in text_of(client.get(at(form)))
    # Until it is sent in, it is the supplier's own.
    coordinator = as_persona("coordinator")
    address = reverse("admin:followup_attachment", args=[attachment.pk])
    assert coordinator.get(address).status_code == 404
    answers = given(form, ("yes", ""), ("yes", ""))
    client.post(at(form), {**answers, "ta-bort": attachment.pk, "_spara": ""})
    assert not Attachment.objects.exists()


def test_a_file_that_was_sent_in_is_read_by_who_sees_the_follow_up(form, client, as_persona):
    file = SimpleUploadedFile("intyg.pdf", PDF)
    answers = given(form, ("yes", ""), ("yes", ""), _skicka="")
    client.post(at(form), {**answers, f"fil-{first_question(form).pk}": file})
    address = reverse("admin:followup_attachment", args=[Attachment.objects.get().pk])
    for persona, status in {"coordinator": 200, "reviewer": 200, "other_coordinator": 404}.items():
        response = as_persona(persona).get(address)
        assert response.status_code == status
    response = as_persona("coordinator").get(address)
    assert response.content == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    client.post(at(form), {"ta-bort": Attachment.objects.get().pk})
    assert Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.exe", b"MZ", "Välj en fil av typen"),
        ("intyg.pdf", b"<html>", "inte av den typ"),
        ("tom.pdf", b"", "tom"),
    ],
)
def test_a_file_that_is_refused_is_told_and_the_answers_are_kept(
    form, client, name, content, sentence
):
    question = first_question(form)
    answers = given(form, ("yes", "Se filen."), ("yes", ""), _skicka="")
    file = SimpleUploadedFile(name, content)
    response = client.post(at(form), {**answers, f"fil-{question.pk}": file})
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert not Attachment.objects.exists()
    stored = SupplierForm.objects.get()
    assert stored.submitted_at is None
    assert stored.answers[str(question.pk)]["comment"] == "Se filen."


def test_no_more_files_than_ten_at_a_question(form, client):
    question = first_question(form)
    files = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(11)]
    response = client.post(at(form), {f"fil-{question.pk}": files})
    assert "Högst 10 filer" in text_of(response)
    assert Attachment.objects.count() == 10


def test_what_is_too_large_is_refused_before_it_is_read(form, client):
    response = client.generic(
        "POST", at(form), b"", content_type="application/x-www-form-urlencoded",
        CONTENT_LENGTH=str(21 * 1024 * 1024),
    )  # fmt: skip
    assert response.status_code == 413
    assert "större än 20 MB" in text_of(response)


def test_no_other_address_opens_it_and_a_new_one_shuts_the_former(form, client, coordinator):
    token = token_of(form)
    for guess in (token[:-1] + "x", f"{form.pk}.x", "x", token.split(":")[0]):
        assert client.get(reverse("supplier_form", args=[guess])).status_code == 404
    send_form(follow_up=form.follow_up, facts=facts(), by=coordinator, is_new_address=True)
    assert client.get(reverse("supplier_form", args=[token])).status_code == 404
    assert client.get(at(SupplierForm.objects.get())).status_code == 200


@pytest.mark.parametrize("status", ["reviewed", "closed", "cancelled"])
def test_when_nobody_waits_any_more_the_page_says_so(form, client, status):
    FollowUp.objects.filter(pk=form.follow_up_id).update(status=status, done_on="2026-03-16")
    response = client.post(at(form), given(form, ("yes", ""), ("yes", ""), _skicka=""))
    assert response.status_code == 410
    assert "Svaren väntas inte längre" in text_of(response)
    assert not Question.objects.exclude(answer="").exists()


def test_the_supplier_completes_what_is_asked_again(form, client, coordinator):
    client.post(at(form), given(form, ("yes", "Först."), ("yes", ""), _skicka=""))
    Question.objects.update(assessed="unclear")
    send_form(follow_up=FollowUp.objects.get(), facts=facts(), by=coordinator)
    page = client.get(at(SupplierForm.objects.get()))
    assert "Först." in text_of(page)
    client.post(at(form), given(form, ("yes", "Sedan."), ("yes", ""), _skicka=""))
    first, second = form.follow_up.questions.order_by("position")
    assert (first.comment, first.assessed) == ("Sedan.", "")
    # What was not answered anew is still assessed as it was.
    assert second.assessed == "unclear"
    assert FollowUp.objects.get().status == "answered"


def test_the_questions_of_another_follow_up_are_not_answered_here(form, client):
    client.post(at(form), {"q999999-answer": "yes", "_spara": ""})
    assert "999999" not in SupplierForm.objects.get().answers


def test_the_page_asks_as_many_questions_of_the_database_however_long_it_is(
    form, client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        client.get(at(form))
