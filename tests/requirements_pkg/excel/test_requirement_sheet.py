"""Requirements that go out to Excel and come back: what is stored, refused and told."""

import pytest
from django.utils.translation import gettext as _

from actionplan.excel.front import ResourceFront
from actionplan.models import (
    ChangeEvent,
    ChangeKind,
    ChangeLog,
    PlanStatus,
    ProcurementRegion,
    SubGoal,
)
from requirements_pkg.excel.columns import REQUIREMENTS
from requirements_pkg.models import Requirement, RequirementArea, RequirementSource, RiskTreatment
from risks.models import RiskStatement
from tests.factories import (
    ModuleFactory,
    PackageFactory,
    PlanFactory,
    RequirementFactory,
    treat,
)
from tests.requirements_pkg.sheets import (
    NAMES,
    bring,
    exported,
    faulty,
    heading,
    new_row,
    sentences,
)


@pytest.fixture
def package(plan):
    """A package of procurement region C with two requirements, one of them linked."""
    package = PackageFactory(plan=plan)
    RequirementFactory(
        package=package,
        code="SE-01",
        treats=[RiskStatement.objects.order_by("pk").first()],
        areas=[plan.product_areas.get(number=1)],
        source="Förordning",
    )
    RequirementFactory(package=package, code="SE-02", position=1)
    return package


@pytest.fixture
def foreign(db, stockholm):
    """A package of procurement region H, with a requirement."""
    plan = PlanFactory(procurement_region=ProcurementRegion.objects.get(code="H"))
    return RequirementFactory(package__plan=plan, code="XX-01").package


def stored() -> list:
    """Everything that an import of requirements writes."""
    models = [Requirement, RequirementArea, RequirementSource, RiskTreatment]
    return [
        *(sorted(model.objects.values_list(), key=repr) for model in models),
        ChangeLog.objects.of(Requirement).count(),
        ChangeEvent.objects.count(),
    ]


def test_an_untouched_file_changes_nothing(package, coordinator):
    rows, before = exported(coordinator), stored()
    result = bring(coordinator, rows)
    assert (result.totals["skip"], sentences(result), result.notices) == (2, "", [])
    assert stored() == before


def test_three_edited_cells_change_exactly_three_cells(package, coordinator):
    # Not as the sheet would tidy it, so that it shows if more is written than was edited.
    Requirement.objects.update(guidance="Rad ett\nrad  två", law_baseline="a  b")
    rows, before = exported(coordinator), list(Requirement.objects.order_by("pk").values())
    rows[0]["title"] = "En ny rubrik"
    rows[0]["level"] = _("advanced")
    rows[1]["rationale"] = "Ett nytt motiv.\n\nI två stycken."
    result = bring(coordinator, rows)
    assert (result.totals["update"], sentences(result)) == (2, "")
    after = Requirement.objects.order_by("pk").values()
    changed = {
        (number, name): now[name]
        for number, (was, now) in enumerate(zip(before, after, strict=True))
        for name in was
        if was[name] != now[name]
    }
    assert changed == {
        (0, "title"): "En ny rubrik",
        (0, "level"): "advanced",
        (1, "rationale"): "Ett nytt motiv.\n\nI två stycken.",
    }
    history = ChangeLog.objects.of(Requirement).filter(kind=ChangeKind.CHANGED)
    assert set(history.values_list("by__username", flat=True)) == {"coordinator"}
    event = ChangeEvent.objects.get()
    assert (event.target, event.target_id) == ("actionplan.ActionPlan", package.plan_id)
    assert (event.actor, event.detail["changes"]) == ("coordinator", 2)
    again = bring(coordinator, exported(coordinator))
    assert (again.totals["skip"], ChangeEvent.objects.count()) == (2, 1)


