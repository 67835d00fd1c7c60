"""The made-up nation: its rows hold together, and the same day gives the same rows."""

from collections import Counter
from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import IntegrityError, connection, transaction

from actionplan.database.past_states import pasts
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeKind,
    ChangeLog,
    PlanStatus,
    ProcurementRegion,
    ProductArea,
)
from examples import national, national_texts
from examples.management.commands import seed_demo
from examples.national import FULL, Progress, Sizes, make_nation
from examples.national.tables import FOREIGN_KEYS, Table, unlinked
from examples.national_categories import CATEGORIES
from followup.models import (
    CorrectiveAction,
    Deviation,
    FollowUp,
    FollowUpStatus,
    IndicatorReading,
    Lesson,
    ProposedChange,
    Question,
    SecrecyReview,
    Summary,
)
from followup.steps.transitions import STEPS
from requirements_pkg.document.reading import checksum
from requirements_pkg.drafting.checking import check
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    PublishRequest,
    Requirement,
    RequirementRevision,
)
from requirements_pkg.searching import indexing
from risks.grid.editing import says_no_leverage
from risks.models import RiskCell, RiskStatement

UNTIL = date(2026, 6, 30)
# So many of each kind are looked at closely.
FEW = 12
TINY = Sizes(
    categories=1,
    periods=2,
    areas=2,
    statements=(1, 2),
    requirements=(14, 16),
    versions=(2, 3),
    treats=2,
    follow_ups=16,
    questions=2,
    readings=1,
)


@pytest.fixture
def nation(db) -> None:
    make_nation(TINY, until=UNTIL)


def rows_of_everything() -> dict[str, int]:
    """How many rows there are of each model that has any."""
    counted = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    return {label: number for label, number in counted.items() if number}


def test_every_procurement_region_has_a_category_of_six_areas() -> None:
    assert len(CATEGORIES) == 30
    assert {region for region, *_rest in CATEGORIES} == set("ABCDEFGH")
    assert {len(set(areas.split("; "))) for *_rest, areas in CATEGORIES} == {6}
    for place in (1, 2):
        assert len({row[place] for row in CATEGORIES}) == 30


def test_the_regions_are_those_that_the_categories_name(db) -> None:
    regions = ProcurementRegion.objects.values_list("code", flat=True)
    assert {region for region, *_rest in CATEGORIES} == set(regions)


def test_the_whole_nation_is_as_large_as_was_asked_for() -> None:
    """What it comes to without being made: that takes minutes."""
    packages = FULL.categories * FULL.periods
    turns = [FULL.versions[at % len(FULL.versions)] for at in range(packages)]
    assert (packages, packages * FULL.areas, sum(turns)) == (90, 540, 200)
    assert packages * sum(FULL.requirements) / 2 == pytest.approx(20_000, rel=0.02)
    follow_ups = packages * FULL.areas * FULL.follow_ups
    assert follow_ups == pytest.approx(20_000, rel=0.02)
    assert follow_ups * FULL.questions == pytest.approx(200_000, rel=0.02)


def test_every_kind_of_row_is_one_that_a_person_could_have_written(nation) -> None:
    """The history of each tells how it stands now."""
    checked = set()
    for model in apps.get_models():
        rows = model._base_manager.order_by("-pk")[:FEW]
        for row in rows:
            row.full_clean(exclude=["password"])
            checked.add(model)
    assert {RiskStatement, Requirement, IndicatorReading, FollowUp, Question} < checked
    assert {Deviation, CorrectiveAction, Lesson, ProposedChange, SecrecyReview, Summary} < checked


