"""Django's entry for this app."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from actionplan.database.older_databases import refuse_older


class ActionPlanConfig(AppConfig):
    name = "actionplan"
    verbose_name = _("Plans and goals")

    def ready(self) -> None:
        """Have `migrate` look at a database before it touches one."""
        checks.register(refuse_older, checks.Tags.database)
