"""Who: the procurement regions, their organisations, and the people with their roles."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import one_of, unique, unique_text
from actionplan.django_edges import Handed
from actionplan.models.logged import Logged, LoggedQuerySet


class ProcurementRegion(Logged):
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


class Organisation(Logged):
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
        constraints = [one_of("kind", OrganisationKind, _("Choose region or joint body."))]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Make people; nothing is stored of who may log in, so nobody is made "staff"."""

    def get_queryset(self) -> "LoggedQuerySet[User]":
        """Return people, whose removal stands in the log."""
        return LoggedQuerySet(self.model, using=self._db)

    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **facts: Handed
    ) -> "User":
        """Store a person; without a password they cannot log in until they choose one."""
        user = self.model(
            username=self.model.normalize_username(username),
            email=self.normalize_email(email),
            **facts,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **facts: Handed
    ) -> "User":
        """Store a person to whom nothing is refused."""
        return self.create_user(username, email, password, is_superuser=True, **facts)

    def at_address(self, address: str) -> "models.QuerySet[User]":
        """Find the active person whom mail to an address reaches, in whatever case it is given."""
        return self.filter(is_active=True, email__iexact=address).exclude(email="")


class User(Logged, AbstractUser):
    """Someone who logs in. What they may do follows from their memberships."""

    logged_hidden = frozenset({"password"})
    # It says how often somebody comes, which is told by the session alone.
    logged_not = frozenset({"last_login"})

    # Django types its own manager here; ours makes people without "staff".
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            unique_text(
                "address_once",
                Lower("email"),
                message=_("Another active person has this e-mail address. Enter another address."),
                when=Q(is_active=True) & ~Q(email=""),
            ),
        ]

    # A column in Django's own class, which nothing of Django writes but its manager.
    @property
    def is_staff(self) -> bool:  # type: ignore[override]
        """Whether Django's admin lets the person in: while a role, or being superuser, gives it.

        No column: a role that is given or taken says it all, and two facts could disagree.
        """
        return self.is_active and (self.is_superuser or bool(self.roles))

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
    SECRETARIAT = "secretariat", _("secretariat")
    REGION_ADMINISTRATOR = "region_administrator", _("region administrator")
    ADMINISTRATOR = "administrator", _("administrator")


class Membership(Logged):
    """The role a person has at an organisation."""

    logged_in = "user"

    user = models.ForeignKey(
        User,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="memberships",
        db_index=False,
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
            one_of("role", Role, _("Choose one of the roles in the list.")),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"
