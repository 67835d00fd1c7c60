"""Indicators that come back from Excel, what is exported, and both in an admin."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import tablib
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.urls import include, path, reverse
from django.utils.translation import gettext as _

from actionplan.admin.sheets import (
    CATEGORIES,
    EVENTS,
    GOALS,
    INDICATORS,
    ORGANISATIONS,
    PLANS,
    SUB_GOALS,
)
from actionplan.admin_site import Site
from actionplan.backoffice.excel_admin import ExportAdmin, ImportExportAdmin
from actionplan.excel.formats import SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.extension_points import admin_places
from actionplan.models import ChangeLog, Contact, Indicator, Organisation, SubGoal
from tests.factories import PlanFactory

NAMES = list(INDICATORS.by_name)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OpenAdmin(admin.ModelAdmin):
    """Whoever is staff sees the list: only the mixins' own rights are under test."""

    def has_view_permission(self, request, obj=None):
        return True

    has_module_permission = has_view_permission


class IndicatorAdmin(ImportExportAdmin, OpenAdmin):
    sheets = [INDICATORS, SUB_GOALS]
    list_filter = ["kind"]
    search_fields = ["text"]


class OrganisationAdmin(ExportAdmin, OpenAdmin):
    sheets = [ORGANISATIONS]


site = Site(name="admin")
site.register(Indicator, IndicatorAdmin)
site.register(Organisation, OrganisationAdmin)
urlpatterns = [
    path("", include("requirements_pkg.urls")),
    path("", include("followup.urls")),
    path("admin/", include("actionplan.accounts.urls")),
    path("admin/", site.urls),
]


