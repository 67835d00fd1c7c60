"""The sheets of packages. Who asked and who approved is personal data and stays."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from actionplan.admin.sheets import CHECKSUM
from actionplan.excel.columns import CODE, LINK, Column
from actionplan.excel.columns.kinds import DATE, WHOLE, ChoiceKind
from actionplan.excel.lists import ExcelList, ListColumn
from requirements_pkg.models import (
    AcceptedProof,
    Decision,
    PackageVersion,
    PublishRequest,
    RequirementRevision,
    RequirementsPackage,
    RiskTreatment,
    SearchSynonym,
    VersionWithdrawal,
    WordTemplate,
)

PACKAGE: Final = Column("package", _("Requirements package"), 30, CODE)
REQUIREMENT_CODE: Final = Column("code", _("Code"), 10, CODE)

# Packages and the plans they belong to.
PACKAGES: Final = ExcelList(
    RequirementsPackage,
    _("Requirements packages"),
    (
        ListColumn(Column("slug", _("Address"), 30, CODE), "slug"),
        ListColumn(Column("title", _("Title"), 40), "title"),
        ListColumn(Column("plan", _("Plan"), 30, CODE), "plan__slug"),
        ListColumn(Column("steward", _("Steward"), 24), "steward__name"),
    ),
)


# What was published, and when.
VERSIONS: Final = ExcelList(
    PackageVersion,
    _("Published versions"),
    (
        ListColumn(PACKAGE, "package__slug"),
        ListColumn(Column("number", _("Version"), 10, WHOLE), "number"),
        ListColumn(Column("published_at", _("Published"), 18, DATE), "published_at"),
        ListColumn(Column("note", _("What is new"), 60), "note"),
        ListColumn(CHECKSUM, "sha256"),
    ),
)


# What was sent for approval, and what was answered.
REQUESTS: Final = ExcelList(
    PublishRequest,
    _("Requests to publish"),
    (
        ListColumn(PACKAGE, "package__slug"),
        ListColumn(Column("requested_at", _("Requested"), 18, DATE), "requested_at"),
        ListColumn(Column("note", _("What is new"), 60), "note"),
        ListColumn(Column("decision", _("Decision"), 14, ChoiceKind(Decision)), "decision"),
        ListColumn(Column("decided_at", _("Decided"), 18, DATE), "decided_at"),
        ListColumn(Column("reason", _("Reason"), 60), "reason"),
    ),
)


# Which requirement treats which risk.
TREATMENTS: Final = ExcelList(
    RiskTreatment,
    _("Addressed risks"),
    (
        ListColumn(PACKAGE, "requirement__package__slug"),
        ListColumn(REQUIREMENT_CODE, "requirement__code"),
        ListColumn(Column("title", _("Title"), 40), "requirement__title"),
        ListColumn(Column("plan", _("Plan"), 26, CODE), f"{RiskTreatment.plan_path}__slug"),
        ListColumn(Column("area", _("Product area"), 24), "statement__cell__product_area__name"),
        ListColumn(Column("stage", _("Life-cycle stage"), 24), "statement__cell__stage__name"),
        ListColumn(Column("dimension", _("Dimension"), 24), "statement__cell__dimension__name"),
        ListColumn(Column("text", _("Text"), 80), "statement__text"),
        ListColumn(Column("confirmed_at", _("Confirmed"), 18, DATE), "confirmed_at"),
    ),
)


# Which versions are no longer to be used.
WITHDRAWALS: Final = ExcelList(
    VersionWithdrawal,
    _("Withdrawn versions"),
    (
        ListColumn(PACKAGE, "version__package__slug"),
        ListColumn(Column("number", _("Version"), 10, WHOLE), "version__number"),
        ListColumn(Column("reason", _("Reason"), 60), "reason"),
        ListColumn(Column("instead", _("Use instead"), 12, WHOLE), "replaced_by__number"),
        ListColumn(Column("withdrawn_at", _("Withdrawn"), 18, DATE), "withdrawn_at"),
    ),
)


# Which wording of a requirement was first published when.
REVISIONS: Final = ExcelList(
    RequirementRevision,
    _("Published wordings"),
    (
        ListColumn(PACKAGE, "requirement__package__slug"),
        ListColumn(REQUIREMENT_CODE, "requirement__code"),
        ListColumn(Column("number", _("Wording"), 10, WHOLE), "number"),
        ListColumn(Column("version", _("First published in"), 10, WHOLE), "version__number"),
        ListColumn(CHECKSUM, "sha256"),
    ),
)


# The regions' Word templates; who uploaded one is personal data and stays.
TEMPLATES: Final = ExcelList(
    WordTemplate,
    _("Word templates"),
    (
        ListColumn(Column("organisation", _("Organisation"), 40), "organisation__name"),
        ListColumn(Column("file_name", _("File name"), 50), "file_name"),
        ListColumn(CHECKSUM, "sha256"),
        ListColumn(Column("uploaded_at", _("Uploaded"), 18, DATE), "uploaded_at"),
    ),
)


# The words that a search takes for one.
SYNONYMS: Final = ExcelList(
    SearchSynonym,
    _("Synonyms in search"),
    (ListColumn(Column("words", _("Words"), 80), "words"),),
)


# What requirements accept as proof, for all regions.
PROOFS: Final = ExcelList(
    AcceptedProof,
    _("Accepted proofs"),
    (
        ListColumn(Column("name", _("Name"), 30), "name"),
        ListColumn(Column("owner", _("Owner"), 30), "owner"),
        ListColumn(Column("url", _("Web address"), 40, LINK), "url"),
        ListColumn(Column("proves", _("What it proves"), 60), "proves"),
    ),
)
