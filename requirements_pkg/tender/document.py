"""Chosen requirements as a tender has them: by kind, filled in, each with its address. Pure.

Everything a buyer takes along is made of this: the page, Word, PDF, Excel, CSV and JSON.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from requirements_pkg.cards.matrix_page import paragraphs
from requirements_pkg.cards.requirement_cards import citation, level_names
from requirements_pkg.cards.tender_kinds import KINDS, kind_headings, kind_meanings
from requirements_pkg.choosing.buyer_name import named
from requirements_pkg.choosing.selection import Selection
from requirements_pkg.choosing.selection_group import field_name
from requirements_pkg.comparing.lines import ContentNames
from requirements_pkg.document import fill_in, schema
from requirements_pkg.document.fill_in import FillIn
from requirements_pkg.document.requirement_fields import WITH_PLACES, TextAudience, below_the_text
from requirements_pkg.document.schema import Document, Requirement
from requirements_pkg.tender.source import TenderSource, sentence

AWARD: Final = "award"
CONTRACT: Final = "contract"
# What a buyer's own people need to know, and a bidder only where the buyer has chosen so.
INTERNAL_TEXT: Final = "follow_up_method"
# The business term of eForms for green procurement, and what these criteria are to it: neither
# the EU's own nor somebody's house rules, but a whole country's.
GREEN_CRITERIA: Final = "BT-805"
NATIONAL: Final = "national"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Words of a text."""

    text: str
    # They stand in a fill-in place, which nobody has filled in if they are missing.
    in_place: bool = False
    missing: bool = False
    # They are an address, and lead there.
    is_link: bool = False


Paragraph = tuple[TextPiece, ...]


@dataclass(frozen=True, slots=True)
class TenderField:
    """A fill-in place with what the buyer has written."""

    code: str
    place: FillIn
    given: str = ""
    # Whether it stands in a text that is shown.
    is_included: bool = True
    # What the buyer calls her organisation.
    buyer: str = ""

    @property
    def name(self) -> str:
        """Its name in the address and the form."""
        return field_name(self.code, self.place.key)

    @property
    def id(self) -> str:
        """Its identity on the page."""
        return f"f-{self.code}-{self.place.key}"

    @property
    def value(self) -> str:
        """What stands in the text; empty where nobody has said anything."""
        return self.given or self.proposed

    @property
    def label(self) -> str:
        """What is to be filled in."""
        return named(self.place.name, self.buyer)

    @property
    def proposed(self) -> str:
        """What stands there where nobody has filled in anything."""
        return named(self.place.default, self.buyer)

    @property
    def help(self) -> str:
        """What there is to know of it, as a sentence."""
        return sentence(named(self.place.help, self.buyer))

    @property
    def missing(self) -> bool:
        """Whether the buyer still has to say something."""
        return not self.value


@dataclass(frozen=True, slots=True)
class TenderPart:
    """A part of a requirement under its own heading."""

    name: str
    heading: str
    paragraphs: Sequence[Paragraph]


@dataclass(frozen=True, slots=True)
class TenderRequirement:
    """A requirement with its values filled in."""

    requirement: Requirement
    address: str
    fields: tuple[TenderField, ...] = ()
    # That it does not hold in the version in force, if it does in this one.
    removal: str = ""
    # What the buyer calls her organisation, where the texts say "regionen".
    buyer: str = ""

    @property
    def code(self) -> str:
        """Its code in the package."""
        return self.requirement.code

    @property
    def citation(self) -> str:
        """The code and the number of its own wording: SE-01:2."""
        return citation(self.requirement)

    @property
    def title(self) -> str:
        """What it is called."""
        return named(self.requirement.title, self.buyer)

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        return self.requirement.kind

    @property
    def withdrawn(self) -> schema.Withdrawal | None:
        """When and why it was withdrawn, if it was."""
        return self.requirement.withdrawn

    @property
    def missing(self) -> tuple[TenderField, ...]:
        """The places that still have to be filled in."""
        return tuple(field for field in self.answer_fields if field.missing)

    @property
    def answer_fields(self) -> tuple[TenderField, ...]:
        """The places in the texts that are shown."""
        return tuple(field for field in self.fields if field.is_included)

    def published(self, *, internal: bool) -> str:
        """Return all that is shown of it, as it was published."""
        names = ("title", *included_texts(internal=internal))
        return "\n".join(getattr(self.requirement, name) for name in names)

    def text_of(self, name: str) -> str:
        """Return one of its texts with everything filled in."""
        return "\n\n".join(
            "".join(piece.text for piece in paragraph) for paragraph in self.paragraphs(name)
        )

    def paragraphs(self, name: str) -> tuple[Paragraph, ...]:
        """Return one of its texts, paragraph by paragraph; what is missing is told apart."""
        parts = paragraphs(getattr(self.requirement, name))
        if name not in WITH_PLACES:
            return tuple((TextPiece(named(part, self.buyer)),) for part in parts)
        known = {field.place.key: field for field in self.fields}
        return tuple(tuple(_pieces(part, known, self.buyer)) for part in parts)


