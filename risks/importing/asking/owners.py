"""Whose plan a document is: the procurement region and the organisation that coordinates it."""

from actionplan.models import Organisation, ProcurementRegion
from actionplan.text import fold
from actionplan.word.document import PlanDocument, Problem, ProblemKind, WordPlace, WordReading
from actionplan.word.reading.headings import COORDINATOR, REGION
from risks.models.spellings import spellings


class RefusedImport(Exception):
    """The document has faults; nothing was stored.

    `reading` is what was made of it, where it could be read at all.
    """

    def __init__(self, faults: tuple[Problem, ...], reading: WordReading | None = None) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults, self.reading = faults, reading


def owners(reading: WordReading) -> tuple[ProcurementRegion, Organisation]:
    """Return the procurement region and the coordinator.

    Raises:
        RefusedImport: with all faults at once, the reader's own included.
    """
    faults = list(reading.faults)
    document, region, coordinator = reading.document, None, None
    if document is not None:
        wanted = document.procurement_region
        region = ProcurementRegion.objects.filter(code=wanted.upper()).first()
        if region is None:
            place = reading.places.get(REGION, WordPlace())
            faults.append(Problem(ProblemKind.UNKNOWN_REGION, place, wanted))
        else:
            coordinator = _coordinator(document, region)
            if coordinator is None:
                what = ProblemKind.UNKNOWN_COORDINATOR
                if not document.coordinator:
                    what = ProblemKind.NO_COORDINATOR
                place = reading.places.get(COORDINATOR, WordPlace())
                faults.append(Problem(what, place, document.coordinator))
    if faults or region is None or coordinator is None:
        raise RefusedImport(tuple(faults), reading)
    return region, coordinator


def _coordinator(document: PlanDocument, region: ProcurementRegion) -> Organisation | None:
    """Return the member of a region that a document names, by its name or a known spelling."""
    # Compared in Python: SQLite folds only ASCII, and a region has five members at most.
    members = list(region.organisations.all())
    wanted = fold(document.coordinator)
    named = next((member for member in members if fold(member.name) == wanted), None)
    if named is not None or not wanted:
        return named
    meant = spellings("organisation", "organisation").get(wanted)
    return next((member for member in members if member.pk == meant), None)
