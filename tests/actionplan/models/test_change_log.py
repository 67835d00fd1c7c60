"""The change log: what every change of a row leaves in it, and that nobody takes it away."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.database import bulk
from actionplan.database.past_states import pasts
from actionplan.models import ActionPlan, ChangeKind, ChangeLog, Goal, Indicator, SubGoal
from actionplan.models.change_log import AppendOnlyError, label_of
from actionplan.models.logged import Logged
from requirements_pkg.models import Requirement, RequirementSource
from risks.models import RiskMatrix, RiskStatement
from tests.factories import PackageFactory, RequirementFactory, UserFactory
from tests.unguarded import unguarded


def last() -> ChangeLog:
    return ChangeLog.objects.latest("pk")


def test_a_change_keeps_what_was_changed_from_what_to_what_by_whom_and_why(plan, coordinator):
    plan.introduction, plan.last_year = "Nytt.", 2026
    plan.signed_by(coordinator, "Beslut i nämnden.").save()
    entry = last()
    assert (entry.kind, entry.model, entry.key) == (
        ChangeKind.CHANGED,
        "actionplan.ActionPlan",
        plan.pk,
    )
    assert entry.before.keys() == entry.after.keys() == {"introduction", "last_year"}
    assert (entry.before["last_year"], entry.after["last_year"]) == (2025, 2026)
    assert (entry.by, entry.by_name, entry.reason) == (
        coordinator,
        "coordinator",
        "Beslut i nämnden.",
    )
    # A reason is of one change.
    plan.introduction = "Igen."
    plan.save()
    assert (last().by, last().reason) == (coordinator, "")


def test_a_save_that_changes_nothing_tells_nothing(plan):
    before = ChangeLog.objects.count()
    plan.first_year = str(plan.first_year)
    plan.save()
    ActionPlan.objects.get().save()
    assert ChangeLog.objects.count() == before


def test_what_was_removed_can_be_put_back_as_it_was(plan):
    row = RequirementFactory(package=PackageFactory(plan=plan))
    row.withdrawn_on, row.withdrawn_reason, row.state = date(2026, 1, 31), "Ersatt.", "withdrawn"
    row.save()
    was = Requirement.objects.values().get()
    row.delete()
    (*_earlier, removal) = pasts(ChangeLog.objects.of(Requirement))
    assert removal.change.kind == ChangeKind.REMOVED
    removal.instance.save(force_insert=True)
    assert Requirement.objects.values().get() == was


def test_what_goes_along_with_a_row_is_told_too(plan, coordinator):
    parts = {model: model.objects.count() for model in (SubGoal, Indicator)}
    assert all(parts.values())
    plan.goals.get().signed_by(coordinator).delete()
    removal = ChangeLog.objects.filter(kind=ChangeKind.REMOVED)
    assert {model: removal.of(model).count() for model in parts} == parts
    assert {change.by for change in removal} == {coordinator}
    assert all("text" in change.before for change in removal)


def test_rows_that_are_removed_together_are_told_each(plan):
    number = Indicator.objects.count()
    with pytest.raises(TypeError):
        SubGoal.objects.all()[:1].delete()
    SubGoal.objects.all().delete()
    removal = ChangeLog.objects.filter(kind=ChangeKind.REMOVED)
    assert removal.of(Indicator).count() == number


def test_no_row_of_which_nothing_is_told_takes_told_rows_along():
    """Django's own deletion would tell nothing of them."""
    relations = [
        f"{field.model.__name__}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, Logged) and not model._meta.proxy
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.remote_field.on_delete
        not in (models.PROTECT, models.RESTRICT, models.DO_NOTHING)
        and not issubclass(field.related_model, Logged)
    ]
    assert relations == []


def test_every_told_model_has_a_manager_that_tells():
    logged = [model for model in apps.get_models() if issubclass(model, Logged)]
    assert len(logged) == 74
    for model in logged:
        assert type(model._default_manager.all()).delete is not models.QuerySet.delete, model
        # Rows are chosen before they are removed.
        assert not hasattr(model._default_manager, "delete"), model


