"""Whose failed log-ins are counted together, so that nobody is shut out by somebody else's.

Strangers who try the password of one person share one count, wherever they come from. A browser in
which that person has been logged in before has a count of its own.
"""

from django.http import HttpRequest

from actionplan.accounts.log_in import person_named
from actionplan.kept_forms.senders import mark_of_browser


def key_of(request: HttpRequest, name: str) -> str:
    """Return what the attempts to log in by a name are counted under."""
    person = person_named(name)
    if person is None:
        return f"nobody:{name.lower()}"
    return f"{person.pk}:{mark_of_browser(request, person.pk)}"
