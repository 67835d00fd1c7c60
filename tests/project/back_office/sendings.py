"""How each page of the admin is sent, and a database that refuses what is written meanwhile."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from actionplan.database import bulk_tuples
from actionplan.models import Organisation, ProductArea, User
from followup.models import (
    ClearedName,
    FollowUp,
    FollowUpStatus,
    IndicatorReading,
    ReadingState,
    SupplierForm,
)
from requirements_pkg.models import (
    Consultation,
    ConsultationRemark,
    GoalService,
    PackageInclusion,
    RequirementArea,
    RequirementProof,
    RequirementsPackage,
    RiskTreatment,
)
from risks.admin.cells.form import START
from tests.project.back_office.admin_table import MODELS, PAGES
from tests.project.back_office.sent_forms import TYPED, filled_in
from tests.requirements_pkg.letterheads import a_letterhead
from tests.risks.admin.test_level_pages import GIVEN

WRITING = re.compile(r'(INSERT INTO|UPDATE) "(\w+)"')


@dataclass
class Sending:
    """How a page is sent, where filling in what it asks for does not do."""

    query: Callable[[], str] = str
    more: Callable[[HttpResponse], dict[str, Any]] = lambda page: {}
    who: str = "superuser"
    before: Callable[[], object] = bool


def about_follow_up() -> str:
    return f"?uppfoljning={FollowUp.objects.get().pk}"


def submitted() -> None:
    rows = models.QuerySet(IndicatorReading).filter(state=ReadingState.DRAFT)
    rows.update(state=ReadingState.SUBMITTED, submitted_at="2026-03-16T12:00:00Z")


def planned() -> None:
    """What is asked has not been sent yet, and there is time to answer."""
    models.QuerySet(FollowUp).update(status=FollowUpStatus.PLANNED, done_on=None)
    models.QuerySet(SupplierForm).update(reply_by=timezone.localdate())


def planned_anew() -> None:
    models.QuerySet(SupplierForm).delete()
    planned()


def all_ticked(page: HttpResponse) -> dict[str, Any]:
    return {form["is_sent"].html_name: "on" for _row, form in page.context["recipients"]}


def a_pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("intyg.pdf", b"%PDF-1.4")


def untied() -> None:
    for model in (RiskTreatment, GoalService, RequirementArea, RequirementProof):
        model.objects.all().delete()


def nothing_included() -> None:
    PackageInclusion.objects.all().delete()


def opened_again() -> None:
    Consultation.objects.update(closed_at=None)


def decided_remarks() -> None:
    ConsultationRemark.objects.update(
        decision="partly",
        summary="Bra.",
        reason="Ja.",
        decided_by=User.objects.first(),
        decided_at="2026-03-16T12:00:00Z",
    )


def not_cleared() -> None:
    ClearedName.objects.all().delete()


def evidence(page: HttpResponse) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("bevis.pdf", b"%PDF-1.4 x", "application/pdf")}


def a_plan(page: HttpResponse) -> dict[str, Any]:
    stockholm = Organisation.objects.get(code="stockholm")
    region = {"procurement_region": stockholm.procurement_region_id, "coordinator": stockholm.pk}
    return {**region, "first_year": 2030, "last_year": 2031}


def a_letterhead_file(page: HttpResponse) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("brev.docx", a_letterhead())}


def a_cell(page: HttpResponse) -> dict[str, Any]:
    """A risk in the first cell of the grid."""
    form = page.context["matrix"].forms[0]
    cell = {bound.html_name: bound.value() for bound in form}
    return cell | {form["risks"].html_name: TYPED, form["assessment"].html_name: "own"}


def a_row(page: HttpResponse) -> dict[str, Any]:
    """A risk more in a cell, on the page of that cell."""
    fields = {START: page.context["form"].start, "initial-assessment": "own"}
    return {**fields, "assessment": "own", "pasted": TYPED}


def levels(page: HttpResponse) -> dict[str, Any]:
    preview = page.client.post(page.request["PATH_INFO"], GIVEN)
    return {**GIVEN, "foreseen": preview.context["foreseen"]}


def specification(page: HttpResponse) -> dict[str, Any]:
    return {"kind": "specification", "cpv": "", "scale": "", "max_points": ""}


def rows_below(prefix: str, **row: str) -> Callable[[HttpResponse], dict[str, Any]]:
    """One row more below the form."""

    def more(page: HttpResponse) -> dict[str, Any]:
        (below,) = [
            inline.formset
            for inline in page.context["inline_admin_formsets"]
            if inline.formset.prefix == prefix
        ]
        at = below.total_form_count()
        cells = {f"{prefix}-{at}-{name}": value for name, value in row.items()}
        return {**cells, f"{prefix}-TOTAL_FORMS": at + 1}

    return more


def tied(page: HttpResponse) -> dict[str, Any]:
    """A requirement with what it is tied to chosen anew: everything that is offered."""
    fields = page.context["adminform"].form.fields
    choices = {name: [str(value) for value in choices_of(fields[name])] for name in TIES}
    return specification(page) | choices


def choices_of(field: Any) -> Iterator[Any]:
    for value, label in field.choices:
        if isinstance(label, list | tuple):
            yield from (choice for choice, _name in label)
        else:
            yield value


def reviewed_words(page: HttpResponse) -> dict[str, Any]:
    return {"seen": page.context["seen"]}


def explained(page: HttpResponse) -> dict[str, Any]:
    """Answers of which it is said why they are no deviations."""
    return {f"{form.prefix}-assessed": "deviates" for form in page.context["forms"]}


def two_words(page: HttpResponse) -> dict[str, Any]:
    return {"words": f"{TYPED}, annat"}


def joint_contract(page: HttpResponse) -> dict[str, Any]:
    """A contract with all that belongs to one, its supplier new to the register."""
    package = RequirementsPackage.objects.get(plan__isnull=False, versions__isnull=False)
    joint = Organisation.objects.get(code="uppsala")
    return {
        "kind": "joint",
        "joint": [joint.pk],
        "areas": [package.plan.product_areas.first().pk],
        "selection": f"{package.slug} v1: SE-01",
        "cpv": "",
    }


TIES = ("treated", "served", "areas", "proofs")
REQUIREMENT = "requirements_pkg.requirement/change"
SENDINGS = {
    "actionplan.actionplan/add": Sending(more=a_plan),
    "actionplan.actionplan/change contact": Sending(more=rows_below("contacts", name="Kim")),
    "risks.riskmatrix/change": Sending(more=a_cell),
    "risks.headingalias/add": Sending(more=lambda page: {"stage": 1, "spelling": "Ny stavning"}),
    "risks_cell": Sending(more=a_row),
    "requirements_pkg_decide_feedback": Sending(more=lambda page: {"decision": "noted"}),
    "followup_use_claim_decide": Sending(more=lambda page: {"decision": "accepted"}),
    "risks_levels": Sending(more=levels),
    "requirements_pkg.requirement/add": Sending(
        lambda: f"?package={RequirementsPackage.objects.filter(plan__isnull=False).first().pk}",
        more=specification,
    ),
    REQUIREMENT: Sending(more=specification),
    f"{REQUIREMENT} ties": Sending(more=tied, before=untied),
    f"{REQUIREMENT} source": Sending(
        more=lambda page: (
            specification(page) | rows_below("sources", title="Lagen", position="3")(page)
        )
    ),
    "requirements_pkg.wordtemplate/add": Sending(more=a_letterhead_file),
    "requirements_pkg.wordtemplate/change": Sending(more=a_letterhead_file),
    "requirements_pkg.searchsynonym/add": Sending(more=two_words),
    "requirements_pkg.searchsynonym/change": Sending(more=two_words),
    "requirements_pkg_decide": Sending(
        who="reviewer", more=lambda page: {"_approve": "1", "despite_unread": "on"}
    ),
    "requirements_pkg_decide_withdrawal": Sending(
        who="reviewer", more=lambda page: {"_approve": "1"}
    ),
    "requirements_pkg_decide_remark": Sending(more=lambda page: {"decision": "partly"}),
    "requirements_pkg_sum_up": Sending(before=decided_remarks),
    "requirements_pkg_invitees": Sending(
        more=lambda page: {"addresses": "ny@tenn.example"}, before=opened_again
    ),
    "requirements_pkg_decide_consultation": Sending(
        who="reviewer", more=lambda page: {"_approve": "1"}
    ),
    "requirements_pkg_changes": Sending(
        who="reviewer", more=lambda page: {"item": page.context["page"].rows[0].mark}
    ),
    "requirements_pkg_comments": Sending(
        more=lambda page: {"mentions": page.context["form"].fields["mentions"].choices[0][0]}
    ),
    "requirements_pkg_include": Sending(before=nothing_included),
    "followup_answers": Sending(more=explained),
    "followup_send": Sending(before=planned),
    "followup_send_many": Sending(more=all_ticked, before=planned_anew),
    "followup_attachments": Sending(more=lambda page: {"file": a_pdf()}),
    "followup.followup/add": Sending(lambda: f"?omrade={ProductArea.objects.first().pk}"),
    "followup.contract/add": Sending(more=joint_contract),
    "followup.contract/change": Sending(more=lambda page: {"cpv": "", "selection": ""}),
    "followup.deviation/add": Sending(about_follow_up),
    "followup.lesson/add": Sending(about_follow_up),
    "followup.indicatorreading/add": Sending(more=evidence),
    "followup.reportingperiod/change": Sending(more=lambda page: {"name": TYPED}),
    "followup_reading_decide": Sending(who="reviewer", before=submitted),
    "followup_summary_review": Sending(who="reviewer", more=reviewed_words),
    "followup_lesson_review": Sending(who="reviewer", more=reviewed_words),
    "followup_masking_decide": Sending(who="reviewer", more=lambda page: {"_approve": "1"}),
    "followup_mask": Sending(more=lambda page: {"words": "tidsplanen"}),
    "followup_mask_module": Sending(more=lambda page: {"words": "förteckning"}),
    "followup_report_decide": Sending(who="reviewer", more=lambda page: {"_approve": "1"}),
    # Again with words in it that may name somebody, and that nobody has judged.
    "followup_report_write names": Sending(before=not_cleared),
    "followup_mine": Sending(more=lambda page: {"do": "off"}),
}


Run = Callable[[], Any]


@contextmanager
def database(table: str = "", instead: Callable[[Run], Any] = lambda run: run()) -> Iterator[set]:
    """The tables that are written; what writes the one that is named is done in another way."""
    wrote: set[str] = set()

    def execute_watched(execute, sql, params, many, context):
        def run():
            return execute(sql, params, many, context)

        match = WRITING.match(sql)
        if match is None:
            return run()
        wrote.add(match[2])
        return instead(run) if match[2] == table else run()

    copy_rows = bulk_tuples.insert_as_stored

    def copied(model, fields, rows, **bounds):
        """PostgreSQL takes rows by COPY, which no wrapper of statements sees."""
        kept = list(rows)

        def run():
            return copy_rows(model, fields, kept, **bounds)

        wrote.add(model._meta.db_table)
        return instead(run) if model._meta.db_table == table else run()

    with (
        connection.execute_wrapper(execute_watched),
        mock.patch.object(bulk_tuples, "insert_as_stored", copied),
    ):
        yield wrote


def refusing(error: str) -> Callable[[Run], Any]:
    """A database that does not take what is written."""

    def refuse(run: Run) -> Any:
        raise IntegrityError(error)

    return refuse


def twice(run: Run) -> Any:
    """Somebody who stores the very same in the moment before."""
    run()
    return run()


class Form:
    """A page of the admin, to be sent again and again; what it stores is taken back."""

    def __init__(self, name: str, how: Sending, client: Client, world: Callable[[str], str]):
        self.client, self.address = client, world(name.partition(" ")[0]) + how.query()
        how.before()
        page = client.get(self.address)
        self.is_open = page.status_code == 200 and page.context is not None
        self.data = {**filled_in(page), **how.more(page)} if self.is_open else {}

    def writes(self) -> set[str]:
        """The tables that are written when nothing is refused."""
        if not self.is_open:
            return set()
        with transaction.atomic(), database() as wrote:
            self.client.post(self.address, self.data)
            transaction.set_rollback(True)
        return wrote

    def sent_while(self, table: str, instead: Callable[[Run], Any]) -> HttpResponse:
        """The answer where one table is written in another way."""
        for value in self.data.values():
            if hasattr(value, "seek"):
                value.seek(0)
        with transaction.atomic():
            with database(table, instead):
                response = self.client.post(self.address, self.data)
            transaction.set_rollback(True)
        return response

    def fault(self, response: HttpResponse, *sentences: str) -> str:
        """What is wrong with the answer to what was refused, for one of these reasons."""
        text = unescape(response.content.decode())
        if response.status_code >= 500 or not any(sentence in text for sentence in sentences):
            return f"{response.status_code}, no sentence"
        is_typed = TYPED in self.data.values()
        return "what was typed is gone" if is_typed and TYPED not in text else ""


def names() -> list[str]:
    """Every page that may take something, and the special ways to send some of them."""
    kinds = ("add", "change", "delete")
    every = [f"{label}/{kind}" for label in MODELS for kind in kinds]
    return [*dict.fromkeys([*every, *sorted(PAGES.keys() - {"login", "logout"}), *SENDINGS])]
