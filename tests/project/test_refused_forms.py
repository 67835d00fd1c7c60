"""Every form of the admin, sent while the database refuses what it writes: it says which rule.

Every constraint of every table that a form writes is broken at the moment of writing, as by
somebody who stores the same at once; what a form itself would have said beforehand does not help.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, models, transaction

from actionplan.models import ProductArea
from followup.models import FollowUp, IndicatorReading, ReadingState
from requirements_pkg.models import RequirementsPackage
from tests.project.admin_table import MODELS, PAGES
from tests.project.breaking import APPS, constraints_of
from tests.project.sent_forms import TYPED, filled_in
from tests.project.test_admin_addresses import stored
from tests.requirements_pkg.letterheads import a_letterhead

WRITING = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


def letterhead() -> dict[str, Any]:
    return {"file": SimpleUploadedFile("brev.docx", a_letterhead())}


@dataclass
class Sending:
    """How a page is sent, where filling in what it asks for does not do."""

    query: Callable[[], str] = str
    more: Callable[[], dict[str, Any]] = dict
    who: str = "superuser"
    before: Callable[[], object] = bool


def about_follow_up() -> str:
    return f"?uppfoljning={FollowUp.objects.get().pk}"


def submitted() -> None:
    rows = models.QuerySet(IndicatorReading)
    rows.update(state=ReadingState.SUBMITTED, submitted_at="2026-03-16T12:00:00Z")


SENDINGS = {
    "requirements_pkg.requirement/add": Sending(
        lambda: f"?package={RequirementsPackage.objects.filter(plan__isnull=False).first().pk}",
    ),
    "followup.followup/add": Sending(lambda: f"?omrade={ProductArea.objects.first().pk}"),
    "followup.deviation/add": Sending(about_follow_up),
    "followup.lesson/add": Sending(about_follow_up),
    "risks.headingalias/add": Sending(more=lambda: {"stage": 1, "spelling": "Ny stavning"}),
    "requirements_pkg.wordtemplate/add": Sending(more=letterhead),
    "requirements_pkg.wordtemplate/change": Sending(more=letterhead),
    "requirements_pkg_decide": Sending(who="reviewer", more=lambda: {"_approve": "1"}),
    "followup_reading_decide": Sending(who="reviewer", before=submitted),
    "followup_mine": Sending(more=lambda: {"do": "off"}),
}


def test_explore(world, as_persona):
    clients = {name: as_persona(name) for name in ("superuser", "reviewer")}
    found = {}
    names = [f"{l}/{p}" for l, r in MODELS.items() for p in r.pages() if p in ("add", "change")]
    for name in [*names, *PAGES]:
        if name in ("login", "logout"):
            continue
        how = SENDINGS.get(name, Sending())
        with transaction.atomic():
            how.before()
            at = world(name) + how.query()
            client = clients[how.who]
            page = client.get(at)
            data = filled_in(page) if page.status_code == 200 and page.context else {}
            data |= how.more()
            wrote = set()

            def watch(execute, sql, params, many, context):
                if f := WRITING.match(sql):
                    wrote.add(f[1])
                return execute(sql, params, many, context)

            with connection.execute_wrapper(watch):
                r = client.post(at, data)
            errs = ""
            if r.status_code != 302 and r.context:
                for k in ("adminform", "form"):
                    f = r.context.get(k)
                    f = getattr(f, "form", f)
                    if getattr(f, "errors", None):
                        errs += str(f.errors.as_data())
                for i in r.context.get("inline_admin_formsets") or ():
                    errs += str(i.formset.errors) + str(i.formset.non_form_errors())
            transaction.set_rollback(True)
        wrote = {w for w in wrote if not w.startswith("django_") and "historical" not in w}
        if not wrote and r.status_code not in (403, 404, 405):
            print(name, r.status_code, errs[:500])
