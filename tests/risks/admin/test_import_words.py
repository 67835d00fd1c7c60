"""What was not understood in a document is settled on the preview's page, and remembered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplan.models import ActionPlan, ChangeLog, Organisation, PurchasingCategory
from risks.models import HeadingAlias, PlanUpload, RiskStatement
from tests.actionplan.word.documents import matrix_cell, matrix_rows, plan, saved, text_plan
from tests.factories import PlanFactory

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/risks/riskmatrix/importera/"
SETTLED = {"stage:vid källan": "raw_material", "dimension:klimat": "environment"}


def strange() -> bytes:
    """A plan with a row and a column that nobody knows, each with a risk."""
    word = plan(matrix_rows({("Råvara", 3): "Gruvavfall.", ("Avfall", 1): "Barnarbete."}))
    matrix_cell(word, 2, 0).text = "Vid källan: risker och möjligheter"
    matrix_cell(word, 1, 3).text = "Klimat"
    return saved(word)


def send(client, data: bytes):
    page = client.post(UPLOAD, {"file": SimpleUploadedFile("plan.docx", data)}, follow=True)
    return page, page.redirect_chain[-1][0] if page.redirect_chain else ""


def show(client, address: str, **answers):
    return client.post(address, {**answers, "_show": "x"}, follow=True)


def confirm(client, address: str, page, **answers):
    sent = {"foreseen": page.context["foreseen"], "answered": page.context["answered"]}
    return client.post(address, {**sent, **answers}, follow=True)


def questions(page) -> dict[str, str]:
    """What is asked of the words of a document, and what is chosen."""
    return {question.name: question.answer for question in page.context["questions"]}


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def test_headings_that_nobody_knows_are_asked_about_and_the_file_is_kept(client):
    page, address = send(client, strange())
    assert page.status_code == 200
    assert questions(page) == {"dimension:klimat": "", "stage:vid källan": ""}
    text = page.content.decode()
    assert "”Klimat” är ingen känd dimension" in text
    assert "Vad betyder rubriken ”Vid källan: risker och möjligheter”?" in text
    assert "I dokumentet: tabell 2, rad 3, kolumn 1." in text
    page = show(client, address, **SETTLED)
    assert questions(page) == {
        "dimension:klimat": "environment",
        "stage:vid källan": "raw_material",
    }
    confirm(client, address, page, **SETTLED)
    risk = RiskStatement.objects.get(text="Gruvavfall.")
    assert (risk.cell.stage.code, risk.cell.dimension.code) == ("raw_material", "environment")
    # Whoever may not write spellings for everybody is asked again, with the same answer.
    assert not HeadingAlias.objects.filter(folded="klimat").exists()
    page, _address = send(client, strange())
    assert questions(page)["stage:vid källan"] == "raw_material"
    assert "planen stämmer redan med dokumentet" in page.content.decode()


def test_nothing_is_imported_before_all_is_settled(client):
    _page, address = send(client, strange())
    half = show(client, address, **{"stage:vid källan": "raw_material"})
    assert questions(half) == {"dimension:klimat": "", "stage:vid källan": "raw_material"}
    refused = client.post(address, {"stage:vid källan": "raw_material", "foreseen": ""})
    assert refused.status_code == 400
    assert not ActionPlan.objects.exists()
    # What is chosen wrongly is told, and can be chosen anew.
    twice = show(client, address, **{**SETTLED, "stage:vid källan": "end_of_life"})
    assert "finns två gånger i produktområdet" not in twice.content.decode()
    wrong = show(client, address, **{**SETTLED, "stage:vid källan": "nothing"})
    assert wrong.status_code == 200
    assert wrong.context["questions"]


def test_a_row_that_is_left_out_is_told_as_not_read(client):
    _page, address = send(client, strange())
    page = show(client, address, **{**SETTLED, "stage:vid källan": "-"})
    assert questions(page)["stage:vid källan"] == "-"
    unread = dict(page.context["not_understood"].rows).values()
    assert any("Gruvavfall." in words for words in unread)


@pytest.mark.parametrize(("persona", "is_kept"), [("coordinator", False), ("superuser", True)])
def test_only_who_keeps_reference_data_remembers_for_everybody(
    as_persona, coordinator, persona, is_kept
):
    client = as_persona(persona)
    _page, address = send(client, strange())
    page = show(client, address, **SETTLED)
    assert ("Kom ihåg detta som stavningar" in page.content.decode()) is is_kept
    answer = confirm(client, address, page, **SETTLED, remember="1")
    if not is_kept:
        assert answer.status_code == 403
        assert not ActionPlan.objects.exists()
        assert not HeadingAlias.objects.filter(folded__in=["klimat", "vid källan"]).exists()
        return
    assert "2 stavningar är sparade för alla." in answer.content.decode()
    alias = HeadingAlias.objects.get(folded="vid källan")
    assert alias.stage is not None
    assert ChangeLog.objects.about(alias).get().by_name
    # Somebody else's document is now read without a question.
    page, _address = send(as_persona("coordinator"), strange())
    assert questions(page) == {}


def test_what_was_read_as_a_near_heading_can_be_told_to_be_another(client):
    word = plan(matrix_rows({("Råvara", 1): "Barnarbete."}))
    matrix_cell(word, 2, 0).text = "Råvaror"
    page, address = send(client, saved(word))
    assert questions(page) == {"stage:råvaror": "raw_material"}
    page = show(client, address, **{"stage:råvaror": "component_manufacturing"})
    cells = page.context["outcome"].document.areas[0].cells
    # The other row of that stage has no text.
    assert [cell.stage for cell in cells] == ["component_manufacturing"]


def test_a_text_is_settled_as_a_word_document_is(client):
    text = text_plan().replace("Råvara", "Vid källan", 1)
    page, address = send(client, text.encode())
    assert list(questions(page)) == ["stage:vid källan"]
    page = show(client, address, **{"stage:vid källan": "raw_material"})
    assert questions(page) == {"stage:vid källan": "raw_material"}


def test_who_coordinates_and_for_which_years_is_chosen(client):
    facts = [["Upphandlingsregion:", "Mitt"], ["Regional samordnare:", "Region Sthlm"]]
    page, address = send(client, saved(plan(title="Handlingsplan", facts=facts)))
    assert list(questions(page)) == ["period"]
    page = show(client, address, period="2023–2025")
    assert list(questions(page)) == ["period", "coordinator"]
    # Only those of one's own regions are offered.
    choices = next(q.choices for q in page.context["questions"] if q.name == "coordinator")
    regions = {label.partition(":")[0] for key, label in choices if key}
    assert regions == {"C"}
    stockholm = Organisation.objects.get(name="Region Stockholm")
    answers = {"period": "2023–2025", "coordinator": str(stockholm.pk)}
    page = show(client, address, **answers)
    assert questions(page) == answers
    confirm(client, address, page, **answers)
    made = ActionPlan.objects.get()
    assert (made.coordinator, made.first_year) == (stockholm, 2023)


def test_a_foreign_organisation_is_refused_with_a_sentence(client):
    facts = [["Upphandlingsregion:", "Mitt"]]
    _page, address = send(client, saved(plan(facts=facts)))
    foreign = Organisation.objects.exclude(procurement_region__code="C").first()
    page = client.post(address, {"coordinator": str(foreign.pk), "_show": "x"})
    assert page.status_code == 400
    assert "som du inte samordnar" in page.content.decode()
    for forged in ("9" * 40, "x", "-1"):
        assert show(client, address, coordinator=forged).status_code == 200


def test_a_spelling_of_an_organisation_or_a_category_is_remembered(as_persona):
    client = as_persona("superuser")
    stored = PlanFactory(category__name="Serverhallar").category
    facts = [["Upphandlingsregion:", "C"], ["Regional samordnare:", "Region Sthlm"]]
    stockholm = Organisation.objects.get(name="Region Stockholm")
    answers = {"coordinator": str(stockholm.pk), "category": stored.name}
    _page, address = send(client, saved(plan(facts=facts)))
    page = show(client, address, **answers)
    assert questions(page) == {"category": stored.name, "coordinator": str(stockholm.pk)}
    confirm(client, address, page, **answers, remember="1")
    aliases = HeadingAlias.objects.filter(stage=None, dimension=None)
    assert {alias.folded for alias in aliases} == {"servrar", "region sthlm"}
    page, _address = send(client, saved(plan(facts=facts)))
    assert questions(page) == {}
    assert not PurchasingCategory.objects.filter(name="Servrar").exists()
    assert "planen stämmer redan med dokumentet" in page.content.decode()


def test_a_document_without_a_category_is_asked_what_it_is_about(client):
    stored = PlanFactory(category__name="Serverhallar").category
    page, address = send(client, saved(plan(category="")))
    assert questions(page) == {"category": ""}
    page = show(client, address, category=stored.name)
    assert questions(page) == {"category": stored.name}
    assert page.context["outcome"].plan.category == stored


def test_faults_that_only_the_document_can_mend_keep_no_file(client):
    word = plan(matrix_rows({("Råvara", 1): "Barnarbete."}))
    matrix_cell(word, 2, 0).text = "Vid källan"
    matrix_cell(word, 3, 0).text = "Avfall"
    matrix_cell(word, 3, 1).text = "Dubbelt."
    matrix_cell(word, 6, 1).text = "Dubbelt."
    page, address = send(client, saved(word))
    assert (page.status_code, address) == (400, "")
    assert not PlanUpload.objects.exists()


def test_few_documents_of_a_person_wait_and_she_goes_on_with_any_of_them(client, as_persona):
    for number in range(12):
        send(client, strange() + bytes(number))
    assert PlanUpload.objects.count() == 10
    page = client.get(UPLOAD).content.decode()
    newest = PlanUpload.objects.first()
    assert f'href="{reverse("admin:risks_import_preview", args=[newest.pk])}"' in page
    assert page.count("plan.docx") == 10
    assert "plan.docx" not in as_persona("other_coordinator").get(UPLOAD).content.decode()
    # Those of others are left in peace.
    send(as_persona("superuser"), strange())
    assert PlanUpload.objects.count() == 11
