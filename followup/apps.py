"""Django's entry for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowUpConfig(AppConfig):
    name = "followup"
    verbose_name = _("Follow-up")

    def ready(self) -> None:
        """Let what is published, and a requirement's page, tell what was learnt."""
        # Only now: what it imports needs every app's models.
        from followup.drafting import last_values, published_names  # noqa: F401
        from followup.published import public_counts, reports, version_lessons  # noqa: F401