@pytest.fixture
def tiny_admin(settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    # The places of its side menu are not there.
    monkeypatch.setattr(admin_places, "_providers", [])


def sheet(user, queryset=None) -> list[dict]:
    exported = ResourceFront(INDICATORS, user).export(queryset)
    again = SafeXLSX().create_dataset(SafeXLSX().export_data(exported))
    return [dict(zip(NAMES, row, strict=True)) for row in again]


def dataset(rows: list[dict]) -> tablib.Dataset:
    return tablib.Dataset(*[[row.get(name, "") for name in NAMES] for row in rows], headers=NAMES)


def bring(user, rows: list[dict], **kwargs):
    return ResourceFront(INDICATORS, user).import_data(dataset(rows), **kwargs)


def upload(rows: list[dict]) -> io.BytesIO:
    file = io.BytesIO(SafeXLSX().export_data(dataset(rows)))
    file.name = "indikatorer.xlsx"
    return file


def preview(client, file):
    file.name = "indikatorer.xlsx"
    data = {"import_file": file, "format": "0", "resource": "0"}
    return client.post(reverse("admin:actionplan_indicator_import"), data)


def confirm(client, response):
    data = response.context["confirm_form"].initial
    return client.post(reverse("admin:actionplan_indicator_process_import"), data, follow=True)


def test_an_indicator_comes_back_with_numbers_and_dates(plan, coordinator):
    rows = sheet(coordinator)
    assert [row["number"] for row in rows] == ["1.1", "1.2"]
    rows[0] |= {
        "kind": _("measure"),
        "unit": "%",
        "baseline": "12,5",
        "target": 90,
        "due_on": date(2025, 12, 31),
    }
    rows[1]["due_on"] = "2025-06-30"
    result = bring(coordinator, rows)
    assert result.totals["update"] == 2
    row, other = Indicator.objects.order_by("number")
    assert (row.kind, row.unit, row.baseline, row.target) == ("measure", "%", Decimal("12.5"), 90)
    assert (row.due_on, other.due_on) == (date(2025, 12, 31), date(2025, 6, 30))
    assert ChangeLog.objects.about(row).first().by == coordinator
    assert bring(coordinator, sheet(coordinator)).totals["skip"] == 2


def test_a_new_indicator_stands_last_in_its_sub_goal(plan, coordinator):
    row = {
        "plan": plan.slug,
        "goal_number": 1,
        "sub_goal_number": 1.2,
        "number": "1.2.2",
        "text": "Ny indikator",
    }
    assert bring(coordinator, [row, row | {"text": "Ännu en"}]).totals["new"] == 2
    indicators = Indicator.objects.filter(sub_goal__number="1.2").values_list("text", "position")
    assert list(indicators)[1:] == [("Ny indikator", 2), ("Ännu en", 3)]


def test_an_indicator_moves_within_what_one_edits(plan, coordinator):
    rows = sheet(coordinator)
    rows[0]["sub_goal_number"] = "1.2"
    assert not bring(coordinator, rows).faults
    assert set(Indicator.objects.values_list("sub_goal__number", flat=True)) == {"1.2"}


@pytest.mark.parametrize(
    "change",
    [
        {"target": "många"},
        {"target": "1e9999999"},
        {"target": 10**14},
        {"baseline": "nan"},
        {"due_on": "i morgon"},
        {"kind": "measure"},
        {"kind": "annat"},
        {"sub_goal_number": "9.9"},
        {"goal_number": "ett"},
        {"plan": "finns-inte"},
        {"text": None},
    ],
    ids=str,
)
def test_a_faulty_indicator_is_told_with_its_row_and_nothing_stored(change, plan, coordinator):
    rows = sheet(coordinator)
    rows[0]["text"] = "Ändrad"
    rows[1] |= change
    before = list(Indicator.objects.values())
    for dry_run in (True, False):
        result = bring(coordinator, rows, dry_run=dry_run)
        assert {number for number, *_rest in result.faults} == {3}
        assert "kind" in change or all(column for _row, column, _why in result.faults)
        assert list(Indicator.objects.values()) == before


def test_numbers_are_told_as_swedish_writes_them(plan, coordinator):
    Indicator.objects.filter(number="1.1").update(kind="measure", unit="procent", target=80)
    rows = sheet(coordinator)
    rows[0] |= {"target": "85,5", "unit": "andel"}
    ((_number, changed),) = bring(coordinator, rows, dry_run=True).changed_rows
    differences = {str(heading): marked for heading, marked in changed.diff}
    assert differences["Målvärde"] == "<del>80</del> <ins>85,5</ins>"
    assert differences["Enhet"] == "<del>procent</del> <ins>andel</ins>"


def test_a_foreign_coordinator_changes_no_indicator(plan, other_coordinator):
    rows = sheet(other_coordinator)
    rows[0]["text"] = "Ändrad"
    assert [number for number, *_rest in bring(other_coordinator, rows).faults] == [2]
    assert not Indicator.objects.filter(text="Ändrad").exists()


@pytest.mark.parametrize(
    ("cell", "code", "target"),
    [
        (0.30000000000000004, "General", Decimal("0.3")),
        (3.3000000000000003, "General", Decimal("3.3")),
        (1234.5, "#,##0.00", Decimal("1234.5")),
        (10 / 3, "0.00", Decimal("3.33")),
        (0.85, "0%", Decimal(85)),
        (0.8537, "0.0%", Decimal("85.4")),
        ("85 %", "@", Decimal(85)),
        ("85 procent", "@", Decimal(85)),
        (500, '0 "kr"', None),
        (0.85, '0% "av avtalen"', None),
    ],
)
def test_a_number_is_read_as_excel_shows_it_or_refused(cell, code, target, plan, coordinator):
    data = upload(sheet(coordinator))
    book = openpyxl.load_workbook(data)
    made = book.worksheets[0].cell(2, NAMES.index("target") + 1)
    made.value, made.number_format = cell, code
    for name, value in (("kind", _("measure")), ("unit", "procent"), ("baseline", 0)):
        book.worksheets[0].cell(2, NAMES.index(name) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    rows = SafeXLSX().create_dataset(out.getvalue())
    result = ResourceFront(INDICATORS, coordinator).import_data(rows)
    faults = [sentence for *_place, sentence in result.faults]
    if target is None:
        assert len(faults) == 1
        assert "85" in faults[0] or "500" in faults[0]
        assert not Indicator.objects.filter(unit="procent").exists()
    else:
        assert not faults
        assert Indicator.objects.get(unit="procent").target == target


@pytest.mark.parametrize("count", [1, 50])
def test_every_export_costs_the_same_however_many_rows(
    count, plan, coordinator, django_assert_max_num_queries
):
    sub_goal = SubGoal.objects.first()
    sub_goal.product_areas.set(plan.product_areas.all())
    for number in range(count):
        Indicator.objects.create(sub_goal=sub_goal, number=str(number), text="x", position=9)
        PlanFactory()
    coordinator.roles  # noqa: B018  asked for once per request
    sheets = [
        PLANS,
        GOALS,
        SUB_GOALS,
        INDICATORS,
        ORGANISATIONS,
        CATEGORIES,
        EVENTS,
    ]
    for each in sheets:
        with django_assert_max_num_queries(2):
            exported = ResourceFront(each, coordinator).export()
        assert exported.headers == [str(column.label) for column in each.columns]


def test_personal_data_is_in_no_export(plan, coordinator):
    Indicator.objects.update(text="x")
    bring(coordinator, [sheet(coordinator)[0] | {"text": "y"}])
    sheets = [PLANS, GOALS, SUB_GOALS, INDICATORS, EVENTS]
    exported = "".join(ResourceFront(listed, coordinator).export().csv for listed in sheets)
    assert plan.slug in exported
    for personal in (*Contact.objects.values_list("name", "email")[0], coordinator.username):
        assert personal not in exported


def test_sub_goals_are_exported_with_their_areas(plan, coordinator):
    SubGoal.objects.first().product_areas.set(plan.product_areas.all())
    areas = [row[-1] for row in ResourceFront(SUB_GOALS, coordinator).export()]
    assert areas == ["1. servrar; 2. nätverksprodukter", ""]


def test_whoever_has_no_role_exports_nothing(plan, staff):
    assert len(ResourceFront(INDICATORS, staff).export()) == 0
    assert len(ResourceFront(INDICATORS).export()) == 0


@pytest.mark.parametrize(
    ("persona", "may_export", "may_import"),
    [
        ("coordinator", True, True),
        ("other_coordinator", True, True),
        ("reviewer", True, False),
        ("analyst", True, False),
        ("staff", False, False),
    ],
)
def test_who_may_export_and_import(persona, may_export, may_import, as_persona, plan, tiny_admin):
    client = as_persona(persona)
    # Without a role one is led to the log-in.
    refused = 302 if persona == "staff" else 403
    page = client.get(reverse("admin:actionplan_indicator_changelist")).content.decode()
    assert ("/admin/actionplan/indicator/export/" in page) is may_export
    assert ("/admin/actionplan/indicator/import/" in page) is may_import
    for address, may in (("export", may_export), ("import", may_import)):
        response = client.get(reverse(f"admin:actionplan_indicator_{address}"))
        assert response.status_code == (200 if may else refused)
        if may:
            page = response.content.decode()
            assert "style=" not in page.split("</head>")[1]
            assert "onchange" not in page
    address = reverse("admin:actionplan_indicator_process_import")
    assert client.post(address, {}).status_code == (302 if may_import else refused)
    assert client.get(address).status_code == (302 if persona == "staff" else 405)


def test_the_export_holds_what_the_list_shows(plan, as_persona, tiny_admin):
    Indicator.objects.filter(number="1.1").update(kind="measure", unit="%", target=1)
    address = reverse("admin:actionplan_indicator_export")
    data = {"format": "0", "resource": "0"}
    response = as_persona("analyst").post(f"{address}?kind=measure", data)
    assert response["Content-Type"] == XLSX
    assert "filename*=utf-8''" in response["Content-Disposition"] or (
        response["Content-Disposition"].endswith('.xlsx"')
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(response.getvalue())).worksheets[0].values)
    assert [row[NAMES.index("number")] for row in rows[1:]] == ["1.1"]
    as_csv = as_persona("analyst").post(f"{address}?q=Uppföljning", {"format": "1"})
    words = as_csv.getvalue().decode()
    assert words.startswith("\ufeff")
    assert len(words.splitlines()) == 2


def test_preview_and_confirm_store_and_log(plan, coordinator, as_persona, tiny_admin):
    rows, client = sheet(coordinator), as_persona("coordinator")
    rows[0]["text"] = "Ändrad <i>text</i>"
    rows.append(rows[1] | {"id": "", "fingerprint": "", "text": "Ny"})
    response = preview(client, upload(rows))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<ins>" in page
    assert "<i>" not in page
    assert "style=" not in page.split("</head>")[1]
    assert not Indicator.objects.filter(text="Ny").exists()
    response = confirm(client, response)
    assert response.redirect_chain == [(reverse("admin:actionplan_indicator_changelist"), 302)]
    assert set(Indicator.objects.values_list("text", flat=True)) > {"Ny", "Ändrad <i>text</i>"}
    logged = LogEntry.objects.filter(user=coordinator)
    assert sorted(logged.values_list("action_flag", flat=True)) == [1, 2]
    assert None not in logged.values_list("object_id", flat=True)
    history = ChangeLog.objects.of(Indicator).filter(by=coordinator)
    assert sorted(history.values_list("kind", flat=True)) == ["added", "changed"]


def test_an_untouched_file_has_nothing_to_confirm(plan, coordinator, as_persona, tiny_admin):
    page = preview(as_persona("coordinator"), upload(sheet(coordinator))).content.decode()
    assert "process_import" not in page


def test_what_changed_since_the_preview_stops_the_import(
    plan, coordinator, as_persona, tiny_admin
):
    rows, client = sheet(coordinator), as_persona("coordinator")
    rows[0]["text"], rows[1]["text"] = "Min", "Min"
    response = preview(client, upload(rows))
    Indicator.objects.filter(pk=rows[0]["id"]).update(text="Någon annans")
    response = confirm(client, response)
    assert response.redirect_chain == [(reverse("admin:actionplan_indicator_import"), 302)]
    assert not Indicator.objects.filter(text="Min").exists()
    assert not LogEntry.objects.exists()


def test_a_preview_that_has_expired_is_asked_for_again(plan, coordinator, as_persona, tiny_admin):
    rows, client = sheet(coordinator), as_persona("coordinator")
    rows[0]["text"] = "Min"
    response = preview(client, upload(rows))
    cache.clear()
    response = confirm(client, response)
    assert response.redirect_chain == [(reverse("admin:actionplan_indicator_import"), 302)]


@pytest.mark.parametrize("forged", [{"format": "7"}, {"format": "x"}, {"resource": "-1"}])
def test_a_forged_confirmation_is_turned_away(forged, plan, coordinator, as_persona, tiny_admin):
    data = {"import_file_name": "x", "original_file_name": "x", "format": "0", "resource": "0"}
    address = reverse("admin:actionplan_indicator_process_import")
    assert as_persona("coordinator").post(address, data | forged).status_code == 302


def test_a_foreign_row_has_no_confirm_button(plan, as_persona, other_coordinator, tiny_admin):
    rows = sheet(other_coordinator)
    rows[0]["text"] = "Ändrad"
    page = preview(as_persona("other_coordinator"), upload(rows)).content.decode()
    assert "process_import" not in page
    assert _("The row belongs to a plan that you may not edit.") in page


@pytest.mark.parametrize("content", [b"hej", b"PK\x03\x04", b"\x00" * 100])
def test_what_is_no_workbook_is_an_error_of_the_form(content, plan, as_persona, tiny_admin):
    response = preview(as_persona("coordinator"), io.BytesIO(content))
    assert response.status_code == 200
    assert response.context["form"].errors["import_file"]
    assert "confirm_form" not in response.context