@dataclass(frozen=True, slots=True)
class TenderGroup:
    """The requirements of one kind, under one heading of the tender."""

    kind: str
    items: tuple[TenderRequirement, ...]

    @property
    def heading(self) -> str:
        """What the kind is called."""
        return kind_headings()[self.kind]

    @property
    def meaning(self) -> str:
        """What a bidder has to do about requirements of this kind."""
        return kind_meanings()[self.kind]


@dataclass(frozen=True, slots=True)
class Tender:
    """Requirements of one version, ready to be written as a page or a file."""

    title: str
    source: TenderSource
    items: tuple[TenderRequirement, ...]
    # What areas, stages and dimensions are called, and which code a uid has.
    names: ContentNames
    region: str = ""
    # How the package is used, in paragraphs.
    introduction: tuple[str, ...] = ()
    # Chosen by a buyer for a tender, rather than all that the version has.
    selected: bool = True
    # With what the buyer's own people need to know: how it is followed up, and what it replaces.
    internal: bool = True
    # What the buyer calls her organisation.
    buyer: str = ""

    @property
    def groups(self) -> tuple[TenderGroup, ...]:
        """The kinds that have requirements, in the order of a tender."""
        of = {kind: tuple(i for i in self.items if i.kind == kind) for kind in KINDS}
        return tuple(TenderGroup(kind, items) for kind, items in of.items() if items)

    @property
    def origin(self) -> str:
        """A sentence about where the requirements come from."""
        words = {"package": self.title, "number": self.source.number, "date": self.source.day}
        text = gettext("From the package %(package)s, version %(number)s, published %(date)s.")
        return str(text % words)

    @property
    def missing(self) -> tuple[TenderField, ...]:
        """Every place that still has to be filled in, in reading order."""
        return tuple(gap for group in self.groups for item in group.items for gap in item.missing)


def tender_of(
    content: Document, source: TenderSource, selection: Selection | None = None
) -> Tender:
    """Make a tender of the chosen requirements of a content, or of all of them."""
    picked = selection and selection.first.requirements_in(content)
    requirements = picked.requirements if picked else content.requirements
    selected = selection or Selection(internal=True)
    return Tender(
        title=content.package.title,
        source=source,
        items=tuple(_item(requirement, source, selected) for requirement in requirements),
        names=ContentNames.of(content),
        region=content.region_name,
        introduction=tuple(paragraphs(content.package.introduction)),
        selected=selection is not None,
        internal=selected.internal,
        buyer=selected.buyer,
    )


def parts_of(item: TenderRequirement, *, internal: bool = True) -> Iterator[TenderPart]:
    """Yield what is read below the text of a requirement.

    Args:
        internal: also what a bidder need not read.
    """
    if item.kind == AWARD:
        yield TenderPart("points", gettext("Points"), _points(item))
    for text in below_the_text(TextAudience.BIDDER):
        if (internal or text.name != INTERNAL_TEXT) and (body := item.paragraphs(text.name)):
            yield TenderPart(text.name, gettext(text.heading), body)


def included_texts(*, internal: bool) -> tuple[str, ...]:
    """Return the names of the shown texts of a requirement that may have places."""
    return tuple(name for name in WITH_PLACES if internal or name != INTERNAL_TEXT)


