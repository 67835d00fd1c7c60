"""Requirements as their pages read them: plain values in reading order, for a lean template. Pure.

What a page says of a requirement is made here once, for its own page and for the list.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actionplan.word.document import OPPORTUNITY
from requirements_pkg.cards import matrix_page
from requirements_pkg.cards.page_values import (
    CardGroup,
    FilterMenu,
    RequirementCard,
    RequirementValues,
    TreatedValues,
)
from requirements_pkg.choosing.buyer_name import named
from requirements_pkg.choosing.filters import KINDS, LEVELS, NAMES, RequirementFilters
from requirements_pkg.document import cpv
from requirements_pkg.document.facts import Choices, Listing, RequirementLinks
from requirements_pkg.document.fill_in import FillIn, around_places, filled, places_of
from requirements_pkg.document.schema import Document, Requirement, TakenIn, TreatedRisk


def kind_names() -> dict[str, str]:
    """Return the names of the four kinds, in the visitor's language and a tender's order."""
    return {
        "qualification": _("Qualification requirement"),
        "specification": _("Technical specification"),
        "award": _("Award criterion"),
        "contract": _("Special contract term"),
    }


def level_names() -> dict[str, str]:
    """Return the names of the three levels, from the lowest up."""
    return {
        "basic": _("Basic level"),
        "advanced": _("Advanced level"),
        "spearhead": _("Spearhead level"),
    }


def menus(content: Document, filters: RequirementFilters) -> list[FilterMenu]:
    """Return the filters of a package as menus: name, label, and what can be chosen.

    A menu with nothing to choose between is left out.
    """
    kinds, levels = kind_names(), level_names()
    areas = content.areas
    up_to = _("%(level)s, with all below it")
    named = {
        "area": (_("Product area"), {str(area.number): area.name for area in areas}),
        "kind": (_("Kind"), {word: kinds[code] for word, code in KINDS.items()}),
        "level": (
            _("Level"),
            {
                word: up_to % {"level": levels[code]} if at else levels[code]
                for at, (word, code) in enumerate(LEVELS.items())
            },
        ),
        "stage": (_("Life-cycle stage"), content.stage_names if areas else {}),
        "dimension": (_("Dimension"), content.dimension_names if areas else {}),
        "cpv": (_("CPV code"), {code: cpv.with_name(code) for code in Choices.of(content).cpv}),
    }
    return [
        {
            "name": NAMES[field],
            "label": label,
            "is_swedish": field not in ("kind", "level"),
            "options": [
                {"value": value, "label": text, "is_selected": value == getattr(filters, field)}
                for value, text in options.items()
            ],
        }
        for field, (label, options) in named.items()
        if len(options) > 1
    ]


def citation(requirement: Requirement | TakenIn) -> str:
    """Tell how a requirement is cited: its code and the number of its wording."""
    return f"{requirement.code}:{requirement.revision}"


def proof_lines(requirement: Requirement) -> tuple[str, ...]:
    """Tell which labels and certificates prove a requirement, and that equivalents do, too."""
    if not requirement.proofs:
        return ()
    named = (
        f"{proof.name} ({proof.owner}): {proof.proves} {proof.url}".strip()
        for proof in requirement.proofs
    )
    return (_("Any of these proves it, or something equivalent:"), *named)


@dataclass(frozen=True, slots=True)
class CopiedPart:
    """A part of what is copied of a requirement: a heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def copied(requirement: Requirement, buyer: str = "") -> list[CopiedPart]:
    """Return what is copied of a requirement: its text, its points and scale, and its proof.

    Args:
        buyer: what the buyer calls her organisation, where the text says "regionen".
    """
    values = {place.key: named(place.visible_text, buyer) for place in places_of(requirement)}

    def read(name: str) -> tuple[str, ...]:
        return tuple(
            matrix_page.paragraphs(filled(named(getattr(requirement, name), buyer), values))
        )

    parts = [
        CopiedPart(f"{citation(requirement)} {named(requirement.title, buyer)}", read("text"))
    ]
    if requirement.max_points:
        most = _("At most %(points)s points.") % {"points": requirement.max_points}
        parts.append(CopiedPart(_("Points"), (most, *read("scale"))))
    if requirement.verification:
        parts.append(CopiedPart(_("Proof"), read("verification")))
    if requirement.proofs:
        parts.append(CopiedPart(_("Accepted proofs"), proof_lines(requirement)))
    return parts


def plain_text(
    requirement: Requirement,
    parts: Sequence[CopiedPart],
    *,
    package: str,
    version: int,
    address: str,
) -> str:
    """Return a requirement to paste where no formatting is wanted, with where it comes from."""
    first, *rest = parts
    lines = [first.heading, *first.paragraphs]
    for part in rest:
        lines += [f"{part.heading}: {part.paragraphs[0]}", *part.paragraphs[1:]]
    return "\n\n".join(
        (*lines, f"{citation(requirement)}, {package}, version {version}. {address}")
    )


