"""The grid of the admin: a whole matrix, in which two people never collide unknowingly."""

import pytest
from django.urls import reverse

from actionplan.models import ChangeKind, ChangeLog, ProductArea
from risks.admin.forms import stored
from risks.models import Assessment, RiskCell, RiskStatement
from tests.factories import fill_cell


@pytest.fixture
def area(plan):
    return plan.product_areas.get(number=1)


@pytest.fixture
def grid(area):
    return reverse("admin:risks_riskmatrix_change", args=[area.pk])


def cell_of(area, stage, dimension="environment") -> RiskCell:
    return RiskCell.objects.get(product_area=area, stage__code=stage, dimension__code=dimension)


def sent(area, **edits) -> dict[str, str]:
    """What a browser sends: every box with what was shown, and the edited ones.

    Edits are named `risks_<pk>`, `level_<pk>` and so on.
    """
    data = {
        "area-number": str(area.number),
        "initial-area-number": str(area.number),
        "area-name": area.name,
        "initial-area-name": area.name,
    }
    for cell in RiskCell.objects.filter(product_area=area).prefetch_related("statements"):
        for name, value in stored(cell).items():
            # A browser ends its lines as forms do.
            value = value.replace("\n", "\r\n")
            data[f"cell-{cell.pk}-{name}"] = edits.get(f"{name}_{cell.pk}", value)
            data[f"initial-cell-{cell.pk}-{name}"] = value
    return data


def texts(cell, kind="risk") -> list[str]:
    rows = cell.statements.filter(kind=kind).order_by("position")
    return list(rows.values_list("text", flat=True))


def test_a_page_without_edits_writes_nothing(area, grid, as_persona):
    client = as_persona("coordinator")
    before = ChangeLog.objects.count()
    response = client.post(grid, sent(area), follow=True)
    assert "Inget ändrades" in response.content.decode()
    assert ChangeLog.objects.count() == before


def test_a_line_is_a_statement(area, grid, as_persona, coordinator):
    cell = cell_of(area, "other")
    edits = {
        f"risks_{cell.pk}": "Första risken.\r\n\r\n  Andra   risken. ",
        f"opportunities_{cell.pk}": "Återbruk.",
        f"level_{cell.pk}": "high",
    }
    response = as_persona("coordinator").post(grid, sent(area, **edits))
    assert response.status_code == 302
    cell.refresh_from_db()
    assert texts(cell) == ["Första risken.", "Andra risken."]
    assert texts(cell, "opportunity") == ["Återbruk."]
    assert (cell.assessment, cell.level) == (Assessment.DESCRIBED, "high")
    assert ChangeLog.objects.about(cell).first().by == coordinator


def test_a_statement_keeps_its_row_when_its_neighbours_change(area, grid, as_persona):
    cell = fill_cell(area, "other", "environment", risks=["Buller stör grannar.", "Damm sprids."])
    noise, dust = cell.statements.order_by("position")
    edits = {f"risks_{cell.pk}": "Något nytt först.\r\nDamm sprids vida omkring."}
    as_persona("coordinator").post(grid, sent(area, **edits))
    dust.refresh_from_db()
    assert dust.text == "Damm sprids vida omkring."
    assert not RiskStatement.objects.filter(pk=noise.pk).exists()
    assert texts(cell) == ["Något nytt först.", "Damm sprids vida omkring."]


def test_an_emptied_cell_is_not_assessed_again(area, grid, as_persona):
    cell = cell_of(area, "raw_material")
    as_persona("coordinator").post(grid, sent(area, **{f"risks_{cell.pk}": ""}))
    cell.refresh_from_db()
    assert cell.assessment == Assessment.NOT_ASSESSED
    assert not cell.statements.exists()


def test_no_leverage_is_written_out_and_taken_away_again(area, grid, as_persona):
    cell = cell_of(area, "other")
    client = as_persona("coordinator")
    client.post(grid, sent(area, **{f"assessment_{cell.pk}": "no_leverage"}))
    cell.refresh_from_db()
    assert (cell.assessment, texts(cell)) == ("no_leverage", ["Ingen rådighet över"])
    client.post(grid, sent(area, **{f"assessment_{cell.pk}": "own"}))
    cell.refresh_from_db()
    assert (cell.assessment, texts(cell)) == ("not_assessed", [])


