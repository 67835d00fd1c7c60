"""The pages of deviations and sanctions in the admin: who sees them, who writes, what is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeLog, Organisation
from followup.actions import deviations
from followup.models import Deviation, FollowUp, Sanction
from tests.factories import (
    ActionFactory,
    DeviationFactory,
    FollowUpFactory,
    QuestionFactory,
    UserFactory,
)
from tests.factories.followup import DONE
from tests.requirements_pkg.admin_forms import text_of, untouched
from tests.unguarded import unguarded

PEOPLE = ["coordinator", "other_coordinator", "reviewer", "analyst", "staff", "visitor"]
READERS = {"coordinator", "reviewer"}


def address(name: str, *args, **query) -> str:
    return reverse(f"admin:followup_{name}", args=args, query=query)


def page_of(deviation: Deviation) -> str:
    return address("deviation_change", deviation.pk)


def step_of(deviation: Deviation, to: str) -> str:
    return address("deviation_step", deviation.pk, to)


@pytest.fixture
def deviation(follow_up, requirements) -> Deviation:
    return DeviationFactory(follow_up=follow_up, requirement=requirements[0])


@pytest.fixture
def remedied(deviation) -> Deviation:
    """A major deviation that somebody else recorded as remedied."""
    deviation.severity, deviation.state, deviation.evidence = "major", "remedied", "Bilaga 3."
    deviation.remedied_by = UserFactory(username="remedier")
    deviation.save()
    ActionFactory(deviation=deviation, done_on=DONE)
    return deviation


@pytest.mark.parametrize("persona", PEOPLE)
def test_only_the_regions_of_the_follow_up_see_its_deviations(deviation, as_persona, persona):
    client = as_persona(persona)
    at = [page_of(deviation), address("deviation_history", deviation.pk)]
    for response in [client.get(path, follow=True) for path in at]:
        assert ("SE-01:1" in text_of(response)) is (persona in READERS)
    page = client.get(page_of(deviation), follow=True)
    assert (deviation.finding in text_of(page)) is (persona in READERS)
    listed = client.get(address("deviation_changelist"), follow=True)
    assert (page_of(deviation) in listed.content.decode()) is (persona in READERS)


@pytest.mark.parametrize("persona", PEOPLE)
def test_who_writes_records_who_reads_does_not(follow_up, as_persona, persona):
    client = as_persona(persona)
    add = address("deviation_add", uppfoljning=follow_up.pk)
    expected = {"coordinator": 200, "other_coordinator": 404, "staff": 302, "visitor": 302}
    assert client.get(add).status_code == expected.get(persona, 403)
    expected = {"coordinator": 200, "reviewer": 403, "staff": 302, "visitor": 302}
    sanction = address("sanction", follow_up.pk)
    assert client.get(sanction).status_code == expected.get(persona, 404)


@pytest.mark.parametrize(
    ("persona", "to", "status"),
    [
        ("coordinator", "escalated", 200),
        ("reviewer", "escalated", 403),
        ("other_coordinator", "escalated", 404),
        ("analyst", "escalated", 404),
        ("staff", "escalated", 302),
        ("visitor", "escalated", 302),
        # It is open: the step does not lead on.
        ("coordinator", "closed", 302),
        ("coordinator", "nonsense", 302),
    ],
)
def test_a_step_opens_for_whom_it_is(deviation, as_persona, persona, to, status):
    assert as_persona(persona).get(step_of(deviation, to)).status_code == status


def recorded(requirement, **fields) -> dict[str, object]:
    day = timezone.localdate().isoformat()
    whole = {"demand": str(requirement.uid), "severity": "major", "finding": "Ingen förteckning."}
    return whole | {"found_on": day, "due_on": day} | fields


def test_an_answer_that_deviates_becomes_a_deviation_in_one_step(
    follow_up, requirements, as_persona
):
    client, home = as_persona("coordinator"), address("followup_change", follow_up.pk)
    question = QuestionFactory(
        follow_up=follow_up,
        requirement=requirements[1],
        text="Vilka smältverk?",
        answer="no",
        answered_on=DONE,
        comment="Vi vet inte än.",
        assessed="deviates",
    )
    add = address("deviation_add", uppfoljning=follow_up.pk, fraga=question.pk)
    page = client.get(home)
    assert add.replace("&", "&amp;") in page.content.decode()
    assert "Gul: 1 svar avviker och är inte avgjort" in text_of(page)
    form = client.get(add).context["adminform"].form
    assert form["demand"].value() == str(requirements[1].uid)
    assert form["finding"].value() == (
        "Vilka smältverk? Leverantören svarade: nej.\n\nVi vet inte än."
    )
    client.post(add, recorded(requirements[1]))
    after = client.get(home)
    assert add.replace("&", "&amp;") not in after.content.decode()
    assert "Gul: 1 öppen avvikelse, hanteras i tid" in text_of(after)
    reader = as_persona("reviewer").get(home)
    assert "fraga=" not in reader.content.decode()


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999"])
def test_an_answer_that_is_not_there_fills_in_nothing(follow_up, as_persona, key):
    add = address("deviation_add", uppfoljning=follow_up.pk, fraga=key)
    form = as_persona("coordinator").get(add).context["adminform"].form
    assert not form["finding"].value()


def test_a_deviation_is_recorded_from_the_follow_ups_page(follow_up, requirements, as_persona):
    client = as_persona("coordinator")
    add = address("deviation_add", uppfoljning=follow_up.pk)
    home = address("followup_change", follow_up.pk)
    before = client.get(home)
    assert add in before.content.decode()
    assert "Grön: inga öppna avvikelser" in text_of(before)
    after = client.post(add, recorded(requirements[1]), follow=True)
    row = Deviation.objects.get()
    assert (str(row.requirement), row.revision, row.state) == (str(requirements[1]), 1, "open")
    assert ChangeLog.objects.about(row).get().by.username == "coordinator"
    assert after.redirect_chain[-1][0] == home
    assert "Gul: 1 öppen avvikelse, hanteras i tid" in text_of(after)


@pytest.mark.parametrize(
    "wrong",
    [
        {"demand": "b1e3c7f0-0000-4000-8000-000000000000"},
        {"found_on": "2999-01-01", "due_on": "2999-01-01"},
        {"due_on": "2001-01-01"},
        {"finding": ""},
    ],
)
def test_a_faulty_finding_is_told_and_not_stored(follow_up, requirements, as_persona, wrong):
    client = as_persona("coordinator")
    add = address("deviation_add", uppfoljning=follow_up.pk)
    response = client.post(add, recorded(requirements[0], **wrong))
    assert response.context["adminform"].form.errors
    assert not Deviation.objects.exists()
    client.post(add, recorded(requirements[0]))
    assert Deviation.objects.exists()


def test_without_a_follow_up_one_is_chosen_among_those_one_writes_in(demanding, as_persona):
    own = FollowUpFactory(version=demanding)
    shared = FollowUpFactory(
        version=demanding, organisation=Organisation.objects.get(code="skane")
    )
    ended = FollowUpFactory(version=demanding, closed=True)
    page = as_persona("other_coordinator").get(address("deviation_add")).content.decode()
    choices = [
        follow_up
        for follow_up in (own, shared, ended)
        if address("deviation_add", uppfoljning=follow_up.pk) in page
    ]
    assert choices == [shared]
    client = as_persona("coordinator")
    at = address("deviation_add", uppfoljning=ended.pk)
    assert client.get(at).status_code == 404


def test_from_found_to_closed_through_the_pages(deviation, as_persona):
    client = as_persona("coordinator")
    Deviation.objects.filter(pk=deviation.pk).update(severity="major")
    page = client.get(page_of(deviation))
    assert "minst en åtgärd" in text_of(page)
    assert step_of(deviation, "plan_submitted") not in page.content.decode()
    data = untouched(page) | {
        "actions-TOTAL_FORMS": 1,
        "actions-0-text": "Komplettera.",
        "actions-0-due_on": "2026-05-16",
        "actions-0-done_on": "2026-04-01",
        "actions-0-deviation": deviation.pk,
    }
    client.post(page_of(deviation), data)
    assert deviation.actions.get().text == "Komplettera."
    for to in ("plan_submitted", "plan_approved"):
        page = client.get(page_of(deviation)).content.decode()
        assert f'action="{step_of(deviation, to)}"' in page
        client.post(step_of(deviation, to))
    refused = client.post(step_of(deviation, "remedied"), {"evidence": ""})
    assert refused.status_code == 400
    client.post(step_of(deviation, "remedied"), {"evidence": "Bilaga 3."})
    assert client.post(step_of(deviation, "closed")).status_code == 403
    closed = as_persona("reviewer").post(step_of(deviation, "closed"), follow=True)
    assert "Avvikelsen är nu: avslutad." in text_of(closed)
    deviation.refresh_from_db()
    assert (deviation.state, deviation.closed_by.username) == ("closed", "reviewer")


def test_the_second_person_is_offered_to_close_and_the_first_is_not(
    remedied, coordinator, as_persona
):
    Deviation.objects.filter(pk=remedied.pk).update(remedied_by=coordinator)
    close = f'action="{step_of(remedied, "closed")}"'
    assert close not in as_persona("coordinator").get(page_of(remedied)).content.decode()
    assert close in as_persona("reviewer").get(page_of(remedied)).content.decode()


def test_a_severe_one_without_evidence_is_not_offered_to_be_closed(remedied, as_persona):
    Deviation.objects.filter(pk=remedied.pk).update(evidence="")
    client = as_persona("reviewer")
    page = client.get(page_of(remedied))
    assert "Ange underlag innan den allvarliga avvikelsen stängs" in text_of(page)
    refused = client.post(step_of(remedied, "closed"))
    assert "Ange underlag innan den allvarliga avvikelsen stängs" in text_of(refused)
    assert Deviation.objects.get(pk=remedied.pk).state == "remedied"


def test_what_awaits_verification_is_changed_by_nobody(remedied, as_persona):
    client = as_persona("coordinator")
    page = client.get(page_of(remedied))
    assert 'name="finding"' not in page.content.decode()
    client.post(page_of(remedied), {"finding": "Ingenting.", "severity": "minor"})
    assert Deviation.objects.get(pk=remedied.pk).finding == remedied.finding
    client.post(step_of(remedied, "open"), {"note": "Bilaga 3 gäller ett annat avtal."})
    page = client.get(page_of(remedied))
    assert 'name="finding"' in page.content.decode()
    assert "Bilaga 3 gäller ett annat avtal." in text_of(page)


def test_a_severe_deviation_is_made_lesser_by_nobody(deviation, as_persona):
    client = as_persona("coordinator")
    Deviation.objects.filter(pk=deviation.pk).update(severity="major")
    for severity, stored in [("minor", "major"), ("zero_tolerance", "zero_tolerance")]:
        data = untouched(client.get(page_of(deviation)))
        client.post(page_of(deviation), data | {"severity": severity})
        assert Deviation.objects.get(pk=deviation.pk).severity == stored


def test_the_plan_that_was_agreed_to_loses_no_action(deviation, as_persona):
    client, action = as_persona("coordinator"), ActionFactory(deviation=deviation)
    with unguarded():
        Deviation.objects.filter(pk=deviation.pk).update(state="plan_approved")
    removed = {"actions-0-DELETE": "on"}
    client.post(page_of(deviation), untouched(client.get(page_of(deviation))) | removed)
    assert deviation.actions.get() == action
    with unguarded():
        Deviation.objects.filter(pk=deviation.pk).update(state="open")
    client.post(page_of(deviation), untouched(client.get(page_of(deviation))) | removed)
    assert not deviation.actions.exists()


def test_an_action_is_struck_with_a_reason_on_the_page(deviation, as_persona):
    client = as_persona("coordinator")
    ActionFactory(deviation=deviation, done_on=DONE)
    late = ActionFactory(deviation=deviation)
    with unguarded():
        Deviation.objects.filter(pk=deviation.pk).update(state="plan_approved")
    page = client.get(page_of(deviation))
    assert "1 åtgärd är varken genomförd eller struken" in text_of(page)
    assert step_of(deviation, "remedied") not in page.content.decode()
    places = {f"{form.prefix}-struck_reason": form.instance.pk for form in forms_of(page)}
    struck = next(name for name, pk in places.items() if pk == late.pk)
    reason = "Smältverket levererar inte längre."
    both = {struck: reason, struck.replace("struck_reason", "done_on"): "2026-03-16"}
    refused = client.post(page_of(deviation), untouched(page) | both)
    assert "både genomförd och struken" in text_of(refused)
    assert reason in text_of(refused)
    client.post(page_of(deviation), untouched(page) | {struck: reason})
    assert step_of(deviation, "remedied") in client.get(page_of(deviation)).content.decode()
    late.refresh_from_db()
    assert late.struck_reason == reason


def forms_of(page):
    """The forms of the supplier's actions."""
    (below,) = page.context["inline_admin_formsets"]
    return below.formset.initial_forms


