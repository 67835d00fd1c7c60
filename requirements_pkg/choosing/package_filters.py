"""Which packages a list shows: of a region, a period and a CPV code, as its address says. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Final, Protocol, TypeVar
from urllib.parse import urlencode

from actionplan.text import swedish_key
from requirements_pkg.document import cpv


class PackageTraits(Protocol):
    """What of a package a list is filtered by."""

    @property
    def region(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def cpv(self) -> tuple[str, ...]: ...


Package = TypeVar("Package", bound=PackageTraits)


@dataclass(frozen=True, slots=True)
class PackageFilters:
    """What a buyer looks for among the packages; an empty value shows everything."""

    # As the address says them, too.
    region: str = ""
    period: str = ""
    cpv: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], packages: Iterable[PackageTraits]) -> "PackageFilters":
        """Read the filters of an address; a value that no package has counts as none."""
        known = values(packages)
        given = {name: query.get(name, "") for name in NAMES}
        return cls(**{name: value for name, value in given.items() if value in known[name]})

    @property
    def query(self) -> str:
        """What the address of the list says."""
        given = ((name, getattr(self, name)) for name in NAMES)
        return urlencode([(name, value) for name, value in given if value])

    def choose(self, packages: Iterable[Package], *, but: str = "") -> list[Package]:
        """Return the packages that fit.

        Args:
            packages: all there are.
            but: a filter that is left out, to count what each of its values would show.
        """
        region, period, code = ("" if but == name else getattr(self, name) for name in NAMES)
        return [
            package
            for package in packages
            if region in ("", package.region)
            and period in ("", package.period)
            and (not code or is_bought(package.cpv, code))
        ]


NAMES: Final = tuple(field.name for field in fields(PackageFilters))


def values(packages: Iterable[PackageTraits]) -> dict[str, list[str]]:
    """Return what each filter can be set to: regions by name, the latest period first."""
    packages = list(packages)
    regions = {package.region for package in packages}
    periods = {package.period for package in packages if package.period}
    return {
        "region": sorted(regions, key=swedish_key),
        "period": sorted(periods, reverse=True),
        "cpv": sorted({code for package in packages for code in package.cpv}),
    }


def counts(
    packages: Sequence[PackageTraits], filters: PackageFilters
) -> dict[str, dict[str, int]]:
    """Return how many packages each value of each filter would show, with the other filters."""
    counted = {}
    for name, known in values(packages).items():
        rest = filters.choose(packages, but=name)
        if name == "cpv":
            codes = CodeCounter.of(rest)
            counted[name] = {code: codes.count(code) for code in known}
        else:
            known_values = [getattr(package, name) for package in rest]
            counted[name] = {value: known_values.count(value) for value in known}
    return counted


def is_bought(codes: Iterable[str], wanted: str) -> bool:
    """Tell whether a code of a package lies under the wanted one, or above it."""
    return any(cpv.covers(code, wanted) or cpv.covers(wanted, code) for code in codes)


@dataclass(slots=True)
class CodeCounter:
    """Counts the packages that a code fits, without a look at each package for each code."""

    # By the digits that a code of theirs begins with, and by those that it stands for.
    under: dict[str, set[int]] = field(default_factory=dict)
    at: dict[str, set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, packages: Iterable[PackageTraits]) -> "CodeCounter":
        """Take in packages."""
        counter = cls()
        for number, package in enumerate(packages):
            for code in package.cpv:
                counter.at.setdefault(cpv.branch(code), set()).add(number)
                for digits in beginnings(code):
                    counter.under.setdefault(digits, set()).add(number)
        return counter

    def count(self, code: str) -> int:
        """Return how many have a code under this one, or above it."""
        above = (self.at.get(digits, set()) for digits in beginnings(code))
        return len(self.under.get(cpv.branch(code), set()).union(*above))


def beginnings(code: str) -> list[str]:
    """Return what a code begins with, from its division on."""
    return [code[:length] for length in range(cpv.DIVISION_LENGTH, 9)]
