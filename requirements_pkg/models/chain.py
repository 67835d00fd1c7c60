"""The links of the chain: which risks a requirement treats, and which sub-goals it serves."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from operator import attrgetter
from typing import ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import unique
from actionplan.django_edges import Handed
from actionplan.models import ActionPlan, SubGoal
from actionplan.models.logged import Logged
from requirements_pkg.models.readings import Readings
from requirements_pkg.models.requirements import Requirement
from risks.models import RiskStatement


def fingerprint(title: str, text: str, target: str) -> str:
    """Return the hash of both ends of a link: a requirement's words, and what it is linked to."""
    return sha256("\x1f".join((title, text, target)).encode()).hexdigest()


class Fingerprint(models.Func):
    """What `fingerprint` returns of three texts, worked out by the database.

    Django's own SHA-256 asks PostgreSQL for an extension.
    """

    output_field = models.CharField()
    template = "SHA256(%(expressions)s)"
    arg_joiner = " || char(31) || "

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Handed
    ) -> tuple[str, Sequence[object]]:
        """Write it in the words of PostgreSQL."""
        digits = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
        joiner = " || chr(31) || "
        return self.as_sql(compiler, connection, template=digits, arg_joiner=joiner, **context)


class ChainLink(Logged):
    """A link that turns suspect when either of its texts is no longer what somebody agreed to."""

    # The foreign key to what the requirement is there for, and from there on to its plan.
    target: ClassVar[str]
    plan_path: ClassVar[str]
    # A foreign key of either kind, whose links the requirement calls by their own name.
    requirement: models.ForeignKey[Requirement]

    hash_at_link = models.CharField(_("checksum of both texts"), max_length=64)
    # Who made the link, or who last looked at both texts and said that it still holds.
    confirmed_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed"), default=timezone.now)

    class Meta:
        abstract = True

    @property
    def target_text(self) -> str:
        """The words at the other end."""
        text: str = attrgetter(f"{self.target}.text")(self)
        return text

    @property
    def plan(self) -> ActionPlan:
        """The plan that the other end belongs to."""
        plan: ActionPlan = attrgetter(self._way_to_plan)(self)
        return plan

    @property
    def plan_id(self) -> int:
        """The key of that plan, without asking for the plan."""
        key: int = attrgetter(f"{self._way_to_plan}_id")(self)
        return key

    @property
    def _way_to_plan(self) -> str:
        return self.plan_path.replace("__", ".")

    @property
    def current_hash(self) -> str:
        """What the hash would be of the texts as they are now; `current_hashes` for many links."""
        return current_hashes([self])[0]

    @property
    def is_suspect(self) -> bool:
        """Whether one of the texts has changed since somebody looked."""
        return self.hash_at_link != self.current_hash


def current_hashes(links: Iterable[ChainLink]) -> list[str]:
    """Return what the hash of each link would be of the texts as its plan reads them now.

    Of a shared module a plan reads the version it includes, and the draft only where it includes
    none: two queries for however many links, beside those for what the links have not loaded.
    """
    links = list(links)
    readings = Readings(
        (link.plan_id, link.requirement.package_id)
        for link in links
        if link.requirement.package.is_shared
    )
    hashes = []
    for link in links:
        requirement = link.requirement
        words = (requirement.title, requirement.text)
        if requirement.package.is_shared and (
            read := readings.of(link.plan_id, requirement.package_id, requirement.uid)
        ):
            words = (read.title, read.text)
        hashes.append(fingerprint(*words, link.target_text))
    return hashes


class RiskTreatment(ChainLink):
    """A risk or an opportunity that a requirement is there for."""

    target = "statement"
    plan_path = "statement__cell__product_area__plan"
    logged_in, logged_plan = "requirement", plan_path
    logged_package = "requirement__package"

    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.CASCADE,
        related_name="treatments",
        db_index=False,
    )
    # What a requirement treats is never dropped in silence, by an import or by hand.
    statement = models.ForeignKey(
        RiskStatement,
        verbose_name=_("risk or opportunity"),
        on_delete=models.PROTECT,
        related_name="treatments",
    )

    class Meta:
        verbose_name = _("addressed risk")
        verbose_name_plural = _("addressed risks")
        ordering = ["id"]
        constraints = [
            unique(
                "once",
                "requirement",
                "statement",
                message=_("The requirement already addresses this risk."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.statement}"


class GoalService(ChainLink):
    """A sub-goal that a requirement helps to reach."""

    target = "sub_goal"
    plan_path = "sub_goal__goal__plan"
    logged_in, logged_plan = "requirement", plan_path
    logged_package = "requirement__package"

    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.CASCADE,
        related_name="services",
        db_index=False,
    )
    sub_goal = models.ForeignKey(
        SubGoal,
        verbose_name=_("sub-goal"),
        on_delete=models.PROTECT,
        related_name="services",
    )

    class Meta:
        verbose_name = _("sub-goal of a requirement")
        verbose_name_plural = _("sub-goals of requirements")
        ordering = ["id"]
        constraints = [
            unique(
                "once",
                "requirement",
                "sub_goal",
                message=_("The requirement already contributes to this sub-goal."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.sub_goal}"
