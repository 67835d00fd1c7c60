"""What becomes public of a package is screened for names as a report is."""

from collections.abc import Iterator

from actionplan.models import User
from actionplan.text import one_line
from followup.drafting.names import known_names
from followup.models import ClearedName
from followup.report.screening import KnownNames, NameHit
from requirements_pkg.extension_points import (
    ClearedWords,
    NamedWords,
    PlacedTexts,
    PublicTexts,
    cleared_words,
    name_clearing,
    named_words,
)
from requirements_pkg.models import RequirementsPackage


@named_words
def named_in(package: RequirementsPackage, texts: PublicTexts) -> list[NamedWords]:
    """Return the words of texts that may name somebody, and that nobody has cleared."""
    known = known_names()
    if known.were_clean(texts.mark):
        # Who approves has all looked through that was looked through when it was sent.
        return []
    is_likely = any(map(known.may_meet, texts.in_rows()))
    hits = list(_hits(known, texts.placed())) if is_likely else []
    if not hits:
        known.keep_clean(texts.mark)
        return []
    rows = ClearedName.objects.filter(package=package.pk)
    cleared = set(rows.values_list("key", flat=True))
    return [NamedWords(hit.place, hit.words, hit.key) for hit in hits if hit.key not in cleared]


@cleared_words
def cleared_in(package: RequirementsPackage, texts: PlacedTexts) -> list[ClearedWords]:
    """Return the words of texts that may name somebody and may stand, in reading order."""
    rows = ClearedName.objects.filter(package=package.pk).select_related("cleared_by")
    by_key = {row.key: row for row in rows}
    if not by_key:
        return []
    return [
        ClearedWords(hit.place, hit.words, row.reason, str(row.cleared_by), row.cleared_at)
        for hit in _hits(known_names(), texts)
        if (row := by_key.get(hit.key)) is not None
    ]


@name_clearing
def clear(package: RequirementsPackage, key: str, words: str, reason: str, by: User) -> None:
    """Store why words may stand."""
    words = one_line(words)[:400]
    row = ClearedName(package=package, key=key, words=words, reason=reason, cleared_by=by)
    row.full_clean()
    row.signed_by(by).save()


def _hits(known: KnownNames, texts: PlacedTexts) -> Iterator[NameHit]:
    """Yield what may name somebody, the same words in the same text once."""
    seen = set[str]()
    for hit in known.hits_in(texts):
        if hit.key not in seen:
            seen.add(hit.key)
            yield hit
