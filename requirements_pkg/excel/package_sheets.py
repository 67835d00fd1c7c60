"""The sheets of packages. Who asked and who approved is personal data and stays."""

from django.utils.translation import gettext_lazy as _

from actionplan.excel.sheet_fields import ChoiceWidget, SheetField
from actionplan.excel.sheet_resource import ScopedResource
from requirements_pkg.models import (
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


class PackageResource(ScopedResource):
    """Packages and the plans they belong to."""

    slug = SheetField("slug", _("Address"), 30, "code")
    title = SheetField("title", _("Title"), 40)
    plan = SheetField("plan__slug", _("Plan"), 30, "code")
    steward = SheetField("steward__name", _("Steward"), 24)

    class Meta:
        model = RequirementsPackage
        name = _("Requirements packages")


class VersionResource(ScopedResource):
    """What was published, and when."""

    package = SheetField("package__slug", _("Requirements package"), 30, "code")
    number = SheetField("number", _("Version"), 10, "number")
    published_at = SheetField("published_at", _("Published"), 18, "date")
    note = SheetField("note", _("What is new"), 60)
    sha256 = SheetField("sha256", _("Checksum"), 66, "code")

    class Meta:
        model = PackageVersion
        name = _("Published versions")


class RequestResource(ScopedResource):
    """What was sent for approval, and what was answered."""

    package = SheetField("package__slug", _("Requirements package"), 30, "code")
    requested_at = SheetField("requested_at", _("Requested"), 18, "date")
    note = SheetField("note", _("What is new"), 60)
    decision = SheetField("decision", _("Decision"), 14, widget=ChoiceWidget(Decision))
    decided_at = SheetField("decided_at", _("Decided"), 18, "date")
    reason = SheetField("reason", _("Reason"), 60)

    class Meta:
        model = PublishRequest
        name = _("Requests to publish")


class TreatmentResource(ScopedResource):
    """Which requirement treats which risk."""

    plan_path = RiskTreatment.plan_path

    package = SheetField("requirement__package__slug", _("Requirements package"), 30, "code")
    code = SheetField("requirement__code", _("Code"), 10, "code")
    title = SheetField("requirement__title", _("Title"), 40)
    plan = SheetField(f"{RiskTreatment.plan_path}__slug", _("Plan"), 26, "code")
    area = SheetField("statement__cell__product_area__name", _("Product area"), 24)
    stage = SheetField("statement__cell__stage__name", _("Life-cycle stage"), 24)
    dimension = SheetField("statement__cell__dimension__name", _("Dimension"), 24)
    text = SheetField("statement__text", _("Text"), 80)
    confirmed_at = SheetField("confirmed_at", _("Confirmed"), 18, "date")

    class Meta:
        model = RiskTreatment
        name = _("Addressed risks")


class WithdrawalResource(ScopedResource):
    """Which versions are no longer to be used."""

    package = SheetField("version__package__slug", _("Requirements package"), 30, "code")
    number = SheetField("version__number", _("Version"), 10, "number")
    reason = SheetField("reason", _("Reason"), 60)
    instead = SheetField("replaced_by__number", _("Use instead"), 12, "number")
    withdrawn_at = SheetField("withdrawn_at", _("Withdrawn"), 18, "date")

    class Meta:
        model = VersionWithdrawal
        name = _("Withdrawn versions")


class RevisionResource(ScopedResource):
    """Which wording of a requirement was first published when."""

    package = SheetField("requirement__package__slug", _("Requirements package"), 30, "code")
    code = SheetField("requirement__code", _("Code"), 10, "code")
    number = SheetField("number", _("Wording"), 10, "number")
    version = SheetField("version__number", _("First published in"), 10, "number")
    sha256 = SheetField("sha256", _("Checksum"), 66, "code")

    class Meta:
        model = RequirementRevision
        name = _("Published wordings")


class TemplateResource(ScopedResource):
    """The regions' Word templates; who uploaded one is personal data and stays."""

    organisation = SheetField("organisation__name", _("Organisation"), 40)
    file_name = SheetField("file_name", _("File name"), 50)
    sha256 = SheetField("sha256", _("Checksum"), 66, "code")
    uploaded_at = SheetField("uploaded_at", _("Uploaded"), 18, "date")

    class Meta:
        model = WordTemplate
        name = _("Word templates")


class SynonymResource(ScopedResource):
    """The words that a search takes for one."""

    words = SheetField("words", _("Words"), 80)

    class Meta:
        model = SearchSynonym
        name = _("Synonyms in search")
