"""Whatever large thing somebody stores, whoever logs in meanwhile gets through."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeKind, ChangeLog, Indicator, User
from actionplan.text import fold
from benchmarks.sites.large_packages import large_package
from followup.actions.follow_ups import choose
from followup.excel.answers import store_answers
from followup.excel.questionnaire import READ, ReturnedRow, fingerprint, identity
from followup.models import FollowUp, Question, Summary
from followup.reminders.sending import remind
from requirements_pkg.actions.inclusion import include_module, remove_inclusion
from requirements_pkg.actions.links import set_treatments
from requirements_pkg.actions.publishing import approve_request, publish, request_publication
from requirements_pkg.excel.incoming import IncomingRequirements
from requirements_pkg.models import (
    PackageVersion,
    Requirement,
    RequirementsPackage,
    RiskTreatment,
)
from requirements_pkg.searching import indexing
from risks.models import RiskCell, RiskMatrix, RiskStatement
from tests.factories import (
    FollowUpFactory,
    PlanFactory,
    RequirementFactory,
    UserFactory,
    fill_cell,
)
from tests.project.back_office import sendings
from tests.project.back_office.sent_forms import filled_in
from tests.requirements_pkg.sheets import bring as bring_sheet
from tests.requirements_pkg.sheets import new_row, sentences
from tests.risks.admin.test_level_pages import GIVEN
from tests.risks.grid.test_grid import sent
from tests.risks.importing.test_locks import LINE, REWORDED, bring, large
from tests.second_writer import OwnDatabase, Waiting

# What somebody may have to wait for, in seconds of work.
BOUND = 1
LINES = 400
REQUIREMENTS = 1000


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[OwnDatabase]:
    """A large package, in a database that others write to."""
    with django_db_blocker.unblock():
        database = OwnDatabase(tmp_path_factory.mktemp("own"))
        with database.in_use():
            large_package(requirements=REQUIREMENTS, areas=6)
    yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture
def package(database, db) -> Iterator[RequirementsPackage]:
    with database.in_use():
        yield RequirementsPackage.objects.with_owner().get(slug="stor")


@pytest.fixture
def by(package) -> User:
    return User.objects.get(username="samordnare")


@pytest.fixture
def client(by) -> Client:
    client = Client()
    client.force_login(by)
    return client


@contextmanager
def nobody_waits() -> Iterator[None]:
    """Do something while somebody logs in, who gets through all the time."""
    somebody = User.objects.filter(username="inloggad").first() or UserFactory(username="inloggad")
    with Waiting(somebody).beside() as waits:
        yield
    assert waits, "Nobody came to write beside it."
    assert max(waits) < BOUND


@pytest.fixture
def version(package, by) -> PackageVersion:
    """The package as it is published."""
    there = package.versions.order_by("-number").first()
    reviewer = User.objects.get(username="granskare")
    return there or publish(package=package, by=by, approved_by=reviewer, note="Första.")


@pytest.fixture
def follow_up(version) -> FollowUp:
    return FollowUpFactory(version=version)


def send(client: Client, address: str, more: Callable = lambda page: {}) -> None:
    """Fill in a page of the admin, and send it beside somebody who logs in."""
    page = client.get(address)
    data = {**filled_in(page), **more(page)}
    with nobody_waits():
        response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors


def test_rewording_four_hundred_lines(package, client):
    area = new_area(package, 98)
    cell = fill_cell(area, "other", "environment", risks=map(LINE.format_map, places()))
    words = "\r\n".join(map(REWORDED.format_map, places()))
    address = reverse("admin:risks_riskmatrix_change", args=[area.pk])
    data = sent(area, **{f"risks_{cell.pk}": words})
    with nobody_waits():
        response = client.post(address, data)
    assert response.status_code == 302
    assert cell.statements.filter(text=REWORDED.format(at=1)).exists()


def new_area(package, number: int) -> RiskMatrix:
    """An area of the plan that no requirement builds on."""
    area = RiskMatrix.objects.create(plan=package.plan, number=number, name=f"Område {number}")
    RiskCell.objects.complete([area])
    return area


def places() -> list[dict[str, int]]:
    return [{"at": at} for at in range(LINES)]


def test_importing_and_rewording_a_large_plan(package, monkeypatch):
    plan = PlanFactory()
    documents = [large(plan, words, areas=4, statements=10) for words in (LINE, REWORDED)]
    for document in documents:
        with nobody_waits():
            outcome, _waited = bring(document, monkeypatch)
        assert len(outcome.changes) >= 4 * 24 * 10


def test_importing_the_largest_sheet_of_requirements(package, by):
    most = IncomingRequirements.most_written
    rows = [new_row(package, f"NY-{at}", areas="1, 2", serves="1.1") for at in range(most)]
    with nobody_waits():
        result = bring_sheet(by, rows)
    assert result.totals["new"] == most, sentences(result)
    Requirement.objects.filter(code__startswith="NY-").delete()


def test_publishing_a_thousand_requirements(package, by):
    RequirementFactory(package=package)
    reviewer = User.objects.get(username="granskare")
    with nobody_waits():
        publish_request = request_publication(package=package, by=by, note="Nästa.")
        version = approve_request(request=publish_request, by=reviewer)
        indexing.catch_up(version)
    assert len(version.content.requirements) >= REQUIREMENTS


def _removed(model):
    return ChangeLog.objects.of(model).filter(kind=ChangeKind.REMOVED)


def test_asking_a_thousand_questions_and_taking_them_back(follow_up, by):
    wanted = [requirement.uid for requirement in follow_up.version.content.requirements]
    with nobody_waits():
        made, _dropped = choose(follow_up=follow_up, wanted=wanted, dropped=(), by=by)
    keys = [question.pk for question in made]
    with nobody_waits():
        _made, removed = choose(follow_up=follow_up, wanted=(), dropped=keys, by=by)
    assert removed == len(made) >= REQUIREMENTS
    assert _removed(Question).filter(part_of=follow_up.pk).count() == removed


def test_reading_a_questionnaire_of_a_thousand_answers(follow_up, by):
    wanted = [requirement.uid for requirement in follow_up.version.content.requirements]
    made, _dropped = choose(follow_up=follow_up, wanted=wanted, dropped=(), by=by)
    FollowUp.objects.filter(pk=follow_up.pk).update(status="sent")
    texts = dict.fromkeys(READ, "Vad visar det?")
    words = fingerprint(fold(texts[name]) for name in READ)
    rows = [
        ReturnedRow(at, identity(question, texts), "Ja", "Se bilaga.", "", words)
        for at, question in enumerate(made, 9)
    ]
    with nobody_waits():
        compared = store_answers(follow_up=follow_up, rows=rows, by=by)
    assert len(compared.changes) == len(made) >= REQUIREMENTS


def test_writing_answers_of_a_page(follow_up, by, client):
    wanted = [requirement.uid for requirement in follow_up.version.content.requirements[:60]]
    choose(follow_up=follow_up, wanted=wanted, dropped=(), by=by)
    address = reverse("admin:followup_answers", args=[follow_up.pk])
    # Why an answer is no deviation is only said of those that deviate.
    send(client, address, sendings.explained)
    assert follow_up.questions.exclude(comment="").exists()


def test_writing_a_summary(follow_up, client):
    send(client, reverse("admin:followup_summary_write", args=[follow_up.pk]))
    assert Summary.objects.filter(follow_up=follow_up).exists()


def test_writing_a_requirement_of_a_large_plan(package, client):
    before = package.requirements.count()
    address = reverse("admin:requirements_pkg_requirement_add", query={"package": package.pk})
    send(client, address, sendings.specification)
    assert package.requirements.count() == before + 1


def test_writing_a_reading_with_a_file(package, client):
    address = reverse("admin:followup_indicatorreading_add")
    file = SimpleUploadedFile("bevis.pdf", b"%PDF-1.4" + b"x" * 4_000_000, "application/pdf")
    indicator = Indicator.objects.get(sub_goal__goal__plan=package.plan)
    send(client, address, lambda page: {"file": file, "indicator": indicator.pk})
    assert indicator.readings.exists()


def test_pasting_levels(package, client):
    area = package.plan.product_areas.get(number=2)
    address = reverse("admin:risks_levels", args=[area.pk])
    with nobody_waits():
        preview = client.post(address, GIVEN)
        response = client.post(address, {**GIVEN, "foreseen": preview.context["foreseen"]})
    assert response.status_code == 302


def test_taking_out_a_module_with_its_links(package, by):
    steward = package.plan.procurement_region
    module = RequirementsPackage.objects.create(slug="modul", title="Modul", steward=steward)
    for _at in range(10):
        RequirementFactory(package=module)
    reviewer = User.objects.get(username="granskare")
    version = publish(package=module, by=by, approved_by=reviewer, note="Första.")
    inclusion = include_module(package=package, version=version, by=by)
    statements = RiskStatement.objects.filter(cell__product_area__plan=package.plan)[:150]
    for requirement in module.requirements.all():
        set_treatments(requirement=requirement, statements=statements, by=by, plan=package.plan)
    of_module = RiskTreatment.objects.filter(requirement__package=module)
    assert of_module.count() == 10 * len(statements)
    with nobody_waits():
        remove_inclusion(inclusion=inclusion, by=by)
    assert not of_module.exists()
    assert _removed(RiskTreatment).filter(by=by).exists()


def test_deleting_an_area_with_all_its_risks(package, client):
    area = new_area(package, 99)
    fill_cell(area, "other", "environment", risks=map(LINE.format_map, places()))
    address = reverse("admin:risks_riskmatrix_delete", args=[area.pk])
    with nobody_waits():
        response = client.post(address, {"post": "yes"})
    assert response.status_code == 302
    assert not RiskMatrix.objects.filter(pk=area.pk).exists()


def test_reminding_somebody_of_a_thousand_things(package, version, by, settings):
    settings.SITE_ADDRESS = "https://krav.example"
    User.objects.filter(pk=by.pk).update(email="samordnare@region.example")
    day = timezone.localdate()
    late = {"version": version, "responsible": by, "planned_for": day - timedelta(days=3)}
    FollowUp.objects.bulk_create(FollowUpFactory.build_batch(REQUIREMENTS, **late))
    with nobody_waits():
        outcome = remind(today=day)
    assert outcome.items == REQUIREMENTS
