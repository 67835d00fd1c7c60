"""Where requirements come from: a version, its address, and whether it is withdrawn. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a version is no longer to be used."""

    on: date
    reason: str
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The version that requirements are taken from, and where it can be read."""

    slug: str
    number: int
    published: date
    sha256: str
    note: str = ""
    # Of the site, without a slash at the end; addresses in files are read far from it.
    origin: str = ""
    withdrawal: Withdrawal | None = None

    def address(self, code: str = "") -> str:
        """The permanent address of the version, or of one requirement in it."""
        version = f"{self.origin}/kravpaket/{self.slug}/v{self.number}/"
        return f"{version}krav/{code}/" if code else version

    @property
    def day(self) -> str:
        """When it was published."""
        return self.published.isoformat()

    @property
    def warning(self) -> str:
        """A sentence about a version that was withdrawn, or nothing."""
        if (gone := self.withdrawal) is None:
            return ""
        said = gettext("Version %(number)s was withdrawn on %(date)s: %(reason)s") % {
            "number": self.number,
            "date": gone.on.isoformat(),
            "reason": sentence(gone.reason),
        }
        if gone.replaced_by is None:
            return str(said)
        instead = gettext("Use version %(number)s instead.") % {"number": gone.replaced_by}
        return f"{said} {instead}"


def sentence(text: str) -> str:
    """What somebody wrote on one line, with one full stop at its end."""
    line = " ".join(text.split())
    return line if not line or line.endswith((".", "!", "?", "…")) else f"{line}."
