"""The admin of labels and certificates that requirements accept as proof."""

from django.contrib import admin

from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ReferenceAdmin
from requirements_pkg.excel.package_sheets import PROOFS
from requirements_pkg.models import AcceptedProof


@admin.register(AcceptedProof)
class AcceptedProofAdmin(ExportAdmin, ReferenceAdmin):
    """The one list that all regions share: read by all, changed by administrators."""

    sheets = [PROOFS]
    list_display = ["name", "owner", "url"]
    search_fields = ["name", "owner", "proves"]
