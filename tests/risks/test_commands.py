"""The commands other programs rely on."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from actionplan.models import ActionPlan
from requirements_pkg.models import PackageVersion
from risks.models import RiskCell

EXAMPLE = Path(settings.BASE_DIR / "examples/handlingsplan-it-teknisk-plattform.docx")
SLUG = "it-teknisk-plattform"


def run(name: str, *args) -> str:
    out = StringIO()
    call_command(name, *map(str, args), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_importing_tells_what_changed_and_then_nothing():
    assert "ändringar." in run("import_plan", EXAMPLE)
    assert run("import_plan", EXAMPLE).strip() == f"{SLUG}: 0 ändringar."


@pytest.mark.django_db
def test_a_dry_run_stores_nothing():
    assert "inget sparat" in run("import_plan", EXAMPLE, "--dry-run")
    assert not ActionPlan.objects.exists()


@pytest.mark.django_db
def test_the_outcome_as_json():
    report = json.loads(run("import_plan", EXAMPLE, "--json"))
    assert (report["slug"], report["created"], report["dry_run"]) == (SLUG, True, False)
    assert report["not_understood"] == []
    assert len(report["plan"]["product_areas"]) == 3
    assert report["changes"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "Filen är tom. Välj en annan fil.", id="empty"),
        pytest.param("hej\tpå\tdig", "saknas", id="no plan"),
    ],
)
def test_a_bad_file_exits_with_one_sentence_per_fault(tmp_path, capsys, text, sentence):
    file = tmp_path / "plan.txt"
    file.write_text(text)
    with pytest.raises(SystemExit) as stopped:
        call_command("import_plan", str(file))
    assert stopped.value.code == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert all(line.startswith(f"{file}: ") for line in lines)
    assert any(sentence in line for line in lines)
    assert not ActionPlan.objects.exists()


@pytest.mark.django_db
def test_a_fault_says_where_it_stands(tmp_path, capsys):
    text = EXAMPLE.with_suffix(".txt").read_text().replace("Råvara:", "Rymden:", 1)
    file = tmp_path / "plan.txt"
    file.write_text(text)
    with pytest.raises(SystemExit):
        call_command("import_plan", str(file))
    error = capsys.readouterr().err
    assert "rad " in error
    assert "”Rymden" in error


@pytest.fixture
def spelt(tmp_path):
    """The example with another heading for a stage."""

    def write(heading: str) -> Path:
        text = EXAMPLE.with_suffix(".txt").read_text().replace("Råvara:", f"{heading}:", 1)
        file = tmp_path / "plan.txt"
        file.write_text(text)
        return file

    return write


@pytest.mark.django_db
def test_a_heading_close_to_a_known_one_is_told_as_what_it_was_read(spelt):
    file = spelt("Råvaror")
    sentence = "”Råvaror: risker och möjligheter” är läst som Råvara."
    assert sentence in run("import_plan", file, "--dry-run")
    (note,) = json.loads(run("import_plan", file, "--dry-run", "--json"))["read_as"]
    assert (note["what"], note["read_as"]) == ("read_as", "Råvara")
    assert note["place"].startswith("textrad ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Tillverkning", "Menade du Komponenttillverkning eller Sluttillverkning?"),
        ("Råvara och avfall", "kan vara mer än en känd rubrik. Menade du"),
    ],
)
def test_a_heading_that_is_near_none_or_two_asks_what_was_meant(spelt, capsys, heading, question):
    with pytest.raises(SystemExit):
        call_command("import_plan", str(spelt(heading)))
    assert question in capsys.readouterr().err


@pytest.mark.django_db
def test_a_missing_file_is_told(capsys):
    with pytest.raises(SystemExit):
        call_command("import_plan", "/finns/inte.docx")
    assert "/finns/inte.docx" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["docx", "txt"])
def test_what_is_exported_is_imported_without_a_change(tmp_path, form):
    run("import_plan", EXAMPLE)
    file = tmp_path / f"plan.{form}"
    run("export_plan", SLUG, "--format", form, "--output", file)
    assert run("import_plan", file).strip() == f"{SLUG}: 0 ändringar."


@pytest.mark.django_db
def test_the_json_has_the_names_that_programs_rely_on(tmp_path):
    run("import_plan", EXAMPLE)
    file = tmp_path / "plan.json"
    run("export_plan", SLUG, "--format", "json", "--output", file)
    plan = json.loads(file.read_text())
    assert set(plan) == {
        "category",
        "period",
        "procurement_region",
        "coordinator",
        "contacts",
        "introduction",
        "product_areas",
        "goals",
    }
    cells = [cell for area in plan["product_areas"] for cell in area["cells"]]
    assert len(cells) == RiskCell.objects.assessed().count()
    for cell in cells:
        assert cell["text"] == " ".join(s["text"] for s in cell["statements"])
        assert {s["kind"] for s in cell["statements"]} <= {"risk", "opportunity"}


@pytest.mark.django_db
def test_an_unknown_plan_is_told(tmp_path):
    with pytest.raises(CommandError, match="finns-inte"):
        run("export_plan", "finns-inte", "--format", "json", "--output", tmp_path / "x.json")


@pytest.mark.django_db
def test_a_plan_is_published_from_the_command_line(coordinator, reviewer):
    run("import_plan", EXAMPLE)
    output = run(
        "publish_package", SLUG, "--by", "coordinator", "--approved-by", "reviewer", "--note", "Ny"
    )
    version = PackageVersion.objects.get()
    assert output.split() == [SLUG, "v1", version.sha256]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "approved_by", "sentence"),
    [
        pytest.param("coordinator", "coordinator", "another person", id="their own"),
        pytest.param("analyst", "reviewer", "coordinator", id="not a coordinator"),
        pytest.param("nobody", "reviewer", "nobody", id="unknown"),
    ],
)
def test_the_command_line_obeys_the_roles(
    coordinator, reviewer, analyst, by, approved_by, sentence
):
    run("import_plan", EXAMPLE)
    with pytest.raises(CommandError, match=sentence):
        run("publish_package", SLUG, "--by", by, "--approved-by", approved_by, "--note", "Ny")
    assert not PackageVersion.objects.exists()