@lru_cache(maxsize=1024)
def _drawn(place: FillIn) -> str:
    """Draw a fill-in place as a page shows it, kept: the same few stand in many requirements."""
    hint = f"{place.name}: {place.help}" if place.help else place.name
    return f'<span class="place" title="{escape(hint)}">{escape(place.visible_text)}</span>'


class FillInMarker:
    """Tells the fill-in places of one requirement from the words around them.

    Each place says its default and its help once, wherever it stands first.
    """

    def __init__(self, requirement: Requirement) -> None:
        self.requirement = requirement

    @cached_property
    def places(self) -> dict[str, FillIn]:
        """The places of all its texts, by key."""
        return {place.key: place for place in places_of(self.requirement)}

    def __call__(self, text: str) -> list[SafeString]:
        """Return the paragraphs of a text as HTML, with its fill-in places drawn."""
        return _marked(text, self.places if "[" in text else {})


def _marked(text: str, places: dict[str, FillIn]) -> list[SafeString]:
    """Draw the paragraphs of a text; of places with the same key the first known one counts."""
    paragraphs = []
    for paragraph in matrix_page.paragraphs(text):
        parts = [
            _drawn(places.setdefault(part.key, part)) if isinstance(part, FillIn) else escape(part)
            for part in around_places(paragraph)
        ]
        # Every part is escaped by now.
        paragraphs.append(SafeString("".join(parts)))
    return paragraphs


class RequirementCards:
    """Makes the requirements of one page; holds what all of them lean on."""

    def __init__(self, listing: Listing, place: Callable[[str], str] | None = None) -> None:
        # Where a cell stands, by its anchor; on a page that does not lead there, nothing.
        self.place = place
        self.kinds, self.levels = kind_names(), level_names()
        self.areas = listing.area_names
        self.stages = listing.stage_names
        self.dimensions = listing.dimension_names
        self.modules = {module.slug: module for module in listing.modules}

    def card(self, requirement: Requirement) -> RequirementCard:
        """Return a requirement as a list shows it."""
        return {
            "code": requirement.code,
            "cite": citation(requirement),
            "title": requirement.title,
            "kind": self.kinds[requirement.kind],
            "level": self.levels[requirement.level],
            "level_code": requirement.level,
            "areas": ", ".join(self.areas.get(n, str(n)) for n in requirement.product_areas),
            # The first of its texts: what stands in it stands nowhere before.
            "text": _marked(requirement.text, {}),
            "points": requirement.max_points,
            "law": matrix_page.paragraphs(requirement.law_baseline),
            "beyond": matrix_page.paragraphs(requirement.beyond_law),
            "withdrawn": requirement.withdrawn,
        }

    def groups(self, requirements: Iterable[Requirement]) -> list[CardGroup]:
        """Return requirements as a list shows them, those of each shared module under its name."""
        groups: list[CardGroup] = []
        for requirement in requirements:
            module = requirement.module
            title = self.modules[module.slug].title if module else ""
            if not groups or groups[-1]["module"] != module:
                groups.append({"module": module, "title": title, "cards": []})
            groups[-1]["cards"].append(self.card(requirement))
        return groups

    def page(self, requirement: Requirement, links: RequirementLinks) -> RequirementValues:
        """Return everything there is to say of a requirement."""
        module, marked = requirement.module, FillInMarker(requirement)
        return {
            **self.card(requirement),
            "uid": requirement.uid,
            "scale": marked(requirement.scale),
            "rationale": matrix_page.paragraphs(requirement.rationale),
            "verification": marked(requirement.verification),
            "follow_up": marked(requirement.follow_up_method),
            "supplier_question": marked(requirement.supplier_question),
            "guidance": matrix_page.paragraphs(requirement.guidance),
            "treats": [self.treated(treated) for treated in requirement.treats],
            "serves": requirement.serves,
            "sources": requirement.sources,
            "proofs": requirement.proofs,
            "cpv": [cpv.with_name(code) for code in requirement.cpv],
            "replaces": links.replaces,
            "replaced_by": links.replaced_by,
            "successor": links.successor,
            "module": self.modules[module.slug] if module else None,
            "places": places_of(requirement),
        }

    def treated(self, treated: TreatedRisk) -> TreatedValues:
        """Return a risk with the name of its cell, and where that stands."""
        number, stage, dimension = treated.product_area, treated.stage, treated.dimension
        return {
            "text": treated.text,
            "chance": treated.kind == OPPORTUNITY,
            "area": self.areas.get(number, str(number)),
            "stage": self.stages.get(stage, stage),
            "dimension": self.dimensions.get(dimension, dimension),
            "href": self.place(matrix_page.anchor(number, stage, dimension)) if self.place else "",
        }
