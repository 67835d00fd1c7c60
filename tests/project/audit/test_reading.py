"""Whoever reads what is confidential, or takes it out, leaves one line in the log."""

from io import StringIO

import pytest
from django.contrib.admin import site
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from actionplan.audit.reading import model_read
from actionplan.models import ChangeKind, ChangeLog
from followup.models import Contract, Deviation, Evidence, FollowUp, Supplier
from requirements_pkg.actions.publishing import package_of
from tests.factories import (
    ContractFactory,
    FeedbackFactory,
    RequirementFactory,
    answered,
    consult,
)
from tests.unguarded import unguarded

ACCESS = (ChangeKind.READ, ChangeKind.EXPORTED)
# Pages of the admin that belong to follow-ups and show nothing confidential.
OPEN = {
    "followup_workbook": "Chooses what the workbook is to hold, and counts.",
    "followup_contract_import": "Tells what a file has that was taken out, and told then.",
    "followup_contract_process_import": "Leads back to the list.",
    "followup_contract_template": "An empty workbook.",
    "followup_mine": "One's own calendar and reminders, with titles that say where to look.",
    "followup_period_lock": "Of a plan.",
    "followup_period_unlock": "Of a plan.",
    "followup_reading_submit": "Readings are no secret.",
    "followup_reading_decide": "Readings are no secret.",
    "followup_reading_correct": "Readings are no secret.",
}
READABLE = (
    "followup_indicatorreading_",
    "followup_reportingperiod_",
    # They are published.
    "followup_followupreport_",
)
# What adds a row shows none; an export asks what is to be taken out, and is told when it is sent.
EMPTY = ("_add", "_export")


def accesses() -> list[tuple[str, str, int, str]]:
    rows = ChangeLog.objects.filter(kind__in=ACCESS).order_by("pk")
    return [(row.kind, row.model, row.key, row.by_name) for row in rows]


def names_of_pages() -> set[str]:
    admin_urls = next(
        part for part in get_resolver().url_patterns if getattr(part, "namespace", "") == "admin"
    )
    return {name for name in admin_urls.reverse_dict if isinstance(name, str)}


def test_every_page_of_follow_ups_is_told_or_says_why_not():
    pages = {name for name in names_of_pages() if name.startswith("followup_")}
    assert len(pages) > 40
    untold = {
        name
        for name in pages
        if model_read(name) is None and not name.startswith(READABLE) and not name.endswith(EMPTY)
    }
    assert untold == set(OPEN)


def test_every_confidential_model_of_the_admin_has_its_lists_told():
    models = [model for model in site._registry if getattr(model, "is_confidential", False)]
    assert {FollowUp, Deviation} <= set(models)
    for model in models:
        assert model_read(f"{model._meta.app_label}_{model._meta.model_name}_changelist") is model


def test_a_page_that_is_opened_is_told_once_with_its_plan_and_request(guarded_rows, as_persona):
    key = guarded_rows["followup_deviation"]
    response = as_persona("coordinator").get(
        reverse("admin:followup_deviation_change", args=[key])
    )
    assert response.status_code == 200
    assert accesses() == [("read", "followup.Deviation", key, "coordinator")]
    change = ChangeLog.objects.latest("pk")
    assert change.plan == Deviation.objects.get().follow_up.plan.pk
    assert change.after == {"page": "followup_deviation_change"}
    assert len(change.request) == 32


def test_a_list_says_how_many_rows_and_by_what_it_was_filtered(guarded_rows, as_persona):
    address = reverse("admin:followup_followup_changelist")
    as_persona("reviewer").get(address, {"q": "RS-2025"})
    change = ChangeLog.objects.latest("pk")
    assert (change.kind, change.key, change.by_name) == ("read", 0, "reviewer")
    assert change.after == {
        "page": "followup_followup_changelist",
        "filter": "q=RS-2025",
        "rows": 1,
    }


def test_contracts_and_their_suppliers_are_told_as_they_are_read_and_taken_out(
    as_persona, coordinator, break_off
):
    contract, client = ContractFactory(), as_persona("coordinator")
    rows = {"contract": contract, "supplier": contract.supplier}
    for name, row in rows.items():
        client.get(reverse(f"admin:followup_{name}_changelist"))
        for page in ("change", "history"):
            client.get(reverse(f"admin:followup_{name}_{page}", args=[row.pk]))
        address = reverse(f"admin:followup_{name}_export")
        break_off(client.post(address, {"format": "0", "resource": "0"}))
    lines = [
        (kind, model._meta.label, key, "coordinator")
        for model, row in ((Contract, contract), (Supplier, contract.supplier))
        for kind, key in (("read", 0), ("read", row.pk), ("read", row.pk), ("exported", 0))
    ]
    assert accesses() == lines
    for persona in ("analyst", "other_coordinator", "secretariat"):
        as_persona(persona).get(reverse("admin:followup_contract_change", args=[contract.pk]))
    assert accesses() == lines


