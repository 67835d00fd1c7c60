"""From what was found to what the next version demands, and what everybody can read of it."""

from django.urls import reverse

from followup.actions import deviations, lessons, summaries
from followup.models import FollowUp, Lesson
from requirements_pkg.actions.publishing import publish
from tests.factories.followup import DONE, ActionFactory
from tests.factories.reports import report_on

TRIED = {"ground": "osl_31_16", "conclusion": "Inget rör affärsförhållanden."}


def test_a_deviation_ends_in_the_next_version_of_the_requirement(
    follow_up, requirements, coordinator, reviewer, client, django_capture_on_commit_callbacks
):
    slug = follow_up.version.package.slug
    at, overview = reverse("status_of_package", args=[slug]), reverse("status")
    finding = {"severity": "minor", "finding": "Hemliga Hallar AB saknar metaller."}
    deviation = deviations.record_deviation(
        follow_up=follow_up,
        requirement_uid=requirements[0].uid,
        by=coordinator,
        found_on=DONE,
        due_on=DONE,
        **finding,
    )
    ActionFactory(deviation=deviation)
    deviations.submit_action_plan(deviation=deviation, by=coordinator)
    lesson = lessons.write_lesson(
        lesson=Lesson(
            follow_up=follow_up,
            text="Hemliga Hallar AB förstod inte vilka metaller som avses.",
            public_text="Kravet behöver säga vilka metaller som avses.",
        ),
        by=coordinator,
    )
    change = lessons.propose_change(
        lesson=lesson, requirement=requirements[0], text="Räkna upp dem.", by=coordinator
    )
    requirements[0].text = "Leverantören ska redovisa tenn, tantal, volfram och guld."
    requirements[0].save()
    lessons.take_in(change=change, by=coordinator)
    summaries.review_secrecy(subject=lesson, by=reviewer, **TRIED)
    FollowUp.objects.filter(pk=follow_up.pk).update(status="plan_approved", done_on=DONE)
    summary = summaries.write_summary(
        follow_up=follow_up, text="En avvikelse åtgärdas.", by=coordinator
    )
    summaries.review_secrecy(subject=summary, by=reviewer, **TRIED)
    before = client.get(at).content.decode()
    assert lesson.public_text not in before
    assert summary.text not in before
    with django_capture_on_commit_callbacks(execute=True):
        summaries.publish_summary(summary=summary, by=coordinator)
        version = publish(
            package=requirements[0].package, by=coordinator, approved_by=reviewer, note="Lärdomen."
        )
    (published_lesson,) = version.content.lessons
    (built_in,) = published_lesson.changes
    assert published_lesson.text == lesson.public_text
    assert (built_in.code, built_in.revision, built_in.version) == ("SE-01", 2, 2)
    assert version.content.requirement("SE-01").revision == 2
    with django_capture_on_commit_callbacks(execute=True):
        report_on(requirements[0].package)
    page = client.get(at).content.decode()
    assert lesson.public_text in page
    assert summary.text in page
    assert "Lärdom inarbetad i SE-01:2" in page
    for secret in ("Hemliga", "Räkna upp dem"):
        assert secret not in page
    assert page.count("Lärdom") > before.count("Lärdom")
    assert '<div class="figure">1</div>' in client.get(overview).content.decode()