def test_a_reference_is_a_link_with_words(area, grid, as_persona):
    above = cell_of(area, "raw_material")
    cell = cell_of(area, "component_manufacturing")
    as_persona("coordinator").post(
        grid, sent(area, **{f"assessment_{cell.pk}": f"cell:{above.pk}"})
    )
    cell.refresh_from_db()
    assert (cell.assessment, cell.same_as_cell) == (Assessment.SAME_AS, above)
    assert texts(cell) == ["Samma risker som ovan."]


def test_a_cell_of_a_foreign_plan_cannot_be_pointed_at(area, grid, as_persona):
    from tests.factories import PlanFactory

    foreign = RiskCell.objects.filter(product_area__plan=PlanFactory(with_matrix=True)).first()
    cell = cell_of(area, "other")
    response = as_persona("coordinator").post(
        grid, sent(area, **{f"assessment_{cell.pk}": f"cell:{foreign.pk}"})
    )
    assert response.status_code == 200
    cell.refresh_from_db()
    assert cell.same_as_cell is None


def test_two_people_in_different_cells_never_collide(area, grid, as_persona):
    mine, theirs = cell_of(area, "other"), cell_of(area, "raw_material")
    own_form = sent(area, **{f"risks_{mine.pk}": "Min risk."})
    client = as_persona("coordinator")
    client.post(grid, sent(area, **{f"risks_{theirs.pk}": "Deras risk."}))
    assert client.post(grid, own_form).status_code == 302
    assert (texts(mine), texts(theirs)) == (["Min risk."], ["Deras risk."])


def test_two_people_in_different_fields_of_a_cell_never_collide(area, grid, as_persona):
    cell = cell_of(area, "raw_material")
    own_form = sent(area, **{f"level_{cell.pk}": "low"})
    client = as_persona("coordinator")
    client.post(grid, sent(area, **{f"risks_{cell.pk}": "Deras risk."}))
    assert client.post(grid, own_form).status_code == 302
    cell.refresh_from_db()
    assert (texts(cell), cell.level) == (["Deras risk."], "low")


def test_in_the_same_field_the_second_sees_both_texts_and_decides(area, grid, as_persona):
    cell = cell_of(area, "raw_material")
    own_form = sent(area, **{f"risks_{cell.pk}": "Min text."})
    client = as_persona("coordinator")
    client.post(grid, sent(area, **{f"risks_{cell.pk}": "Deras text."}))
    response = client.post(grid, own_form)
    page = response.content.decode()
    assert response.status_code == 200
    assert texts(cell) == ["Deras text."]
    assert "Deras text." in page
    assert "Min text." in page
    # The page now shows what is stored; saving it once more is a knowing choice.
    again = {**own_form, f"initial-cell-{cell.pk}-risks": "Deras text."}
    assert f'name="initial-cell-{cell.pk}-risks" value="Deras text."' in page.replace("\n", " ")
    assert client.post(grid, again).status_code == 302
    assert texts(cell) == ["Min text."]


def test_both_writing_the_same_is_no_conflict(area, grid, as_persona):
    cell = cell_of(area, "raw_material")
    data = sent(area, **{f"risks_{cell.pk}": "Samma ord."})
    client = as_persona("coordinator")
    client.post(grid, data)
    assert client.post(grid, data).status_code == 302


def test_one_bad_cell_saves_nothing_of_the_page(area, grid, as_persona):
    good, bad = cell_of(area, "other"), cell_of(area, "raw_material")
    edits = {f"risks_{good.pk}": "Ny risk.", f"level_{bad.pk}": "enorm"}
    response = as_persona("coordinator").post(grid, sent(area, **edits))
    assert response.status_code == 200
    assert texts(good) == []
    assert f'href="#cell-{bad.pk}"' in response.content.decode()


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst"])
def test_others_read_the_grid_and_write_nothing(area, grid, as_persona, persona):
    cell = cell_of(area, "raw_material")
    client = as_persona(persona)
    page = client.get(grid).content.decode()
    assert "Gruvor förorenar vatten." in page
    assert 'name="_save"' not in page
    response = client.post(grid, sent(area, **{f"risks_{cell.pk}": "Kapad."}))
    assert response.status_code == 403
    assert texts(cell) == ["Gruvor förorenar vatten."]


