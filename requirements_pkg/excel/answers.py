"""All that was answered in a consultation, as a table to sort and filter."""

from collections.abc import Iterable
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.excel.columns import CODE, Column
from actionplan.excel.columns.kinds import DATE
from actionplan.excel.writing.spreadsheet import SheetDefinition, WorkbookWriter
from requirements_pkg.models import Consultation, ConsultationRemark

COLUMNS: Final = (
    Column("cite", gettext_lazy("Requirement"), 12, CODE),
    Column("title", gettext_lazy("Title"), 30),
    Column("text", gettext_lazy("Remark"), 70),
    Column("name", gettext_lazy("Name"), 20),
    Column("organisation", gettext_lazy("Organisation"), 24),
    Column("email", gettext_lazy("Email address"), 24),
    Column("sent_at", gettext_lazy("Sent"), 18, DATE),
    Column("decision", gettext_lazy("Decision"), 18),
    Column("summary", gettext_lazy("The remark in short"), 50),
    Column("reason", gettext_lazy("Why"), 50),
)


def answers_workbook(consultation: Consultation, remarks: Iterable[ConsultationRemark]) -> bytes:
    """Return the remarks of a consultation as an Excel file, a row each."""
    book = WorkbookWriter(_("Consultation on %(package)s") % {"package": consultation.title})
    rows = [
        (
            remark.cite or _("On the whole"),
            remark.title,
            remark.text,
            remark.reply.name,
            remark.reply.organisation,
            remark.reply.email,
            remark.reply.sent_at,
            capfirst(remark.get_decision_display()),
            remark.summary,
            remark.reason,
        )
        for remark in remarks
    ]
    book.table(SheetDefinition(_("Answers"), _("What was answered, and decided."), COLUMNS, rows))
    return book.close()