def test_a_deviation_is_not_deleted(deviation, as_persona):
    at = address("deviation_delete", deviation.pk)
    assert as_persona("coordinator").post(at, {"post": "yes"}).status_code == 403
    assert Deviation.objects.exists()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"lage": "forsenade"}, ["2020"]),
        ({"lage": "oppna"}, ["2020", "2999"]),
        ({"lage": "stangda"}, ["2021"]),
        ({"severity__exact": "observation"}, ["2999"]),
        ({"state__exact": "closed"}, ["2021"]),
        ({"plan": "0"}, []),
    ],
)
def test_the_list_is_filtered_and_says_what_is_overdue(
    follow_up, requirements, coordinator, as_persona, query, codes
):
    fields = {"follow_up": follow_up, "requirement": requirements[0], "found_on": "2019-01-01"}
    DeviationFactory(due_on="2020-01-01", **fields)
    closed = {"state": "closed", "closed_on": DONE, "closed_by": coordinator}
    DeviationFactory(due_on="2021-01-01", **closed, **fields)
    DeviationFactory(due_on="2999-01-01", severity="observation", **fields)
    listed = as_persona("coordinator").get(address("deviation_changelist", **query))
    assert [str(deviation.due_on)[:4] for deviation in listed.context["cl"].queryset] == codes
    assert ("2020-01-01, försenad" in text_of(listed)) is ("2020" in codes)
    assert "2021-01-01, försenad" not in text_of(listed)


