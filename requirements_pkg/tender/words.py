"""What a tender document says around its requirements, in Word and PDF alike."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.text import figure
from requirements_pkg.cards.requirement_cards import kind_names, level_names
from requirements_pkg.choosing.buyer_name import named
from requirements_pkg.tender.document import Tender, TenderRequirement

# A tender is written in Swedish, whatever language the buyer reads the site in.
LANGUAGE: Final = "sv"


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
    if made.selected:
        return str(_("Requirements: %(package)s") % {"package": made.title})
    return str(_("Requirements package: %(package)s") % {"package": made.title})


def front_words(made: Tender) -> TenderWords:
    """Return the words before the requirements, and those at the foot of each page."""
    about = _(
        "Each requirement has a code; the figure after the colon shows which wording it "
        "is. At its permanent address the requirement remains, with its rationale and "
        "sources."
    )
    # In a whole version the places stand open on purpose.
    count = len(made.missing) if made.selected else 0
    missing = ngettext(
        "%(count)s field is not filled in. It is marked in the text.",
        "%(count)s fields are not filled in. They are marked in the text.",
        count,
    )
    footer = _("%(package)s, version %(number)s, published %(date)s") % {
        "package": made.title,
        "number": made.source.number,
        "date": made.source.day,
    }
    if made.source.withdrawal:
        footer = _("%(footer)s, withdrawn") % {"footer": footer}
    own = () if made.selected else made.introduction
    if made.buyer:
        renamed = _(
            "“Regionen” is written as %(name)s in the texts; the published wording is at "
            "the permanent address."
        )
        own = (*own, _("Contracting authority: %(name)s.") % {"name": made.buyer})
        about = f"{about} {renamed % {'name': named('regionen', made.buyer)}}"
    own = (
        *own,
        *(_("Words in it were masked: %(since)s.") % {"since": s} for s in made.source.masked),
    )
    sentence = missing % {"count": figure(count)} if count else ""
    return TenderWords(made.source.warning, (*own, about), sentence, footer)


def page_words() -> tuple[str, str, str]:
    """Return what stands before, between and after a page's number and the number of pages."""
    before, _page, rest = _("Page %(page)s of %(pages)s").partition("%(page)s")
    between, _pages, after = rest.partition("%(pages)s")
    return before, between, after


def at_a_glance(made: Tender) -> tuple[list[str], list[list[str]]]:
    """Return the heads and rows of the table of all requirements."""
    kinds, levels = kind_names(), level_names()
    heads = [_("Code"), _("Requirement"), _("Kind"), _("Level"), _("Maximum points")]
    rows = [
        [
            item.citation,
            _title_at_a_glance(item),
            kinds[item.kind],
            levels[item.requirement.level],
            str(item.requirement.max_points or "–"),
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
