"""No page of the admin links a person to a page that answers 403."""

import re

import pytest

from tests.project.back_office.admin_table import MODELS, PEOPLE

PERSON = re.compile(r'href="(/admin/actionplan/user/\d+/change/)')


@pytest.mark.parametrize("persona", [name for name in PEOPLE if name not in ("staff", "visitor")])
def test_a_person_is_linked_for_whoever_may_open_their_page(world, as_persona, persona):
    client, linked = as_persona(persona), set()
    for label, rights in MODELS.items():
        if persona not in rights.read:
            continue
        for page in ("changelist", "change", "history"):
            html = client.get(world(f"{label}/{page}")).content.decode()
            linked |= {(address, label, page) for address in PERSON.findall(html)}
    closed = {where for where in linked if client.get(where[0]).status_code != 200}
    assert closed == set()
    # Superusers still get there from a version, a request and the rest.
    assert (persona != "superuser") or len({label for _at, label, _page in linked}) > 3
