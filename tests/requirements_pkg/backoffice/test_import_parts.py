"""A preview says what builds on what it touches; a person moves links and leaves parts alone."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actionplan.models import ActionPlan, ProductArea
from actionplan.word.document import Area, PlanDocument
from requirements_pkg.models import RiskTreatment
from risks.exporting.document import plan_document
from risks.importing.changes import KIND_NAMES, ImportChangeKind
from risks.models import Assessment, RiskStatement
from tests.factories import RequirementFactory, fill_cell, treat
from tests.requirements_pkg.drafting.test_kept_statements import written
from tests.risks.importing.test_importing_edges import described_cell, same_as

UPLOAD = "/admin/risks/riskmatrix/importera/"
WHERE = ("use", "environment")
OLD, NEW, OTHER = "Buller stör grannar.", "Nattliga leveranser väcker boende.", "Damm sprids."


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


@pytest.fixture
def cell(plan):
    return fill_cell(plan.product_areas.get(number=1), "other", "environment", risks=[OLD, OTHER])


@pytest.fixture
def treatment(version, cell) -> RiskTreatment:
    requirement = RequirementFactory(package=version.package)
    treat(requirement, cell.statements.get(text=OLD))
    return RiskTreatment.objects.get(requirement=requirement)


def document_of(plan: ActionPlan) -> PlanDocument:
    return plan_document(ActionPlan.objects.with_head().get(pk=plan.pk))


def with_words(plan: ActionPlan, words: dict[str, str]) -> PlanDocument:
    """The plan as a document in which some statements say something else."""

    def reworded(area: Area) -> Area:
        cells = (
            replace(
                cell,
                statements=tuple(
                    replace(row, text=words.get(row.text, row.text)) for row in cell.statements
                ),
            )
            for cell in area.cells
        )
        return replace(area, cells=tuple(cells))

    document = document_of(plan)
    return replace(document, areas=tuple(map(reworded, document.areas)))


def send(client, document: PlanDocument):
    file = SimpleUploadedFile("plan.docx", written(document))
    page = client.post(UPLOAD, {"file": file}, follow=True)
    return page, page.redirect_chain[-1][0]


def show(client, address, **answers):
    return client.post(address, {**answers, "_show": "x"}, follow=True)


def confirm(client, address, page, **answers):
    sent = {"foreseen": page.context["foreseen"], "answered": page.context["answered"]}
    return client.post(address, {**sent, **answers}, follow=True)


def parts(page) -> dict:
    return {part.key: part for part in page.context["parts"]}


def test_a_preview_says_which_plan_it_changes_and_what_builds_on_it(client, plan, treatment):
    page, _address = send(client, with_words(plan, {OLD: NEW, OTHER: "Damm sprids vidare."}))
    text = page.content.decode()
    assert f'Det ändrar den sparade planen <a href="/admin/actionplan/actionplan/{plan.pk}' in text
    assert list(parts(page)) == ["1"]
    code = treatment.requirement.code
    assert parts(page)["1"].builds == f"1 krav bygger på det: {code}."
    assert parts(page)["1"].kinds == {ImportChangeKind.CHANGED: 1, ImportChangeKind.ADDED: 1}
    assert f"1 krav bygger på det: {code}." in text


def test_what_goes_is_said_first_in_each_part(client, plan, cell):
    document = document_of(plan)
    first, second, *rest = document.areas
    kept = tuple(c for c in first.cells if (c.stage, c.dimension) != ("other", "environment"))
    areas = (replace(first, cells=kept), replace(second, name="helt annat"), *rest)
    page, _address = send(client, replace(document, areas=areas))
    part = parts(page)["1"]
    assert OLD in " ".join(part.removed)
    removed = str(KIND_NAMES[ImportChangeKind.REMOVED])
    assert part.counts == f"3 {removed}"
    rows = page.context["changes"].rows
    kinds = [what for where, what, *_words in rows if where.startswith("Produktområde 2")]
    assert kinds == sorted(kinds, key=lambda kind: kind != removed)


def test_links_move_to_the_new_text_that_a_person_says_replaces_the_old(
    client, plan, cell, treatment
):
    document = with_words(plan, {OLD: NEW})
    page, address = send(client, document)
    (question,) = page.context["outcome"].changes.replacements
    assert question.before == OLD
    assert treatment.requirement.code in page.content.decode()
    assert [text for _key, text in question.options] == [NEW]
    answer = {f"replaces:{question.key}": question.options[0][0]}
    page = show(client, address, **answer)
    assert "checked" in page.content.decode()
    assert page.context["outcome"].changes.kept == []
    confirm(client, address, page, **answer)
    treatment.refresh_from_db()
    assert treatment.statement.text == NEW
    # Whoever reads the link is to look at it again.
    assert treatment.is_suspect
    assert set(cell.statements.values_list("text", flat=True)) == {NEW, OTHER}
    page, _address = send(client, document)
    assert len(page.context["outcome"].changes) == 0


def test_without_an_answer_the_old_text_is_kept_beside_the_new(client, plan, cell, treatment):
    page, address = send(client, with_words(plan, {OLD: NEW}))
    confirm(client, address, page)
    assert set(cell.statements.values_list("text", flat=True)) == {OLD, NEW, OTHER}
    treatment.refresh_from_db()
    assert treatment.statement.text == OLD


def test_an_answer_about_a_text_is_recalled_for_the_same_words(client, plan, treatment):
    document = with_words(plan, {OLD: NEW})
    page, address = send(client, document)
    (question,) = page.context["outcome"].changes.replacements
    show(client, address, **{f"replaces:{question.key}": question.options[0][0]})
    page, address = send(client, document)
    (question,) = page.context["outcome"].changes.replacements
    assert question.answer == question.options[0][0]
    show(client, address, **{f"replaces:{question.key}": ""})
    page, _address = send(client, document)
    assert page.context["outcome"].changes.replacements[0].answer == ""


def test_an_area_that_is_left_stays_as_it_is(client, plan, cell):
    area = ProductArea.objects.get(plan=plan, number=1)
    document = with_words(plan, {OLD: NEW})
    first, *rest = document.areas
    page, address = send(client, replace(document, areas=(replace(first, name="nytt"), *rest)))
    # The area that is called otherwise is another; both are parts of their own.
    assert {"1", f"stored-{area.pk}"} <= set(parts(page)) or "1" in parts(page)
    page = show(client, address, leave=list(parts(page)))
    assert len(page.context["outcome"].changes) == 0
    assert all(part.is_left for part in page.context["parts"])
    assert 'value="Importera"' not in page.content.decode()


def test_only_the_parts_that_are_accepted_are_written(client, plan, cell):
    second = plan.product_areas.get(number=2)
    fill_cell(second, "other", "environment", risks=["Transporter bullrar."])
    words = {OTHER: "Damm sprids vidare.", "Transporter bullrar.": "Transporter bullrar mycket."}
    document = with_words(plan, words)
    document = replace(document, goals=())
    page, address = send(client, document)
    assert set(parts(page)) == {"1", "2", "goals"}
    goals = list(plan.goals.values_list("pk", flat=True))
    leave = {"leave": ["2", "goals"]}
    page = show(client, address, **leave)
    confirm(client, address, page, **leave)
    texts = set(RiskStatement.objects.values_list("text", flat=True))
    assert {"Damm sprids vidare.", "Transporter bullrar."} <= texts
    assert list(plan.goals.values_list("pk", flat=True)) == goals


def test_an_area_that_the_document_lacks_may_stay_and_a_new_one_may_not_come(client, plan):
    document = document_of(plan)
    *areas, last = document.areas
    lost = ProductArea.objects.get(plan=plan, number=last.number)
    new = Area(9, "kaffemaskiner")
    page, address = send(client, replace(document, areas=(*areas, new)))
    assert {f"stored-{lost.pk}", "9"} <= set(parts(page))
    leave = {"leave": [f"stored-{lost.pk}", "9"]}
    page = show(client, address, **leave)
    kept = f"Behålls: ”{lost}”, eftersom du valde att lämna det som det är."
    assert kept in page.content.decode()
    confirm(client, address, page, **leave)
    lost.refresh_from_db()
    assert lost.former_number == str(last.number)
    assert not ProductArea.objects.filter(name="kaffemaskiner").exists()


def test_no_circle_comes_of_an_area_that_is_left(client, plan):
    """The first area refers to the second; the document has it the other way round."""
    first, second = (
        fill_cell(plan.product_areas.get(number=number), "use", "environment", risks=[words])
        for number, words in ((1, "Samma risker som för produktområde 2."), (2, "Buller."))
    )
    first.assessment, first.same_as_cell = Assessment.SAME_AS, second
    first.save()
    document = document_of(plan)
    turned = same_as(1, "Samma risker som för produktområde 1.")
    changed = {1: described_cell("Damm."), 2: turned}
    areas = tuple(
        replace(
            area,
            cells=tuple(
                changed[area.number]
                if area.number in changed and (cell.stage, cell.dimension) == WHERE
                else cell
                for cell in area.cells
            ),
        )
        for area in document.areas
    )
    page, address = send(client, replace(document, areas=areas))
    assert {"1", "2"} <= set(parts(page))
    page = show(client, address, leave=["1"])
    confirm(client, address, page, leave=["1"])
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.same_as_cell == second
    assert (second.assessment, second.same_as_cell) == (Assessment.DESCRIBED, None)
