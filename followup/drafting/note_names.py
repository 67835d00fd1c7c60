"""The note of a version is screened for names as a report is."""

from actionplan.models import User
from followup.drafting.names import known_names
from followup.models import ClearedName
from requirements_pkg.extension_points import cleared_names, name_clearing, noted_names
from requirements_pkg.models import RequirementsPackage


@noted_names
def of_note(package: RequirementsPackage, note: str) -> list[tuple[str, str]]:
    """Return the words of a note that may name somebody, and that nobody has cleared."""
    hits = known_names().hits("note", note)
    if not hits:
        return []
    cleared = set(ClearedName.objects.filter(package=package).values_list("key", flat=True))
    return [(hit.key, hit.words) for hit in hits if hit.key not in cleared]


@cleared_names
def cleared_of_note(package: RequirementsPackage, note: str) -> list[tuple[str, str]]:
    """Return the words of a note that somebody has cleared, and why they may stand."""
    keys = {hit.key for hit in known_names().hits("note", note)}
    rows = ClearedName.objects.filter(package=package, key__in=keys).order_by("words")
    return list(rows.values_list("words", "reason"))


@name_clearing
def clear(package: RequirementsPackage, key: str, words: str, reason: str, by: User) -> None:
    """Store why words may stand."""
    row = ClearedName(package=package, key=key, words=words[:400], reason=reason, cleared_by=by)
    row.full_clean()
    row.signed_by(by).save()