def test_the_history_of_a_row_begins_with_its_making_and_ends_with_how_it_stands(nation) -> None:
    for model in (ActionPlan, RiskStatement, Requirement, FollowUp, Question, Deviation, Lesson):
        names = [field.attname for field in model._meta.concrete_fields]
        entries = ChangeLog.objects.of(model)
        made = entries.filter(kind=ChangeKind.ADDED).values_list("key", flat=True)
        assert Counter(made) == Counter(model.objects.values_list("pk", flat=True))
        for row in model.objects.order_by("-pk")[:FEW]:
            states = list(pasts(ChangeLog.objects.about(row)))
            last = states[-1].instance
            assert {name: getattr(last, name) for name in names} == {
                name: getattr(row, name) for name in names
            }
            days = [past.change.at for past in states]
            assert days == sorted(days)
            assert {past.change.plan for past in states} == {plan_of(row)}


def plan_of(row) -> int:
    path = type(row).logged_plan
    return type(row).objects.values_list(path or "pk", flat=True).get(pk=row.pk)


def test_every_step_of_a_follow_up_is_one_that_leads_on(nation) -> None:
    reached = set()
    for follow_up in FollowUp.objects.prefetch_related("steps"):
        status = FollowUpStatus.PLANNED
        for step in follow_up.steps.all():
            ways = {to.to: to for to in STEPS[FollowUpStatus(step.from_status)]}
            assert step.from_status == status
            assert (
                not ways[step.to_status].methods
                or follow_up.method in ways[step.to_status].methods
            )
            status = step.to_status
        assert follow_up.status == status
        reached.add(status)
    assert {FollowUpStatus.PLANNED, FollowUpStatus.CLOSED} < reached


def test_what_has_ended_has_nothing_open_and_nothing_is_of_a_day_to_come(nation) -> None:
    ended = FollowUp.objects.filter(status=FollowUpStatus.CLOSED)
    assert not Deviation.objects.open().filter(follow_up__in=ended).exists()
    assert Deviation.objects.open().exists()
    for follow_up in FollowUp.objects.select_related("version"):
        assert (
            follow_up.done_on is None
            or follow_up.version.published_at.date() <= follow_up.done_on <= UNTIL
        )
    for deviation in Deviation.objects.closed():
        assert deviation.found_on <= deviation.closed_on <= UNTIL
    assert not ChangeEvent.objects.filter(at__date__gt=UNTIL).exists()


def test_what_is_published_is_what_the_draft_was_and_every_wording_is_counted(nation) -> None:
    for version in PackageVersion.objects.all():
        assert version.sha256 == checksum(version.content)
        for requirement in version.content.requirements:
            assert RequirementRevision.objects.filter(
                requirement__uid=requirement.uid, number=requirement.revision
            ).exists()
    assert RequirementRevision.objects.filter(number=2).exists()
    assert PackageVersion.objects.filter(withdrawal__isnull=False).exists()


def test_a_draft_without_errors_goes_on_and_waits_as_it_was_sent(nation) -> None:
    (waiting,) = PublishRequest.objects.filter(decision=Decision.PENDING)
    assert waiting.package.plan.status == PlanStatus.REVIEW
    assert checksum(draft_content(waiting.package)) == waiting.sha256
    assert check(waiting.package).errors == []


def test_what_lessons_changed_is_in_a_wording_that_is_published(nation) -> None:
    taken_in = ProposedChange.objects.filter(state="taken_in")
    assert taken_in
    for change in taken_in:
        assert RequirementRevision.objects.filter(
            requirement=change.requirement, number=change.revision
        ).exists()


def test_the_plan_of_the_next_period_succeeds_one_that_is_closed(nation) -> None:
    first, second = ActionPlan.objects.order_by("first_year")
    assert second.predecessor == first
    assert first.last_year + 1 == second.first_year
    assert first.status == PlanStatus.CLOSED
    assert RiskCell.objects.count() == 2 * 2 * 24


def test_a_search_finds_what_was_published(nation, client) -> None:
    indexing.catch_up()
    answer = client.get("/sok/", {"q": "leveranskedjan"})
    assert CATEGORIES[0][2] in answer.content.decode()


def test_the_next_row_that_somebody_writes_gets_a_key_of_its_own(nation) -> None:
    area = ActionPlan.objects.latest("pk").product_areas.first()
    statement = RiskStatement.objects.create(cell=area.cells.first(), text="Ny risk.")
    assert ChangeLog.objects.about(statement).count() == 1


