"""The admin of how it went. The order is that of the panels on a follow-up's page."""

from followup.admin import follow_ups, deviations  # isort: skip
from followup.admin.panels import follow_up_panels, deviation_panels  # isort: skip
from followup.admin import lessons, changes, summaries  # isort: skip
from followup.admin.panels import report_panels  # isort: skip
from followup.admin.pages import masking_pages, report_pages  # isort: skip
from followup.admin.contracts import changes as contract_changes  # isort: skip
from followup.admin.contracts import contracts, suppliers, use_claims  # isort: skip
from followup.admin import closing, indicators, periods, personal, readings, workbook
from followup.backoffice import confidential_pages

__all__ = [
    "changes",
    "closing",
    "confidential_pages",
    "contract_changes",
    "contracts",
    "deviation_panels",
    "deviations",
    "follow_up_panels",
    "follow_ups",
    "indicators",
    "lessons",
    "masking_pages",
    "periods",
    "personal",
    "readings",
    "report_pages",
    "report_panels",
    "summaries",
    "suppliers",
    "use_claims",
    "workbook",
]
