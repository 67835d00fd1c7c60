"""What is masked in a published content: the words of its package, and of modules it includes."""

from collections.abc import Callable, Collection, Iterable

import msgspec

from actionplan.extension_points import ExtensionPoint
from requirements_pkg.document.masking import MaskedWords
from requirements_pkg.document.schema import Document

# The words that two persons have masked in what is published of packages, each with the slug of
# its package.
masked_words = ExtensionPoint[Callable[[Collection[str]], Iterable[tuple[str, MaskedWords]]]]()


def maskings_of(content: Document) -> tuple[MaskedWords, ...]:
    """Return the words that nobody is to read in a content, in the order they were masked."""
    slug = content.package.slug
    slugs = {slug, *(module.slug for module in content.modules)}
    return tuple(
        masking if package == slug else msgspec.structs.replace(masking, module=package)
        for ask in masked_words
        for package, masking in ask(slugs)
    )