def test_a_sanction_is_kept_and_lifted_and_turns_the_light(follow_up, as_persona):
    client, home = as_persona("coordinator"), address("followup_change", follow_up.pk)
    at = address("sanction", follow_up.pk)
    facts = {"kind": "order_stop", "decided_on": "2026-03-16", "reference": "Beslut 2026-9"}
    assert client.post(at, facts | {"decided_on": "2999-01-01"}).status_code == 400
    kept = client.post(at, facts, follow=True)
    assert "Röd: 1 gällande sanktion" in text_of(kept)
    lift = address("lift_sanction", follow_up.pk, Sanction.objects.get().pk)
    assert lift in kept.content.decode()
    assert lift not in as_persona("reviewer").get(home).content.decode()
    assert client.post(lift, {"lifted_on": "2026-03-15"}).status_code == 400
    assert as_persona("reviewer").post(lift, {"lifted_on": "2026-03-17"}).status_code == 403
    lifted = client.post(lift, {"lifted_on": "2026-03-17"}, follow=True)
    assert "Grön: inga öppna avvikelser" in text_of(lifted)


def test_a_sanction_is_lifted_on_its_own_follow_ups_page(follow_up, coordinator, as_persona):
    sanction = deviations.impose_sanction(
        follow_up=FollowUpFactory(version=follow_up.version),
        kind="penalty",
        decided_on=DONE,
        reference="Beslut 2026-9",
        by=coordinator,
    )
    client = as_persona("coordinator")
    assert client.get(address("lift_sanction", follow_up.pk, sanction.pk)).status_code == 404


def test_the_follow_up_closes_when_its_last_deviation_does(remedied, follow_up, as_persona):
    FollowUp.objects.filter(pk=follow_up.pk).update(status="acting", done_on=DONE)
    client, at = as_persona("coordinator"), address("step", follow_up.pk, "closed")
    assert "1 avvikelse är fortfarande öppen" in text_of(client.post(at, {"note": ""}))
    as_persona("reviewer").post(step_of(remedied, "closed"))
    client.post(at, {"note": ""})
    follow_up.refresh_from_db()
    assert follow_up.status == "closed"


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_asks_as_much_of_many_as_of_one(
    follow_up, requirements, as_persona, django_assert_max_num_queries, rows
):
    for day in range(rows):
        DeviationFactory(
            follow_up=follow_up, requirement=requirements[0], due_on=DONE + timedelta(days=day)
        )
    client = as_persona("coordinator")
    with django_assert_max_num_queries(12):
        client.get(address("deviation_changelist"))
