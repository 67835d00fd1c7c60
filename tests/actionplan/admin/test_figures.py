"""Lists in the admin read as every page: headed by what they list, and 80 is not 80,000."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from actionplan.models import Indicator, SubGoal


@pytest.fixture
def indicator(plan) -> Indicator:
    row = Indicator.objects.first()
    row.kind, row.unit, row.baseline, row.target = "measure", "procent", Decimal("12.5"), 12500
    row.save()
    return row


def words(page) -> str:
    assert page.status_code == 200
    html = re.sub(r"<(script|style).*?</\1>", "", page.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


@pytest.mark.parametrize("persona", ["coordinator", "reviewer"])
def test_a_list_writes_numbers_without_idle_zeros(indicator, as_persona, persona):
    text = words(as_persona(persona).get(reverse("admin:actionplan_indicator_changelist")))
    assert "Målvärde" in text
    assert "12 500 procent" in text
    assert "12500,000" not in text
    assert ",000" not in text


@pytest.mark.parametrize("persona", ["coordinator", "reviewer"])
def test_a_list_is_headed_by_what_it_lists(indicator, as_persona, persona):
    address = reverse("admin:actionplan_indicator_changelist")
    client = as_persona(persona)
    for query in ("", "?q=zirkonium"):
        page = client.get(address + query).content.decode()
        assert "<h1>Målindikatorer</h1>" in page
        assert "Välj målindikator" not in page
    assert "<h1>Välj målindikator" in client.get(f"{address}?_popup=1").content.decode()


@pytest.mark.parametrize("name", ["indicator", "subgoal"])
def test_who_only_reads_a_row_reads_its_numbers(indicator, as_persona, name):
    row = indicator if name == "indicator" else SubGoal.objects.get(indicators=indicator)
    page = as_persona("reviewer").get(reverse(f"admin:actionplan_{name}_change", args=[row.pk]))
    text = words(page)
    for figure in ("Utgångsvärde: 12,5", "Målvärde: 12 500"):
        assert figure in text.replace(" :", ":")
    assert text.count("Målvärde:") == SubGoal.objects.get(indicators=indicator).indicators.count()
    assert ",000" not in text


def test_who_writes_it_has_the_fields_of_the_form(indicator, as_persona):
    row = SubGoal.objects.get(indicators=indicator)
    page = as_persona("coordinator").get(reverse("admin:actionplan_subgoal_change", args=[row.pk]))
    assert 'name="indicators-0-target"' in page.content.decode()
