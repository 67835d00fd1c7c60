"""Writing requirements in the admin."""

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import ActionPlan, ChangeKind, ChangeLog, PlanStatus
from requirements_pkg.actions.publishing import package_or_new
from requirements_pkg.actions.removal import remove_requirements
from requirements_pkg.admin import requirements
from requirements_pkg.models import Requirement, RequirementRevision, RequirementsPackage
from risks.models import RiskStatement
from tests.factories import ModuleFactory, PackageFactory, PlanFactory, RequirementFactory
from tests.requirements_pkg.admin_forms import address, text_of, untouched

WORDS = {
    "title": "Redovisa smältverk",
    "kind": "contract",
    "text": "Inom [antal veckor: 4] veckor.",
}


@pytest.fixture
def package(plan) -> RequirementsPackage:
    return PackageFactory(plan=plan)


@pytest.fixture
def statement(plan) -> RiskStatement:
    return RiskStatement.objects.get(text="Gruvor förorenar vatten.")


@pytest.fixture
def requirement(package, statement) -> Requirement:
    """A requirement that treats a risk, is for one area and names a source."""
    area = package.plan.product_areas.first()
    return RequirementFactory(
        package=package, code="SE-01", treats=[statement], areas=[area], source="Förordning"
    )


@pytest.fixture
def client(db, as_persona):
    return as_persona("coordinator")


def add(client, package, **data):
    page = address("requirement_add", package=package.pk)
    return client.post(page, untouched(client.get(page)) | WORDS | data)


def save(client, requirement, page=None, **data):
    where = address("requirement_change", requirement.pk)
    return client.post(where, untouched(page or client.get(where)) | data)


def test_a_requirement_is_written_from_a_risk_and_leads_back_to_the_work_list(
    client, package, statement
):
    coverage = address("coverage", package.plan_id)
    link = address("requirement_add", package=package.pk, statements=statement.pk)
    assert link.replace("&", "&amp;") in client.get(coverage).content.decode()
    response = client.post(link, untouched(client.get(link)) | WORDS)
    assert response["Location"] == coverage
    requirement = Requirement.objects.get()
    assert (requirement.package, list(requirement.statements.all())) == (package, [statement])
    assert link.replace("&", "&amp;") not in client.get(coverage).content.decode()


@pytest.mark.parametrize(("area", "query"), [("2", "?omrade=2"), ("x", ""), ("", "")])
def test_what_is_written_from_one_area_leads_back_to_that_area(
    client, package, statement, area, query
):
    link = address("requirement_add", package=package.pk, statements=statement.pk, omrade=area)
    response = client.post(link, untouched(client.get(link)) | WORDS)
    assert response["Location"] == address("coverage", package.plan_id) + query


def test_the_next_free_code_is_suggested(client, package, requirement):
    page = client.get(address("requirement_add", package=package.pk))
    assert page.context["adminform"].form["code"].value() == "SE-02"
    assert add(client, package).status_code == 302
    assert list(package.requirements.values_list("code", flat=True)) == ["SE-01", "SE-02"]


def test_a_plan_gets_its_package_with_its_first_requirement(client, plan):
    page = address("requirement_add", plan=plan.pk)
    sent = untouched(client.get(page)) | WORDS
    assert not RequirementsPackage.objects.exists()
    assert client.post(page, sent).status_code == 302
    assert Requirement.objects.get().package.plan == plan


def test_without_a_package_one_chooses_among_ones_own(client, package, as_persona):
    foreign = ModuleFactory(steward_id=8)
    without = PlanFactory()
    text = client.get(address("requirement_add")).content.decode()
    assert address("requirement_add", package=package.pk) in text
    assert address("requirement_add", plan=without.pk) in text
    assert address("requirement_add", package=foreign.pk) not in text
    other = as_persona("other_coordinator")
    assert address("requirement_add", package=package.pk) not in text_of(
        other.get(address("requirement_add"))
    )


def test_nobody_writes_into_a_foreign_package(as_persona, package):
    other = as_persona("other_coordinator")
    page = address("requirement_add", package=package.pk)
    other.post(page, {**WORDS, "code": "SE-01", "position": 1, "level": "basic"})
    assert not Requirement.objects.exists()


def test_what_a_requirement_is_tied_to_is_stored(client, package, requirement, plan):
    area = plan.product_areas.get(number=2)
    statement = RiskStatement.objects.get(text="Hög energianvändning.")
    goal = plan.goals.get().sub_goals.first()
    response = save(client, requirement, areas=[area.pk], treated=[statement.pk], served=[goal.pk])
    assert response.status_code == 302
    assert list(requirement.product_areas.all()) == [area]
    assert list(requirement.statements.all()) == [statement]
    assert requirement.services.get().sub_goal == goal
    assert not requirement.treatments.get().is_suspect
    assert not requirement.services.get().is_suspect


