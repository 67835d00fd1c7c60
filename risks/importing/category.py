"""Which purchasing category a document is about: a stored one, or a new one."""

from collections.abc import Iterable
from typing import Final

from django.utils.text import slugify

from actionplan.models import PurchasingCategory
from actionplan.text import fold
from risks.grid.matrix import ALIKE, likeness
from risks.models.spellings import spellings

# So many stored categories are offered as what may be meant.
MOST_NEAR: Final = 3


def category_of(name: str) -> PurchasingCategory:
    """Return the category of a name, or an unsaved one with a free address."""
    wanted = fold(name)
    categories = list(PurchasingCategory.objects.all())
    for category in categories:
        if fold(category.name) == wanted:
            return category
    meant = spellings("category", "category").get(wanted)
    for category in categories:
        if category.pk == meant:
            return category
    slug = free = slugify(name)[:90] or "kategori"
    taken = {category.slug for category in categories}
    number = 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return PurchasingCategory(name=name, slug=free)


def near_categories(name: str) -> tuple[str, ...]:
    """Return the stored categories that a name resembles without being one, the likest first."""
    if fold(name) in spellings("category", "category"):
        return ()
    return nearest(name, PurchasingCategory.objects.values_list("name", flat=True))


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that a name resembles; none where it is one of them."""
    names = list(known)
    if fold(name) in map(fold, names):
        return ()
    bare = _letters(name)
    likely = sorted(
        (-1.0 if _letters(other) == bare else -likeness(name, other), other) for other in names
    )
    return tuple(other for alike, other in likely if -alike >= ALIKE)[:MOST_NEAR]


def _letters(name: str) -> str:
    """Return a name without the signs and spaces that people write as they please."""
    return "".join(filter(str.isalnum, fold(name)))
