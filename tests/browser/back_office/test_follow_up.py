"""Whoever follows up, in a real browser: from what was found to what the public reads, and axe."""

import pytest
from django.urls import reverse

from followup.actions import summaries
from followup.models import FollowUp, Lesson
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import Requirement
from tests.factories import FollowUpFactory, ReadingFactory, RequirementFactory
from tests.factories.followup import DONE
from tests.project.pages.followed_up import add_follow_up, add_readings

SECRET = "Hemliga Hallar AB"
LEARNT = "Kravet behöver säga vilka metaller som avses."
TRIED = {"ground": "osl_31_16", "conclusion": "Inget rör affärsförhållanden."}


@pytest.fixture
def requirement(site, plan) -> Requirement:
    return RequirementFactory(package=package_of(plan), code="SE-01", source="Förordning")


@pytest.fixture
def version(requirement, coordinator, reviewer):
    """The plan's package as published, with a requirement."""
    people = {"by": coordinator, "approved_by": reviewer}
    return publish(package=requirement.package, note="Kravet.", **people)


@pytest.fixture
def reviewed(version) -> FollowUp:
    return FollowUpFactory(
        version=version, status="reviewed", done_on=DONE, supplier=SECRET, method="dialogue"
    )


@pytest.fixture
def followed(version, requirement, plan) -> FollowUp:
    """A follow-up with something of everything, and readings of the plan's indicators."""
    add_readings(version)
    indicator = plan.goals.first().sub_goals.first().indicators.first()
    by, second = version.published_by, version.approved_by
    ReadingFactory(indicator=indicator, author=by, approved=True, approved_by=second)
    return add_follow_up(version, requirement)


def save(page) -> None:
    page.locator("#content-main [type=submit].default").first.click()
    page.wait_for_selector(".messagelist .success")


def test_what_was_found_ends_in_the_next_version_and_the_public_reads_it(
    page, context, site, reviewed, requirement, coordinator, reviewer, log_in, complaints
):
    log_in(context)
    at = site + reverse("admin:followup_followup_change", args=[reviewed.pk])
    page.goto(at)
    page.get_by_role("link", name="Ny avvikelse").click()
    page.get_by_label("Krav:", exact=True).select_option(index=1)
    page.get_by_label("Allvarlighetsgrad:").select_option("minor")
    page.get_by_label("Iakttagelse:").fill(f"{SECRET} redovisar inga metaller.")
    page.get_by_label("Åtgärdas senast:").fill("2030-01-31")
    save(page)
    assert page.locator(".panel").get_by_role("link", name="SE-01:1, mindre").count() == 1

    page.get_by_role("link", name="Ny lärdom").click()
    page.get_by_label("Lärdom:").fill(f"{SECRET} förstod inte kravet.")
    page.get_by_label("Offentlig text:").fill(LEARNT)
    save(page)
    page.get_by_role("link", name="Föreslå en ändring").click()
    page.get_by_label("Krav:", exact=True).select_option(index=1)
    page.get_by_label("Föreslagen ändring:").fill("Räkna upp metallerna.")
    save(page)

    # The words are tried by another person.
    summaries.review_secrecy(subject=Lesson.objects.get(), by=reviewer, **TRIED)
    page.goto(site + reverse("admin:requirements_pkg_requirement_change", args=[requirement.pk]))
    page.get_by_label("Kravtext:").fill("Leverantören ska redovisa tenn, tantal och guld.")
    page.locator("[name=_save]").first.click()
    page.wait_for_selector(".messagelist .success")
    page.goto(at)
    page.get_by_role("link", name=f"{SECRET} förstod inte kravet.").click()
    page.get_by_role("link", name="SE-01: föreslagen").click()
    page.get_by_role("link", name="Arbeta in").click()
    save(page)

    people = {"by": coordinator, "approved_by": reviewer}
    publish(package=requirement.package, note="Lärdomen.", **people)
    context.clear_cookies()
    page.goto(site + reverse("status_of_package", args=[requirement.package.slug]))
    assert "Lärdom inarbetad i SE-01:2" in page.content()
    assert LEARNT in page.content()
    assert SECRET not in page.content()
    assert complaints == []


def pages(followed: FollowUp, plan) -> list[str]:
    """The pages on which one works with what is followed up."""
    deviation, lesson = followed.deviations.get(), followed.lessons.get()
    of = [followed.pk]
    named = [
        ("followup_add", []),
        *((f"{model}_changelist", []) for model in ("followup", "deviation", "indicatorreading")),
        ("followup_change", of),
        ("calendar", [plan.pk]),
        ("step", [*of, "cancelled"]),
        *((name, of) for name in ("questions", "answers", "reuse", "read_answers", "sanction")),
        ("deviation_change", [deviation.pk]),
        ("lesson_change", [lesson.pk]),
        ("propose", [lesson.pk]),
        ("proposedchange_change", [lesson.changes.get().pk]),
        ("summary_write", of),
        ("summary_publish", [followed.summary.pk]),
        ("indicatorreading_add", []),
        ("reportingperiod_changelist", []),
        ("workbook", []),
        ("mine", []),
    ]
    return [reverse(f"admin:followup_{name}", args=args) for name, args in named]


def test_what_a_follower_uses_and_a_citizen_reads_is_accessible(
    page, context, site, followed, plan, log_in, faults
):
    log_in(context)
    public = [
        reverse("status"),
        reverse("status_overview"),
        reverse("status_of_package", args=[followed.version.package.slug]),
    ]
    all_faults = []
    second = reverse("admin:followup_lesson_review", args=[followed.lessons.get().pk])
    for address in [*pages(followed, plan), *public, second]:
        if address == second:
            # By another person than who wrote the words.
            log_in(context, "reviewer")
        response = page.goto(site + address)
        all_faults += faults(page, [(360, "dark"), (1280, "light")])
        if response.status != 200:
            all_faults.append(f"{address}: {response.status}")
    assert all_faults == []
