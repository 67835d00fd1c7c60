"""Words of an Excel file that mean nothing here: asked on its preview, settled in one round."""

import io

import pytest
import tablib
from django.urls import reverse

from actionplan.excel.formats import SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.excel.importing.settling import SettledWords
from actionplan.excel.lists import LEFT_OUT
from actionplan.models import Membership, Role, SheetWord
from risks.admin.sheets import STATEMENTS
from risks.models import HeadingAlias, RiskStatement
from tests.factories import AreaFactory
from tests.risks.admin.test_sheets import exported, new_row, of

HEADERS = list(STATEMENTS.by_name)


def data(rows: list[dict]) -> tablib.Dataset:
    return tablib.Dataset(*[[row.get(n, "") for n in HEADERS] for row in rows], headers=HEADERS)


def bring(user, rows: list[dict], meanings: dict[str, str] | None = None, **options):
    settled = SettledWords(meanings or {}, **options)
    sheet = ResourceFront(STATEMENTS, user)
    return sheet.import_data(data(rows), file_name="risker.xlsx", settled=settled)


def questions_of(result) -> dict[str, str]:
    return {question.word.words: question.word.key for question in result.questions}


@pytest.fixture
def faulty_rows(plan) -> list[dict]:
    """A row that is right, and one wrong in all that can be settled."""
    wrong = new_row(
        plan,
        area_number=9,
        area="Okänt",
        stage="Råmaterial",
        dimension="Natur",
        kind="Fara",
        text="En till.",
    )
    return [new_row(plan), wrong]


def test_all_unknown_words_are_asked_about_in_one_round(coordinator, faulty_rows):
    result = bring(coordinator, faulty_rows)
    words = questions_of(result)
    assert set(words) == {"9 Okänt", "Råmaterial", "Natur", "Fara"}
    assert {question.rows for question in result.questions} == {"3"}
    answers = ("1", "raw_material", "environment", "opportunity")
    meanings = dict(
        zip((words[w] for w in ("9 Okänt", "Råmaterial", "Natur", "Fara")), answers, strict=True)
    )
    assert not bring(coordinator, faulty_rows, meanings).has_validation_errors()
    statement = RiskStatement.objects.get(text="En till.")
    assert statement.kind == "opportunity"
    cell = statement.cell
    assert (cell.product_area.number, cell.stage.code) == (1, "raw_material")
    assert not HeadingAlias.objects.filter(folded="råmaterial").exists()


def test_a_file_without_faults_is_asked_nothing(plan, coordinator):
    result = bring(
        coordinator,
        [new_row(plan)],
    )
    assert not result.questions
    assert RiskStatement.objects.filter(text="Ny risk.").exists()


def test_rows_can_be_left_out_and_other_answers_than_the_offered_ones_count_for_nothing(
    coordinator, faulty_rows
):
    key = questions_of(bring(coordinator, faulty_rows))["Råmaterial"]
    assert bring(coordinator, faulty_rows, {key: "<script>"}).has_validation_errors()
    result = bring(coordinator, faulty_rows, {key: LEFT_OUT})
    assert not result.has_validation_errors()
    assert (result.totals["new"], result.totals["skip"]) == (1, 1)


def test_an_area_whose_name_is_not_that_of_its_number_is_asked_about(plan, coordinator):
    other = AreaFactory(plan=plan, number=7, name="Nätverk")
    row = new_row(plan, area_number=1, area="Nätverk")
    ((words, key),) = questions_of(bring(coordinator, [row])).items()
    assert words == "1 Nätverk"
    bring(coordinator, [row], {key: "7"})
    assert RiskStatement.objects.get(text="Ny risk.").cell.product_area == other


def test_a_plan_that_is_named_in_words_is_chosen_among_the_own_ones(plan, coordinator):
    row = new_row(plan, area_number=9) | {"plan": "Vår plan"}
    result = bring(coordinator, [row])
    (question,) = result.questions
    assert [value for value, _label in question.choices] == [plan.slug, LEFT_OUT]
    # What the areas are is known once the plan is.
    again = bring(coordinator, [row], {question.word.key: plan.slug})
    assert set(questions_of(again)) == {"Vår plan", "9"}


def test_a_row_that_is_stored_keeps_what_its_file_only_tells(plan, coordinator):
    row = exported(coordinator, **of(plan))[0] | {"stage": "Råmaterial", "stage_code": ""}
    front = ResourceFront(STATEMENTS, coordinator)
    (question,) = front.import_data(data([row]), dry_run=True).questions
    code = RiskStatement.objects.get(pk=row["id"]).cell.stage.code
    settled = SettledWords({question.word.key: code})
    result = front.import_data(data([row]), dry_run=True, settled=settled)
    assert (result.totals["skip"], result.notices) == (1, [])


def test_spellings_are_kept_by_those_who_keep_reference_data(coordinator, stockholm, faulty_rows):
    rows = [faulty_rows[1] | {"area_number": 1, "area": "", "kind": "risk"}]
    words = questions_of(bring(coordinator, rows))
    meanings = {words["Råmaterial"]: "raw_material", words["Natur"]: "environment"}
    assert not bring(coordinator, rows, meanings, is_kept=True).has_validation_errors()
    assert not HeadingAlias.objects.filter(folded="råmaterial").exists()
    Membership.objects.create(user=coordinator, role=Role.ADMINISTRATOR, organisation=stockholm)
    coordinator = type(coordinator).objects.get(pk=coordinator.pk)
    bring(coordinator, [rows[0] | {"text": "En tredje."}], meanings, is_kept=True)
    assert HeadingAlias.objects.get(folded="råmaterial").stage.code == "raw_material"
    assert not bring(coordinator, [rows[0] | {"text": "En fjärde."}]).has_validation_errors()


