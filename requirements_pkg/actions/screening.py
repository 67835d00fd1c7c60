"""Names in what becomes public of a package: they are removed, or somebody says why they stand."""

from collections.abc import Iterable

import msgspec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actionplan.models import User
from requirements_pkg.actions.freezing import Draft
from requirements_pkg.document import masking
from requirements_pkg.document.reading import in_a_row
from requirements_pkg.document.schema import ConsultationSummary, Document
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


def public_texts(draft: Draft, note: str) -> PublicTexts:
    """Return what a version says, and its note, to look for names in."""
    return PublicTexts(
        lambda: (in_a_row(draft.written), note.encode()),
        lambda: texts_of(draft.content, note),
        f"{draft.digest}\n{note}",
    )


def texts_of(content: Document, note: str) -> PlacedTexts:
    """Return what a version says, and its note, each text with where it stands first.

    Lessons have been reviewed one by one, and included modules by those who keep them.
    """
    parts: list[tuple[str, object]] = [(_("What is new"), note)]
    if content.plan is not None:
        head = msgspec.structs.replace(content.plan, product_areas=())
        parts.append((_("Action plan"), head))
    parts.append((_("Requirements package"), content.package))
    parts += [(area.name, area) for area in content.areas]
    parts += [(own.code, own) for own in content.requirements if own.module is None]
    for summary in content.consultations:
        parts += _parts_of(summary)
    return _placed(parts)


def texts_of_summary(summary: ConsultationSummary) -> PlacedTexts:
    """Return what the summary of a consultation says, but for those who agreed to be named."""
    return _placed(_parts_of(summary))


def to_look_in(texts: PlacedTexts) -> PublicTexts:
    """Return texts with their places to look for names in."""
    return PublicTexts(lambda: ["\n".join(texts).encode()], lambda: texts)


def _parts_of(summary: ConsultationSummary) -> list[tuple[str, object]]:
    whole = msgspec.structs.replace(summary, named=(), remarks=())
    remarks: list[tuple[str, object]] = [
        (remark.code or _("Consultation"), msgspec.structs.replace(remark, sender=""))
        for remark in summary.remarks
    ]
    return [(_("Consultation"), whole), *remarks]


def _placed(parts: Iterable[tuple[str, object]]) -> PlacedTexts:
    places: dict[str, str] = {}
    for place, part in parts:
        for text in masking.texts_of(part):
            places.setdefault(text, place)
    return places


def names_in(package: RequirementsPackage, texts: PublicTexts) -> list[NamedWords]:
    """Return the words of texts that may name somebody; worked out while nobody waits."""
    return [named for look in named_words for named in look(package, texts)]


def names_in_reason(package: RequirementsPackage, reason: str) -> list[NamedWords]:
    """Return the words of a reason that may name somebody."""
    return names_in(package, PublicTexts(lambda: [reason.encode()], lambda: {reason: _("Reason")}))


def cleared_in(package: RequirementsPackage, texts: PlacedTexts) -> list[ClearedWords]:
    """Return the words of texts that may name somebody and may stand, with the reason."""
    return [cleared for look in cleared_words for cleared in look(package, texts)]


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