def test_risks_of_another_plan_are_not_on_offer(client, package, requirement):
    other = RiskStatement.objects.exclude(cell__product_area__plan=package.plan)
    foreign = PlanFactory(with_matrix=True) and other.first()
    response = save(client, requirement, treated=[foreign.pk])
    assert response.status_code == 200
    assert response.context["adminform"].form.errors.keys() == {"treated"}


def test_words_that_only_refer_to_another_cell_are_no_risk_to_choose(client, package, statement):
    other = package.plan.product_areas.get(number=2).cells.first()
    other.assessment, other.same_as_cell = "same_as", statement.cell
    other.save()
    RiskStatement.objects.create(cell=other, text="Samma risker som ovan.")
    page = text_of(client.get(address("requirement_add", package=package.pk)))
    assert "Gruvor förorenar vatten." in page
    assert "Samma risker som ovan." not in page


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"code": "SE-02"}, "code"),
        ({"code": "se 1"}, "code"),
        ({"cpv": "48820000-2 48820000-3"}, "cpv"),
        ({"text": "Inom [antal veckor veckor."}, "text"),
        ({"kind": "award"}, "__all__"),
        ({"max_points": 5}, "__all__"),
    ],
    ids=["code taken", "code malformed", "cpv", "place", "award without points", "points"],
)
def test_what_is_wrong_is_told_at_its_field(client, package, requirement, data, field):
    RequirementFactory(package=package, code="SE-02")
    response = save(client, requirement, **data)
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors


def test_cpv_codes_are_kept_one_by_one_however_they_are_parted(client, requirement):
    save(client, requirement, cpv="48820000-2,\r\n30233000-1 48820000-2")
    requirement.refresh_from_db()
    assert requirement.cpv_codes == ["48820000-2", "30233000-1"]


def test_only_a_lower_requirement_of_the_package_is_replaced(client, package, requirement):
    basic = RequirementFactory(package=package, code="SE-02")
    RequirementFactory(code="SE-03")
    page = client.get(address("requirement_change", requirement.pk))
    assert list(page.context["adminform"].form.fields["replaces"].queryset) == [basic]
    assert save(client, requirement, replaces=basic.pk).status_code == 200
    assert save(client, requirement, replaces=basic.pk, level="advanced").status_code == 302


def test_two_people_who_edit_different_fields_both_keep_their_words(client, requirement, package):
    page = client.get(address("requirement_change", requirement.pk))
    assert save(client, requirement, rationale="Den ena.", treated=[]).status_code == 302
    assert save(client, requirement, page, verification="Den andra.").status_code == 302
    requirement.refresh_from_db()
    assert (requirement.rationale, requirement.verification) == ("Den ena.", "Den andra.")
    assert not requirement.treatments.exists()


def test_two_people_in_one_field_are_told_of_each_other(client, requirement, statement):
    page = client.get(address("requirement_change", requirement.pk))
    other = RiskStatement.objects.get(text="Hög energianvändning.")
    assert save(client, requirement, text="Den ena.", treated=[other.pk]).status_code == 302
    response = save(client, requirement, page, text="Den andra.", treated=[])
    errors = response.context["adminform"].form.errors
    assert errors.keys() == {"text", "treated"}
    assert "Den ena." in str(errors["text"])
    assert "Hög energianvändning." in str(errors["treated"])
    requirement.refresh_from_db()
    assert requirement.text == "Den ena."


def test_nothing_is_written_when_nothing_was_changed(client, requirement):
    links = list(requirement.treatments.values())
    assert save(client, requirement).status_code == 302
    assert ChangeLog.objects.about(requirement).count() == 1
    assert list(requirement.treatments.values()) == links


def test_the_fill_in_places_are_listed(client, requirement):
    text = text_of(client.get(address("requirement_change", requirement.pk)))
    assert "antal veckor: 4 (från begäran)" in text


def test_who_only_reads_sees_the_words_and_the_links(as_persona, requirement):
    response = as_persona("analyst").get(address("requirement_change", requirement.pk))
    text = text_of(response)
    for words in (requirement.text, "Gruvor förorenar vatten.", "1. servrar", "Förordning"):
        assert words in text
    assert 'name="_save"' not in text


