"""What apps to the right add to packages and to what is published.

See `actionplan.extension_points`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.http import HttpRequest

from actionplan.database.prepared_queries import PreparedQuery, Steps
from actionplan.extension_points import ExtensionPoint, Panel
from actionplan.models import ActionPlan, User
from requirements_pkg.cards.follow_up_counts import Counts, PackageUse
from requirements_pkg.document.schema import Lesson
from requirements_pkg.models import RequirementsPackage

# By the keys of indicators: the last value that was approved, and the day it was read.
LastValues = Mapping[int, tuple[Decimal, date]]
# For each requirement's uid the number of the wording that the draft has now.
Wordings = Mapping[str, int]

# By text: where it stands first.
PlacedTexts = Mapping[str, str]


class PublicTexts(NamedTuple):
    """What is to become public: all of it in rows, and each text of it, which takes longer."""

    in_rows: Callable[[], Sequence[bytes]]
    placed: Callable[[], PlacedTexts]
    # The same for the same texts, where somebody knows it already; "" where nobody does.
    mark: str = ""


class NamedWords(NamedTuple):
    """Words that may name somebody; `key` is the same for the same words in the same text."""

    place: str
    words: str
    key: str


class ClearedWords(NamedTuple):
    """Words that may name somebody and may stand: why, who said so, and when."""

    place: str
    words: str
    reason: str
    by: str
    at: datetime


# Panels of the page of every package, after this app's own.
package_panels = ExtensionPoint[Callable[[HttpRequest, RequirementsPackage], list[Panel]]]()
# What closing a plan means for what an app keeps of it, in a sentence each.
closing_effects = ExtensionPoint[Callable[[ActionPlan], list[str]]]()
# The lessons that the draft of a package has taken in, in a fixed order, asked step by step.
published_lessons = ExtensionPoint[
    Callable[[RequirementsPackage, Wordings], Steps[list[Lesson]]]
]()
# What is another once a row was written that these lessons are made of, by the keys of packages:
# see `requirements_pkg.drafting.draft_marks`.
lesson_marks = ExtensionPoint[PreparedQuery]()
# The words of texts that may name somebody and that nobody has cleared.
named_words = ExtensionPoint[Callable[[RequirementsPackage, PublicTexts], list[NamedWords]]]()
# The words of texts that may name somebody and may stand, for whoever approves them.
cleared_words = ExtensionPoint[Callable[[RequirementsPackage, PlacedTexts], list[ClearedWords]]]()
# Keeps why words may stand: their key, the words, the reason, and whose it is.
name_clearing = ExtensionPoint[Callable[[RequirementsPackage, str, str, str, User], None]]()
# How often the requirements of a package were followed up, by its slug, and whether it is a shared
# module: of plans and of modules others are asked.
follow_up_counts = ExtensionPoint[Callable[[str, bool], Counts]]()
# How many have used requirements of a package, by its slug; None where no report tells of it.
package_use = ExtensionPoint[Callable[[str], PackageUse | None]]()
# The last values of a plan's indicators, from which the next period sets out.
last_values = ExtensionPoint[Callable[[ActionPlan], LastValues]]()
