"""The admin of how it went. The order is that of the panels on a follow-up's page."""

from followup.admin import follow_ups, follow_up_panels  # isort: skip

from followup.admin import personal

__all__ = ["follow_up_panels", "follow_ups", "personal"]
