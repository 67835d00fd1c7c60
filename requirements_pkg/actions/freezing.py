"""A draft that was worked out becomes the next version: what is stored, and nothing of who may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from actionplan.models import User
from requirements_pkg.document.facts import DocumentFacts
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.draft import Wording
from requirements_pkg.drafting.quality import QualityFinding
from requirements_pkg.extension_points import NamedWords
from requirements_pkg.models import PackageVersion, RequirementRevision, RequirementsPackage
from requirements_pkg.models.fields import WrittenDocument
from requirements_pkg.published import stored_facts


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be published, and all that asking for it needs to know of it."""

    content: Document
    # The content, as the checksum is taken of it.
    written: bytes
    digest: str
    errors: list[QualityFinding]
    # The words that may name somebody, where that was looked for.
    names: list[NamedWords] = field(default_factory=list, kw_only=True)


@dataclass(frozen=True, slots=True)
class CompleteDraft(Draft):
    """A draft with all that storing it as a version needs to know of it besides."""

    # The rows of the requirements of its own, by uid.
    keys: Mapping[str, int]
    # Those that were never published.
    wordings: Sequence[Wording]
    facts: DocumentFacts


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes what is new, who approved it, and when, if not now: a demo has a past."""

    by: User
    approved_by: User
    note: str
    at: datetime | None = None


def keep_version(
    package: RequirementsPackage, draft: CompleteDraft, publication: Publication
) -> PackageVersion:
    """Store a draft with its facts as the next version; whether anybody may is not asked."""
    latest = package.versions.aggregate(number=Max("number"))["number"] or 0
    version = PackageVersion(
        package=package,
        number=latest + 1,
        schema=draft.content.schema,
        content=WrittenDocument(draft.written.decode()),
        sha256=draft.digest,
        note=publication.note.strip(),
        published_at=publication.at or timezone.now(),
        published_by=publication.by,
        approved_by=publication.approved_by,
    )
    # All but the note is ours, and the database checks it again.
    version.clean_fields(exclude={field.name for field in version._meta.fields} - {"note"})
    version.save()
    # As whoever reads it gets it.
    version.content = draft.content
    stored_facts.keep(version, draft.facts)
    RequirementRevision.objects.keep(draft.wordings, version=version)
    return version
