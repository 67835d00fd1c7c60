"""The page on which a national analysis is pasted: previewed, confirmed, and nothing else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeEvent, ChangeLog, PlanStatus
from risks.models import OverallLevel, RiskCell
from tests.risks.analyses import STACK, TABLE

ADDRESS = "https://analys.example/bildskarmar"
GIVEN = {"text": STACK.replace("\n", "\r\n"), "source": ADDRESS, "dated": "2025-05-01"}


@pytest.fixture
def area(plan):
    return plan.product_areas.get(number=1)


@pytest.fixture
def address(area):
    return reverse("admin:risks_levels", args=[area.pk])


@pytest.fixture
def grid(area):
    return reverse("admin:risks_riskmatrix_change", args=[area.pk])


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def confirm(client, address, preview):
    """What the browser sends when "import" is pressed on a preview."""
    fields = {field.name: field.value() for field in preview.context["form"]}
    return client.post(address, {**fields, "foreseen": preview.context["foreseen"]}, follow=True)


def test_the_matrix_leads_whoever_edits_it_to_the_page(grid, address, as_persona):
    assert address in as_persona("coordinator").get(grid).content.decode()
    for persona in ("other_coordinator", "reviewer", "analyst"):
        assert address not in as_persona(persona).get(grid).content.decode()


def test_the_form_asks_for_text_source_and_date(client, address):
    page = client.get(address).content.decode()
    for name in ("text", "source", "dated"):
        assert f'for="id_{name}"' in page
        assert f'id="id_{name}_helptext"' in page
    assert f'value="{timezone.localdate().isoformat()}"' in page


def test_a_preview_tells_the_changes_and_stores_nothing(client, address):
    page = client.post(address, GIVEN).content.decode()
    assert "Inget är sparat ännu." in page
    assert "16 ändringar" in page
    assert f"medelhög, enligt {ADDRESS}, 2025-05-01" in page
    assert not RiskCell.objects.exclude(level="").exists()
    assert not OverallLevel.objects.exists()


def test_confirming_sets_exactly_what_was_previewed(client, address, grid, area, coordinator):
    page = confirm(client, address, client.post(address, GIVEN))
    assert page.redirect_chain[-1][0] == grid
    assert "Importerat: 16 ändringar." in page.content.decode()
    assert (
        area.cells.filter(level_source=ADDRESS, level_source_dated=date(2025, 5, 1)).count() == 12
    )
    assert ChangeEvent.objects.get(kind="imported").actor == "coordinator"
    assert ChangeLog.objects.of(OverallLevel).first().by == coordinator


def test_confirming_twice_does_it_once(client, address):
    preview = client.post(address, GIVEN)
    confirm(client, address, preview)
    page = confirm(client, address, preview).content.decode()
    assert "planen stämmer redan med" in page
    assert 'value="Importera"' not in page
    assert ChangeEvent.objects.filter(kind="imported").count() == 1


def test_a_matrix_that_changed_since_the_preview_is_previewed_anew(client, address, area):
    preview = client.post(address, GIVEN)
    cell = area.cells.get(stage__code="raw_material", dimension__code="environment")
    cell.level = "low"
    cell.save()
    page = confirm(client, address, preview)
    assert "Planen har ändrats sedan förhandsgranskningen" in page.content.decode()
    cell.refresh_from_db()
    assert (cell.level, cell.level_source) == ("low", "")
    confirm(client, address, page)
    cell.refresh_from_db()
    assert (cell.level, cell.level_source) == ("high", ADDRESS)


def test_from_the_preview_one_goes_back_to_the_text(client, address):
    page = client.post(address, GIVEN | {"_edit": "", "foreseen": "x"}).content.decode()
    assert "RåvaraBearbetningSluttillverkning" in page
    assert "<textarea" in page
    assert not RiskCell.objects.exclude(level="").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        pytest.param({"text": TABLE.replace("Medelhög", "Mellan")}, "”Mellan” är", id="level"),
        pytest.param({"text": "\n\n" + TABLE.replace("Hög |", "|", 1)}, "Textrad 9", id="place"),
        pytest.param({"source": "sidan"}, "giltig URL", id="source"),
        pytest.param({"source": "ftp://a.example/"}, "webbadress", id="scheme"),
        pytest.param({"dated": "2999-01-01"}, "ligger i framtiden", id="date"),
        pytest.param({"text": ""}, "måste fyllas i", id="empty"),
        pytest.param({"text": "a" * 200_001}, "längre än 200", id="large"),
    ],
)
def test_a_fault_is_told_the_text_is_not_lost_and_nothing_is_stored(
    client, address, wrong, sentence
):
    response = client.post(address, GIVEN | wrong)
    page = response.content.decode()
    assert response.status_code in (200, 400)
    assert sentence in page
    assert (GIVEN | wrong)["text"][:200].split("\r\n")[0] in page
    assert not RiskCell.objects.exclude(level="").exists()


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst", "staff"])
def test_others_neither_see_nor_send_it(address, as_persona, persona):
    client, status = as_persona(persona), 302 if persona == "staff" else 403
    assert client.get(address).status_code == status
    assert client.post(address, GIVEN | {"foreseen": ""}).status_code == status
    assert not RiskCell.objects.exclude(level="").exists()


def test_a_closed_plan_takes_no_levels_from_its_coordinator(client, address, plan):
    plan.status = PlanStatus.CLOSED
    plan.save()
    assert client.get(address).status_code == 403
    assert client.post(address, GIVEN).status_code == 403


@pytest.mark.parametrize("persona", ["coordinator", "analyst"])
def test_the_grid_names_the_source_of_each_level(client, address, grid, as_persona, persona):
    assert "Källa:" not in as_persona(persona).get(grid).content.decode()
    confirm(client, address, client.post(address, GIVEN))
    page = as_persona(persona).get(grid).content.decode()
    # Twelve cells, and four overall levels.
    assert page.count(f'href="{ADDRESS}"') == 16
    assert "Arbetares rättigheter: medelhög." in page


def test_a_source_is_told_in_the_history_of_the_area(client, address, area):
    confirm(client, address, client.post(address, GIVEN))
    later = (timezone.localdate() - timedelta(days=1)).isoformat()
    confirm(client, address, client.post(address, GIVEN | {"dated": later}))
    page = client.get(reverse("admin:risks_riskmatrix_history", args=[area.pk])).content.decode()
    assert later in page
    assert (
        ADDRESS
        in client.get(
            reverse("admin:risks_riskmatrix_history", args=[area.pk]) + "?sida=2"
        ).content.decode()
        + page
    )