def background_of(item: TenderRequirement, names: ContentNames) -> Iterator[TenderPart]:
    """Yield what a buyer reads about a requirement, and a bidder need not."""
    for text in below_the_text(TextAudience.BUYER):
        if body := item.paragraphs(text.name):
            yield TenderPart(text.name, gettext(text.heading), body)
    wording = item.requirement
    for name, heading, lines in (
        ("treats", gettext("Risks it addresses"), [_treated(at, names) for at in wording.treats]),
        ("serves", gettext("Goals it contributes to"), [_served(goal) for goal in wording.serves]),
        ("sources", gettext("Sources"), [_cited(source) for source in wording.sources]),
    ):
        if lines:
            yield TenderPart(name, heading, lines)


def facts_of(
    item: TenderRequirement, names: ContentNames, *, internal: bool = True
) -> list[tuple[str, str]]:
    """Return the short facts of a requirement, each with its label.

    Args:
        internal: also what a bidder need not read.
    """
    requirement = item.requirement
    replaced = names.codes.get(requirement.replaces or "", "") if internal else ""
    areas = ", ".join(names.area(number) for number in requirement.product_areas)
    facts = [
        (gettext("Level"), level_names()[requirement.level]),
        (gettext("Product areas"), areas or gettext("all")),
        (gettext("Replaces"), replaced),
        (gettext("CPV"), ", ".join(requirement.cpv)),
        # What a buyer writes in the notice.
        (GREEN_CRITERIA, NATIONAL),
    ]
    return [fact for fact in facts if fact[1]]


def withdrawal_of(item: TenderRequirement, names: ContentNames) -> str:
    """Return a sentence about a requirement that was withdrawn, here or since, or nothing."""
    return item.removal if item.withdrawn is None else _withdrawal(item.withdrawn, names)


def removed_since(content: Document, newer: Document, number: int) -> dict[str, str]:
    """Say, by uid, what became of requirements that do not hold in the version in force."""
    names = ContentNames.of(newer)
    by_uid = {requirement.uid: requirement for requirement in newer.requirements}
    missing = gettext("No longer in version %(number)s.") % {"number": number}
    sentences = {}
    for requirement in content.requirements:
        now = by_uid.get(requirement.uid)
        if now is None:
            sentences[requirement.uid] = str(missing)
        elif now.withdrawn is not None:
            sentences[requirement.uid] = _withdrawal(now.withdrawn, names)
    return sentences


def _withdrawal(withdrawal: schema.Withdrawal, names: ContentNames) -> str:
    when_and_why = {"date": withdrawal.on, "reason": withdrawal.reason}
    sentences = [gettext("Withdrawn %(date)s: %(reason)s") % when_and_why]
    if successor := names.codes.get(withdrawal.successor or "", ""):
        sentences.append(gettext("Use %(code)s instead.") % {"code": successor})
    return " ".join(sentences)


def _item(requirement: Requirement, source: TenderSource, choice: Selection) -> TenderRequirement:
    code, buyer = requirement.code, choice.buyer
    texts = included_texts(internal=choice.internal)
    seen = {place.key for name in texts for place in fill_in.places(getattr(requirement, name))}
    return TenderRequirement(
        requirement=requirement,
        address=source.address(code),
        removal=source.removed.get(requirement.uid, ""),
        fields=tuple(
            TenderField(
                code, place, choice.values.get((code, place.key), ""), place.key in seen, buyer
            )
            for place in fill_in.places_of(requirement)
        ),
        buyer=buyer,
    )


def _pieces(text: str, known: Mapping[str, TenderField], buyer: str) -> Iterator[TextPiece]:
    for piece in fill_in.segments(text):
        if isinstance(piece, str):
            yield TextPiece(named(piece, buyer))
        else:
            place = known[piece.key]
            yield TextPiece(place.value or f"[{place.label}]", True, place.missing)


def _points(item: TenderRequirement) -> list[Paragraph]:
    most = item.requirement.max_points
    words = gettext("At most %(points)s points.") % {"points": most}
    return [(TextPiece(words),), *item.paragraphs("scale")]


def _treated(at: schema.TreatedRisk, names: ContentNames) -> Paragraph:
    return (TextPiece(f"{at.text} ({names.place(at)})"),)


def _served(goal: schema.ServedGoal) -> Paragraph:
    return (TextPiece(f"{goal.number} {goal.title}"),)


def _cited(source: schema.Source) -> Paragraph:
    words = ", ".join(filter(None, (source.title, source.dated)))
    is_link = source.url.startswith(("https://", "http://"))
    link = TextPiece(source.url, is_link=is_link)
    return (TextPiece(f"{words}, "), link) if source.url else (TextPiece(words),)
