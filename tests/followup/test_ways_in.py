"""Whatever way a text comes in, nothing is stored in it that nobody sees: no search meets it."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from openpyxl import load_workbook

from actionplan.admin.sheets import INDICATORS
from actionplan.excel.formats import SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.models import ActionPlan, Goal, Indicator
from actionplan.text import HYPHEN, INVISIBLE, LIGATURE, SPACE
from followup.actions.follow_ups import ask
from followup.excel.questionnaire import questionnaire_file
from followup.models import FollowUp, Question
from requirements_pkg.excel.columns import REQUIREMENTS
from requirements_pkg.models import PackageVersion, Requirement
from risks.models import PlanUpload, RiskCell, RiskStatement
from tests.project.back_office.test_forged_posts import rows_of
from tests.requirements_pkg import sheets
from tests.risks.admin.test_sheets import bring, new_row
from tests.risks.analyses import TABLE

EXAMPLE = Path(settings.BASE_DIR / "examples/handlingsplan-it-teknisk-plattform.docx")
# A soft hyphen, a zero-width space, direction marks, a joined letter, two hyphens and spaces.
UNSEEN = "\u00ad\u200b\u200e\u202a\u202c\ufeff"
DIRTY = f"Gru{UNSEEN}v\u00a0av\u202f{UNSEEN}ko\ufb00ert\u2010tr\u00e5d a\u030a{UNSEEN}"
SEEN = "Gruv av kofferttråd å".replace("kofferttråd", "koffert-tråd")
UNSEEN_SIGNS = re.compile("|".join(sign.pattern for sign in (INVISIBLE, SPACE, LIGATURE, HYPHEN)))
TEXTS = (models.CharField, models.TextField, models.JSONField)


def unseen() -> list[str]:
    """The columns of every table of ours that hold what nobody sees."""
    columns = []
    for app in ("actionplan", "risks", "requirements_pkg", "followup"):
        for model in apps.get_app_config(app).get_models():
            names = [
                field.attname for field in model._meta.concrete_fields if isinstance(field, TEXTS)
            ]
            for row in model._base_manager.values(*names):
                row_text = json.dumps(row, ensure_ascii=False, default=str)
                # Numbers in threes are ours, in sentences that we make.
                if UNSEEN_SIGNS.search(row_text):
                    columns.append(f"{model._meta.label}: {row_text}")
    return columns


def dirtied(text: str) -> str:
    """A text with signs that nobody sees after the first letter of each of its words."""
    return re.sub(r"(?<=\b[^\W\d_])(?=[^\W\d_])", UNSEEN, text)


def run(name: str, *args: object) -> None:
    call_command(name, *map(str, args), stdout=io.StringIO())


@pytest.mark.django_db
def test_a_word_document(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(EXAMPLE) as old, zipfile.ZipFile(data, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "word/document.xml":
                texts = re.compile(r"(?<=>)([^<]+)(?=</w:t>)")
                content = texts.sub(lambda at: dirtied(at[0]), content.decode()).encode()
            new.writestr(part, content)
    file = tmp_path / "plan.docx"
    file.write_bytes(data.getvalue())
    run("import_plan", file)
    assert RiskStatement.objects.count() > 50
    assert unseen() == []
    run("import_plan", EXAMPLE)
    assert ActionPlan.objects.count() == 1


@pytest.mark.django_db
def test_a_plan_as_text(tmp_path):
    file = tmp_path / "plan.txt"
    file.write_text(dirtied(EXAMPLE.with_suffix(".txt").read_text()))
    run("import_plan", file)
    assert RiskStatement.objects.count() > 50
    assert unseen() == []


def test_a_national_analysis_and_where_it_is_from(plan, tmp_path):
    file = tmp_path / "analys.txt"
    file.write_text(dirtied(TABLE))
    source = f"https://example.se/{UNSEEN}analys"
    run("import_risk_levels", file, "--plan", plan.slug, "--area", 1, "--source", source)
    assert RiskCell.objects.filter(level_source="https://example.se/analys").exists()
    assert unseen() == []


def test_a_list_of_requirements(requirements, coordinator):
    texts = ("title", "text", "rationale", "verification", "follow_up_method")
    row = sheets.new_row(requirements[0].package, **dict.fromkeys(texts, DIRTY))
    data = SafeXLSX().export_data(sheets.dataset([row]))
    result = ResourceFront(REQUIREMENTS, coordinator).import_data(SafeXLSX().create_dataset(data))
    assert sheets.sentences(result) == ""
    assert Requirement.objects.get(code="SE-90").title == SEEN
    assert unseen() == []


def test_a_list_of_risks(plan, coordinator):
    assert not bring(coordinator, [new_row(plan, text=DIRTY)]).faults
    assert RiskStatement.objects.get(text=SEEN)
    assert unseen() == []


def test_a_list_of_indicators(plan, coordinator):
    rows = ResourceFront(INDICATORS, coordinator).export(Indicator.objects.all())
    made = load_workbook(io.BytesIO(SafeXLSX().export_data(rows)))
    sheet, out = made.worksheets[0], io.BytesIO()
    headings = [cell.value for cell in sheet[1]]
    for name, value in (("text", DIRTY), ("unit", f"st{UNSEEN}")):
        heading = str(INDICATORS.by_name[name].column.label)
        sheet.cell(2, headings.index(heading) + 1).value = value
    made.save(out)
    result = ResourceFront(INDICATORS, coordinator).import_data(
        SafeXLSX().create_dataset(out.getvalue())
    )
    assert not result.faults
    assert Indicator.objects.filter(text=SEEN, unit="st").count() == 1
    assert unseen() == []


@pytest.fixture
def sent(follow_up, requirements, coordinator) -> FollowUp:
    ask(follow_up=follow_up, requirement_uids=[str(requirements[0].uid)], by=coordinator)
    FollowUp.objects.filter(pk=follow_up.pk).update(status="sent")
    follow_up.refresh_from_db()
    return follow_up


def test_the_answers_of_a_questionnaire(sent, as_persona):
    made, out = load_workbook(io.BytesIO(questionnaire_file(sent))), io.BytesIO()
    for column, value in enumerate((f"j{UNSEEN}a", DIRTY, DIRTY), start=5):
        made["Frågor"].cell(2, column).value = value
    made.save(out)
    client = as_persona("coordinator")
    address = reverse("admin:followup_read_answers", args=[sent.pk])
    file = SimpleUploadedFile(f"sva{UNSEEN}r.xlsx", out.getvalue())
    preview = client.post(address, {"file": file})
    client.post(address, {"sealed": preview.context["sealed"]})
    question = Question.objects.get(answer="yes")
    assert (question.comment, question.evidence) == (SEEN, SEEN)
    assert unseen() == []


def test_a_form(plan, as_persona):
    client = as_persona("coordinator")
    goal = Goal.objects.get()
    address = reverse("admin:actionplan_goal_change", args=[goal.pk])
    data = rows_of(client.get(address))
    saved = client.post(address, {**data, "text": DIRTY})
    assert saved.status_code == 302, saved.context["errors"]
    assert Goal.objects.get().text == SEEN
    assert unseen() == []


def test_a_note_of_the_command_that_publishes(requirements, coordinator, reviewer):
    names = (coordinator.username, reviewer.username)
    slug = requirements[0].package.slug
    run("publish_package", slug, "--by", names[0], "--approved-by", names[1], "--note", DIRTY)
    assert PackageVersion.objects.get().note == SEEN
    assert unseen() == []


def test_the_name_of_a_file(plan, as_persona):
    # A Mac writes å as two signs.
    name = f"pla{UNSEEN}n a\u030ar.docx"
    file = SimpleUploadedFile(name, EXAMPLE.read_bytes())
    as_persona("coordinator").post("/admin/risks/riskmatrix/importera/", {"file": file})
    assert PlanUpload.objects.get().file_name == "plan år.docx"
    assert unseen() == []
