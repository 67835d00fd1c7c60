"""The quality rules: each is broken once, and a clean draft breaks none."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from requirements_pkg.document.reading import read
from requirements_pkg.drafting.quality import findings
from requirements_pkg.drafting.quality_case import DraftContext, PlaceKind, RuleSeverity
from requirements_pkg.drafting.quality_rules import RULES
from tests.factories.contents import a_cell, a_content, a_requirement, a_treatment

TODAY = date(2026, 11, 25)
OLD = {"title": "Gammal", "url": "https://example.org/", "dated": "2023-11-24"}
MODULE = {"slug": "uppforandekod", "title": "Uppförandekod", "version": 1}
OF_MODULE = {"slug": "uppforandekod", "version": 1}


def clean(*requirements, **fields):
    """A content that no rule remarks on."""
    source = {"title": "Förordning", "url": "https://example.org/1", "dated": "2026-01-01"}
    whole = requirements or (a_requirement(sources=[source]),)
    content = a_content(*whole, **fields)
    if content["plan"] is not None:
        content["plan"]["product_areas"][1]["cells"] = [
            a_cell("raw_material", "environment", "Gruvor förorenar vatten.", level="high")
        ]
    return content


def broken(**fields):
    """A content of which the one requirement has these values."""
    source = {"title": "Förordning", "url": "https://example.org/1", "dated": "2026-01-01"}
    return clean(a_requirement(**{"sources": [source], **fields}))


def pair(**fields):
    """A basic requirement and an advanced one with these values."""
    return clean(a_requirement("SE-01"), a_requirement("SE-02", **fields))


UID = a_requirement("SE-01")["uid"]
WITHDRAWN = {"on": "2026-01-31", "reason": "Lagen.", "successor": None}


def with_cell(**fields):
    content = clean()
    content["plan"]["product_areas"][0]["cells"] = [a_cell("use", "environment", **fields)]
    return content


def without_introduction():
    content = clean()
    content["package"]["introduction"] = " "
    return content


CASES = {
    "KR01": broken(text="  "),
    "KR02": broken(text="Inom [antal veckor veckor."),
    "KR03": broken(cpv=["48820000-3"]),
    "KR04": clean(a_requirement(), a_requirement(uid="another", module=OF_MODULE)),
    "KR05": broken(kind="award", max_points=10),
    "KR06": pair(level="basic", replaces=UID),
    "KR07": broken(state="withdrawn", withdrawn=None),
    # Its successor has gone from the package; one that is withdrawn too leads on (KR08 is silent).
    "KR08": clean(
        a_requirement("SE-02", state="withdrawn", withdrawn={**WITHDRAWN, "successor": "gone"}),
    ),
    "KR09": broken(sources=[{**OLD, "url": "htps://example", "dated": ""}]),
    "KR10": broken(verification=""),
    "KR11": broken(follow_up_method=" "),
    "KR12": broken(treats=[]),
    "KR13": broken(product_areas=[1]),
    "KR14": broken(
        product_areas=[], treats=[a_treatment(), a_treatment(product_area=1, stage="use")]
    ),
    "KR15": with_cell(level="high", assessment="not_assessed"),
    "KR16": with_cell(level="high", statements=[{"kind": "risk", "text": "Buller."}]),
    "KR17": clean(),
    "KR18": broken(level="advanced", rationale=""),
    "KR19": broken(text="Produkten ska vara märkt enligt TCO Certified."),
    "KR20": broken(sources=[]),
    "KR21": broken(rationale=""),
    "KR22": clean(modules=[MODULE]),
    "KR23": clean(modules=[MODULE]),
    "KR24": broken(guidance=""),
    "KR25": broken(text="Ord och " * 200),
    "KR26": broken(cpv=[]),
    "KR27": broken(sources=[OLD]),
    "KR28": broken(serves=[]),
    "KR29": without_introduction(),
    "KR30": clean(),
    "KR31": broken(kind="award", max_points=20, scale="10 poäng: alla\n0 poäng: ingen"),
}
CASES["KR14"]["plan"]["product_areas"][0]["cells"] = [
    a_cell("use", "environment", "Ingen rådighet över", assessment="no_leverage")
]
FACTS = {
    "KR17": DraftContext(suspects=("SE-01", "SE-01")),
    "KR22": DraftContext(withdrawn=("uppforandekod",)),
    "KR23": DraftContext(newer={"uppforandekod": 3}),
    "KR30": DraftContext(has_contact=False),
}


@pytest.mark.parametrize(
    "scale",
    ["En poäng per år.", "1–20 poäng efter anbudsområde", "20 poäng: alla\n5 poäng: hälften"],
)
def test_a_scale_that_ends_at_the_maximum_or_has_no_steps_is_not_remarked_on(scale):
    content = broken(kind="award", max_points=20, scale=scale)
    assert "KR31" not in numbers(content)


def numbers(content, facts=None) -> list[str]:
    report = findings(read(content), facts or DraftContext(today=TODAY))
    return [finding.rule.number for finding in report.all]


def test_a_clean_draft_is_not_remarked_on():
    assert numbers(clean()) == []


@pytest.mark.parametrize("number", [rule.number for rule in RULES])
def test_a_rule_finds_what_breaks_it_and_nothing_in_a_clean_draft(number):
    all_findings = findings(read(CASES[number]), FACTS.get(number, DraftContext(today=TODAY))).all
    mine = [finding for finding in all_findings if finding.rule.number == number]
    assert mine
    assert all(finding.sentence for finding in mine)
    others = {
        finding.rule.number
        for finding in all_findings
        if finding.rule.severity == RuleSeverity.ERROR
    }
    assert others <= {number}


def test_rules_are_numbered_from_one_without_a_gap_and_there_are_enough():
    assert [rule.number for rule in RULES] == [f"KR{n:02}" for n in range(1, len(RULES) + 1)]
    assert set(CASES) == {rule.number for rule in RULES}
    assert len(RULES) >= 15
    assert {rule.severity for rule in RULES} == set(RuleSeverity)


def test_a_finding_says_where_it_is():
    (finding,) = findings(read(broken(verification="")), DraftContext()).all
    assert (finding.place.kind, finding.place.name) == (PlaceKind.REQUIREMENT, "SE-01")
    assert finding.sentence == "SE-01: Det framgår inte hur kravet bevisas. Ange bevis."
    (cell,) = findings(read(CASES["KR15"]), DraftContext()).of(RuleSeverity.WARNING)
    assert cell.place.key == (1, "use", "environment")
    assert "Användning / Miljö" in cell.sentence


@pytest.mark.parametrize(
    ("text", "has_fault"),
    [
        ("Enligt SS-EN ISO 14001.", True),
        ("Enligt ISO 14001 eller likvärdigt.", False),
        ("Registrerad hos EPEAT, eller en likvärdig märkning.", False),
        ("Svanenmärkt papper.", True),
        ("Miljömärkning av typ I.", True),
        ("Servern ska vara CE-märkt.", False),
        ("Utrustningen ska ha CE-märkning.", False),
        ("Personer ska vara utbildade.", False),
        ("Inom 2000 timmar.", False),
    ],
)
def test_a_standard_is_named_with_its_equivalent(text, has_fault):
    assert ("KR19" in numbers(broken(text=text))) is has_fault


def test_a_source_is_old_after_three_years_to_the_day():
    dates = {"2023-11-24": True, "2023-11-25": False, "": False}
    for dated, is_old in dates.items():
        content = broken(sources=[{**OLD, "dated": dated}])
        assert ("KR27" in numbers(content)) is is_old


def test_a_module_is_not_asked_for_risks_codes_and_contacts():
    content = clean(a_requirement(treats=[], serves=[], cpv=[], sources=[]), plan=None)
    assert not {"KR12", "KR26", "KR28", "KR30"} & set(
        numbers(content, DraftContext(has_contact=False))
    )


def test_the_words_of_an_included_requirement_are_its_modules_to_mend():
    module = {"slug": "uppforandekod", "version": 1}
    content = clean(
        *clean()["requirements"],
        a_requirement("UK-01", module=module, verification="", rationale="", treats=[]),
    )
    assert numbers(content) == []


def test_the_document_of_the_rules_is_current():
    try:
        call_command("quality_rules_doc", check=True)
    except CommandError as error:
        pytest.fail(str(error))


def test_an_old_document_of_the_rules_is_noticed(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="is old"):
        call_command("quality_rules_doc", check=True)