def test_a_new_row_is_a_whole_requirement(package, coordinator):
    first, second, *_rest = RiskStatement.objects.order_by("pk")
    row = new_row(
        package,
        kind=_("award criterion"),
        max_points="10",
        scale="Full poäng för alla.",
        areas="2, 1",
        cpv="48820000-2, 48821000-9",
        treats=f"{first.pk}; {second.pk}",
        serves=1.2,
        sources="Förordning | https://eur-lex.example/1 | 2017-05-17\n\nEn bok",
    )
    result = bring(coordinator, [row])
    assert (result.totals["new"], sentences(result)) == (1, "")
    requirement = Requirement.objects.get(code="SE-90")
    assert (requirement.kind, requirement.max_points, requirement.cpv) == (
        "award",
        10,
        "48820000-2 48821000-9",
    )
    assert (requirement.level, requirement.position) == ("basic", 2)
    assert sorted(requirement.product_areas.values_list("number", flat=True)) == [1, 2]
    assert list(requirement.sub_goals.values_list("number", flat=True)) == ["1.2"]
    sources = requirement.sources.values_list("title", "url", "dated", "position")
    assert [(t, u, d and d.isoformat(), p) for t, u, d, p in sources] == [
        ("Förordning", "https://eur-lex.example/1", "2017-05-17", 0),
        ("En bok", "", None, 1),
    ]
    links = requirement.treatments.select_related("statement", "requirement")
    assert {link.statement for link in links} == {first, second}
    assert {(link.is_suspect, link.confirmed_by) for link in links} == {(False, coordinator)}
    assert ChangeLog.objects.about(requirement).get().by == coordinator


def test_the_same_file_of_new_rows_a_second_time_changes_nothing(package, coordinator):
    rows = [new_row(package, sources="A"), new_row(package, "SE-91", areas=1)]
    assert bring(coordinator, rows).totals["new"] == 2
    before = stored()
    assert bring(coordinator, rows).totals["skip"] == 2
    assert stored() == before
    rows[1]["title"] = "Ett annat"
    result = bring(coordinator, rows)
    assert [row for row, *_rest in result.faults] == [3]
    assert stored() == before


def test_links_follow_the_cell_and_those_that_stay_are_not_touched(package, coordinator):
    requirement = Requirement.objects.get(code="SE-01")
    first, second, *_rest = RiskStatement.objects.order_by("pk")
    kept = requirement.treatments.get().pk
    rows = exported(coordinator)
    rows[0] |= {"treats": f"{second.pk}, {first.pk}", "areas": "", "sources": "Ny | https://n.se"}
    assert sentences(bring(coordinator, rows)) == ""
    assert requirement.treatments.get(statement=first).pk == kept
    assert requirement.treatments.count() == 2
    assert not requirement.area_links.exists()
    assert [str(source) for source in requirement.sources.all()] == ["Ny"]
    rows = exported(coordinator)
    rows[0]["treats"] = str(second.pk)
    bring(coordinator, rows)
    assert [link.statement for link in requirement.treatments.all()] == [second]


def test_a_preview_tells_links_as_it_tells_texts(package, coordinator):
    rows, before = exported(coordinator), stored()
    rows[0] |= {"areas": "1, 2", "title": "<b>Ny</b>"}
    result = bring(coordinator, rows, dry_run=True)
    ((_number, changed),) = result.changed_rows
    diff = dict(changed.diff)
    assert set(diff) == {heading("areas"), heading("title")}
    assert "<ins>, 2</ins>" in diff[heading("areas")]
    assert "<b>" not in diff[heading("title")]
    assert stored() == before


def test_a_row_may_replace_one_that_stands_further_down(package, coordinator):
    rows = [
        new_row(package, level="advanced", replaces="SE-91"),
        new_row(package, "SE-91", replaces=""),
    ]
    assert sentences(bring(coordinator, rows)) == ""
    requirement = Requirement.objects.get(code="SE-90")
    assert requirement.replaces.code == "SE-91"
    assert (
        ChangeLog.objects.about(requirement).get().after["replaces_id"] == requirement.replaces_id
    )
    rows = [*exported(coordinator, code="SE-02"), new_row(package, "SE-92")]
    rows[0] |= {"level": "spearhead", "replaces": "SE-92"}
    assert sentences(bring(coordinator, rows)) == ""
    assert Requirement.objects.get(code="SE-02").replaces.code == "SE-92"
    rows = exported(coordinator, code="SE-02")
    rows[0]["replaces"] = ""
    assert sentences(bring(coordinator, rows)) == ""
    assert Requirement.objects.get(code="SE-02").replaces is None


def test_what_is_replaced_is_judged_as_the_file_leaves_it(package, coordinator):
    bring(coordinator, [new_row(package, level="advanced", replaces="SE-01")])
    rows = exported(coordinator)
    rows[0]["level"] = "spearhead"
    rows[2]["title"] = "Ändrad"
    result = bring(coordinator, rows)
    assert faulty(result) == {(4, heading("replaces"))}
    rows[2]["replaces"] = ""
    assert sentences(bring(coordinator, rows)) == ""


