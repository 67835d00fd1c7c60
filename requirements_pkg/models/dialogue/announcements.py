"""Who wants a mail when something is published, and what was announced to whom and how."""

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, unique
from actionplan.models.logged import Logged, LoggedQuerySet
from actionplan.models.written import Written

# As long as an address may be.
LONGEST_SELECTION: Final = 7800


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> Self:
        """Return those whose reader has said yes from the address itself."""
        return self.filter(confirmed_at__isnull=False)

    def of_package(self, package: int) -> Self:
        """Return those that hear of a package: its own, and those of everything."""
        return self.of_packages().filter(Q(package=package) | Q(package__isnull=True))

    def of_packages(self) -> Self:
        """Return those that hear of whole packages: of one, or of every one."""
        return self.filter(digest="")

    def of_selections(self) -> Self:
        """Return those that hear of what a buyer chose."""
        return self.exclude(digest="")


class Subscription(Written):
    """An address that gets a mail when a version is published: of one package, or of any.

    Or when something becomes of what a buyer chose: her selection stands here as in an address,
    without what she typed.

    It goes when its reader leaves, and no log keeps it.
    """

    email = models.EmailField(_("email address"))
    package = models.ForeignKey(
        "requirements_pkg.RequirementsPackage",
        verbose_name=_("package"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    selection = models.TextField(_("selection"), blank=True, max_length=LONGEST_SELECTION)
    # Of the selection: an index takes no text of any length.
    digest = models.CharField(_("checksum"), blank=True, max_length=64)
    # What happened until then has been told.
    news_until = models.DateTimeField(_("news until"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects: ClassVar = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["id"]
        constraints = [
            filled("email", _("Enter an email address.")),
            unique(
                "once",
                "email",
                "package",
                message=_("The address already subscribes to the package."),
                when=Q(package__isnull=False),
            ),
            unique(
                "once_to_all",
                "email",
                message=_("The address already subscribes to everything."),
                when=Q(package__isnull=True, digest=""),
            ),
            unique(
                "once_of_selection",
                "email",
                "digest",
                message=_("The address already subscribes to the selection."),
                when=~Q(digest=""),
            ),
            check(
                "of_package_or_selection",
                Q(selection="", digest="", news_until__isnull=True)
                | (
                    Q(package__isnull=True, news_until__isnull=False)
                    & ~Q(selection="")
                    & ~Q(digest="")
                ),
                _("A subscription is to packages or to a selection, not to both."),
            ),
        ]

    def __str__(self) -> str:
        return self.email


class AnnouncementChannel(models.TextChoices):
    MAIL = "mail", _("mail to subscribers")
    OTHER = "other", _("another channel")


class AnnouncementQuerySet(LoggedQuerySet["Announcement"]):
    def of_version(self, version: int) -> Self:
        """Return how a version was announced, in the order of the days."""
        return self.filter(version=version).order_by("on", "pk")


class Announcement(Logged):
    """That a version was announced: when, how, and, by mail, to how many."""

    logged_in = "version"
    logged_plan = "version__package__plan"
    logged_package = "version__package"

    version = models.ForeignKey(
        "requirements_pkg.PackageVersion",
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="announcements",
    )
    channel = models.CharField(_("channel"), max_length=20, choices=AnnouncementChannel.choices)
    on = models.DateField(_("day"), default=timezone.localdate)
    # By mail: to how many it was handed over.
    recipients = models.PositiveIntegerField(_("recipients"), null=True, blank=True)
    where = models.CharField(_("where"), max_length=200, blank=True)
    # Of what was noted by hand.
    noted_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("noted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["version", "on", "id"]
        constraints = [
            one_of("channel", AnnouncementChannel, _("Choose how it was announced.")),
            unique(
                "mailed_once",
                "version",
                message=_("The version is already announced to subscribers."),
                when=Q(channel=AnnouncementChannel.MAIL),
            ),
            check(
                "says_to_how_many_or_where",
                Q(
                    channel=AnnouncementChannel.MAIL,
                    recipients__isnull=False,
                    where="",
                    noted_by__isnull=True,
                )
                | (
                    Q(
                        channel=AnnouncementChannel.OTHER,
                        recipients__isnull=True,
                        noted_by__isnull=False,
                    )
                    & ~Q(where="")
                ),
                _("State where it was announced."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.where or self.get_channel_display()}"
