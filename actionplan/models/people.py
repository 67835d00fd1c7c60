"""Who: the procurement regions, their organisations, and the people with their roles."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import one_of, unique


class ProcurementRegion(models.Model):
    """One of the eight groups (A–H) that own purchasing categories together."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("procurement region")
        verbose_name_plural = _("procurement regions")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"


class OrganisationKind(models.TextChoices):
    REGION = "region", _("region")
    JOINT_BODY = "joint_body", _("joint body")


class Organisation(models.Model):
    """A region, or a body that several regions have together."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=OrganisationKind.choices,
        default=OrganisationKind.REGION,
    )
    procurement_region = models.ForeignKey(
        ProcurementRegion,
        verbose_name=_("procurement region"),
        on_delete=models.PROTECT,
        related_name="organisations",
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            one_of("kind", OrganisationKind, _("An organisation is a region or a joint body."))
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Someone who logs in. What they may do follows from their memberships."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")

    @cached_property
    def roles(self) -> frozenset[tuple[str, int]]:
        """Pairs of role and procurement region, asked for once per request."""
        if not self.is_active:
            return frozenset()
        pairs = self.memberships.values_list("role", "organisation__procurement_region")
        return frozenset(pairs)


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("coordinator")
    REVIEWER = "reviewer", _("reviewer")
    ANALYST = "analyst", _("analyst")


class Membership(models.Model):
    """The role a person has at an organisation."""

    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            unique(
                "once",
                "user",
                "organisation",
                "role",
                message=_("This person already has this role at this organisation."),
            ),
            one_of("role", Role, _("A role is coordinator, reviewer or analyst.")),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"