# A changed cell of an exported row, and the column that the fault is told of.
FAULTS = {
    "code in small letters": ({"code": "se-01"}, "code"),
    "no code": ({"code": ""}, "code"),
    "code of another": ({"code": "SE-02"}, "code"),
    "no title": ({"title": " "}, "title"),
    "title too long": ({"title": "x" * 201}, "title"),
    "text too long": ({"text": "x" * 8001}, "text"),
    "a bracket that stays open": ({"text": "Inom [antal veckor: 4 veckor."}, "text"),
    "a place with two defaults": ({"verification": "[a: 1] [a: 2]"}, "verification"),
    "unknown kind": ({"kind": "önskemål"}, "kind"),
    "unknown level": ({"level": "högst"}, "level"),
    "points of a contract term": ({"max_points": 5}, ""),
    "an award criterion without points": ({"kind": "award"}, ""),
    "points in words": ({"max_points": "tio"}, "max_points"),
    "negative points": ({"max_points": -1}, "max_points"),
    "a wrong check digit": ({"cpv": "48820000-3"}, "cpv"),
    "no CPV code": ({"cpv": "servrar"}, "cpv"),
    "an area that the plan lacks": ({"areas": "1, 9"}, "areas"),
    "an area by name": ({"areas": "servrar"}, "areas"),
    "a risk that is nowhere": ({"treats": "987654"}, "treats"),
    "a sub-goal that the plan lacks": ({"serves": "9.9"}, "serves"),
    "a source without title": ({"sources": "| https://a.example"}, "sources"),
    "a source with a script": ({"sources": "A | javascript://a"}, "sources"),
    "a source with a wrong date": ({"sources": "A | 2025-02-30"}, "sources"),
    "too many sources": ({"sources": "\n".join("abcdefghijklmnopqrstu")}, "sources"),
    "replaces itself": ({"replaces": "SE-01"}, "replaces"),
    "replaces one of its own level": ({"replaces": "SE-02"}, "replaces"),
    "replaces what is not there": ({"replaces": "SE-99", "level": "advanced"}, "replaces"),
    "another package": ({"package": "foreign"}, "package"),
    "unknown package": ({"package": "finns-inte"}, "package"),
    "unknown identity": ({"uid": "3f0e3a38-6f0c-4a0e-9d4b-000000000000"}, "uid"),
    "no identity at all": ({"uid": "abc"}, "uid"),
    "wrong control code": ({"fingerprint": "abc"}, ""),
    "no control code": ({"fingerprint": None}, ""),
    "half a position": ({"position": 1.5}, "position"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_faulty_row_stops_the_file_and_says_where(fault, package, foreign, coordinator):
    rows = exported(coordinator, package=package)
    rows[1]["title"] = "En ändring som i sig är riktig."
    cells, column = FAULTS[fault]
    rows[0] |= {"guidance": "Ändrad."} | cells
    if rows[0]["package"] == "foreign":
        rows[0]["package"] = foreign.slug
    before = stored()
    for dry_run in (True, False):
        result = bring(coordinator, rows, dry_run=dry_run)
        assert (2, heading(column) if column else "") in faulty(result)
        assert {row for row, _column in faulty(result)} <= {2, 3}
        assert "Error" not in sentences(result)
        assert stored() == before


def test_an_identity_or_a_code_that_stands_twice_is_refused(package, coordinator):
    rows = exported(coordinator)
    rows[0]["title"] = "Ändrad"
    result = bring(coordinator, [*rows, rows[0] | {"title": "Ändrad igen"}])
    assert sentences(result) == _("This id occurs twice in the file. Remove one of the rows.")
    result = bring(coordinator, [new_row(package), new_row(package, title="Igen")])
    assert faulty(result) == {(2, heading("code")), (3, heading("code"))}


def test_a_risk_of_another_plan_is_not_linked(package, foreign, coordinator):
    other = PlanFactory(with_matrix=True)
    risk = RiskStatement.objects.filter(cell__product_area__plan=other).first()
    result = bring(coordinator, [new_row(package, treats=risk.pk)])
    assert faulty(result) == {(2, heading("treats"))}


def test_a_sub_goal_whose_number_occurs_twice_is_not_guessed_at(package, coordinator):
    goal = package.plan.goals.create(number=2, text="Ett andra mål")
    SubGoal.objects.create(goal=goal, number="1.1", text="Samma nummer")
    result = bring(coordinator, [new_row(package, serves="1.1")])
    assert faulty(result) == {(2, heading("serves"))}


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst", "staff"])
def test_whoever_does_not_edit_the_package_imports_nothing(persona, package, coordinator, request):
    rows = exported(coordinator)
    rows[0]["title"], before = "Ändrad", stored()
    user = request.getfixturevalue(persona)
    for file in (rows, [new_row(package)]):
        result = bring(user, file)
        assert [row for row, *_rest in result.faults] == [2]
        assert stored() == before


def test_rows_of_others_that_nobody_changed_are_skipped(package, foreign, coordinator):
    rows = exported(coordinator)
    assert bring(coordinator, rows).totals["skip"] == 3
    theirs = next(row for row in rows if row["code"] == "XX-01")
    theirs["title"] = "Ändrad"
    assert len(bring(coordinator, rows).faults) == 1


def test_the_package_of_a_closed_plan_is_not_imported_into(package, coordinator):
    rows = exported(coordinator)
    rows[0]["title"] = "Ändrad"
    package.plan.status = PlanStatus.CLOSED
    package.plan.save()
    assert len(bring(coordinator, rows).faults) == 1


def test_a_row_that_someone_changed_meanwhile_is_refused(package, coordinator):
    rows = exported(coordinator)
    rows[0]["title"] = "Mina ord"
    treat(Requirement.objects.get(code="SE-01"), RiskStatement.objects.order_by("pk").last())
    assert sentences(bring(coordinator, rows)) == _(
        "The row has changed since the export. Export again and make your change in the new file."
    )


def test_a_shared_module_is_imported_by_its_steward_and_has_no_plan(
    coordinator, other_coordinator
):
    module = ModuleFactory()
    row = new_row(module, sources="A")
    assert len(bring(other_coordinator, [row]).faults) == 1
    result = bring(coordinator, [row | {"areas": "1", "serves": "1.1"}])
    assert faulty(result) == {(2, heading("areas")), (2, heading("serves"))}
    assert sentences(bring(coordinator, [row])) == ""
    event = ChangeEvent.objects.get()
    assert (event.target, event.target_id) == ("requirements_pkg.RequirementsPackage", module.pk)
    rows = exported(coordinator)
    rows[0]["title"] = "Ändrad"
    assert bring(coordinator, rows).totals["update"] == 1


def test_a_modules_links_into_others_plans_are_neither_told_nor_lost(package, coordinator):
    requirement = RequirementFactory(package=ModuleFactory(), code="UK-01")
    treat(requirement, RiskStatement.objects.first())
    rows = exported(coordinator, package=requirement.package)
    assert rows[0]["treats"] == ""
    rows[0] |= {"title": "Ändrad", "sources": "A"}
    assert sentences(bring(coordinator, rows)) == ""
    assert requirement.treatments.count() == 1


def test_what_was_stored_before_a_rule_is_told_and_must_be_mended_with_the_rest(
    package, coordinator
):
    Requirement.objects.filter(code="SE-01").update(cpv="48820000-9 x")
    rows = exported(coordinator)
    assert rows[0]["cpv"] == "48820000-9 x"
    assert bring(coordinator, rows).totals["skip"] == 2
    rows[0]["title"] = "Ändrad"
    assert {(2, heading("cpv"))} == faulty(bring(coordinator, rows))
    rows[0]["cpv"] = "48820000-2"
    assert bring(coordinator, rows).totals["update"] == 1


@pytest.mark.parametrize("count", [1, 60])
def test_an_export_costs_the_same_however_many_rows(
    count, package, coordinator, django_assert_num_queries
):
    for number in range(count):
        risks = RiskStatement.objects.all()[:2]
        RequirementFactory(package=package, code=f"XX-{number}", treats=risks, source="A")
    coordinator.roles  # noqa: B018  asked for once per request
    with django_assert_num_queries(5):
        assert len(ResourceFront(REQUIREMENTS, coordinator).export()) == count + 2


@pytest.mark.parametrize("count", [1, 35])
def test_an_import_asks_the_database_the_same_for_one_row_and_for_many(
    count, package, coordinator, django_assert_max_num_queries
):
    rows = [
        new_row(package, f"XX-{n}", sources="A", areas="1", serves="1.1") for n in range(count)
    ]
    with django_assert_max_num_queries(45):
        assert bring(coordinator, rows).totals["new"] == count
    changed = exported(coordinator, code__startswith="XX")
    for row in changed:
        row |= {"title": "Ändrad", "areas": "2", "max_points": ""}
    with django_assert_max_num_queries(55):
        assert bring(coordinator, changed).totals["update"] == count


def test_the_columns_that_only_tell_are_not_read(package, coordinator):
    rows = exported(coordinator)
    rows[0] |= {"state": _("withdrawn"), "treated": "x"}
    result = bring(coordinator, rows, headers=[*NAMES, "Anteckning"])
    assert (result.totals["skip"], len(result.notices)) == (2, 3)
