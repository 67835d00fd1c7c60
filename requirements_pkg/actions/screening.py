"""Names in the note of a version: it is public, so they are removed, or somebody says why not."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actionplan.models import User
from requirements_pkg.extension_points import cleared_names, name_clearing, noted_names
from requirements_pkg.models import RequirementsPackage

# The key of some words in a text, and the words.
Named = tuple[str, str]


def names_in(package: RequirementsPackage, note: str) -> list[Named]:
    """Return the words of a note that may name somebody; worked out while nobody waits."""
    return [named for look in noted_names for named in look(package, note)]


def cleared_in(package: RequirementsPackage, note: str) -> list[tuple[str, str]]:
    """Return the words of a note that may name somebody and may stand, each with why."""
    return [cleared for look in cleared_names for cleared in look(package, note)]


def refuse_names(
    package: RequirementsPackage, names: list[Named], *, reason: str, by: User
) -> None:
    """Keep why words may stand that may name somebody.

    Raises:
        ValidationError: nobody has said why.
    """
    if names and not reason.strip():
        raise ValidationError(
            _(
                "The note may name somebody: %(words)s. Remove the words, or write why they may "
                "stand."
            )
            % {"words": ", ".join(f"”{words}”" for _key, words in names)}
        )
    for key, words in dict(names).items():
        for keep in name_clearing:
            keep(package, key, words, reason.strip(), by)