def test_a_requirement_of_a_module_is_tied_to_no_plan(client):
    requirement = RequirementFactory(package=ModuleFactory(), code="UK-01")
    form = client.get(address("requirement_change", requirement.pk)).context["adminform"].form
    assert not {"areas", "treated", "served"} & set(form.fields)
    assert save(client, requirement, title="Uppförandekod").status_code == 302
    requirement.refresh_from_db()
    assert requirement.title == "Uppförandekod"


def test_what_was_never_published_is_deleted_with_its_links(client, requirement):
    page = address("requirement_delete", requirement.pk)
    assert "Förordning" in text_of(client.get(page))
    client.post(page, {"post": "yes"})
    assert not Requirement.objects.exists()


def test_many_are_deleted_in_as_many_statements_as_one(
    client, requirement, statement, monkeypatch
):
    """Each with its links and their history one after another, they kept others waiting."""
    statements = []

    def counted(requirements, *, by):
        with CaptureQueriesContext(connection) as captured:
            remove_requirements(list(requirements), by=by)
        statements.append(len(captured))

    monkeypatch.setattr(requirements, "remove_requirements", counted)
    form = {"action": "delete_selected", "post": "yes"}
    client.post(address("requirement_changelist"), {**form, "_selected_action": [requirement.pk]})
    tied = {"treats": [statement], "areas": [statement.cell.product_area], "source": "Förordning"}
    more = [RequirementFactory(package=requirement.package, **tied).pk for _at in range(9)]
    client.post(address("requirement_changelist"), {**form, "_selected_action": more})
    assert not Requirement.objects.exists()
    assert len(set(statements)) == 1
    assert len(statements) == 2
    removal = ChangeLog.objects.of(Requirement).filter(
        kind=ChangeKind.REMOVED, by__username="coordinator"
    )
    assert removal.count() == 1 + len(more)


def test_what_was_published_is_withdrawn_and_never_deleted(client, requirement, publish_plan):
    publish_plan(requirement.package.plan)
    assert RequirementRevision.objects.filter(requirement=requirement).exists()
    page = address("requirement_delete", requirement.pk)
    assert client.get(page).status_code == client.post(page, {"post": "yes"}).status_code == 403
    form = {"action": "delete_selected", "_selected_action": [requirement.pk], "post": "yes"}
    client.post(address("requirement_changelist"), form)
    assert Requirement.objects.filter(pk=requirement.pk).exists()


def test_what_another_one_replaces_says_so_instead_of_failing(client, requirement, package):
    RequirementFactory(package=package, code="SE-09", level="advanced", replaces=requirement)
    page = address("requirement_delete", requirement.pk)
    assert "SE-09" in text_of(client.get(page))
    client.post(page, {"post": "yes"})
    assert Requirement.objects.filter(pk=requirement.pk).exists()


def test_what_the_database_keeps_from_being_deleted_says_so_where_it_was_asked(
    client, requirement, monkeypatch
):
    def refused(requirements, *, by):
        raise IntegrityError("FOREIGN KEY constraint failed")

    monkeypatch.setattr(requirements, "remove_requirements", refused)
    page = address("requirement_delete", requirement.pk)
    response = client.post(page, {"post": "yes"})
    assert response.headers["Location"] == page
    assert "används det som skulle tas bort" in text_of(client.get(page))
    form = {"action": "delete_selected", "_selected_action": [requirement.pk], "post": "yes"}
    response = client.post(address("requirement_changelist"), form)
    assert response.headers["Location"] == address("requirement_changelist")


def test_the_list_finds_what_lacks_something(client, requirement, package):
    RequirementFactory(package=package, code="SE-02", verification="")
    for lacking, codes in {"bevis": ["SE-02"], "risk": ["SE-02"], "uppfoljning": []}.items():
        response = client.get(address("requirement_changelist", saknar=lacking))
        listed_codes = [row.code for row in response.context["cl"].result_list]
        assert listed_codes == codes, lacking


def test_the_package_of_a_plan_is_made_when_others_wait_already(rf, plan, coordinator):
    """What is written sooner looks as if somebody else had written, and the form is built anew."""
    request = rf.post("/")
    request.user = coordinator
    requirements.PACKAGE.keep(request, package_or_new(plan))
    pages, sent = admin.site.get_model_admin(Requirement), Requirement()
    pages.lock_for(request, None, sent)
    assert sent.package.plan == plan
    assert not RequirementsPackage.objects.exists()
    ActionPlan.objects.update(status=PlanStatus.CLOSED)
    with pytest.raises(PermissionDenied):
        pages.lock_for(request, None, sent)
