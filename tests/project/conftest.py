"""Fixtures of the house's own rules."""

from collections.abc import Iterator

import pytest

from requirements_pkg import pages


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """No page that an earlier test made is kept."""
    pages.forget()
    yield
    pages.forget()
