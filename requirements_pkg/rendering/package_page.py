"""What all parts of a package's page have in common: of a version, or of a draft."""

from dataclasses import dataclass

from requirements_pkg.cards.package_parts import PackagePart, part_address, place_of, tabs
from requirements_pkg.choosing.buyer_state import NOTHING, BuyerState
from requirements_pkg.choosing.selection import FORM, LONGEST_QUERY, fitting
from requirements_pkg.document.facts import Listing
from requirements_pkg.published.catalogue import Contacts, PlanEnd
from requirements_pkg.published.version_info import VersionInfo
from requirements_pkg.rendering.templates import TemplateValues, languages


@dataclass(frozen=True, slots=True)
class PackagePage:
    """Which package page is shown; a draft has no version."""

    slug: str
    title: str
    listing: Listing
    version: VersionInfo | None = None
    newest: int | None = None
    contacts: Contacts = ()
    # Where the plan's period is over.
    ended: PlanEnd | None = None

    @classmethod
    def of(
        cls, slug: str, version: VersionInfo, newest: int, ended: PlanEnd | None
    ) -> "PackagePage":
        """Return the page of a version."""
        return cls(slug, version.title, version.listing, version, newest, ended=ended)

    @property
    def number(self) -> int:
        """Its number; of a draft the one that it will have."""
        return (self.newest or 0) + 1 if self.version is None else self.version.number

    @property
    def number_in_addresses(self) -> int | None:
        """Its number where addresses name it: those of the version in force do not."""
        return None if self.number == self.newest else self.number

    def address(self, part: PackagePart, area: int | None = None) -> str:
        """Return where a part stands: of the package while it is in force, else of the version."""
        return part_address(part, self.slug, self.number_in_addresses, area)

    def place(self, anchor: str, buyer: BuyerState = NOTHING) -> str:
        """Return where a cell or a goal stands; what was chosen goes along."""
        return place_of(anchor, self.slug, self.number_in_addresses, carried(buyer))


def part_context(page: PackagePage, part: PackagePart, buyer: BuyerState) -> TemplateValues:
    """Return what every part shows above and around it: title, notices, tabs, what was chosen."""
    has_plan = not page.listing.is_shared
    ways = tabs(
        part,
        page.slug,
        page.number_in_addresses,
        has_plan=has_plan,
        kept=carried(buyer),
    )
    return {
        "package_page": page,
        "version": page.version,
        "section": "packages",
        "title": page.title,
        "has_plan": has_plan,
        "period": page.listing.period,
        # The same part of the version in force.
        "in_force": part_address(_whole(part), page.slug),
        "tabs": ways,
        "here": next(tab for tab in ways if tab.is_around),
        "buyer": buyer,
        # For the change of language, which stays at what was filtered and ticked.
        "query": buyer.query if buyer.fits else "",
        "sent_form": sent_form(buyer),
        "kept": kept(page, buyer),
        "most": LONGEST_QUERY,
        **languages(),
    }


def sent_form(buyer: BuyerState) -> str:
    """Return the form that goes along where no address has room for what was chosen."""
    return "" if buyer.fits else FORM


def _whole(part: PackagePart) -> PackagePart:
    """Return the part that another version has too: it may lack the product area."""
    return PackagePart.RISKS if part == PackagePart.AREA else part


def carried(buyer: BuyerState) -> list[tuple[str, str]]:
    """Return what was chosen as names and values, where an address has room for all of it."""
    return buyer.pairs if buyer.fits else []


def kept(page: PackagePage, buyer: BuyerState) -> list[tuple[str, str]]:
    """Return what goes along with a search, to be there again after it."""
    if page.version is None or not buyer.count:
        return []
    return fitting(buyer.selection((page.slug, page.number)).pairs())
