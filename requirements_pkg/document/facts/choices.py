"""What can be chosen of a version: requirements, and what they are filtered by. Pure."""

from requirements_pkg.document.schema import Document, Part


class Choices(Part, frozen=True):
    """What an address may name of a version, each in the version's own order."""

    # The codes of what is in force.
    requirements: tuple[str, ...] = ()
    # A shared module has no matrix of its own to choose a cell of.
    areas: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Document) -> "Choices":
        """Return what can be chosen of a document."""
        has_matrix = document.plan is not None
        codes = {code for requirement in document.requirements for code in requirement.cpv}
        return cls(
            requirements=tuple(requirement.code for requirement in document.active),
            areas=tuple(str(area.number) for area in document.areas),
            stages=tuple(document.stage_names) if has_matrix else (),
            dimensions=tuple(document.dimension_names) if has_matrix else (),
            cpv=tuple(sorted(codes)),
        )
