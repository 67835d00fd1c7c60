"""The list of every kind of row is worked out for the pages that show it, and for no others."""

import pytest
from django.contrib import admin
from django.urls import reverse

LIST = reverse("admin:actionplan_actionplan_changelist")
REGISTERS = reverse("admin:registers")


@pytest.fixture
def workings(monkeypatch) -> list[object]:
    """A list that tells how often Django has asked for all kinds of rows."""
    calls, build = [], admin.AdminSite._build_app_dict

    def counted(site, request, label=None):
        calls.append(label)
        return build(site, request, label)

    monkeypatch.setattr(admin.AdminSite, "_build_app_dict", counted)
    return calls


@pytest.mark.parametrize(("address", "times"), [("/admin/", 0), (LIST, 0), (REGISTERS, 1)])
def test_it_is_worked_out_where_it_is_shown(as_persona, workings, address, times):
    assert as_persona("coordinator").get(address).status_code == 200
    assert len(workings) == times


def test_the_page_of_an_app_still_shows_its_lists_or_is_not_there(as_persona, plan):
    client = as_persona("coordinator")
    assert LIST in client.get("/admin/actionplan/").content.decode()
    assert client.get("/admin/sessions/").status_code == 404
