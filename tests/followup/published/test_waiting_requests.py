"""What a list says of a request that waits is what a look at its whole draft says.

On PostgreSQL a draft is not read again where the marks of its rows tell that nobody has written
them. Changes are made in a database of their own, and stored: a transaction has no marks.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from actionplan.database import bulk, bulk_tuples
from actionplan.models import (
    ActionPlan,
    Goal,
    Indicator,
    Organisation,
    ProcurementRegion,
    ProductArea,
    PurchasingCategory,
    Role,
    SubGoal,
    User,
)
from followup.actions import lessons, summaries
from followup.models import FollowUp, Lesson, ProposedChange, SecrecyReview
from requirements_pkg.actions.publishing import package_of, publish, request_publication
from requirements_pkg.document.reading import checksum
from requirements_pkg.drafting import draft_marks
from requirements_pkg.drafting.draft import all_drafted, draft_content
from requirements_pkg.drafting.waiting_requests import to_send_again
from requirements_pkg.extension_points import lesson_marks
from requirements_pkg.models import (
    GoalService,
    PackageInclusion,
    PublishRequest,
    Requirement,
    RequirementArea,
    RequirementRevision,
    RequirementSource,
    RequirementsPackage,
    RiskTreatment,
)
from risks.exporting.document import plan_file
from risks.importing.plans import import_plan
from risks.models import Dimension, LifecycleStage, RiskCell, RiskStatement
from tests.factories import (
    ChangeFactory,
    FollowUpFactory,
    LessonFactory,
    ModuleFactory,
    PlanFactory,
    RequirementFactory,
    UserFactory,
)
from tests.factories.requirements import include, treat
from tests.second_writer import OwnDatabase
from tests.unguarded import unguarded

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
TRIED = {"ground": "osl_31_16", "conclusion": "Inget rör affärsförhållanden."}
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL marks rows"
)


@dataclass(frozen=True)
class World:
    """A package with all that a draft can have, and another that waits beside it."""

    plan: ActionPlan
    package: RequirementsPackage
    request: PublishRequest
    other: PublishRequest
    by: User


def build() -> World:
    stockholm = Organisation.objects.get(code="stockholm")
    by = UserFactory(username="samordnare", role=Role.COORDINATOR, at=stockholm)
    reviewer = UserFactory(username="granskare", role=Role.REVIEWER, at=stockholm)
    module = ModuleFactory()
    shared = RequirementFactory(package=module, code="UK-01", source="Förordning")
    people = {"by": by, "approved_by": reviewer, "note": "Första."}
    included = publish(package=module, **people)
    plan = PlanFactory(with_matrix=True, with_goals=True)
    package = package_of(plan)
    statements = RiskStatement.objects.filter(cell__product_area__plan=plan)
    own = [
        RequirementFactory(
            package=package,
            code=f"SE-0{at}",
            source="Förordning",
            treats=statements[:at],
            areas=plan.product_areas.all()[:1],
        )
        for at in (1, 2)
    ]
    include(package, included)
    treat(shared, statements[0])
    sub_goal = SubGoal.objects.filter(goal__plan=plan)[0]
    GoalService.objects.create(requirement=own[0], sub_goal=sub_goal)
    version = publish(package=package, **people)
    lesson = LessonFactory(follow_up=FollowUpFactory(version=version), written_by=by)
    change = ChangeFactory(lesson=lesson, requirement=own[0])
    own[0].text = "Leverantören ska räkna upp metallerna."
    own[0].save()
    lessons.take_in(change=change, by=by)
    summaries.review_secrecy(subject=Lesson.objects.get(), by=reviewer, **TRIED)
    plan.refresh_from_db()
    beside = package_of(PlanFactory(with_matrix=True, with_goals=True))
    request, other = (
        request_publication(package=waiting, by=by, note="Ny.") for waiting in (package, beside)
    )
    return World(plan, package, request, other, by)


@pytest.fixture(scope="module")
def own(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[OwnDatabase]:
    with django_db_blocker.unblock():
        database = OwnDatabase(tmp_path_factory.mktemp("own"))
        yield database
        database.drop()


@pytest.fixture(scope="module")
def built(own, django_db_blocker) -> World:
    with django_db_blocker.unblock(), own.in_use():
        return build()


@pytest.fixture
def world(own, built, db) -> Iterator[World]:
    """The world as the changes before have left it."""
    with own.in_use():
        yield built


def first(model, **which):
    return model.objects.filter(**which).order_by("pk").first()


def of_plan(world: World) -> dict[str, object]:
    return {"cell__product_area__plan": world.plan}


def saved(world: World) -> None:
    row = first(RiskStatement, **of_plan(world))
    row.text += " och mer"
    row.save()


def imported(world: World) -> None:
    text = plan_file(ActionPlan.objects.get(pk=world.plan.pk), "txt").decode()
    row = first(RiskStatement, **of_plan(world))
    import_plan(text.replace(row.text, "Ny risk").encode(), file_name="plan.txt", by=world.by)


def by_the_many(world: World) -> None:
    rows = list(RiskStatement.objects.filter(**of_plan(world)))
    for row in rows:
        row.text += "."
    with transaction.atomic():
        bulk.change(RiskStatement, rows, ["text"], by=world.by)


def copied(world: World) -> None:
    cell = first(RiskStatement, **of_plan(world)).cell_id
    names = ["id", "cell_id", "kind", "text", "position", "is_kept"]
    keys = bulk_tuples.next_keys(RiskStatement, 2)
    bulk_tuples.insert(
        RiskStatement, names, [(key, cell, "risk", f"Ny {key}", key, False) for key in keys]
    )


def turned(world: World) -> None:
    """The same rows in another order."""
    earliest, other = Requirement.objects.filter(package=world.package).order_by("pk")
    Requirement.objects.filter(pk=earliest.pk).update(position=other.position + 1)


def in_sql(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE actionplan_actionplan SET introduction = %s WHERE id = %s",
            [f"Förbi Django {uuid4()}.", world.plan.pk],
        )


def published_again(world: World) -> None:
    """Other wordings of the requirements are those that were published."""
    RequirementRevision.objects.filter(requirement__package=world.package).update(sha256="0" * 64)


def renamed(model, field: str = "name", **which) -> Callable[[World], None]:
    """A change of one row, whoever's it is."""

    def change(world: World) -> None:
        row = first(model, **which)
        model.objects.filter(pk=row.pk).update(**{field: f"{getattr(row, field)} A"})

    return change


