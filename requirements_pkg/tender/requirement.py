"""One requirement as a tender has it: filled in, with what is told of it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from actionplan.text import figure
from requirements_pkg.cards.matrix_page import paragraphs
from requirements_pkg.cards.requirement_cards import citation, kind_names, level_names, proof_lines
from requirements_pkg.choosing.buyer_name import named
from requirements_pkg.choosing.file_contents import INSIDE, FileContents
from requirements_pkg.choosing.own_words import NOTHING, OwnWords
from requirements_pkg.choosing.selection_group import field_name
from requirements_pkg.comparing.lines import ContentNames
from requirements_pkg.document import fill_in, schema
from requirements_pkg.document.fill_in import FillIn
from requirements_pkg.document.requirement_fields import WITH_PLACES, TextAudience, below_the_text
from requirements_pkg.document.schema import Document, Requirement
from requirements_pkg.tender.source import sentence

AWARD: Final = "award"
CONTRACT: Final = "contract"
# What a buyer's own people need to know, and a bidder only where the buyer has chosen so.
INTERNAL_TEXT: Final = "follow_up_method"
PROOF_TEXT: Final = "verification"
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
    # What the buyer decided of it herself.
    own: OwnWords = NOTHING
    # It deducts kronor from the price that is compared, instead of giving points.
    deducts: bool = False
    # Its package, where another one in the same file has a requirement of the same code.
    beside: str = ""

    @property
    def code(self) -> str:
        """Its code in the package."""
        return self.requirement.code

    @property
    def citation(self) -> str:
        """The code and the number of its own wording: SE-01:2."""
        cited = citation(self.requirement)
        return f"{cited} ({self.beside})" if self.beside else cited

    @property
    def title(self) -> str:
        """What it is called."""
        return named(self.requirement.title, self.buyer)

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        return self.requirement.kind

    @property
    def points(self) -> int | None:
        """The most points that it gives, or kronor that it deducts."""
        return self.requirement.max_points if self.own.points is None else self.own.points

    @property
    def is_scale_of_others(self) -> bool:
        """Whether the published scale stands for what the buyer decided otherwise."""
        is_changed = self.deducts or self.own.points is not None
        return is_changed and not self.own.scale

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

    def published(self, contents: FileContents) -> str:
        """Return all that is shown of it, as it was published."""
        names = ("title", *included_texts(contents))
        return "\n".join(getattr(self.requirement, name) for name in names)

    def text_of(self, name: str) -> str:
        """Return one of its texts with everything filled in."""
        return "\n\n".join(
            "".join(piece.text for piece in paragraph) for paragraph in self.paragraphs(name)
        )

    def paragraphs(self, name: str) -> tuple[Paragraph, ...]:
        """Return one of its texts, paragraph by paragraph; what is missing is told apart."""
        if name == "scale" and self.own.scale:
            return tuple((TextPiece(part),) for part in paragraphs(self.own.scale))
        parts = paragraphs(getattr(self.requirement, name))
        if name not in WITH_PLACES:
            return tuple((TextPiece(named(part, self.buyer)),) for part in parts)
        known = {field.place.key: field for field in self.fields}
        return tuple(tuple(_pieces(part, known, self.buyer)) for part in parts)


def parts_of(item: TenderRequirement, contents: FileContents = INSIDE) -> Iterator[TenderPart]:
    """Yield what is read below the text of a requirement.

    Args:
        item: the requirement.
        contents: which of it is wanted.
    """
    if item.own.note:
        note = (TextPiece(item.own.note),)
        yield TenderPart("note", gettext("The buyer’s note"), [note])
    if item.kind == AWARD:
        yield TenderPart("points", gettext("Points"), _points(item))
    for text in below_the_text(TextAudience.BIDDER):
        if _is_wanted(text.name, contents) and (body := item.paragraphs(text.name)):
            yield TenderPart(text.name, gettext(text.heading), body)
        if text.name == PROOF_TEXT and contents.proof and item.requirement.proofs:
            yield TenderPart("proofs", gettext("Accepted proofs"), proof_paragraphs(item))
    for text in below_the_text(TextAudience.BUYER):
        if text.name in further_texts(contents) and (body := item.paragraphs(text.name)):
            yield TenderPart(text.name, gettext(text.heading), body)


def proof_paragraphs(item: TenderRequirement) -> list[Paragraph]:
    """Return what is accepted as proof, or what is equivalent to it."""
    return [(TextPiece(line),) for line in proof_lines(item.requirement)]


def further_texts(contents: FileContents) -> tuple[str, ...]:
    """Return the names of what a bidder need not read, and a buyer wants all the same."""
    rationale = ("rationale",) if contents.rationale else ()
    return (*rationale, *(("law_baseline", "beyond_law") if contents.law else ()))


def included_texts(contents: FileContents) -> tuple[str, ...]:
    """Return the names of the shown texts of a requirement that may have places."""
    return tuple(name for name in WITH_PLACES if _is_wanted(name, contents))


def _is_wanted(name: str, contents: FileContents) -> bool:
    if name == INTERNAL_TEXT:
        return contents.internal
    return name != PROOF_TEXT or contents.proof


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
        # Under the heading of a kind it need not be told.
        (gettext("Kind"), kind_names()[item.kind] if item.own.heading else ""),
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


def _pieces(text: str, known: Mapping[str, TenderField], buyer: str) -> Iterator[TextPiece]:
    for piece in fill_in.segments(text):
        if isinstance(piece, str):
            yield TextPiece(named(piece, buyer))
        else:
            place = known[piece.key]
            yield TextPiece(place.value or f"[{place.label}]", True, place.missing)


def _points(item: TenderRequirement) -> list[Paragraph]:
    if item.deducts:
        words = gettext("At most %(kronor)s kronor are deducted from the price.")
        words %= {"kronor": figure(item.points or 0)}
    else:
        words = gettext("At most %(points)s points.") % {"points": item.points}
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
