"""Fixtures for every test: the personas, a plan, its published package."""

import gc
from collections.abc import Callable, Iterator

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as properties

from actionplan.models import ActionPlan, Organisation, Role, User
from actionplan.processes import child_process, forked
from actionplan.processes.heavy_work import AllPlacesTaken
from actionplan.processes.streamed_files import EXPORTS
from actionplan.throttling.allowance import ALLOWANCES, Allowance, AllowanceKind
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import PackageVersion
from requirements_pkg.published import page_cache
from tests import form_tokens
from tests.factories import PlanFactory, UserFactory
from tests.kept import kept

# A busy machine makes no property wrong: what may take how long is for the benchmarks.
properties.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("untimed")

PERSONAS = [
    "coordinator",
    "other_coordinator",
    "reviewer",
    "analyst",
    "region_administrator",
    "other_region_administrator",
    "administrator",
    "secretariat",
    "staff",
    "visitor",
]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker
) -> Iterator[None]:
    """Make the database for whoever asks for it, those who only copy it included.

    pytest-django makes it where a test that was collected has `db`, so that a file of tests on
    copies of it passed in the suite and failed alone.
    """
    with django_db_blocker.unblock():
        before = setup_databases(
            verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set()
        )
    yield
    with django_db_blocker.unblock():
        teardown_databases(before, verbosity=0)


@pytest.fixture(autouse=True)
def quick_settings(settings) -> None:
    """Passwords that cost nothing, no bound for who asks all day, and an operator to be told."""
    settings.SECURITY_CONTACT = "mailto:fel@region.example"
    settings.MOST_A_MINUTE = dict.fromkeys(settings.MOST_A_MINUTE, 0)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def few_a_minute(settings, monkeypatch) -> None:
    """Two a minute of everything, and nothing asked yet, whatever other tests asked just now."""
    settings.MOST_A_MINUTE = dict.fromkeys(AllowanceKind, 2)
    for kind in AllowanceKind:
        monkeypatch.setitem(ALLOWANCES, kind, Allowance())


@pytest.fixture(scope="session", autouse=True)
def forms_with_tokens() -> Iterator[None]:
    """Fail whoever gets a page with a form that a browser could not send."""
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(Client, "request", form_tokens.checking(Client.request))
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """No test sees the pages that another test made."""
    page_cache.forget()
    yield
    page_cache.forget()


@pytest.fixture(autouse=True)
def places_for_files() -> None:
    """Give both places for files back, which answers may have that earlier tests never read."""
    try:
        with EXPORTS.place(), EXPORTS.place():
            pass
    except AllPlacesTaken:
        gc.collect()


@pytest.fixture(autouse=True)
def children_at_home(request, monkeypatch) -> None:
    """What a child process would read is read here, and handed on as the same bytes.

    A child costs a fifth of a second, and hundreds of tests send a file. Those of the limits, and
    of what becomes of a child, ask for real ones: `@pytest.mark.children`. PDFs are always made in
    real ones, since what makes them never gives its memory back.
    """
    in_a_child = child_process._answered

    def answered(order: forked.ChildOrder, arguments: bytes) -> bytes:
        is_reading = order.memory == child_process.READING.memory
        return (forked.answer_to if is_reading else in_a_child)(order, arguments)

    if request.node.get_closest_marker("children") is None:
        monkeypatch.setattr(child_process, "_answered", answered)


@pytest.fixture
def break_off() -> Callable[[HttpResponse], None]:
    """A function that closes an answer before it was read.

    It ends the request, which would close the connection that the test's transaction is on.
    """

    def close(response: HttpResponse) -> None:
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)

    return close


@pytest.fixture
def stockholm(db) -> Organisation:
    return Organisation.objects.get(code="stockholm")


@pytest.fixture
@kept
def coordinator(stockholm) -> User:
    """Coordinates the plans of Region Stockholm's procurement region, C."""
    return UserFactory(username="coordinator", role=Role.COORDINATOR, at=stockholm)


@pytest.fixture
@kept
def other_coordinator(db) -> User:
    """Coordinates the plans of another procurement region, H."""
    skane = Organisation.objects.get(code="skane")
    return UserFactory(username="other_coordinator", role=Role.COORDINATOR, at=skane)


@pytest.fixture
@kept
def reviewer(stockholm) -> User:
    return UserFactory(username="reviewer", role=Role.REVIEWER, at=stockholm)


@pytest.fixture
@kept
def analyst(db) -> User:
    uppsala = Organisation.objects.get(code="uppsala")
    return UserFactory(username="analyst", role=Role.ANALYST, at=uppsala)


@pytest.fixture
@kept
def region_administrator(stockholm) -> User:
    """Adds people and gives roles in procurement region C."""
    return UserFactory(
        username="region_administrator", role=Role.REGION_ADMINISTRATOR, at=stockholm
    )


@pytest.fixture
@kept
def other_region_administrator(db) -> User:
    """Adds people and gives roles in another procurement region, H."""
    skane = Organisation.objects.get(code="skane")
    return UserFactory(
        username="other_region_administrator", role=Role.REGION_ADMINISTRATOR, at=skane
    )


@pytest.fixture
@kept
def administrator(db) -> User:
    """Adds people everywhere and keeps the reference data; employed in C, which says nothing."""
    stockholm = Organisation.objects.get(code="stockholm")
    return UserFactory(username="administrator", role=Role.ADMINISTRATOR, at=stockholm)


@pytest.fixture
@kept
def secretariat(db) -> User:
    """Edits the plans of every region; employed in another than the plan's, H."""
    skane = Organisation.objects.get(code="skane")
    return UserFactory(username="secretariat", role=Role.SECRETARIAT, at=skane)


@pytest.fixture
@kept
def staff(db) -> User:
    """Has a password and no role at all, so that the admin stays closed."""
    return UserFactory(username="staff")


@pytest.fixture
@kept
def superuser(db) -> User:
    return UserFactory(username="superuser", is_superuser=True)


@pytest.fixture
def as_persona(request):
    """A function that gives a client logged in as one of PERSONAS."""

    def client_of(name: str) -> Client:
        client = Client()
        if name != "visitor":
            client.force_login(request.getfixturevalue(name))
        return client

    return client_of


@pytest.fixture
@kept
def plan(db) -> ActionPlan:
    """A plan of procurement region C with two areas, some of it assessed, and a goal."""
    return PlanFactory(with_matrix=True, with_goals=True)


@pytest.fixture
@kept
def version(plan, coordinator, reviewer) -> PackageVersion:
    """The plan as published."""
    return publish(
        package=package_of(plan), by=coordinator, approved_by=reviewer, note="Första versionen."
    )
