"""An import is taken back as one step, until something was written on top."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeKind,
    ChangeLog,
    Contact,
    EventKind,
    Goal,
    Indicator,
    ProductArea,
    PurchasingCategory,
    SubGoal,
    SubGoalArea,
)
from actionplan.word.document import Area, GoalText, IndicatorText, SubGoalText
from requirements_pkg.models import RiskTreatment
from risks.actions.import_undo import last_import, undo_import
from risks.importing.plans import import_plan
from risks.models import PlanUpload, RiskCell, RiskStatement
from tests.factories import RequirementFactory, fill_cell, treat
from tests.requirements_pkg.backoffice.test_import_parts import (
    NEW,
    OLD,
    OTHER,
    cell,
    confirm,
    document_of,
    send,
    show,
    treatment,
    with_words,
)
from tests.requirements_pkg.drafting.test_kept_statements import written

__all__ = ["cell", "treatment"]
MODELS = (ActionPlan, ProductArea, RiskCell, RiskStatement, Goal, SubGoal, SubGoalArea, Indicator)


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def rows() -> dict:
    """All that is stored of plans, but for contacts."""
    return {model: list(model.objects.order_by("pk").values_list()) for model in MODELS}


def load(document, by) -> None:
    import_plan(written(document), file_name="plan.docx", by=by)


@pytest.fixture
def third(plan) -> ProductArea:
    """An area more, with a risk, which the document below does not have."""
    area = ProductArea.objects.create(plan=plan, number=3, name="stolar")
    RiskCell.objects.complete([area])
    fill_cell(area, "use", "environment", risks=["Ergonomin brister."])
    return area


def much_changed(plan):
    """A document that adds, changes, renumbers and removes in every part of the plan."""
    document = with_words(plan, {OTHER: "Damm sprids vidare."})
    first, second, *_rest = document.areas
    areas = (
        replace(second, number=1),
        replace(first, number=2),
        Area(7, "kaffemaskiner"),
    )
    goals = tuple(replace(goal, number=goal.number + 1) for goal in document.goals)
    new = GoalText(
        1, "Ett nytt mål", (SubGoalText("1.1", "Nytt", (IndicatorText("1.1", "Tal"),)),)
    )
    return replace(document, areas=areas, goals=(new, *goals), introduction="En ny inledning.")


def address_of(plan) -> str:
    return reverse("admin:risks_undo_import", args=[plan.pk])


def test_an_import_is_undone_in_one_step(client, plan, third, cell, treatment, coordinator):
    area = third
    sub_goal = SubGoal.objects.filter(goal__plan=plan).first()
    SubGoalArea.objects.create(subgoal=sub_goal, productarea=area)
    before, links = rows(), list(RiskTreatment.objects.values_list())
    load(much_changed(plan), coordinator)
    assert rows() != before
    assert not ProductArea.objects.filter(pk=area.pk).exists()
    page = client.get(address_of(plan))
    assert "ändringar av ”plan.docx” tas tillbaka" in page.content.decode()
    page = client.post(address_of(plan), follow=True)
    assert "Importen är ångrad." in page.content.decode()
    assert rows() == before
    assert list(RiskTreatment.objects.values_list()) == links
    event = ChangeEvent.objects.about(plan).first()
    assert (event.kind, event.actor) == (EventKind.IMPORT_UNDONE, coordinator.username)
    assert ChangeLog.objects.about(area).first().kind == ChangeKind.ADDED
    # There is nothing more to undo, and the same document can come again.
    page = client.get(address_of(plan)).content.decode()
    assert "Det finns ingen import av planen som går att ångra." in page
    load(much_changed(plan), coordinator)
    assert last_import(plan) is not None


def test_links_that_moved_move_back(client, plan, cell, treatment):
    document = with_words(plan, {OLD: NEW})
    page, address = send(client, document)
    (question,) = page.context["outcome"].changes.replacements
    answer = {f"replaces:{question.key}": question.options[0][0]}
    page = show(client, address, **answer)
    confirm(client, address, page, **answer)
    page = client.post(address_of(plan), follow=True)
    treatment.refresh_from_db()
    assert (treatment.statement.text, treatment.is_suspect) == (OLD, False)
    # The document waits with its answers, and is not sent again.
    assert page.redirect_chain[-1][0] == address
    assert page.context["outcome"].changes.replacements[0].answer == question.options[0][0]
    assert PlanUpload.objects.get().confirmed_at is None


def test_a_plan_that_came_with_an_import_goes_with_it(client, plan, coordinator):
    document = replace(document_of(plan), category="Kaffe", contacts=())
    others = rows()
    load(document, coordinator)
    new = ActionPlan.objects.get(category__name="Kaffe")
    assert "Planen var ny: den tas bort." in client.get(address_of(new)).content.decode()
    page = client.post(address_of(new), follow=True)
    assert "Importen är ångrad." in page.content.decode()
    assert rows() == others
    assert not ActionPlan.objects.filter(pk=new.pk).exists()
    # Its category stays: others may already have chosen it.
    assert PurchasingCategory.objects.filter(name="Kaffe").exists()


def reworded(plan, version):
    row = RiskStatement.objects.get(text="Damm sprids vidare.")
    row.text = "Damm sprids långt."
    row.save()
    return "Damm sprids"


def linked(plan, version):
    requirement = RequirementFactory(package=version.package)
    treat(requirement, RiskStatement.objects.get(text="Damm sprids vidare."))
    return requirement.code


def dated(plan, version):
    row = Indicator.objects.get(text="Tal")
    row.unit = "st"
    row.save()
    return "Tal"


@pytest.mark.parametrize("write", [reworded, linked, dated])
def test_what_was_written_on_top_is_told_and_nothing_is_undone(
    client, plan, cell, version, coordinator, write
):
    load(much_changed(plan), coordinator)
    words = write(plan, version)
    stored = rows()
    page = client.get(address_of(plan)).content.decode()
    assert "Det här har ändrats efter importen" in page
    assert words in page
    assert 'type="submit" class="default"' not in page
    refused = client.post(address_of(plan)).content.decode()
    assert "Något har ändrats efter importen" in refused
    with pytest.raises(ValidationError):
        undo_import(plan=plan, by=coordinator)
    assert rows() == stored


def test_a_later_import_stands_on_top_of_the_one_before(plan, cell, coordinator):
    load(with_words(plan, {OTHER: "Damm sprids vidare."}), coordinator)
    load(with_words(plan, {OLD: "Buller stör många grannar."}), coordinator)
    undo_import(plan=plan, by=coordinator)
    texts = set(cell.statements.values_list("text", flat=True))
    assert texts == {OLD, "Damm sprids vidare."}
    assert last_import(plan) is None


def test_a_requirement_of_something_else_does_not_stand_in_the_way(
    plan, cell, version, coordinator
):
    load(with_words(plan, {OTHER: "Damm sprids vidare."}), coordinator)
    treat(RequirementFactory(package=version.package), cell.statements.get(text=OLD))
    undo_import(plan=plan, by=coordinator)
    assert cell.statements.filter(text=OTHER).exists()


def test_contacts_stay_as_they_are(plan, cell, coordinator):
    document = document_of(plan)
    load(replace(with_words(plan, {OTHER: NEW}), contacts=document.contacts[:1]), coordinator)
    stored = list(Contact.objects.values_list())
    undo_import(plan=plan, by=coordinator)
    assert list(Contact.objects.values_list()) == stored


@pytest.mark.parametrize(
    ("persona", "status"),
    [("other_coordinator", 403), ("reviewer", 403), ("analyst", 403), ("superuser", 200)],
)
def test_only_who_edits_the_plan_undoes(as_persona, plan, cell, coordinator, persona, status):
    load(with_words(plan, {OTHER: NEW}), coordinator)
    client = as_persona(persona)
    assert client.get(address_of(plan)).status_code == status
    assert client.post(address_of(plan)).status_code == (status if status == 403 else 302)
    assert RiskStatement.objects.filter(text=NEW).exists() is (status == 403)


def test_the_verb_itself_refuses_a_stranger(plan, cell, coordinator, reviewer):
    load(with_words(plan, {OTHER: NEW}), coordinator)
    with pytest.raises(PermissionDenied):
        undo_import(plan=plan, by=reviewer)


def test_the_plan_leads_to_undoing_only_while_there_is_something_to_undo(
    client, plan, cell, coordinator
):
    history = reverse("admin:actionplan_actionplan_history", args=[plan.pk])
    assert address_of(plan) not in client.get(history).content.decode()
    load(with_words(plan, {OTHER: NEW}), coordinator)
    assert address_of(plan) in client.get(history).content.decode()
    undo_import(plan=plan, by=coordinator)
    assert address_of(plan) not in client.get(history).content.decode()


@pytest.mark.parametrize("number", [2, 12])
def test_undoing_much_takes_few_questions(
    plan, coordinator, number, django_assert_max_num_queries
):
    document = document_of(plan)
    areas = tuple(Area(100 + at, f"nytt område {at}") for at in range(number))
    load(replace(document, areas=(*document.areas, *areas)), coordinator)
    with django_assert_max_num_queries(70):
        undo_import(plan=plan, by=coordinator)
