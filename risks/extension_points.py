"""What apps to the right add to the risk matrix; see `actionplan.extension_points`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Model
from django.http import HttpRequest

from actionplan.extension_points import Button, ExtensionPoint
from actionplan.models import ActionPlan, ProductArea, User
from risks.models import RiskCell, RiskStatement

CellLink = Callable[[RiskCell], Button | None]
# A link for each cell of every grid that the person may edit.
cell_links = ExtensionPoint[Callable[[HttpRequest, ActionPlan], CellLink]]()
# A link that stands in each cell of every grid, for all who read it.
cell_notes = ExtensionPoint[Callable[[HttpRequest, ProductArea], CellLink]]()
# The requirements that treat statements, by the keys of those: each with its page, and main where
# the link has to be looked at again.
statement_requirements = ExtensionPoint[
    Callable[[HttpRequest, Collection[int]], Mapping[int, list[Button]]]
]()
# Moves what builds on statements to those that they were joined with: keys by keys, and who does
# it. Returns what is worth knowing of it; it is called in the transaction that writes the rows.
statements_joined = ExtensionPoint[Callable[[Mapping[int, int], User], str]]()
# Where one goes on from one statement of a plan that one may edit.
statement_links = ExtensionPoint[Callable[[ActionPlan, RiskStatement], Button | None]]()

# Where a plan of these first and last years is started from the one before, for whoever imports
# a document of them; None where this person may not.
period_starts = ExtensionPoint[Callable[[HttpRequest, ActionPlan, int, int], Button | None]]()

# The requirements that build on rows of a model: their codes by their keys, by the keys of the
# rows. Nothing for rows on which none builds.
requirements_on = ExtensionPoint[
    Callable[[type[Model], Collection[int]], Mapping[int, dict[int, str]]]
]()

# What was published of a plan since a moment, and so stands on top of an import; sentences.
written_on_top = ExtensionPoint[Callable[[ActionPlan, datetime], Iterable[str]]]()
