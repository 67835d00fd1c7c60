"""The pages of a follow-up in the admin: the list, the form, steps, questions, answers."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeEvent, ChangeLog, Organisation
from followup.actions.follow_ups import ask
from followup.models import FollowUp, Question, ReusedAudit
from followup.steps.transitions import STEPS
from tests.factories import FollowUpFactory
from tests.requirements_pkg.admin_forms import text_of, untouched

PEOPLE = ["coordinator", "other_coordinator", "reviewer", "analyst", "staff", "visitor"]
PARTS = ["questions", "answers", "reuse"]


def address(name: str, *args, **query) -> str:
    return reverse(f"admin:followup_{name}", args=args, query=query)


def page_of(follow_up) -> str:
    return address("followup_change", follow_up.pk)


@pytest.fixture
def questions(follow_up, requirements, coordinator) -> list[Question]:
    uids = [str(requirement.uid) for requirement in requirements]
    return ask(follow_up=follow_up, requirement_uids=uids, by=coordinator)


@pytest.mark.parametrize(
    ("owner", "readers"),
    [
        ("stockholm", {"coordinator", "reviewer"}),
        ("skane", {"coordinator", "reviewer", "other_coordinator"}),
    ],
)
@pytest.mark.parametrize("persona", PEOPLE)
def test_a_follow_up_is_seen_by_the_two_regions_only(
    demanding, as_persona, persona, owner, readers
):
    follow_up = FollowUpFactory(
        version=demanding, organisation=Organisation.objects.get(code=owner)
    )
    client = as_persona(persona)
    page = client.get(page_of(follow_up), follow=True)
    history = client.get(address("followup_history", follow_up.pk), follow=True)
    for response in (page, history):
        assert (str(follow_up) in text_of(response)) is (persona in readers)
    assert ("Hemliga Hallar" in text_of(page)) is (persona in readers)
    listed = client.get(address("followup_changelist"), follow=True)
    is_listed = listed.status_code == 200 and page_of(follow_up) in listed.content.decode()
    assert is_listed is (persona in readers)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("persona", PEOPLE)
def test_only_who_writes_opens_the_pages_of_its_parts(follow_up, as_persona, persona, name):
    expected = {"coordinator": 200, "reviewer": 403, "staff": 302, "visitor": 302}
    client = as_persona(persona)
    assert client.get(address(name, follow_up.pk)).status_code == expected.get(persona, 404)
    assert client.get(address("step", follow_up.pk, "sent")).status_code == expected.get(
        persona, 404
    )


def test_the_page_offers_the_steps_that_lead_on(follow_up, as_persona):
    page = as_persona("coordinator").get(page_of(follow_up)).content.decode()
    assert address("step", follow_up.pk, "sent") in page
    assert address("step", follow_up.pk, "cancelled") in page
    for to in ("reviewed", "audit_decided", "audited", "closed"):
        assert address("step", follow_up.pk, to) not in page


def test_a_reader_is_offered_nothing_to_do(follow_up, questions, as_persona):
    page = as_persona("reviewer").get(page_of(follow_up)).content.decode()
    assert "Vilka smältverk finns i er leveranskedja?" in page
    for name in PARTS:
        assert address(name, follow_up.pk) not in page
    assert "/steg/" not in page


@pytest.mark.parametrize("status", [status for status in STEPS if STEPS[status]])
def test_each_status_has_its_page(follow_up, as_persona, status):
    FollowUp.objects.filter(pk=follow_up.pk).update(status=status, done_on="2026-03-16")
    client = as_persona("coordinator")
    assert client.get(page_of(follow_up)).status_code == 200
    for step in STEPS[status]:
        response = client.get(address("step", follow_up.pk, step.to))
        assert response.status_code in (200, 302)


def test_a_step_asks_for_its_day_and_is_taken(follow_up, as_persona):
    FollowUp.objects.filter(pk=follow_up.pk).update(status="answered")
    client, at = as_persona("coordinator"), address("step", follow_up.pk, "reviewed")
    assert client.post(at, {"on": "", "note": ""}).status_code == 400
    response = client.post(at, {"on": "2026-03-16", "note": "Läst i sin helhet."}, follow=True)
    follow_up.refresh_from_db()
    assert (follow_up.status, str(follow_up.done_on)) == ("reviewed", "2026-03-16")
    assert "Läst i sin helhet." in text_of(response)


def test_a_reviewer_takes_no_step(follow_up, as_persona):
    response = as_persona("reviewer").post(address("step", follow_up.pk, "sent"), {"note": ""})
    assert response.status_code == 403
    follow_up.refresh_from_db()
    assert follow_up.status == "planned"


def test_questions_are_chosen_with_checkboxes_and_taken_away(follow_up, requirements, as_persona):
    client, at = as_persona("coordinator"), address("questions", follow_up.pk)
    first, second = (str(requirement.uid) for requirement in requirements)
    client.post(at, {"own": [first, second]})
    assert follow_up.questions.count() == 2
    text = text_of(client.post(at, {"own": [second]}, follow=True))
    assert "0 frågor tillagda, 1 fråga borttagen." in text
    assert [str(question.requirement.uid) for question in follow_up.questions.all()] == [second]


def test_a_question_with_an_answer_stays_when_its_box_is_cleared(follow_up, questions, as_persona):
    Question.objects.filter(pk=questions[0].pk).update(answer="yes", answered_on="2026-03-16")
    as_persona("coordinator").post(address("questions", follow_up.pk), {"own": []})
    assert [question.pk for question in follow_up.questions.all()] == [questions[0].pk]


def test_answers_are_written_and_assessed(follow_up, questions, as_persona):
    client, at = as_persona("coordinator"), address("answers", follow_up.pk)
    data = sent(client.get(at))
    prefix = f"q{questions[0].pk}"
    data |= {f"{prefix}-answer": "no", f"{prefix}-assessed": "deviates"}
    response = client.post(at, data, follow=True)
    row = Question.objects.get(pk=questions[0].pk)
    assert (row.answer, row.assessed, row.answered_on) == ("no", "deviates", timezone.localdate())
    assert "Sparat: 1 svar." in text_of(response)
    assert ChangeLog.objects.about(row).first().by.username == "coordinator"


def test_two_people_do_not_overwrite_each_others_answer(follow_up, questions, as_persona):
    client, at = as_persona("coordinator"), address("answers", follow_up.pk)
    data = sent(client.get(at)) | {f"q{questions[0].pk}-comment": "Min text."}
    Question.objects.filter(pk=questions[0].pk).update(comment="En annans text.")
    response = client.post(at, data)
    assert response.status_code == 400
    assert "En annans text." in text_of(response)
    assert Question.objects.get(pk=questions[0].pk).comment == "En annans text."


def sent(response) -> dict[str, object]:
    """What the page of answers would send if nobody touched it."""
    fields = [field for form in response.context["forms"] for field in form]
    data = {field.html_name: field.value() or "" for field in fields}
    return data | {field.html_initial_name: field.value() or "" for field in fields}


def test_an_audit_is_reused_from_its_page(follow_up, as_persona):
    client, at = as_persona("coordinator"), address("reuse", follow_up.pk)
    facts = {"organisation": "Region Skåne", "clause_level": "same", "method": "audit"}
    old = client.post(at, {**facts, "audited_on": "2001-01-01"})
    assert old.status_code == 400
    assert "äldre än 3 år" in text_of(old)
    client.post(at, {**facts, "audited_on": timezone.localdate().isoformat()})
    assert ReusedAudit.objects.get().organisation == "Region Skåne"
    page = client.get(page_of(follow_up)).content.decode()
    assert address("step", follow_up.pk, "audited") in page


def planned(demanding, **fields) -> dict[str, object]:
    stockholm = Organisation.objects.get(code="stockholm")
    return {
        "version": demanding.pk,
        "organisation": stockholm.pk,
        "method": "dialogue",
        "planned_for": "2026-11-02",
        "contract_reference": "RS-2026-0001",
        **fields,
    }


def test_a_follow_up_is_planned_for_the_area_that_the_address_names(demanding, as_persona):
    client, area = as_persona("coordinator"), demanding.package.plan.product_areas.first()
    choose = client.get(address("followup_add"))
    at = address("followup_add", omrade=area.pk)
    assert at in choose.content.decode()
    assert client.get(at).status_code == 200
    client.post(at, planned(demanding))
    follow_up = FollowUp.objects.get()
    assert (follow_up.product_area, follow_up.status) == (area, "planned")
    assert ChangeEvent.objects.about(follow_up).get().kind == "planned"


def test_a_foreign_plan_and_a_foreign_contract_are_refused(demanding, as_persona):
    client, area = as_persona("other_coordinator"), demanding.package.plan.product_areas.first()
    at = address("followup_add", omrade=area.pk)
    refused = client.post(at, planned(demanding))
    assert "upphandlingsregion som du samordnar" in text_of(refused)
    assert not FollowUp.objects.exists()
    client.post(at, planned(demanding, organisation=Organisation.objects.get(code="skane").pk))
    assert FollowUp.objects.get().organisation.code == "skane"


def test_the_responsible_must_see_the_follow_up(demanding, as_persona, other_coordinator):
    client, area = as_persona("coordinator"), demanding.package.plan.product_areas.first()
    at = address("followup_add", omrade=area.pk)
    refused = client.post(at, planned(demanding, responsible=other_coordinator.pk))
    assert "Välj någon i planens" in text_of(refused)
    assert not FollowUp.objects.exists()


def test_the_facts_are_changed_and_what_steps_lean_on_is_not(follow_up, as_persona):
    client = as_persona("coordinator")
    FollowUp.objects.filter(pk=follow_up.pk).update(status="sent")
    data = untouched(client.get(page_of(follow_up)))
    client.post(page_of(follow_up), data | {"notes": "Nytt läge.", "method": "audit"})
    follow_up.refresh_from_db()
    assert (follow_up.notes, follow_up.method) == ("Nytt läge.", "self_assessment")


@pytest.mark.parametrize(
    ("query", "days"),
    [("forsenade", ["2020-01-01"]), ("klara", ["2021-01-01"]), ("kommande", ["today"])],
)
def test_the_list_is_filtered_by_time(demanding, as_persona, query, days):
    today = timezone.localdate()
    FollowUpFactory(version=demanding, planned_for="2020-01-01")
    FollowUpFactory(version=demanding, planned_for="2021-01-01", closed=True)
    FollowUpFactory(version=demanding, planned_for=today)
    listed = as_persona("coordinator").get(address("followup_changelist", lage=query))
    listed_days = [str(follow_up.planned_for) for follow_up in listed.context["cl"].queryset]
    assert listed_days == [str(today) if day == "today" else day for day in days]


def test_a_filter_offers_only_what_is_of_visible_follow_ups(demanding, as_persona):
    FollowUpFactory(version=demanding)
    FollowUpFactory(version=demanding, organisation=Organisation.objects.get(code="skane"))
    for persona, names in [("coordinator", 2), ("other_coordinator", 1)]:
        listed = as_persona(persona).get(address("followup_changelist"))
        specs = {spec.parameter_name: spec for spec in listed.context["cl"].filter_specs[-1:]}
        assert len(specs["avtalsagare"].lookup_choices) == names
