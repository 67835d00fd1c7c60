"""Names in what becomes public of a package: they are removed, or somebody says why they stand."""

from collections.abc import Iterable, Iterator

import msgspec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actionplan.models import User
from requirements_pkg.document import masking
from requirements_pkg.document.schema import AnsweredRemark, ConsultationSummary, Document
from requirements_pkg.extension_points import (
    ClearedWords,
    NamedWords,
    PlacedText,
    cleared_words,
    name_clearing,
    named_words,
)
from requirements_pkg.models import RequirementsPackage


def texts_of(content: Document, note: str) -> Iterator[PlacedText]:
    """Yield what a version says, and its note, each text with where it stands.

    Lessons have been reviewed one by one, and included modules by those who keep them.
    """
    yield _("What is new"), note
    if content.plan is not None:
        head = msgspec.structs.replace(content.plan, product_areas=())
        yield from _placed(_("Action plan"), head)
    yield from _placed(_("Requirements package"), content.package)
    for area in content.areas:
        yield from _placed(area.name, area)
    for requirement in content.requirements:
        if requirement.module is None:
            yield from _placed(requirement.code, requirement)
    for summary in content.consultations:
        yield from texts_of_summary(summary)


def texts_of_summary(summary: ConsultationSummary) -> Iterator[PlacedText]:
    """Yield what the summary of a consultation says, but for those who agreed to be named."""
    whole = msgspec.structs.replace(summary, named=(), remarks=())
    yield from _placed(_("Consultation"), whole)
    for remark in summary.remarks:
        yield from _placed(remark.code or _("Consultation"), _unnamed(remark))


def _unnamed(remark: AnsweredRemark) -> AnsweredRemark:
    return msgspec.structs.replace(remark, sender="")


def names_in(package: RequirementsPackage, texts: Iterable[PlacedText]) -> list[NamedWords]:
    """Return the words of texts that may name somebody; worked out while nobody waits."""
    placed = tuple(texts)
    return [named for look in named_words for named in look(package, placed)]


def cleared_in(package: RequirementsPackage, texts: Iterable[PlacedText]) -> list[ClearedWords]:
    """Return the words of texts that may name somebody and may stand, with the reason."""
    placed = tuple(texts)
    return [cleared for look in cleared_words for cleared in look(package, placed)]


def refuse_names(
    package: RequirementsPackage, names: list[NamedWords], *, reason: str, by: User
) -> None:
    """Keep why words may stand that may name somebody.

    Raises:
        ValidationError: nobody has said why.
    """
    if names and not reason.strip():
        places = dict.fromkeys(f"”{named.words}” ({named.place})" for named in names)
        raise ValidationError(
            _("It may name somebody: %(words)s. Remove the words, or write why they may stand.")
            % {"words": ", ".join(places)}
        )
    for named in names:
        for keep in name_clearing:
            keep(package, named.key, named.words, reason.strip(), by)


def refuse_new_names(names: list[NamedWords]) -> None:
    """Refuse to approve what names somebody of whom nobody knew when it was sent.

    Raises:
        ValidationError: it does.
    """
    if names:
        raise ValidationError(
            _(
                "The draft names somebody who became known to the system after it was sent: "
                "%(words)s. Return it."
            )
            % {"words": ", ".join(dict.fromkeys(named.words for named in names))}
        )


def _placed(place: str, part: object) -> Iterator[PlacedText]:
    for text in masking.texts_of(part):
        yield place, text
