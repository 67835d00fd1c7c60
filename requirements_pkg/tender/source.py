"""Where requirements come from: a version, its address, and whether it is withdrawn. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class WithdrawalNotice:
    """That a version is no longer to be used."""

    on: date
    reason: str
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class PlanEndNotice:
    """That the plan's period is over or the plan is closed, and where the next one is."""

    # "" where it is not over.
    period: str
    is_closed: bool
    later_period: str = ""
    later_address: str = ""

    @property
    def is_replaced(self) -> bool:
        """Whether a plan for a later period applies instead."""
        return bool(self.period and self.later_period)

    @property
    def sentence(self) -> str:
        """What a reader of the file has to know."""
        over = gettext("The period of the plan, %(period)s, is over.") % {"period": self.period}
        closed = gettext("The plan is closed and no longer kept up to date.")
        place = {"period": self.later_period, "address": self.later_address}
        later = gettext("The plan for %(period)s: %(address)s") % place
        sentences = ((over, self.period), (closed, self.is_closed), (later, self.later_period))
        return " ".join(sentence for sentence, is_so in sentences if is_so)


@dataclass(frozen=True, slots=True)
class ConsultationNotice:
    """That the requirements are a draft which others are asked about, and until when."""

    key: str
    closes_on: date


@dataclass(frozen=True, slots=True)
class TenderSource:
    """The version that requirements are taken from, and where it can be read."""

    slug: str
    number: int
    published: date
    sha256: str
    note: str = ""
    # Of the site, without a slash at the end; addresses in files are read far from it.
    origin: str = ""
    withdrawal: WithdrawalNotice | None = None
    # The version in force when the file is made, if it is another one.
    in_force: int | None = None
    # By uid, that a requirement does not hold in that one.
    removed: Mapping[str, str] = field(default_factory=dict)
    # What became of its plan when the file is made.
    ended: PlanEndNotice | None = None
    # Of each masking of words in it: since when, and on which provision.
    masked: tuple[str, ...] = ()
    # Of a draft that is out for consultation, which is no version yet.
    consultation: ConsultationNotice | None = None

    def address(self, code: str = "") -> str:
        """Return the permanent address of the version, or of one requirement in it.

        A draft is read where it is out for consultation.
        """
        place = f"{self.origin}/kravpaket/{self.slug}/v{self.number}/"
        if self.consultation is not None:
            place = f"{self.origin}/remiss/{self.consultation.key}/"
        return f"{place}krav/{code}/" if code else place

    @property
    def day(self) -> str:
        """When it was published."""
        return self.published.isoformat()

    @property
    def warning(self) -> str:
        """What to know of a draft, or a version that was withdrawn, is old or of a past plan."""
        if self.consultation is not None:
            return gettext("Draft out for consultation. It does not apply and may be changed.")
        ended = self.ended.sentence if self.ended is not None else ""
        return " ".join(filter(None, (self._is_outdated, ended)))

    @property
    def outdated(self) -> str:
        """Why none of its requirements is in force, or nothing."""
        is_replaced = self.ended is not None and self.ended.is_replaced
        return self.warning if is_replaced else self._is_outdated

    @property
    def _is_outdated(self) -> str:
        if (withdrawal := self.withdrawal) is None:
            return self._is_older
        sentence_of_withdrawal = gettext(
            "Version %(number)s was withdrawn on %(date)s: %(reason)s"
        ) % {
            "number": self.number,
            "date": withdrawal.on.isoformat(),
            "reason": sentence(withdrawal.reason),
        }
        if withdrawal.replaced_by is None:
            return str(sentence_of_withdrawal)
        instead = gettext("Use version %(number)s instead.") % {"number": withdrawal.replaced_by}
        return f"{sentence_of_withdrawal} {instead}"

    @property
    def _is_older(self) -> str:
        if self.in_force is None:
            return ""
        words = gettext("Version %(number)s no longer applies: version %(newer)s is in force.")
        return str(words % {"number": self.number, "newer": self.in_force})


def sentence(text: str) -> str:
    """Put what somebody wrote on one line, and a full stop at its end where no sign ends it."""
    line = " ".join(text.split())
    return line if not line or line.endswith((".", "!", "?", "…")) else f"{line}."