def of_the_plan(model, path: str, field: str) -> Callable[[World], None]:
    def change(world: World) -> None:
        row = first(model, **{path: world.plan})
        model.objects.filter(pk=row.pk).update(**{field: f"{getattr(row, field)} B"})

    return change


def changed_back(world: World) -> None:
    """A change that is taken back is none."""
    plans = ActionPlan.objects.filter(pk=world.plan.pk)
    plans.update(first_year=F("first_year") - 1)
    published_counts(world)
    plans.update(first_year=F("first_year") + 1)


def deleted(model, **which) -> Callable[[World], None]:
    def change(world: World) -> None:
        with transaction.atomic():
            model.objects.filter(**which).delete()

    return change


CHANGES: dict[str, Callable[[World], object]] = {
    "a statement is saved": saved,
    "a plan is imported": imported,
    "statements by the many": by_the_many,
    "statements are copied in": copied,
    "requirements change places": turned,
    "past Django": in_sql,
    "changed and changed back": changed_back,
    "wordings": published_again,
    "the title": lambda world: RequirementsPackage.objects.filter(pk=world.package.pk).update(
        title="Ny titel"
    ),
    "the years": lambda world: ActionPlan.objects.filter(pk=world.plan.pk).update(
        last_year=F("last_year") + 1
    ),
    "an area": of_the_plan(ProductArea, "plan", "name"),
    "a level": lambda world: RiskCell.objects.filter(product_area__plan=world.plan).update(
        level="high"
    ),
    "a goal": of_the_plan(Goal, "plan", "text"),
    "a sub-goal": of_the_plan(SubGoal, "goal__plan", "text"),
    "an indicator": of_the_plan(Indicator, "sub_goal__goal__plan", "text"),
    "a stage": renamed(LifecycleStage),
    "a dimension": renamed(Dimension),
    "a region": renamed(ProcurementRegion, code="C"),
    "who coordinates": lambda world: Organisation.objects.update(name=F("code")),
    "a category": lambda world: PurchasingCategory.objects.filter(
        pk=world.plan.category_id
    ).update(name="Ny kategori"),
    "a source": lambda world: RequirementSource.objects.filter(
        requirement__package=world.package
    ).update(title="Ny källa"),
    "what is asked": lambda world: Requirement.objects.filter(package=world.package).update(
        text="Andra ord."
    ),
    "the title of a module": renamed(RequirementsPackage, "title", plan=None),
    "whom a lesson would name": lambda world: FollowUp.objects.update(supplier="metaller"),
    "and no longer names": lambda world: FollowUp.objects.update(supplier="Hemliga AB"),
    "a review of other words": lambda world: SecrecyReview.objects.update(text_sha256="0" * 64),
    "a review of its words": lambda world: SecrecyReview.objects.update(
        text_sha256=Lesson.objects.get().words
    ),
    "no lesson": deleted(ProposedChange),
    "no treatment": deleted(RiskTreatment),
    "no service": deleted(GoalService),
    "no area of a requirement": deleted(RequirementArea),
    "no module": deleted(PackageInclusion),
    "no source": deleted(RequirementSource),
    "no indicator": deleted(Indicator),
}