def test_the_grid_asks_few_questions_however_much_it_holds(
    area, grid, as_persona, django_assert_max_num_queries
):
    client = as_persona("coordinator")
    with django_assert_max_num_queries(12) as few:
        client.get(grid)
    for cell in RiskCell.objects.filter(product_area=area):
        for number in range(5):
            RiskStatement.objects.create(cell=cell, text=f"Risk {number}.", position=number)
    with django_assert_max_num_queries(12) as many:
        client.get(grid)
    assert len(few.captured_queries) == len(many.captured_queries)


def test_the_history_says_who_changed_which_cell_from_what_to_what(area, grid, as_persona):
    cell = cell_of(area, "raw_material")
    edits = {f"risks_{cell.pk}": "Gruvor förorenar vatten och mark.", f"level_{cell.pk}": "high"}
    client = as_persona("coordinator")
    client.post(grid, sent(area, **edits))
    page = client.get(reverse("admin:risks_riskmatrix_history", args=[area.pk])).content.decode()
    for words in ("coordinator", "Råvara / Miljö", "Gruvor förorenar vatten.", "och mark", "hög"):
        assert words in page


def test_a_new_area_is_made_with_its_whole_matrix(plan, as_persona):
    response = as_persona("coordinator").post(
        reverse("admin:risks_riskmatrix_add"),
        {"plan": plan.pk, "number": 3, "name": "lagring"},
    )
    area = plan.product_areas.get(number=3)
    assert response.url == reverse("admin:risks_riskmatrix_change", args=[area.pk])
    assert RiskCell.objects.filter(product_area=area).count() == 24


def test_an_area_is_not_made_in_a_foreign_plan(plan, as_persona):
    as_persona("other_coordinator").post(
        reverse("admin:risks_riskmatrix_add"),
        {"plan": plan.pk, "number": 3, "name": "lagring"},
    )
    assert not plan.product_areas.filter(number=3).exists()


def test_a_number_that_is_taken_is_refused_and_nothing_is_lost(area, grid, as_persona):
    cell = cell_of(area, "other")
    data = {**sent(area, **{f"risks_{cell.pk}": "Min risk."}), "area-number": "2"}
    response = as_persona("coordinator").post(grid, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "har det numret" in page
    assert "Min risk." in page
    assert texts(cell) == []


def test_references_in_a_circle_are_refused(area, grid, as_persona):
    cell, other = cell_of(area, "use"), cell_of(area, "other")
    edits = {
        f"assessment_{cell.pk}": f"cell:{other.pk}",
        f"assessment_{other.pk}": f"cell:{cell.pk}",
    }
    response = as_persona("coordinator").post(grid, sent(area, **edits))
    assert "i en cirkel" in response.content.decode()
    assert not RiskCell.objects.filter(same_as_cell__isnull=False).exists()


@pytest.mark.parametrize("kind", ["risks", "opportunities"])
def test_a_cell_without_leverage_says_nothing_else(area, grid, as_persona, kind):
    cell = cell_of(area, "other")
    edits = {f"assessment_{cell.pk}": "no_leverage", f"{kind}_{cell.pk}": "En text till."}
    response = as_persona("coordinator").post(grid, sent(area, **edits))
    assert "kan inte innehålla något annat" in response.content.decode()
    cell.refresh_from_db()
    assert cell.assessment == Assessment.NOT_ASSESSED


def test_links_that_name_an_area_by_its_number_follow_it(area, grid, plan, as_persona):
    other = plan.product_areas.get(number=2)
    cell = fill_cell(
        other,
        "use",
        "environment",
        risks=["Samma risker som för produktområde 1."],
        assessment=Assessment.SAME_AS,
        same_as_cell=cell_of(area, "use"),
    )
    as_persona("coordinator").post(grid, {**sent(area), "area-number": "7"})
    assert texts(cell) == ["Samma risker som för produktområde 7."]


def test_a_renamed_and_a_deleted_area_are_in_the_plans_history(
    area, grid, plan, as_persona, coordinator
):
    client = as_persona("coordinator")
    client.post(grid, {**sent(area), "area-name": "datorer"})
    client.post(reverse("admin:risks_riskmatrix_delete", args=[area.pk]), {"post": "yes"})
    assert not plan.product_areas.filter(pk=area.pk).exists()
    changes = ChangeLog.objects.of(ProductArea).filter(key=area.pk).order_by("id")
    assert [row.kind for row in changes][-2:] == [ChangeKind.CHANGED, ChangeKind.REMOVED]
    assert changes.last().by == coordinator
    address = reverse("admin:actionplan_actionplan_history", args=[plan.pk])
    assert "datorer" in client.get(address).content.decode()
