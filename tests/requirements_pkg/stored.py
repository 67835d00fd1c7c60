"""Published versions by hand, for what reads them and does not care how they came about."""

from typing import Any

import msgspec

from actionplan.models import ProcurementRegion, User
from requirements_pkg.document.reading import digest
from requirements_pkg.document.schema import Document
from requirements_pkg.models import PackageVersion, RequirementsPackage
from requirements_pkg.published import page_cache, stored_facts


def store(
    content: dict[str, Any] | Document, by: User, approved_by: User, note: str = "Ny version."
) -> PackageVersion:
    """A content as the next version of its package, whatever stands in the live tables."""
    content = msgspec.json.decode(msgspec.json.encode(content))
    head = content["package"]
    package, _made = RequirementsPackage.objects.get_or_create(
        slug=head["slug"],
        defaults={"title": head["title"], "steward": ProcurementRegion.objects.get(code="C")},
    )
    page_cache.forget()
    version = PackageVersion.objects.create(
        package=package,
        number=package.versions.count() + 1,
        schema=content["schema"],
        content=content,
        sha256=digest(msgspec.json.encode(content, order="sorted")),
        note=note,
        published_by=by,
        approved_by=approved_by,
    )
    version.refresh_from_db()
    stored_facts.store([version])
    return version
