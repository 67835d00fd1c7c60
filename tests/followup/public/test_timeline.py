"""What has happened with a plan, on its page of follow-up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actionplan.models import ChangeEvent, Indicator
from followup.published import timeline
from requirements_pkg.actions.closing import close_plan, reopen_plan
from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.published import page_cache
from risks.models import RiskStatement
from tests.factories import PackageFactory, RequirementFactory
from tests.factories.followup import (
    ChangeFactory,
    FollowUpFactory,
    LessonFactory,
    ReadingFactory,
    reviewed,
)
from tests.factories.reports import newly_reported


@pytest.fixture
def version(plan, coordinator, reviewer):
    package = PackageFactory(plan=plan)
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    RequirementFactory(package=package, code="SE-01", treats=[mines])
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")


@pytest.fixture
def look(client, version):
    """A function that gives the text of a page, asked for anew, white space as single spaces."""

    def text(address: str = "/uppfoljning/{slug}/") -> str:
        newly_reported(version.package)
        response = client.get(address.format(slug=version.package.slug), follow=True)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return text


def test_what_happened_is_told_newest_first(look, version, coordinator, reviewer):
    """A follow-up, its lesson, the requirement it changed, the version that has it."""
    requirement = version.package.requirements.get()
    follow_up = FollowUpFactory(version=version, closed=True)
    lesson = LessonFactory(follow_up=follow_up, written_by=coordinator)
    reviewed(lesson, reviewer)
    ChangeFactory(
        lesson=lesson,
        requirement=requirement,
        state="taken_in",
        revision=2,
        decided_by=coordinator,
        decided_at=timezone.now(),
    )
    assert "Lärdom inarbetad" not in look()
    requirement.text += " Metallerna räknas upp."
    requirement.save()
    publish(package=version.package, by=coordinator, approved_by=reviewer, note="Andra.")
    page = look()
    assert page.index("Version 2 publicerad") < page.index("Version 1 publicerad")
    assert "Lärdom inarbetad i SE-01:2" in page
    assert lesson.public_text in page
    assert lesson.text not in page
    assert '<div class="figure">1</div>' in look("/uppfoljning/")


@pytest.mark.parametrize("is_later", [True, False])
def test_what_happened_on_one_day_is_told_in_the_order_in_which_it_did(
    look, version, coordinator, reviewer, is_later
):
    apart = timedelta(seconds=1 if is_later else -1)
    ReadingFactory(
        indicator=Indicator.objects.get(number="1.1"),
        author=coordinator,
        approved=True,
        approved_by=reviewer,
        decided_at=version.published_at + apart,
    )
    page = look().split('id="handelser"')[1]
    reported, published = page.index("Målindikator"), page.index("Version 1 publicerad")
    assert (reported < published) == is_later


def test_a_withdrawal_is_told_when_it_happened(look, version, coordinator, reviewer):
    RequirementFactory(package=version.package, code="SE-02")
    second = publish(package=version.package, by=coordinator, approved_by=reviewer, note="Andra.")
    withdraw_version(
        version=second, by=coordinator, approved_by=second.approved_by, reason="Fel gräns."
    )
    page = look().split('id="handelser"')[1]
    assert page.index("Version 2 indragen") < page.index("Version 2 publicerad")
    assert "Fel gräns." in page


def test_a_plan_that_was_closed_and_opened_again_says_when(look, version, coordinator):
    """Before anything was published it was nobody's business."""
    plan = version.package.plan
    ChangeEvent.objects.create(
        kind="closed",
        target=plan._meta.label,
        target_id=plan.pk,
        actor="x",
        at=version.published_at - timedelta(days=1),
    )
    assert "Planen avslutades" not in look()
    close_plan(plan=plan, by=coordinator)
    assert "Planen avslutades" in look()
    reopen_plan(plan=plan, by=coordinator)
    page = look().split('id="handelser"')[1]
    order = [
        page.index(words) for words in ("öppnades igen", "avslutades", "Version 1 publicerad")
    ]
    assert order == sorted(order)
    assert page.count("avslutades") == 1


def test_the_latest_events_stand_on_the_page_and_all_of_them_a_link_away(look, version):
    plan = version.package.plan
    ChangeEvent.objects.bulk_create(
        ChangeEvent(
            kind="closed",
            target=plan._meta.label,
            target_id=plan.pk,
            actor="x",
            at=version.published_at + timedelta(days=day),
        )
        for day in range(1, timeline.LATEST + 1)
    )
    page = look()
    assert page.count("Planen avslutades") == timeline.LATEST
    assert "Version 1 publicerad" not in page
    # The version and the report are older.
    assert f'<a href="?handelser=alla#handelser">Alla {timeline.LATEST + 2} händelser</a>' in page
    whole = look("/uppfoljning/{slug}/?handelser=alla")
    assert "Version 1 publicerad" in whole
    assert "?handelser=alla#" not in whole


def test_a_page_that_is_kept_is_made_anew_when_a_plan_is_closed_and_opened(
    client, version, coordinator
):
    address = f"/uppfoljning/{version.package.slug}/"
    before = client.get(address)
    close_plan(plan=version.package.plan, by=coordinator)
    reopen_plan(plan=version.package.plan, by=coordinator)
    page_cache._answers.clear()
    after = client.get(address)
    assert "öppnades igen" in after.content.decode()
    assert before["ETag"] != after["ETag"]