def test_the_log_says_which_plan_and_package_a_row_belongs_to(plan):
    package = PackageFactory(plan=plan)
    requirement = RequirementFactory(package=package, source="Förordning")
    source = ChangeLog.objects.of(RequirementSource).get()
    assert (source.part_of, source.plan, source.package) == (requirement.pk, plan.pk, package.pk)
    statement = RiskStatement.objects.first()
    statement.text = "Annat."
    statement.save()
    assert (last().part_of, last().plan, last().package) == (statement.cell_id, plan.pk, None)
    plan.introduction = "Annat."
    plan.save()
    assert (last().part_of, last().plan) == (None, plan.pk)


def test_many_changes_are_written_by_one_statement(plan, coordinator):
    rows = list(RiskStatement.objects.all())
    assert len(rows) > 1
    for row in rows[1:]:
        row.text += " Mer."
    before = ChangeLog.objects.count()
    with CaptureQueriesContext(connection) as captured:
        bulk.change(RiskStatement, rows, ["text"], by=coordinator, reason="Från Excel")
    inserts = [query["sql"] for query in captured if "actionplan_changelog" in query["sql"]]
    assert len(inserts) == 1
    # Their plan is one question for all of them: the database plans it once.
    assert inserts[0].count("SELECT") == 2
    # What was not changed is not told.
    assert ChangeLog.objects.count() == before + len(rows) - 1
    assert (last().by, last().reason) == (coordinator, "Från Excel")
    assert last().after == {"text": rows[-1].text}


def test_a_row_that_was_read_in_part_is_told_from_what_it_was(plan):
    part = ActionPlan.objects.only("slug").get()
    part.introduction = "Nytt."
    part.save()
    assert last().before == {"introduction": plan.introduction}
    fresh = ActionPlan.objects.get()
    fresh.introduction, fresh.last_year = "Nyare.", 2026
    fresh.save(update_fields=["introduction"])
    assert (last().before, last().after) == ({"introduction": "Nytt."}, {"introduction": "Nyare."})
    fresh.save()
    assert (last().before, last().after) == ({"last_year": 2025}, {"last_year": 2026})


def test_a_row_that_was_read_again_is_told_from_what_it_was_then(plan):
    ActionPlan.objects.filter(pk=plan.pk).update(introduction="Av någon annan.")
    plan.refresh_from_db()
    plan.introduction = "Nytt."
    plan.save()
    assert last().before == {"introduction": "Av någon annan."}


def test_a_proxy_is_told_as_what_it_is(plan):
    area = RiskMatrix.objects.first()
    area.name = "lagring"
    area.save()
    assert last().model == label_of(RiskMatrix) == "actionplan.ProductArea"


def test_what_is_taken_back_is_not_told(plan):
    before = ChangeLog.objects.count()
    plan.introduction = "Nytt."
    with transaction.atomic():
        plan.save()
        transaction.set_rollback(True)
    assert ChangeLog.objects.count() == before


def test_all_that_one_request_changes_is_known_by_its_name(plan, as_persona, coordinator):
    before = last().pk
    data = {"plan": plan.pk, "number": 3, "name": "lagring"}
    as_persona("coordinator").post(reverse("admin:risks_riskmatrix_add"), data)
    changes = ChangeLog.objects.filter(pk__gt=before)
    assert changes.count() == 1 + 24
    assert {change.by for change in changes} == {coordinator}
    (name,) = set(changes.values_list("request", flat=True))
    assert len(name) == 32
    plan.goals.get().delete()
    assert (last().by, last().who, last().request) == (None, "", "")


def test_a_person_who_is_gone_keeps_the_name(plan):
    kim = UserFactory(username="kim")
    Goal(plan=plan, number=7, text="Ett mål").save()
    goal = Goal.objects.get(number=7)
    goal.text = "Ett annat mål"
    goal.signed_by(kim).save()
    # The database refuses it; somebody with the database itself may still do so.
    with unguarded():
        kim.delete()
    assert ChangeLog.objects.about(goal).select_related("by").latest("pk").who == "kim"


def test_the_log_is_only_added_to(plan):
    plan.introduction = "Nytt."
    plan.save()
    entry = last()
    entry.reason = "En annan."
    for change in (entry.save, entry.delete, ChangeLog.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()
    with pytest.raises(AppendOnlyError):
        ChangeLog.objects.update(reason="En annan.")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigger is PostgreSQL's")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE actionplan_changelog SET by_name = 'kim'", "DELETE FROM actionplan_changelog"],
)
def test_postgresql_itself_refuses_to_change_the_log(plan, statement):
    assert ChangeLog.objects.exists()
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
