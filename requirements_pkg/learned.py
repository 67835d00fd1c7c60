"""What was learnt, for the content that is published; the app that knows it tells it.

Lessons come from follow-ups, which belong to an app that this one must not import. It registers a
teller, as the apps to the right register panels on a plan's page.
"""

from collections.abc import Callable, Mapping

from requirements_pkg.document.schema import Lesson
from requirements_pkg.models import RequirementsPackage

# For each requirement's uid the number of the wording that the draft has now.
Wordings = Mapping[str, int]
Tell = Callable[[RequirementsPackage, Wordings], list[Lesson]]
_tellers: list[Tell] = []


def teller(tell: Tell) -> Tell:
    """Add what tells the lessons of a package."""
    _tellers.append(tell)
    return tell


def lessons_of(package: RequirementsPackage, wordings: Wordings) -> list[Lesson]:
    """The lessons that the draft of a package has taken in, in a fixed order."""
    return [lesson for tell in _tellers for lesson in tell(package, wordings)]