def test_who_reads_who_answered_a_consultation_is_told(plan, coordinator, reviewer, as_persona):
    package = RequirementFactory(package=package_of(plan), source="Förordning").package
    row = consult(package, coordinator, reviewer)
    reply = answered(row, {"": "Bra."}, name="Kim", has_consented=True)
    feedback, remark = FeedbackFactory(package=package), reply.remarks.get()
    client = as_persona("coordinator")
    pages = {
        "answers": row,
        "answers_file": row,
        "invitees": row,
        "decide_remark": remark,
        "decide_feedback": feedback,
        "feedback": None,
    }
    for page, about in pages.items():
        keys = [about.pk] if about else []
        response = client.get(reverse(f"admin:requirements_pkg_{page}", args=keys))
        assert response.status_code == 200
    assert accesses() == [
        ("exported" if page == "answers_file" else "read", model, key, "coordinator")
        for page, model, key in (
            ("answers", "requirements_pkg.Consultation", row.pk),
            ("answers_file", "requirements_pkg.Consultation", row.pk),
            ("invitees", "requirements_pkg.Consultation", row.pk),
            ("decide_remark", "requirements_pkg.ConsultationRemark", remark.pk),
            ("decide_feedback", "requirements_pkg.Feedback", feedback.pk),
            ("feedback", "requirements_pkg.Feedback", 0),
        )
    ]


def test_a_command_tells_for_whom_it_took_out_what(guarded_rows, coordinator, tmp_path):
    where = ["--output", str(tmp_path / "bok.xlsx"), "--region", "C"]
    call_command("export_workbook", *where, stdout=StringIO(), stderr=StringIO())
    assert accesses() == []
    secret = ["--confidential", "--as", "coordinator"]
    call_command("export_workbook", *where, *secret, stdout=StringIO(), stderr=StringIO())
    assert accesses() == [("exported", "followup.FollowUp", 0, "coordinator")]
    assert ChangeLog.objects.latest("pk").after["filter"] == "region: C"


def test_the_workbook_and_evidence_are_told(guarded_rows, as_persona, break_off):
    client = as_persona("coordinator")
    response = client.get(reverse("admin:followup_workbook_file"), {"confidential": "on"})
    assert response.streaming
    break_off(response)
    change = ChangeLog.objects.latest("pk")
    assert (change.kind, change.model, change.key) == ("exported", "followup.FollowUp", 0)
    assert change.after["filter"] == "confidential=on"
    assert change.after["rows"] > 10
    client.get(reverse("admin:followup_evidence", args=[guarded_rows["followup_evidence"]]))
    assert ChangeLog.objects.latest("pk").model == Evidence._meta.label


def test_what_is_refused_and_what_is_no_secret_is_not_told(guarded_rows, as_persona):
    key = guarded_rows["followup_followup"]
    for persona in ("analyst", "other_coordinator", "visitor"):
        as_persona(persona).get(reverse("admin:followup_followup_change", args=[key]))
    as_persona("analyst").get(reverse("admin:followup_indicatorreading_changelist"))
    assert accesses() == []


def test_one_line_costs_one_statement(guarded_rows, as_persona):
    client = as_persona("coordinator")
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("admin:followup_followup_changelist"))
    statements = [query["sql"] for query in captured if "actionplan_changelog" in query["sql"]]
    assert len(statements) == 1
    assert statements[0].startswith("INSERT")


def test_what_became_of_a_row_does_not_tell_who_read_it(guarded_rows, as_persona):
    follow_up = FollowUp.objects.get()
    before = ChangeLog.objects.about(follow_up).count()
    client = as_persona("coordinator")
    client.get(reverse("admin:followup_followup_change", args=[follow_up.pk]))
    page = client.get(reverse("admin:followup_followup_history", args=[follow_up.pk]))
    assert page.status_code == 200
    assert ChangeLog.objects.about(follow_up).count() == before
    assert len(accesses()) == 2


def test_who_read_what_may_go_after_five_years_and_no_change_ever(guarded_rows, as_persona):
    as_persona("coordinator").get(reverse("admin:followup_followup_changelist"))
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE actionplan_changelog SET at = '2020-01-01 00:00:00+00:00'")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM actionplan_changelog WHERE kind = 'read'")
        assert cursor.rowcount == 1


@pytest.mark.parametrize("page", ["followup_followup_changelist", "followup_deviation_changelist"])
def test_what_cannot_be_told_is_not_shown(page, guarded_rows, as_persona, monkeypatch):
    client = as_persona("coordinator")

    def fail(*args, **kwargs):
        raise RuntimeError("The log is full.")

    monkeypatch.setattr(type(ChangeLog.objects.all()), "access", fail)
    with pytest.raises(RuntimeError, match="full"):
        client.get(reverse(f"admin:{page}"))
