"""What the regions buy: categories, their action plans, and the product areas of a plan."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, in_order, one_of, unique
from actionplan.models.logged import Logged, LoggedQuerySet
from actionplan.models.people import Organisation, ProcurementRegion
from actionplan.word.document import EARLIEST_YEAR, LATEST_YEAR


def former_number() -> "models.CharField[str, str]":
    """Make the field for the old number of a row that its document no longer has; "" where it has.

    Others build on it, so it stays, at the end and with a number that the document does not use.
    """
    return models.CharField(
        _("former number"),
        max_length=20,
        blank=True,
        editable=False,
        help_text=_("The number it had in the plan's document, which no longer contains it."),
    )


class PurchasingCategory(Logged):
    """What a plan is about, such as IT-teknisk plattform."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("purchasing category")
        verbose_name_plural = _("purchasing categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("under review")
    ADOPTED = "adopted", _("adopted")
    CLOSED = "closed", _("closed")


class ActionPlanQuerySet(LoggedQuerySet["ActionPlan"]):
    def with_head(self) -> Self:
        """Read plans with what their name and head facts are made of."""
        return self.select_related("category", "procurement_region", "coordinator")

    def free_slug(self, category: PurchasingCategory, first_year: int) -> str:
        """Return the category's address for its first plan, with the year for the next ones."""
        taken = set(ActionPlan.objects.values_list("slug", flat=True))
        slug, number = category.slug, 1
        while slug in taken:
            slug = f"{category.slug}-{first_year}" + (f"-{number}" if number > 1 else "")
            number += 1
        return slug

    def overlapping(self, first_year: int, last_year: int) -> Self:
        """Return the plans that are about one of these years."""
        return self.filter(first_year__lte=last_year, last_year__gte=first_year)


OWN_PREDECESSOR = _("A plan cannot be its own predecessor. Choose another plan.")


class ActionPlan(Logged):
    """The action plan of one purchasing category for one period."""

    logged_plan = ""
    logged_name = "category__name"

    category = models.ForeignKey(
        PurchasingCategory,
        verbose_name=_("purchasing category"),
        on_delete=models.PROTECT,
        related_name="plans",
        db_index=False,
    )
    procurement_region = models.ForeignKey(
        ProcurementRegion,
        verbose_name=_("procurement region"),
        on_delete=models.PROTECT,
        related_name="plans",
    )
    coordinator = models.ForeignKey(
        Organisation,
        verbose_name=_("coordinator"),
        on_delete=models.PROTECT,
        related_name="plans",
        help_text=_("The organisation that coordinates the category, not a person."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        help_text=_(
            "The last part of the plan's web address. It does not change when the plan is edited."
        ),
    )
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_(
            "What is prioritised, what is not, and why. Separate paragraphs with a blank line."
        ),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=PlanStatus.choices, default=PlanStatus.DRAFT
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("predecessor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
        help_text=_("The plan of the period before, if there is one."),
    )

    objects: ClassVar = ActionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ["category__name", "-first_year"]
        constraints = [
            unique(
                "one_per_category_and_start",
                "category",
                "first_year",
                message=_(
                    "There is already a plan for the category that starts that year. "
                    "Choose another year."
                ),
            ),
            in_order(
                "first_year",
                "last_year",
                _("The plan's last year is before its first year. Correct one of them."),
            ),
            check(
                "years_are_plausible",
                Q(first_year__gte=EARLIEST_YEAR) & Q(last_year__lte=LATEST_YEAR),
                _("Enter years between 2000 and 2100."),
            ),
            one_of("status", PlanStatus, _("Choose draft, under review, adopted or closed.")),
            check(
                "is_not_its_own_predecessor",
                ~Q(predecessor=models.F("id")),
                OWN_PREDECESSOR,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.period}"

    def clean(self) -> None:
        """Refuse what no constraint can: facts that have to agree with other rows.

        Raises:
            ValidationError: the coordinator is of another procurement region, or the predecessor
                does not begin earlier.
        """
        self.check_coordinator()
        self._check_predecessor()

    def check_coordinator(self) -> None:
        """Refuse an organisation of another procurement region than the plan's.

        Raises:
            ValidationError: it is of another.
        """
        given = self.coordinator_id and self.procurement_region_id
        if given and self.coordinator.procurement_region_id != self.procurement_region_id:
            sentence = _(
                "%(organisation)s does not belong to procurement region %(code)s. Choose "
                "another organisation."
            )
            values = {
                "organisation": self.coordinator,
                "code": self.procurement_region.code,
            }
            raise ValidationError({"coordinator": ValidationError(sentence, params=values)})

    def _check_predecessor(self) -> None:
        if self.predecessor_id is not None and self.predecessor_id == self.pk:
            raise ValidationError({"predecessor": OWN_PREDECESSOR})
        if self.first_year is None:
            return
        if self.predecessor is not None and self.predecessor.first_year >= self.first_year:
            sentence = _("%(plan)s does not start before this plan. Choose an earlier plan.")
            error = ValidationError(sentence, params={"plan": self.predecessor})
            raise ValidationError({"predecessor": error})
        if self.pk is None:
            return
        later = self.successors.filter(first_year__lte=self.first_year)
        if plan := later.select_related("category").first():
            sentence = _("%(plan)s has this plan as its predecessor and must start after it.")
            raise ValidationError({"first_year": ValidationError(sentence, params={"plan": plan})})

    @property
    def period(self) -> str:
        """The years as Swedish writes them, with an en dash: 2023–2025."""
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year}"


class Contact(Logged):
    """A person to ask about a plan. Personal data: no snapshot, export or log holds it."""

    logged_in = "plan"
    logged_plan = "plan"
    # Nobody could take them out of the log when the person asks for it.
    logged_hidden = frozenset({"name", "email"})

    plan = models.ForeignKey(
        ActionPlan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Shown on the public page. Ask the person first."),
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["id"]
        constraints = [filled("name", _("Enter the name of the contact person."))]

    def __str__(self) -> str:
        return self.name


class ProductArea(Logged):
    """A part of the category with risks of its own; it always has its whole risk matrix."""

    logged_in = "plan"
    logged_plan = "plan"

    plan = models.ForeignKey(
        ActionPlan,
        verbose_name=_("plan"),
        on_delete=models.CASCADE,
        related_name="product_areas",
        db_index=False,
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=100, editable=False)
    former_number = former_number()

    class Meta:
        verbose_name = _("product area")
        verbose_name_plural = _("product areas")
        ordering = ["plan", "number"]
        constraints = [
            unique(
                "number_once",
                "plan",
                "number",
                message=_(
                    "Another product area in the plan has this number. Choose another number."
                ),
            ),
            check("number_from_one", Q(number__gte=1), _("Number the product areas from 1.")),
            filled("name", _("Enter the name of the product area.")),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the address in step with the name."""
        self.slug = self.slug_of(self.number, self.name)
        super().save(*args, **kwargs)

    @staticmethod
    def slug_of(number: int, name: str) -> str:
        """Return the address of an area: its name, or its number where the name has no letters."""
        return slugify(name)[:100] or f"omrade-{number}"
