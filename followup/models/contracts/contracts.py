"""A contract, who has it, and the requirements that were taken into it.

Everything here is confidential (OSL 31:16): who has a part in it sees it, others not that it is.
"""

from typing import ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, unique
from actionplan.models import Organisation, ProductArea
from actionplan.models.logged import Logged, LoggedQuerySet
from followup.models.contracts.suppliers import Supplier
from requirements_pkg.document import cpv
from requirements_pkg.models import PackageVersion, Requirement, RequirementRevision

# What a follow-up that has ended was of.
KEPT_FACTS: Final = ("organisation_id", "supplier_id", "reference")


class ContractKind(models.TextChoices):
    OWN = "own", _("own contract")
    JOINT = "joint", _("joint contract")


class ContractQuerySet(LoggedQuerySet["Contract"]):
    def with_names(self) -> Self:
        """Read contracts with what their names and rights are made of."""
        return self.select_related("organisation", "supplier")


class Contract(Logged):
    """One contract with one supplier, of an organisation or of several."""

    is_confidential = True
    logged_name = "reference"

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("contract owner"),
        on_delete=models.PROTECT,
        related_name="contracts",
        db_index=False,
    )
    reference = models.CharField(
        _("contract reference"),
        max_length=100,
        help_text=_("The number in your own system. Confidential."),
    )
    supplier = models.ForeignKey(
        Supplier,
        verbose_name=_("supplier"),
        on_delete=models.PROTECT,
        related_name="contracts",
    )
    kind = models.CharField(
        _("own or joint"),
        max_length=20,
        choices=ContractKind.choices,
        default=ContractKind.OWN,
    )
    joint_owners = models.ManyToManyField(
        Organisation,
        verbose_name=_("joint owners"),
        through="JointOwner",
        related_name="joint_contracts",
        blank=True,
    )
    value = models.DecimalField(
        _("value"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("For the whole contract, options included."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="SEK", help_text=_("Three letters: SEK, EUR.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Without options. Empty until stopped.")
    )
    options = models.CharField(
        _("options"),
        max_length=200,
        blank=True,
        help_text=_("How it can be extended: 2 × 12 months."),
    )
    extended_to = models.DateField(_("last day with options"), null=True, blank=True)
    cpv = models.TextField(
        _("CPV codes"),
        blank=True,
        max_length=1000,
        help_text=_("With the check digit, 48820000-2; separate several with spaces."),
    )
    product_areas = models.ManyToManyField(
        ProductArea,
        verbose_name=_("product areas"),
        through="ContractArea",
        related_name="contracts",
        blank=True,
    )

    objects: ClassVar = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["starts_on", "id"], name="contract_started")]
        constraints = [
            filled("reference", _("Enter the contract's reference.")),
            filled("currency", _("Enter the currency of the value.")),
            one_of("kind", ContractKind, _("Choose own or joint contract.")),
            unique(
                "reference_once",
                "organisation",
                "reference",
                message=_("The contract owner already has a contract with this reference."),
            ),
            check(
                "value_is_none_or_more",
                Q(value__isnull=True) | Q(value__gte=0),
                _("Enter a value of zero or more."),
            ),
            check(
                "ends_after_start",
                Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                _("The contract ends before it starts. Correct one of the days."),
            ),
            check(
                "extended_after_end",
                Q(extended_to__isnull=True)
                | (Q(ends_on__isnull=False) & Q(extended_to__gte=F("ends_on"))),
                _("The last day with options comes after the last day without them."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def is_of(self, organisation: int | None) -> bool:
        """Tell whether an organisation, by its key, has a part in the contract."""
        is_owner = self.organisation_id == organisation
        return is_owner or self.joint_owners.filter(pk=organisation).exists()

    def clean(self) -> None:
        """Demand well-formed codes, and leave alone what an ended follow-up was of."""
        errors: dict[str, object] = {}
        self.currency = self.currency.strip().upper()
        if not (self.currency.isascii() and self.currency.isalpha() and len(self.currency) == 3):
            errors["currency"] = _("Write the currency with three letters: SEK.")
        self.cpv = " ".join(dict.fromkeys(self.cpv.replace(",", " ").split()))
        if unfit := [fault for code in self.cpv.split() if (fault := cpv.fault(code))]:
            errors["cpv"] = unfit
        before = self.known()
        is_other = any(
            name in before and before[name] != getattr(self, name) for name in KEPT_FACTS
        )
        if self.pk is not None and is_other and self.follow_ups.done().exists():
            errors["reference"] = _(
                "The contract has been followed up: its owner, supplier and reference stay. "
                "Register another contract."
            )
        if errors:
            raise ValidationError(errors)


class JointOwner(Logged):
    """An organisation that has a contract together with its owner."""

    is_confidential = True
    logged_in = "contract"

    contract = models.ForeignKey(
        Contract, verbose_name=_("contract"), on_delete=models.CASCADE, db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("joint owner")
        verbose_name_plural = _("joint owners")
        constraints = [
            unique(
                "once",
                "contract",
                "organisation",
                message=_("The organisation already has a part in the contract."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class ContractArea(Logged):
    """A product area that is bought by a contract."""

    is_confidential = True
    logged_in = "contract"

    contract = models.ForeignKey(
        Contract, verbose_name=_("contract"), on_delete=models.CASCADE, db_index=False
    )
    product_area = models.ForeignKey(
        ProductArea, verbose_name=_("product area"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("product area of a contract")
        verbose_name_plural = _("product areas of contracts")
        constraints = [
            unique(
                "once",
                "contract",
                "product_area",
                message=_("The contract already names the product area."),
            )
        ]

    def __str__(self) -> str:
        return str(self.product_area)


class ContractRequirementQuerySet(LoggedQuerySet["ContractRequirement"]):
    def filled_in(self, contract: int | None) -> dict[str, dict[str, str]]:
        """Return what was filled in for a contract, by the requirement's uid and the place's key.

        Args:
            contract: its key; None where it is in no register.
        """
        if contract is None:
            return {}
        rows = self.filter(contract=contract).values_list("requirement__uid", "values")
        return {str(uid): values for uid, values in rows}

    def changed(self) -> Self:
        """Return what was published in other words, or withdrawn, since somebody looked at it."""
        newer = RequirementRevision.objects.filter(
            requirement=OuterRef("requirement"),
            number__gt=Greatest(OuterRef("revision"), Coalesce(OuterRef("seen_revision"), 0)),
        )
        return self.filter(Exists(newer))


class ContractRequirement(Logged):
    """A requirement that stands in a contract, as it read in a published version."""

    is_confidential = True
    logged_in = "contract"

    contract = models.ForeignKey(
        Contract,
        verbose_name=_("contract"),
        on_delete=models.CASCADE,
        related_name="requirements",
        db_index=False,
    )
    version = models.ForeignKey(
        PackageVersion,
        verbose_name=_("version of the package"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.PROTECT,
        related_name="in_contracts",
    )
    # As buyers cite it: the code and the number of the wording.
    code = models.CharField(_("code"), max_length=11)
    revision = models.PositiveSmallIntegerField(_("wording"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # What was filled in, by the key of the place.
    values = models.JSONField(_("filled in"), default=dict, blank=True)
    points = models.PositiveIntegerField(
        _("points"),
        null=True,
        blank=True,
        help_text=_("At most, in the contract's own evaluation."),
    )
    # The newest wording that somebody has looked at, and what it means for the contract.
    seen_revision = models.PositiveSmallIntegerField(_("wording looked at"), null=True, blank=True)
    seen_note = models.TextField(_("what it means for the contract"), max_length=1000, blank=True)

    objects: ClassVar = ContractRequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement in a contract")
        verbose_name_plural = _("requirements in contracts")
        ordering = ["contract", "position", "id"]
        constraints = [
            filled("code", _("Enter the code of the requirement.")),
            unique(
                "once",
                "contract",
                "requirement",
                message=_("The requirement already stands in the contract."),
            ),
            check(
                "seen_with_note",
                Q(seen_revision__isnull=True) ^ ~Q(seen_note=""),
                _("Write what the change means for the contract."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}:{self.revision}"
