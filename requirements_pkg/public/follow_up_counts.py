"""How often requirements were followed up, for their pages; the app that knows it tells it."""

from requirements_pkg.cards.follow_up_counts import (
    NEVER,
    OTHERS,
    Counts,
    FollowUpCounts,
    PackageUse,
)
from requirements_pkg.extension_points import follow_up_counts, package_use
from requirements_pkg.published import page_cache


def followed(slug: str, uid: str, *, is_module: bool) -> FollowUpCounts:
    """Return what the public may know of a requirement; a package or module costs one query."""
    known = _known(slug, is_module)
    return known.get(uid, known.get(OTHERS, NEVER))


def used(slug: str) -> PackageUse | None:
    """Return what the public may know of the use of a package: one query, if not remembered."""

    def ask() -> PackageUse | None:
        return next((use for tell in package_use if (use := tell(slug))), None)

    return page_cache.remembered(("used", slug), ask, about=page_cache.FOLLOW_UPS)


def _known(slug: str, is_module: bool) -> Counts:
    def ask() -> Counts:
        answers = (tell(slug, is_module) for tell in follow_up_counts)
        return {uid: counts for known in answers for uid, counts in known.items()}

    return page_cache.remembered(("followed", slug, is_module), ask, about=page_cache.FOLLOW_UPS)
