"""The made-up nation: its rows hold together, and the same day gives the same rows."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from actionplan.models import ActionPlan, ProcurementRegion
from examples.national_texts import CATEGORIES
from followup import national
from followup.models import (
    Deviation,
    FollowUp,
    IndicatorReading,
    Lesson,
    ProposedChange,
    SecrecyReview,
)
from followup.national import Sizes, make_nation
from followup.sheets import Chosen
from followup.workbook import row_counts
from requirements_pkg.checking import check
from requirements_pkg.models import PackageVersion, Requirement
from requirements_pkg.suspects import suspects_of_package

UNTIL = date(2026, 6, 30)
SMALL = Sizes(plans=2, areas=2, requirements=(4, 6), treats=2, follow_ups=8, readings=2)


@pytest.fixture
def nation(db) -> None:
    make_nation(SMALL, until=UNTIL)


def test_every_procurement_region_has_a_category_of_six_areas(db) -> None:
    regions = ProcurementRegion.objects.values_list("code", flat=True)
    assert {region for region, *_rest in CATEGORIES} == set(regions)
    assert {len(set(areas.split("; "))) for *_rest, areas in CATEGORIES} == {6}


def test_every_row_is_one_that_a_person_could_have_written(nation) -> None:
    models = [Requirement, IndicatorReading, FollowUp, Deviation, Lesson, ProposedChange]
    for model in [*models, SecrecyReview]:
        rows = list(model.objects.all())
        assert rows
        for row in rows:
            row.full_clean()
    for lesson in Lesson.objects.select_related("review"):
        assert lesson.review.text_sha256 == lesson.words


def test_no_follow_up_is_before_what_it_is_of(nation) -> None:
    for one in FollowUp.objects.select_related("version"):
        assert one.version.published_at.date() < UNTIL
        assert one.done_on is None or one.planned_for <= one.done_on <= UNTIL
    for deviation in Deviation.objects.select_related("follow_up"):
        assert deviation.closed_on is None or deviation.found_on <= deviation.closed_on <= UNTIL


def test_every_plan_is_published_once_and_no_link_is_suspect(nation) -> None:
    assert ActionPlan.objects.count() == 2
    for version in PackageVersion.objects.select_related("package"):
        assert version.number == 1
        assert suspects_of_package(version.package) == []
        assert check(version.package).errors == []


def test_the_same_day_gives_the_same_rows(db) -> None:
    def told() -> list[object]:
        with transaction.atomic():
            make_nation(SMALL, until=UNTIL)
            found = [
                *FollowUp.objects.order_by("pk").values_list("planned_for", "status", "supplier"),
                *Requirement.objects.order_by("pk").values_list("code", "title", "text"),
                row_counts(Chosen()),
            ]
            transaction.set_rollback(True)
        return found

    assert told() == told()


def test_the_command_makes_it_when_it_is_asked_to(db, settings, monkeypatch) -> None:
    settings.DEBUG = True
    asked = []
    monkeypatch.setattr(national, "make_nation", lambda *, until: asked.append(until))
    call_command("seed_demo", national=True)
    assert len(asked) == 1
