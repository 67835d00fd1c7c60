"""Who has looked a requirement over, and when."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.models.logged import Logged, LoggedQuerySet


class RequirementLook(Logged):
    """Somebody's word that a requirement and its sources still are as they should be."""

    logged_in = "requirement"
    logged_plan = "requirement__package__plan"
    logged_package = "requirement__package"

    requirement = models.ForeignKey(
        "requirements_pkg.Requirement",
        verbose_name=_("requirement"),
        on_delete=models.CASCADE,
        related_name="looks",
    )
    by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("looked over by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("looked over"), default=timezone.now)

    objects: ClassVar = LoggedQuerySet["RequirementLook"].as_manager()

    class Meta:
        verbose_name = _("look at a requirement")
        verbose_name_plural = _("looks at requirements")
        ordering = ["requirement", "-at", "-id"]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.by}"
