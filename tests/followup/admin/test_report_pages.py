"""The pages on which a follow-up report is written, looked at, approved and returned."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ActionPlan, Indicator
from followup.models import ClearedName, FollowUpReport, ReportRequest
from tests.factories import (
    DeviationFactory,
    FollowUpFactory,
    LessonFactory,
    ReadingFactory,
    SummaryFactory,
)
from tests.factories.reports import report_on
from tests.requirements_pkg.admin_forms import text_of

TODAY = timezone.localdate()
CONCLUSION = {"ground": "osl_31_16", "conclusion": "Röjer ingenting."}


def address(name: str, *args) -> str:
    return reverse(f"admin:followup_report_{name}", args=args)


@pytest.fixture
def write(demanding) -> str:
    """The address on which the plan's report is written."""
    return address("write", demanding.package.plan_id)


def sent(**given) -> dict[str, object]:
    return {"as_of": TODAY, "note": "Läget i våras.", **given}


def test_a_report_is_sent_read_approved_and_public(write, demanding, as_persona, client):
    coordinator, reviewer = as_persona("coordinator"), as_persona("reviewer")
    home = reverse("admin:actionplan_actionplan_follow_up", args=[demanding.package.plan_id])
    assert write in coordinator.get(home).content.decode()
    assert "Tills dess visas inget" in text_of(coordinator.get(home))
    assert "Alla antal lämnas ut" in text_of(coordinator.get(write))
    preview = coordinator.get(address("preview", demanding.package.plan_id))
    assert "Utkast – inte publicerat" in text_of(preview)
    assert "no-store" in preview["Cache-Control"]
    after = text_of(coordinator.post(write, sent(), follow=True))
    assert "Rapporten har skickats för godkännande." in after
    at = address("decide", ReportRequest.objects.get().pk)
    assert at in coordinator.get(home).content.decode()
    assert coordinator.post(at, {"_approve": "1", **CONCLUSION}).status_code == 403
    assert at in reviewer.get(reverse("admin:index")).content.decode()
    assert "Läget i våras." in text_of(reviewer.get(at))
    assert "Läget i våras." in text_of(reviewer.get(f"{at}forhandsvisning/"))
    done = text_of(reviewer.post(at, {"_approve": "1", **CONCLUSION}, follow=True))
    assert "Uppföljningsrapport 1 är publicerad." in done
    public = text_of(client.get(f"/uppfoljning/{demanding.package.slug}/"))
    assert "Läget i våras." in public
    assert "Röjer ingenting." not in public
    of_plan = text_of(coordinator.get(home))
    assert "Tills dess visas inget" not in of_plan
    assert f"/uppfoljning/{demanding.package.slug}/r1/" in of_plan
    again = coordinator.post(write, sent())
    assert "finns inget att publicera" in text_of(again)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"note": "  "}, "Detta fält måste fyllas i"),
        ({"as_of": "i går"}, "giltigt datum"),
        ({"as_of": TODAY + timedelta(days=1)}, "framtiden"),
        ({"note": "x" * 2001}, "2000"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(write, as_persona, wrong, words):
    response = as_persona("coordinator").post(write, sent(**wrong))
    assert response.status_code == 400
    assert words in text_of(response)
    assert not ReportRequest.objects.exists()


def test_a_report_is_not_approved_without_a_conclusion_but_returned_with_a_reason(
    write, as_persona
):
    as_persona("coordinator").post(write, sent())
    report_request, reviewer = ReportRequest.objects.get(), as_persona("reviewer")
    at = address("decide", report_request.pk)
    assert reviewer.post(at, {"_approve": "1", "ground": "osl_31_16"}).status_code == 400
    assert reviewer.post(at, {"_return": "1", "reason": ""}).status_code == 400
    assert reviewer.post(at, {"_return": "1", "reason": "Skriv om."}).status_code == 302
    report_request.refresh_from_db()
    assert (report_request.decision, report_request.reason) == ("returned", "Skriv om.")
    assert not FollowUpReport.objects.exists()
    index = as_persona("coordinator").get(reverse("admin:index")).content.decode()
    assert at in index


def test_words_that_may_name_somebody_are_judged(write, demanding, as_persona):
    FollowUpFactory(version=demanding, supplier="Slite El AB")
    client = as_persona("coordinator")
    note = {"note": "Ett gott exempel är Slite-El."}
    page = client.post(write, sent(**note))
    assert page.status_code == 400
    assert "Slite-El" in text_of(page)
    field = next(name for name in page.context["form"].fields if name.startswith("cleared_"))
    assert f'name="{field}"' in page.content.decode()
    assert "Varför ”Slite-El” får stå kvar" in text_of(page)
    client.post(write, sent(**note, **{field: "Orten, inte firman."}))
    report_request, cleared = ReportRequest.objects.get(), ClearedName.objects.get()
    assert (cleared.words, cleared.reason) == ("Slite-El", "Orten, inte firman.")
    page_text = text_of(as_persona("reviewer").get(address("decide", report_request.pk)))
    assert "Orten, inte firman." in page_text


def test_a_name_that_becomes_known_after_it_was_sent_stops_the_report(
    write, demanding, as_persona
):
    as_persona("coordinator").post(write, sent(note="Ett gott exempel är Slite-El."))
    report_request = ReportRequest.objects.get()
    FollowUpFactory(version=demanding, supplier="Slite El AB")
    at = address("decide", report_request.pk)
    response = as_persona("reviewer").post(at, {"_approve": "1", **CONCLUSION})
    assert "lades in i systemet" in text_of(response)
    assert not FollowUpReport.objects.exists()


def test_what_is_withheld_is_said_with_its_reason(write, demanding, as_persona):
    FollowUpFactory(version=demanding, closed=True)
    page_text = text_of(as_persona("coordinator").get(write))
    assert "färre än tre leverantörer" in page_text
    as_persona("coordinator").post(write, sent())
    at = address("decide", ReportRequest.objects.get().pk)
    assert "färre än tre leverantörer" in text_of(as_persona("reviewer").get(at))


def test_what_was_registered_since_is_a_task_where_a_report_would_tell_it(
    write, demanding, as_persona, requirements, coordinator, reviewer
):
    suppliers = [FollowUpFactory(version=demanding, supplier=name, closed=True) for name in "ab"]
    report_on(demanding.package)
    client = as_persona("coordinator")
    index = reverse("admin:index")
    home = reverse("admin:actionplan_actionplan_follow_up", args=[demanding.package.plan_id])
    # What is found at so few suppliers is withheld, and a reading that nobody has approved.
    DeviationFactory(follow_up=suppliers[0], requirement=requirements[0])
    of_whom = {"indicator": Indicator.objects.first(), "author": coordinator}
    ReadingFactory(**of_whom)
    assert "behöver ses över" not in text_of(client.get(index))
    assert "den behöver ses över" not in text_of(client.get(home))
    ReadingFactory(**of_whom, approved=True, approved_by=reviewer)
    page = client.get(index)
    assert "behöver ses över" in text_of(page)
    assert write in page.content.decode()
    assert "den behöver ses över" in text_of(client.get(home))
    assert "behöver ses över" not in text_of(as_persona("reviewer").get(index))
    report_on(demanding.package)
    assert "behöver ses över" not in text_of(client.get(index))


def test_a_secrecy_review_is_a_task_of_those_who_may_do_it(demanding, as_persona, coordinator):
    follow_up = FollowUpFactory(version=demanding, closed=True)
    summary = SummaryFactory(follow_up=follow_up, written_by=coordinator)
    lesson = LessonFactory(follow_up=follow_up, written_by=coordinator, public_text="Fråga mer.")
    index = reverse("admin:index")
    addresses = [
        reverse("admin:followup_summary_review", args=[summary.pk]),
        reverse("admin:followup_lesson_review", args=[lesson.pk]),
    ]

    def listed(persona: str) -> list[int]:
        page = as_persona(persona).get(index).content.decode()
        return [page.count(f'href="{address}"') for address in addresses]

    # Once, though the page is made of several lists of what waits.
    assert listed("reviewer") == [1, 1]
    # Nobody reviews their own words, and others do not see the follow-up.
    assert listed("coordinator") == [0, 0]
    assert listed("other_coordinator") == [0, 0]
    for subject, address in zip((summary, lesson), addresses, strict=True):
        as_persona("reviewer").post(address, {**CONCLUSION, "seen": subject.words})
    assert listed("reviewer") == [0, 0]


@pytest.mark.parametrize("persona", ["other_coordinator", "analyst", "reviewer"])
def test_others_do_not_write_it(write, as_persona, persona):
    assert as_persona(persona).get(write).status_code in (403, 404)


@pytest.mark.parametrize("persona", ["other_coordinator", "analyst"])
def test_others_do_not_see_it_before_it_is_published(write, as_persona, persona):
    as_persona("coordinator").post(write, sent())
    report_request = ReportRequest.objects.get()
    for name in ("decide", "sent"):
        assert as_persona(persona).get(address(name, report_request.pk)).status_code == 404


def test_without_a_package_in_force_the_page_says_what_to_do(plan, as_persona):
    response = as_persona("coordinator").get(address("write", plan.pk))
    assert response.status_code == 404
    assert ActionPlan.objects.get(pk=plan.pk)


def test_the_preview_is_of_the_day_in_its_address(write, demanding, as_persona, reviewer):
    ReadingFactory(
        indicator=Indicator.objects.first(),
        author=demanding.published_by,
        approved=True,
        approved_by=reviewer,
        comment="Sent i juni.",
    )
    client, at = as_persona("coordinator"), address("preview", demanding.package.plan_id)
    assert "Sent i juni." in text_of(client.get(at))
    assert "Sent i juni." not in text_of(client.get(f"{at}?as_of=2026-06-01"))
    for rubbish in ("i-går", "2026-99-99", "9" * 400):
        assert client.get(f"{at}?as_of={rubbish}").status_code == 200
    assert client.get(f"{at}?as_of=2999-01-01").status_code == 302
