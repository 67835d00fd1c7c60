"""People with passwords, and the two steps in which they log in."""

import pytest
from django.urls import reverse

from actionplan.models import User
from tests.actionplan.accounts.test_log_in import PASSWORD

LOG_IN = reverse("account_login")


@pytest.fixture
def required(settings) -> None:
    """An installation as it is run for real."""
    settings.MFA_REQUIRED = True


@pytest.fixture
def known(coordinator) -> User:
    """The coordinator, with a password and an address."""
    coordinator.set_password(PASSWORD)
    coordinator.email = "sam@region.example"
    coordinator.save()
    return coordinator


@pytest.fixture
def enter(client):
    """A function that types a name and a password."""

    def type_both(name: str = "coordinator", password: str = PASSWORD, **more):
        return client.post(LOG_IN, {"login": name, "password": password, **more})

    return type_both
