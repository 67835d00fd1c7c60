"""An index that was made by other rules than those by which a question is read today."""

from itertools import chain

from django.db.models import QuerySet

from requirements_pkg.language.terms import plain, stem
from requirements_pkg.models import PackageVersion, PublishedText, VersionWords


def outdated() -> QuerySet[PackageVersion]:
    """Return the versions in force some of whose words are not found by their stems.

    Where a release knows more of Swedish, a word has another stem than the index has.
    """
    versions = PackageVersion.objects.in_force()
    words = VersionWords.objects.filter(version__in=versions).values_list("version", "words")
    known = {pk: text.split() for pk, text in words.iterator(chunk_size=10)}
    return versions.filter(pk__in=[pk for pk in known if not _has_stems(pk, known[pk])])


def _has_stems(pk: int, words: list[str]) -> bool:
    texts = PublishedText.objects.filter(version=pk).values_list("terms", flat=True)
    stems = set(chain.from_iterable(map(str.split, texts)))
    return all(stem(plain(word)) in stems for word in words)
