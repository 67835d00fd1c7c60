"""What an import asks: whether words under a number, or a category, are those in the plan."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from actionplan.models import ActionPlan, PurchasingCategory
from actionplan.word.document import Area
from actionplan.word.writing.writer import write_docx
from risks.exporting.document import grid_names
from risks.importing.category import nearest
from tests.risks.importing.test_import_goals import dated, goal, put, sub
from tests.risks.importing.test_importing_edges import document

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/risks/riskmatrix/importera/"
BEFORE = goal(1, "Mål", sub("1.1", "Krav finns", "Kraven är beslutade"))
AFTER = goal(1, "Mål", sub("1.1", "Krav finns", "Två revisioner genomförda"))


def written(*goals, **fields) -> bytes:
    names = grid_names()
    return write_docx(document(Area(1, "stolar"), goals=goals, **fields), **names)


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def preview(client, data: bytes):
    """The preview of a document, and its address."""
    page = client.post(UPLOAD, {"file": SimpleUploadedFile("plan.docx", data)}, follow=True)
    return page, page.redirect_chain[-1][0]


def fields(page, **given):
    """What the form of a preview sends, with other answers."""
    context = page.context
    return {"foreseen": context["foreseen"], "answered": context["answered"], **given}


@pytest.fixture
def question_page(client):
    """The preview of a document that has other words for an indicator with a due day."""
    put(BEFORE)
    return dated("Kraven är beslutade"), *preview(client, written(AFTER))


def test_a_preview_asks_and_shows_both_texts(question_page):
    old, page, _address = question_page
    text = page.content.decode()
    assert "Målindikator 1.1 har fått en ny formulering. Är det samma sak?" in text
    assert f'value="indicator-{old.pk}"' in text
    assert "Kraven är beslutade" in text
    assert "checked" not in text


def test_what_is_confirmed_without_an_answer_is_not_the_same(client, question_page):
    old, page, address = question_page
    client.post(address, fields(page))
    assert not type(old).objects.filter(pk=old.pk).exists()


def test_an_answer_is_shown_before_it_is_confirmed(client, question_page):
    old, page, address = question_page
    same = {"same": [f"indicator-{old.pk}"]}
    # Without a script: the answer is sent, and its changes come back to be confirmed.
    response = client.post(address, {**fields(page), **same, "_show": "x"}, follow=True)
    assert "checked" in response.content.decode()
    assert [change.kind for change in response.context["outcome"].changes] == ["changed"]
    client.post(address, {**fields(response), **same})
    old.refresh_from_db()
    assert old.text == "Två revisioner genomförda"


def test_an_answer_that_was_not_shown_is_not_confirmed(client, question_page):
    old, page, address = question_page
    same = {"same": [f"indicator-{old.pk}"]}
    again = client.post(address, {**fields(page), **same}, follow=True)
    assert "Du ändrade ett svar" in again.content.decode()
    old.refresh_from_db()
    assert old.text == "Kraven är beslutade"


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("IT teknisk plattform", ["IT, teknisk plattform", "Möbler"], ("IT, teknisk plattform",)),
        ("IT-teknisk plattform", ["IT teknisk plattform"], ("IT teknisk plattform",)),
        ("Kirurgi instrument", ["Kirurgiska instrument"], ("Kirurgiska instrument",)),
        ("ITteknisk plattform", ["IT, teknisk plattform"], ("IT, teknisk plattform",)),
        ("IT-arbetsplats", ["IT-teknisk plattform"], ()),
        ("Livsmedel", ["Läkemedel"], ()),
        ("it-ARBETSPLATS", ["IT-arbetsplats", "IT arbetsplats"], ()),
    ],
)
def test_a_category_is_near_another_by_its_letters_and_words(name, known, near):
    assert nearest(name, known) == near


@pytest.fixture
def near():
    """A document whose category is nearly one that is stored."""
    put(BEFORE)
    return written(BEFORE, category="Prov-kategori")


def test_a_preview_asks_before_a_second_plan_is_made(client, near):
    page, address = preview(client, near)
    text = page.content.decode()
    assert "Inköpskategorin ”Prov-kategori” liknar en annan. Är det samma kategori?" in text
    assert 'value="Importera"' not in text
    refused = client.post(address, fields(page))
    assert refused.status_code == 400
    assert ActionPlan.objects.count() == 1
    response = client.post(address, fields(page, category="Provkategori", _show="x"), follow=True)
    assert len(response.context["outcome"].changes) == 0
    response = client.post(address, fields(page, category="Prov-kategori", _show="x"), follow=True)
    client.post(address, fields(response, category="Prov-kategori"))
    assert set(PurchasingCategory.objects.values_list("name", flat=True)) == {
        "Provkategori",
        "Prov-kategori",
    }


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_the_command_refuses_a_category_that_is_nearly_a_stored_one(near, tmp_path, dry):
    file, err, out = tmp_path / "plan.docx", StringIO(), StringIO()
    file.write_bytes(near)
    with pytest.raises(SystemExit):
        call_command("import_plan", str(file), *dry, stderr=err)
    assert "Menade du Provkategori? --category Provkategori | Prov-kategori" in err.getvalue()
    with pytest.raises(SystemExit):
        call_command("import_plan", str(file), *dry, "--category", "Provkat", stderr=err)
    assert "Det finns ingen inköpskategori ”Provkat”." in err.getvalue()
    call_command("import_plan", str(file), *dry, "--category", "Provkategori", stdout=out)
    assert ActionPlan.objects.count() == 1


def test_the_command_tells_its_questions_and_takes_the_answers(tmp_path):
    put(BEFORE)
    old = dated("Kraven är beslutade")
    file, out = tmp_path / "plan.docx", StringIO()
    file.write_bytes(written(AFTER))
    call_command("import_plan", str(file), "--dry-run", stdout=out)
    assert f"[indicator-{old.pk}] Målindikator 1.1 har fått en ny formulering" in out.getvalue()
    call_command("import_plan", str(file), "--same", f"indicator-{old.pk}", stdout=out)
    old.refresh_from_db()
    assert old.text == "Två revisioner genomförda"
