"""The pages of lessons, proposed changes and summaries: who sees, writes, reviews and decides."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actionplan.models import Role
from followup.actions import summaries
from followup.backoffice import scoping
from followup.models import FollowUp, Lesson, ProposedChange, SecrecyReview, Summary
from tests.factories import (
    ChangeFactory,
    FollowUpFactory,
    LessonFactory,
    SummaryFactory,
    UserFactory,
)
from tests.factories.followup import DONE
from tests.requirements_pkg.admin_forms import text_of, untouched

PEOPLE = ["coordinator", "other_coordinator", "reviewer", "analyst", "staff", "visitor"]
READERS = {"coordinator", "reviewer"}
WRITE_ONLY = {"coordinator": 200, "reviewer": 403, "staff": 302, "visitor": 302}
SECOND = {"coordinator": 200, "reviewer": 200, "staff": 302, "visitor": 302}
REVIEW = {"ground": "osl_31_16", "conclusion": "Inget rör affärsförhållanden."}


def address(name: str, *args, **query) -> str:
    return reverse(f"admin:followup_{name}", args=args, query=query)


@pytest.fixture
def approved(follow_up) -> FollowUp:
    FollowUp.objects.filter(pk=follow_up.pk).update(status="approved", done_on=DONE)
    follow_up.refresh_from_db()
    return follow_up


@pytest.fixture
def writer(stockholm):
    return UserFactory(username="writer", role=Role.COORDINATOR, at=stockholm)


@pytest.fixture
def lesson(approved, writer) -> Lesson:
    return LessonFactory(follow_up=approved, written_by=writer)


@pytest.fixture
def change(lesson, requirements) -> ProposedChange:
    return ChangeFactory(lesson=lesson, requirement=requirements[0])


@pytest.fixture
def summary(approved, writer) -> Summary:
    return SummaryFactory(follow_up=approved, written_by=writer)


@pytest.fixture
def published(summary, writer, reviewer) -> Summary:
    summaries.review_secrecy(subject=summary, by=reviewer, **REVIEW)
    return summaries.publish_summary(summary=summary, by=writer)


@pytest.mark.parametrize("persona", PEOPLE)
def test_only_the_regions_of_the_follow_up_see_what_was_learnt(
    change, summary, as_persona, persona
):
    client = as_persona(persona)
    rows = [
        ("lesson", change.lesson.pk, change.lesson.text),
        ("summary", summary.pk, summary.text),
    ]
    for model, pk, secret in [*rows, ("proposedchange", change.pk, change.text)]:
        for name in (f"{model}_change", f"{model}_history"):
            seen = secret in text_of(client.get(address(name, pk), follow=True))
            assert seen is (persona in READERS)
        listed = client.get(address(f"{model}_changelist"), follow=True).content.decode()
        assert (address(f"{model}_change", pk) in listed) is (persona in READERS)


@pytest.mark.parametrize("persona", PEOPLE)
def test_each_page_opens_for_whom_it_is(change, summary, as_persona, persona):
    client, lesson = as_persona(persona), change.lesson
    pages = {
        address("summary_write", summary.follow_up_id): WRITE_ONLY,
        address("summary_review", summary.pk): SECOND,
        address("lesson_review", lesson.pk): SECOND,
        address("propose", lesson.pk): WRITE_ONLY,
        address("change_decide", change.pk, "ta-in"): WRITE_ONLY,
        address("change_decide", change.pk, "avboj"): WRITE_ONLY,
        address("summary_withdraw", summary.pk): WRITE_ONLY,
    }
    statuses = {at: client.get(at).status_code for at in pages}
    assert statuses == {at: expected.get(persona, 404) for at, expected in pages.items()}
    add = client.get(address("lesson_add", uppfoljning=lesson.follow_up_id)).status_code
    expected = {"coordinator": 200, "other_coordinator": 404, "staff": 302, "visitor": 302}
    assert add == expected.get(persona, 403)


def test_a_lesson_is_written_and_its_review_is_lost_with_its_words(approved, as_persona):
    client = as_persona("coordinator")
    home = client.get(address("followup_change", approved.pk))
    add = address("lesson_add", uppfoljning=approved.pk)
    assert add in home.content.decode()
    words = {"text": "Hemliga Hallar AB förstod inte.", "public_text": "Frågan var oklar."}
    client.post(add, words)
    row = Lesson.objects.get()
    assert (row.follow_up, row.written_by.username) == (approved, "coordinator")
    second = as_persona("reviewer")
    review = address("lesson_review", row.pk)
    assert words["public_text"] in text_of(second.get(review))
    second.post(review, REVIEW | {"seen": row.words})
    row.refresh_from_db()
    assert row.is_reviewed
    at = address("lesson_change", row.pk)
    client.post(at, untouched(client.get(at)) | {"public_text": "Frågan var för lång."})
    row.refresh_from_db()
    assert (row.public_text, row.review) == ("Frågan var för lång.", None)
    assert SecrecyReview.objects.count() == 1


def test_a_lesson_is_of_a_follow_up_that_one_writes_in(approved, as_persona):
    client = as_persona("coordinator")
    add = address("lesson_add")
    assert address("lesson_add", uppfoljning=approved.pk) in client.get(add).content.decode()
    other = as_persona("other_coordinator").get(add)
    assert address("lesson_add", uppfoljning=approved.pk) not in other.content.decode()
    FollowUp.objects.filter(pk=approved.pk).update(status="cancelled")
    assert client.get(address("lesson_add", uppfoljning=approved.pk)).status_code == 404


@pytest.mark.parametrize("name", ["lesson_add", "deviation_add"])
def test_of_thousands_of_follow_ups_the_newest_are_offered(
    approved, as_persona, monkeypatch, name
):
    monkeypatch.setattr(scoping, "MOST_CHOICES", 1)
    client = as_persona("coordinator")
    # With the sign that ends it: the key of another may begin as this one.
    older = f'{address(name, uppfoljning=approved.pk)}"'
    page = client.get(address(name)).content.decode()
    assert older in page
    assert "Bara de nyaste" not in page
    newer = FollowUpFactory(
        product_area=approved.product_area,
        version=approved.version,
        organisation=approved.organisation,
        planned_for=approved.planned_for + timedelta(days=1),
    )
    page = client.get(address(name)).content.decode()
    assert address(name, uppfoljning=newer.pk) in page
    assert older not in page
    assert "Bara de nyaste" in page


@pytest.mark.parametrize("kind", ["lesson", "summary"])
def test_words_that_changed_while_they_were_read_are_not_reviewed(request, kind, as_persona):
    subject = request.getfixturevalue(kind)
    client, at = as_persona("reviewer"), address(f"{kind}_review", subject.pk)
    stale = client.post(at, REVIEW | {"seen": "0" * 64})
    assert "Läs den igen" in text_of(stale)
    lacking = client.post(at, {"seen": subject.words, "ground": "other", "conclusion": "Nej."})
    assert lacking.status_code == 400
    assert not SecrecyReview.objects.exists()
    client.post(at, REVIEW | {"seen": subject.words})
    subject.refresh_from_db()
    assert subject.is_reviewed


def test_who_wrote_the_words_is_not_offered_to_review_them(summary, coordinator, as_persona):
    at, home = address("summary_review", summary.pk), summary.follow_up_id
    client = as_persona("coordinator")
    assert at in client.get(address("followup_change", home)).content.decode()
    Summary.objects.filter(pk=summary.pk).update(written_by=coordinator)
    assert at not in client.get(address("followup_change", home)).content.decode()
    assert client.get(at).status_code == 403


def test_a_summary_from_written_to_withdrawn_through_the_pages(approved, as_persona):
    client, second = as_persona("coordinator"), as_persona("reviewer")
    home = address("followup_change", approved.pk)
    write = address("summary_write", approved.pk)
    assert write in client.get(home).content.decode()
    client.post(write, {"text": "Två avvikelser åtgärdas.", "supplier": ""})
    row = Summary.objects.get()
    publish = address("summary_publish", row.pk)
    assert "sekretesspröva just den här texten" in text_of(client.get(home))
    assert "sekretesspröva just den här texten" in text_of(client.get(publish, follow=True))
    second.post(address("summary_review", row.pk), REVIEW | {"seen": row.words})
    assert second.post(publish).status_code == 403
    assert publish in client.get(home).content.decode()
    client.post(publish)
    assert Summary.objects.public().get() == row
    assert "Dra in den innan du ändrar den" in text_of(client.get(write, follow=True))
    withdraw = address("summary_withdraw", row.pk)
    assert client.post(withdraw, {"reason": ""}).status_code == 400
    response = client.post(withdraw, {"reason": "Fel antal."}, follow=True)
    assert "Fel antal." in text_of(response)
    initial = {"initial-text": row.text, "initial-supplier": ""}
    client.post(write, initial | {"text": "Tre avvikelser åtgärdas.", "supplier": ""})
    row.refresh_from_db()
    assert (row.is_withdrawn, row.is_reviewed, row.text[:4]) == (False, False, "Tre ")


def test_what_a_follow_up_asks_is_decided_from_the_plans_page(change, plan, as_persona):
    client = as_persona("coordinator")
    at = address("proposedchange_change", change.pk)
    home = reverse("admin:actionplan_actionplan_requirements", args=[plan.pk])
    assert at in client.get(home).content.decode()
    assert at not in as_persona("other_coordinator").get(home).content.decode()
    assert change.text not in as_persona("analyst").get(home).content.decode()
    take_in = address("change_decide", change.pk, "ta-in")
    assert take_in in client.get(at).content.decode()
    assert take_in not in as_persona("reviewer").get(at).content.decode()
    assert "Ändra kravet först" in text_of(client.post(take_in))
    change.requirement.text = "Leverantören ska räkna upp metallerna."
    change.requirement.save()
    assert "Ändringen är inarbetad." in text_of(client.post(take_in, follow=True))
    take_out = address("change_decide", change.pk, "ta-ut")
    page = client.get(at).content.decode()
    assert (take_out in page, take_in in page) == (True, False)
    assert "redan beslutat" in text_of(client.get(take_in, follow=True))
    client.post(take_out)
    decline = address("change_decide", change.pk, "avboj")
    assert client.post(decline, {"reason": ""}).status_code == 400
    client.post(decline, {"reason": "Går redan längre."})
    change.refresh_from_db()
    assert (change.state, change.reason) == ("declined", "Går redan längre.")
    assert at not in client.get(home).content.decode()
    assert client.post(at, {"text": "Ändrat i efterhand."}).status_code == 403
    assert client.get(address("change_decide", change.pk, "strunt")).status_code == 404


def test_the_work_list_has_what_one_decides(change, as_persona):
    at, mine = address("proposedchange_change", change.pk), {"beslut": "mina"}
    listed = address("proposedchange_changelist", **mine)
    assert at in as_persona("coordinator").get(listed).content.decode()
    assert at not in as_persona("reviewer").get(listed).content.decode()


def test_a_change_is_proposed_once_from_the_lessons_page(lesson, requirements, as_persona):
    client, at = as_persona("coordinator"), address("propose", lesson.pk)
    assert at in client.get(address("lesson_change", lesson.pk)).content.decode()
    fields = {"requirement": requirements[0].pk, "text": "Räkna upp metallerna."}
    client.post(at, fields)
    change = ProposedChange.objects.get()
    assert client.post(at, fields).status_code == 400
    page = address("proposedchange_change", change.pk)
    client.post(page, untouched(client.get(page)) | {"text": "Räkna upp alla metaller."})
    change.refresh_from_db()
    assert change.text == "Räkna upp alla metaller."


@pytest.mark.parametrize("model", ["lesson", "summary", "proposedchange"])
def test_a_list_asks_as_much_however_long_it_is(
    change, summary, writer, requirements, as_persona, django_assert_max_num_queries, model
):
    client = as_persona("coordinator")
    for _ in range(4):
        more = FollowUpFactory(version=summary.follow_up.version)
        SummaryFactory(follow_up=more, written_by=writer)
        lesson = LessonFactory(follow_up=more, written_by=writer)
        ChangeFactory(lesson=lesson, requirement=requirements[1])
    with django_assert_max_num_queries(12):
        assert client.get(address(f"{model}_changelist")).status_code == 200