# What is published of a module stays as it was included.
NO_CHANGES = {"changed and changed back", "the title of a module"}


def published_counts(world: World) -> set[int]:
    """Which requests have to be sent again, asked twice: the second time nothing was written."""
    world_requests = [world.request, world.other]
    changed = to_send_again(world_requests)
    assert to_send_again(world_requests) == changed
    return changed


def whole(world: World) -> set[int]:
    """The same by a look at the whole drafts."""
    return {
        request.pk
        for request in (world.request, world.other)
        if checksum(
            draft_content(RequirementsPackage.objects.with_owner().get(pk=request.package_id))
        )
        != request.sha256
    }


def as_sent(world: World) -> None:
    """The requests name the drafts as they are now."""
    for request in (world.request, world.other):
        package = RequirementsPackage.objects.with_owner().get(pk=request.package_id)
        request.sha256 = checksum(draft_content(package))
        request.save()


def test_every_change_of_a_draft_is_seen(world):
    for name, change in CHANGES.items():
        as_sent(world)
        assert published_counts(world) == set(), name
        with unguarded():
            change(world)
        assert published_counts(world) == whole(world), name
        assert (world.request.pk in published_counts(world)) is (name not in NO_CHANGES), name


def test_what_was_not_stored_is_no_change(world):
    as_sent(world)
    assert published_counts(world) == set()
    with transaction.atomic():
        in_sql(world)
        # A transaction sees what it has written itself.
        assert published_counts(world) == {world.request.pk} == whole(world)
        transaction.set_rollback(True)
    assert published_counts(world) == set()


def statements(world: World) -> int:
    with CaptureQueriesContext(connection) as captured:
        to_send_again([world.request, world.other])
    return len(captured)


@on_postgresql
def test_what_nobody_has_written_is_not_read(world):
    published_counts(world)
    assert statements(world) == 1
    # Somebody writes what no draft has.
    User.objects.update(first_name="Kim")
    assert statements(world) == 2
    assert statements(world) == 1
    in_sql(world)
    assert statements(world) == 6
    assert statements(world) == 1


def test_all_tables_that_a_draft_reads_are_asked_for_marks(world):
    packages = RequirementsPackage.objects.with_owner().in_bulk()
    with CaptureQueriesContext(connection) as captured:
        all_drafted(packages.values())
    read = set(TABLE.findall(" ".join(query["sql"] for query in captured)))
    all_marks = (*draft_marks.OF_PACKAGES, *draft_marks.OF_PLANS, *lesson_marks)
    of_all = " ".join(query.of().written.sql for query in draft_marks.OF_ALL)
    of_some = " ".join(query.of([1]).written.sql for query in all_marks)
    assert read - set(TABLE.findall(of_some + of_all)) == set()