def upload(client, rows: list[dict]):
    file = io.BytesIO(SafeXLSX().export_data(data(rows)))
    file.name = "risker.xlsx"
    sent = {"import_file": file, "format": "0", "resource": "0"}
    return client.post(reverse("admin:risks_riskstatement_import"), sent)


def answer(client, response, **answers):
    """Send what the words mean, as the page's form does."""
    form = response.context["settling_form"]
    sent = {field.html_name: field.value() or "" for field in form.hidden_fields()}
    return client.post(
        reverse("admin:risks_riskstatement_import"), {**sent, "_settle": "1", **answers}
    )


def test_the_page_asks_shows_the_changes_and_stores_them(as_persona, faulty_rows):
    client = as_persona("coordinator")
    page = upload(client, faulty_rows)
    assert "confirm_form" not in page.context
    names = {q.word.words: q.name for q in page.context["result"].questions}
    meanings = {
        names["9 Okänt"]: "1",
        names["Råmaterial"]: "raw_material",
        names["Natur"]: "environment",
        names["Fara"]: "risk",
    }
    some = answer(client, page, **dict(list(meanings.items())[:2]))
    kept = [question.answer for question in some.context["result"].questions]
    assert sorted(filter(None, kept)) == ["1", "raw_material"]
    page = answer(client, some, **meanings)
    sent = page.context["confirm_form"].initial
    assert not RiskStatement.objects.filter(text="En till.").exists()
    sent = {name: value for name, value in sent.items() if value is not None}
    client.post(reverse("admin:risks_riskstatement_process_import"), sent)
    assert RiskStatement.objects.filter(text="En till.").exists()


def kept_words() -> set[tuple[str, str, str]]:
    return set(SheetWord.objects.values_list("scope", "folded", "meaning"))


def test_words_are_remembered_by_those_who_may(coordinator, stockholm, plan, faulty_rows):
    """Choice words for everybody by who keeps reference data; areas by who edits the plan."""
    words = questions_of(bring(coordinator, faulty_rows))
    answers = {"9 Okänt": "1", "Råmaterial": "raw_material", "Natur": "environment"}
    meanings = {words[name]: value for name, value in {**answers, "Fara": "opportunity"}.items()}
    bring(coordinator, faulty_rows, meanings)
    assert kept_words() == set()
    faulty_rows[1]["text"] = "En tredje."
    bring(coordinator, faulty_rows, meanings, is_kept=True)
    assert kept_words() == {(plan.slug, "9 okänt", "1")}
    Membership.objects.create(user=coordinator, role=Role.ADMINISTRATOR, organisation=stockholm)
    coordinator = type(coordinator).objects.get(pk=coordinator.pk)
    faulty_rows[1]["text"] = "En fjärde."
    bring(coordinator, faulty_rows, meanings, is_kept=True)
    assert kept_words() == {(plan.slug, "9 okänt", "1"), ("", "fara", "opportunity")}
    # The next file is asked about nothing, and tells what its words are taken to mean.
    faulty_rows[1]["text"] = "En femte."
    result = bring(coordinator, faulty_rows)
    assert not result.has_validation_errors()
    assert {question.answer for question in result.questions} == {"1", "opportunity"}
    assert RiskStatement.objects.get(text="En femte.").kind == "opportunity"
    # Another answer takes the place of the one before.
    faulty_rows[1]["text"] = "En sjätte."
    bring(coordinator, faulty_rows, {words["Fara"]: "risk"}, is_kept=True)
    assert ("", "fara", "risk") in kept_words()
    assert len(kept_words()) == 2


def test_a_number_that_has_become_another_area_is_asked_about_again(plan, coordinator):
    area = AreaFactory(plan=plan, number=7, name="Nätverk")
    row = new_row(plan, area_number=9, area="Okänt")
    ((_words, key),) = questions_of(bring(coordinator, [row])).items()
    bring(coordinator, [row], {key: "7"}, is_kept=True)
    again = [row | {"text": "En till."}]
    assert not bring(coordinator, again).has_validation_errors()
    area.name = "Skrivare"
    area.save()
    result = bring(coordinator, [row | {"text": "En tredje."}])
    assert result.has_validation_errors()
    assert [question.answer for question in result.questions] == [""]


def test_an_area_of_another_plan_is_no_answer_and_left_out_rows_are_asked_about_again(
    plan, coordinator, faulty_rows
):
    words = questions_of(bring(coordinator, faulty_rows))
    bring(coordinator, faulty_rows, {words["9 Okänt"]: LEFT_OUT}, is_kept=True)
    assert kept_words() == set()
    SheetWord.objects.create(
        sheet="risks.RiskStatement",
        column="area_number",
        scope="nagon-annans",
        folded="9 okänt",
        meaning="1",
    )
    assert bring(coordinator, faulty_rows).has_validation_errors()


def test_who_keeps_no_reference_data_is_offered_the_own_plans_words_only(
    as_persona, plan, faulty_rows
):
    client = as_persona("coordinator")
    page = upload(client, faulty_rows)
    assert "Kom ihåg vad produktområden och mål betyder" in page.content.decode()
    page = upload(client, [faulty_rows[1] | {"area_number": 1, "area": ""}])
    assert 'name="remember"' not in page.content.decode()


@pytest.mark.parametrize("words", ["[1]", "{", '{"a": 1}', "[" * 5000])
def test_answers_that_no_page_sent_are_refused(as_persona, faulty_rows, words):
    client = as_persona("coordinator")
    page = upload(client, faulty_rows)
    initial = {**page.context["settling_form"].initial, "words": words}
    response = client.post(reverse("admin:risks_riskstatement_process_import"), initial)
    assert response.status_code == 302
    assert not RiskStatement.objects.filter(text="En till.").exists()
