"""What the topics of follow-up add to a follow-up's page; see `actionplan.extension_points`.

Each panel stands in the module of its topic. They are shown in the order in which `followup.admin`
imports those modules.
"""

from collections.abc import Callable

from django.http import HttpRequest

from actionplan.extension_points import ExtensionPoint, Panel
from followup.models import FollowUp

follow_up_panels = ExtensionPoint[Callable[[HttpRequest, FollowUp], Panel]]()
