"""What came of the answers to a consultation, as pages tell it. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from requirements_pkg.document.schema import AnsweredRemark, ConsultationSummary


@dataclass(frozen=True, slots=True)
class RemarkCard:
    """A remark in short, what it is about, what came of it, and why."""

    about: str
    # The code of its requirement, where it is about one.
    code: str
    text: str
    decision: str
    decision_code: str
    reason: str
    sender: str


@dataclass(frozen=True, slots=True)
class ConsultationCard:
    """One consultation: what was asked, when, how many answered, and what came of it."""

    introduction: str
    opened_on: date
    closed_on: date
    replies: int
    organisations: int
    named: tuple[str, ...]
    # How many remarks came to what.
    counts: tuple[tuple[str, int], ...]
    remarks: tuple[RemarkCard, ...]


def decision_names() -> dict[str, str]:
    """Return what came of a remark in words, in the order in which they are counted."""
    return {
        "taken_in": _("Taken in"),
        "partly": _("Partly taken in"),
        "not_taken_in": _("Not taken in"),
    }


def remark_words(remark: AnsweredRemark) -> RemarkCard:
    """Return a remark as pages tell it."""
    about = f"{remark.code}:{remark.revision} {remark.title}" if remark.uid else _("On the whole")
    return RemarkCard(
        about=about,
        code=remark.code,
        text=remark.text,
        decision=decision_names().get(remark.decision, remark.decision),
        decision_code=remark.decision,
        reason=remark.reason,
        sender=remark.sender,
    )


def consultation_cards(summaries: Iterable[ConsultationSummary]) -> list[ConsultationCard]:
    """Return consultations as pages tell them."""
    return [_card(summary) for summary in summaries]


def _card(summary: ConsultationSummary) -> ConsultationCard:
    numbers = Counter(remark.decision for remark in summary.remarks)
    return ConsultationCard(
        introduction=summary.introduction,
        opened_on=date.fromisoformat(summary.opened_on),
        closed_on=date.fromisoformat(summary.closed_on),
        replies=summary.replies,
        organisations=summary.organisations,
        named=summary.named,
        counts=tuple((name, numbers[code]) for code, name in decision_names().items()),
        remarks=tuple(map(remark_words, summary.remarks)),
    )
