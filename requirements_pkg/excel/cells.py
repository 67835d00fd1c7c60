"""What stands in the cells of a sheet of requirements: numbers, CPV codes, sources. No models."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from actionplan import text
from actionplan.excel.columns import CodeKind, FreeTextKind
from actionplan.text import figure, is_number
from requirements_pkg.document import cpv

BETWEEN: Final = re.compile(r"[,;\s]+")
BAR: Final = re.compile(r"\s*\|\s*")
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# So many, and so long, that they always fit in one cell; the lengths are those of the model.
MOST_SOURCES: Final = 20
LONGEST_TITLE: Final = 300
LONGEST_ADDRESS: Final = 500
LONGEST_NUMBER: Final = 18
WEB_ADDRESS: Final = URLValidator(schemes=["http", "https"])


class SourceLine(NamedTuple):
    """Where what a requirement says comes from, as a line of a cell tells it."""

    title: str
    url: str = ""
    dated: date | None = None

    def __str__(self) -> str:
        day = self.dated.isoformat() if self.dated else ""
        return " | ".join(filter(None, (self.title, self.url, day)))


@dataclass(frozen=True)
class NumbersKind(CodeKind):
    """Several numbers in a cell, such as 1, 2 or 1.1, 1.2; their order is of no account.

    Args:
        whole: whether each is a whole number.
    """

    whole: bool = False

    def read(self, cell: object) -> str:
        """Return the numbers in their order."""
        numbers = {self._number(part) for part in parts(super().read(cell))}
        return ", ".join(sorted(numbers, key=_by_number))

    def _number(self, part: str) -> str:
        if not self.whole:
            return part
        if not (part.isascii() and part.isdigit() and len(part) <= LONGEST_NUMBER):
            sentence = _("“%(value)s” is not a number. Write several as 1, 2.")
            raise ValueError(sentence % {"value": part[:50]})
        return str(int(part))


class CpvCodes(CodeKind):
    """CPV codes, every one of them checked."""

    def read(self, cell: object) -> str:
        """Return the codes, each once."""
        codes = list(dict.fromkeys(parts(super().read(cell))))
        if faults := list(filter(None, map(cpv.fault, codes))):
            raise ValueError(" ".join(dict.fromkeys(faults)))
        return " ".join(codes)


class Sources(FreeTextKind):
    """Sources, one on each line: title | web address | date."""

    def read(self, cell: object) -> str:
        """Return the sources as they are told."""
        lines = sources("" if cell is None else str(cell))
        if len(lines) > MOST_SOURCES:
            raise ValueError(_("Enter at most %(most)s sources.") % {"most": figure(MOST_SOURCES)})
        return "\n".join(map(str, lines))


def parts(value: str) -> list[str]:
    """Split a cell at commas, semicolons and white space."""
    return list(filter(None, BETWEEN.split(value)))


def sources(value: str) -> list[SourceLine]:
    """Return the sources that a cell tells; ValueError if a line is written in another way."""
    return [_source(line) for line in map(text.clean, re.split(r"[\r\n]+", value)) if line]


def _source(line: str) -> SourceLine:
    title, *rest = BAR.split(line)
    url = rest.pop(0) if rest and "://" in rest[0] else ""
    given = rest.pop(0) if rest and DATE.fullmatch(rest[0]) else ""
    try:
        _check_address(url)
        dated = date.fromisoformat(given) if given else None
    except (ValueError, ValidationError):
        rest = [line]
        dated = None
    if any(rest) or not title or len(title) > LONGEST_TITLE or len(url) > LONGEST_ADDRESS:
        sentence = _("Write “%(line)s” as: title | https://address | 2025-05-15.")
        raise ValueError(sentence % {"line": line[:100]})
    return SourceLine(title, url, dated)


@lru_cache(maxsize=500)
def _check_address(url: str) -> None:
    """Check an address; a directive that many rows cite is looked at once.

    Raises:
        ValidationError: it is not one of the web.
    """
    if url:
        WEB_ADDRESS(url)


def _by_number(part: str) -> list[tuple[int, str]]:
    """Return a sort key that puts 1.10 after 1.2."""
    return [(int(number) if is_number(number) else 0, number) for number in part.split(".")]
