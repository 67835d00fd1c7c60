"""What a tender document says around its requirements, in Word and PDF alike."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.text import figure
from requirements_pkg.cards.requirement_cards import kind_names, level_names
from requirements_pkg.choosing.buyer_name import named
from requirements_pkg.choosing.need_words import documentation
from requirements_pkg.tender.document import Tender
from requirements_pkg.tender.requirement import TenderRequirement

# A tender is written in Swedish, whatever language the buyer reads the site in.
LANGUAGE: Final = "sv"
MOST_IN_FOOTER: Final = 2


@dataclass(frozen=True, slots=True)
class TenderWords:
    """What stands before the requirements, and at the foot of each page."""

    # That the version is withdrawn, which a reader has to know before all else.
    warning: str
    about: tuple[str, ...]
    missing: str
    footer: str


def title_of(made: Tender) -> str:
    """Return what the document is called."""
    if made.reference:
        return str(_("Requirements, %(reference)s") % {"reference": made.reference})
    if made.is_of_several:
        return str(_("Requirements of several packages"))
    if made.source.consultation is not None:
        return str(_("Draft for consultation: %(package)s") % {"package": made.title})
    if made.selected:
        return str(_("Requirements: %(package)s") % {"package": made.title})
    return str(_("Requirements package: %(package)s") % {"package": made.title})


def front_words(made: Tender) -> TenderWords:
    """Return the words before the requirements, and those at the foot of each page."""
    about = _how_it_is_read(made)
    # In a whole version the places stand open on purpose.
    count = len(made.missing) if made.selected else 0
    missing = ngettext(
        "%(count)s field is not filled in. It is marked in the text.",
        "%(count)s fields are not filled in. They are marked in the text.",
        count,
    )
    own = () if made.selected else made.introduction
    if made.buyer:
        renamed = _(
            "“Regionen” is written as %(name)s in the texts; the published wording is at "
            "the permanent address."
        )
        own = (*own, _("Contracting authority: %(name)s.") % {"name": made.buyer})
        about = f"{about} {renamed % {'name': named('regionen', made.buyer)}}"
    if made.reference:
        own = (*own, _("Procurement: %(reference)s.") % {"reference": made.reference})
    own = (
        *own,
        *(
            _("Words in it were masked: %(since)s.") % {"since": since}
            for part in made.parts
            for since in part.source.masked
        ),
    )
    if worth := worth_in_all(made):
        own = (*own, worth)
    own = (*own, *documentation(made.needs))
    sentence = missing % {"count": figure(count)} if count else ""
    return TenderWords(_warning(made), (*own, about), sentence, _footer(made))


def _how_it_is_read(made: Tender) -> str:
    """Say what the codes are, and where a requirement remains or is answered."""
    if (consultation := made.source.consultation) is not None:
        words = _(
            "Answer by %(date)s. Read more and answer at %(address)s. State the code of a "
            "requirement when you answer it alone."
        )
        return words % {"date": consultation.closes_on, "address": made.source.address()}
    return _(
        "Each requirement has a code; the figure after the colon shows which wording it "
        "is. At its permanent address the requirement remains, with its rationale and "
        "sources."
    )


def worth_in_all(made: Tender) -> str:
    """Say what the award criteria of a selection give together; nothing where there are none."""
    if not made.selected or not made.points_in_all:
        return ""
    number = figure(made.points_in_all)
    if made.deducts:
        words = _("The award criteria deduct at most %(kronor)s kronor together.")
        return words % {"kronor": number}
    return _("The award criteria give at most %(points)s points together.") % {"points": number}


def package_name(made: Tender) -> str:
    """Return what a package is called where several stand in one file."""
    return _("%(package)s, version %(number)s") % {
        "package": made.title,
        "number": made.source.number,
    }


def _warning(made: Tender) -> str:
    """Say of which packages the version is no longer to be used."""
    if not made.is_of_several:
        return made.source.warning
    warned = (part for part in made.parts if part.source.warning)
    return " ".join(f"{part.title}: {part.source.warning}" for part in warned)


def address_label(made: Tender) -> str:
    """Return what stands before the address of each requirement."""
    if made.source.consultation is not None:
        return _("Read and answer:")
    return _("Permanent address, version %(number)s:") % {"number": made.source.number}


def _footer(made: Tender) -> str:
    """Return what stands at the foot of each page, at the left."""
    if made.source.consultation is not None:
        words = _("%(package)s, draft for consultation %(date)s, does not apply")
        return words % {"package": made.title, "date": made.source.day}
    if made.is_of_several:
        # More would not go on a line.
        names = [package_name(part) for part in made.parts[:MOST_IN_FOOTER]]
        return "; ".join([*names, "…"] if len(made.parts) > MOST_IN_FOOTER else names)
    footer = _("%(package)s, version %(number)s, published %(date)s") % {
        "package": made.title,
        "number": made.source.number,
        "date": made.source.day,
    }
    return _("%(footer)s, withdrawn") % {"footer": footer} if made.source.withdrawal else footer


def page_words() -> tuple[str, str, str]:
    """Return what stands before, between and after a page's number and the number of pages."""
    before, _page, rest = _("Page %(page)s of %(pages)s").partition("%(page)s")
    between, _pages, after = rest.partition("%(pages)s")
    return before, between, after


def at_a_glance(made: Tender) -> tuple[list[str], list[list[str]]]:
    """Return the heads and rows of the table of all requirements."""
    kinds, levels = kind_names(), level_names()
    most = _("Deduction at most, kronor") if made.deducts else _("Maximum points")
    heads = [_("Code"), _("Requirement"), _("Kind"), _("Level"), most]
    rows = [
        [
            item.citation,
            _title_at_a_glance(item),
            kinds[item.kind],
            levels[item.requirement.level],
            figure(item.points) if item.points else "–",
        ]
        for group in made.groups
        for item in group.items
    ]
    return heads, rows


def _title_at_a_glance(item: TenderRequirement) -> str:
    return (
        _("%(title)s (withdrawn)") % {"title": item.title}
        if item.withdrawn or item.removal
        else item.title
    )