def test_the_same_day_gives_the_same_rows(db) -> None:
    def made_rows() -> list[object]:
        with transaction.atomic():
            make_nation(TINY, until=UNTIL)
            rows = [
                *FollowUp.objects.order_by("pk").values_list("planned_for", "status", "supplier"),
                *Requirement.objects.order_by("pk").values_list("uid", "code", "title", "text"),
                rows_of_everything(),
            ]
            transaction.set_rollback(True)
        return rows

    assert made_rows() == made_rows()


def test_a_making_that_is_broken_off_leaves_nothing(db) -> None:
    class Stopped(Exception):
        pass

    class Impatient(Progress):
        def phase(self, title, steps):
            if title == "Readings":
                raise Stopped
            return super().phase(title, steps)

    before = rows_of_everything()
    with pytest.raises(Stopped):
        make_nation(TINY, until=UNTIL, progress=Impatient())
    assert rows_of_everything() == before


def test_a_table_refuses_a_column_that_it_has_not(db) -> None:
    table = Table(RiskStatement)
    with pytest.raises(TypeError, match="txt"):
        table.add(txt="Fel.")


def test_what_breaks_a_rule_of_the_database_is_refused(db) -> None:
    table = Table(ProcurementRegion)
    table.add(code="A", name="En till")
    with pytest.raises(IntegrityError), transaction.atomic():
        table.write()


def test_a_key_that_leads_nowhere_is_refused_when_all_rows_are_there(db) -> None:
    def write() -> None:
        with transaction.atomic():
            with unlinked():
                table = Table(ProductArea)
                table.add(plan_id=1_000_000, number=1, name="Servrar")
                table.write()
            # SQLite looks at the end of the transaction, or when it is asked to.
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        write()
    assert not ProductArea.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite looks once by itself")
def test_the_foreign_keys_are_away_while_rows_are_made_and_then_as_they_were(db) -> None:
    def keys() -> list[tuple[str, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(FOREIGN_KEYS)
            return cursor.fetchall()

    before = keys()
    with unlinked():
        assert keys() == []
    assert keys() == before != []


def test_progress_is_a_bar_on_a_terminal_and_a_line_elsewhere() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    for out, expected in ((Terminal(), "\rPlans"), (StringIO(), "Plans: 0 s\n")):
        assert list(Progress(OutputWrapper(out)).phase("Plans", [1, 2])) == [1, 2]
        assert out.getvalue().startswith(expected)
        assert ("2/2" in out.getvalue()) == out.isatty()


@pytest.fixture
def made(settings, monkeypatch) -> list[Sizes]:
    """The sizes in which the command makes the nation; it makes none, nor the example."""
    settings.DEBUG = True
    sizes: list[Sizes] = []
    example = SimpleNamespace(plan=None)
    monkeypatch.setattr(seed_demo, "import_plan", lambda *given, **named: example)
    monkeypatch.setattr(seed_demo, "publish_example", lambda **given: None)
    monkeypatch.setattr(seed_demo, "follow_up_example", lambda **given: None)
    monkeypatch.setattr(national, "make_nation", lambda size, **given: sizes.append(size))
    return sizes


@pytest.mark.parametrize(("small", "wanted"), [(False, national.FULL), (True, national.SMALL)])
def test_the_command_makes_it_once_in_the_size_that_is_asked_for(db, made, small, wanted) -> None:
    first, second = StringIO(), StringIO()
    for out in (first, second):
        call_command("seed_demo", national=True, small=small, stdout=out)
    assert made == [wanted]
    assert "Made in 0 min" in first.getvalue()
    assert "stays as it is" in second.getvalue()


def test_a_matrix_of_the_nation_can_be_saved_as_it_stands() -> None:
    """Its cells without leverage say so in words that the grid takes."""
    assert says_no_leverage(national_texts.NO_LEVERAGE)
