"""Fixtures of people, their mail and their passwords."""

import pytest

from actionplan.accounts import address_proof
from actionplan.accounts.entering import notices, passwords


@pytest.fixture(autouse=True)
def site(settings) -> None:
    """A site that can send mail, whatever a request says of its host."""
    settings.SITE_ADDRESS = "https://krav.example"


@pytest.fixture
def at_once(monkeypatch) -> None:
    """What is done after the answer is done before it, in the test's own transaction."""
    monkeypatch.setattr(passwords, "do_afterwards", lambda work, *arguments: work(*arguments))


@pytest.fixture(autouse=True)
def immediate_notices(monkeypatch) -> None:
    """What tells somebody of a change of their log-in is mailed before the answer."""
    for module in (notices, address_proof):
        monkeypatch.setattr(module, "do_afterwards", lambda work, *arguments: work(*arguments))
