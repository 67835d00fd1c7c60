"""The state machine of a follow-up, as one table. Pure, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.text import figure
from followup.models.follow_ups import ENDED, FollowUpStatus, Method


class StepNeed(Enum):
    """What a step asks for besides the status that it starts from."""

    DONE_ON = auto()
    OPEN = auto()
    NONE_OPEN = auto()
    NONE_UNDECIDED = auto()
    ANSWERS_DECIDED = auto()
    REASON = auto()
    REUSED = auto()
    PLANNED = auto()


@dataclass(frozen=True, slots=True)
class StatusStep:
    """A step to a status: what it needs, and by which methods it is taken (none named: all)."""

    to: FollowUpStatus
    needs: frozenset[StepNeed] = frozenset()
    methods: frozenset[Method] = frozenset()


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """What is known of a follow-up when a step is to be taken."""

    status: str
    method: str
    open_deviations: int = 0
    unplanned: int = 0
    undecided_answers: int = 0
    is_reused: bool = False
    has_date: bool = False
    has_note: bool = False


def _step(to: FollowUpStatus, *needs: StepNeed, methods: tuple[Method, ...] = ()) -> StatusStep:
    return StatusStep(to, frozenset(needs), frozenset(methods))


_S = FollowUpStatus
_NOTHING_LEFT: Final = (StepNeed.NONE_OPEN, StepNeed.ANSWERS_DECIDED)
_BY_QUESTIONS: Final = (Method.SELF_ASSESSMENT, Method.TRANSPARENCY)
_ON: Final[Mapping[FollowUpStatus, tuple[StatusStep, ...]]] = {
    _S.PLANNED: (
        _step(_S.SENT, methods=_BY_QUESTIONS),
        _step(_S.REVIEWED, StepNeed.DONE_ON, methods=(Method.DIALOGUE,)),
        _step(_S.AUDIT_DECIDED, methods=(Method.AUDIT,)),
        # Another's audit stands in for our own, whatever we had planned.
        _step(_S.AUDITED, StepNeed.REUSED, StepNeed.DONE_ON),
    ),
    _S.SENT: (_step(_S.ANSWERED),),
    _S.ANSWERED: (_step(_S.REVIEWED, StepNeed.DONE_ON),),
    _S.REVIEWED: (
        _step(_S.APPROVED, *_NOTHING_LEFT),
        _step(_S.PLAN_REQUESTED, StepNeed.OPEN),
        _step(_S.AUDIT_DECIDED),
    ),
    # Something may have been found after the approval.
    _S.APPROVED: (_step(_S.CLOSED, *_NOTHING_LEFT),),
    _S.AUDIT_DECIDED: (_step(_S.AUDITED, StepNeed.DONE_ON),),
    _S.AUDITED: (_step(_S.CLOSED, *_NOTHING_LEFT), _step(_S.PLAN_REQUESTED, StepNeed.OPEN)),
    _S.PLAN_REQUESTED: (_step(_S.PLAN_APPROVED, StepNeed.PLANNED),),
    _S.PLAN_APPROVED: (_step(_S.ACTING),),
    _S.ACTING: (_step(_S.CLOSED, *_NOTHING_LEFT), _step(_S.RE_AUDIT)),
    _S.RE_AUDIT: (_step(_S.CLOSED, *_NOTHING_LEFT), _step(_S.PLAN_REQUESTED, StepNeed.OPEN)),
}
_CANCELLED: Final = _step(_S.CANCELLED, StepNeed.NONE_UNDECIDED, StepNeed.REASON)
# For each status the steps from it. What has not ended can be cancelled.
STEPS: Final[Mapping[FollowUpStatus, tuple[StatusStep, ...]]] = {
    status: () if status in ENDED else (*_ON.get(status, ()), _CANCELLED)
    for status in FollowUpStatus
}


def steps_from(facts: FollowUpFacts) -> list[StatusStep]:
    """Return the steps on from where a follow-up stands, whether they can be taken yet or not.

    Those of other methods, and of an audit that nobody reuses, are not among them.
    """
    return [
        step
        for step in STEPS[FollowUpStatus(facts.status)]
        if (not step.methods or facts.method in step.methods)
        and (StepNeed.REUSED not in step.needs or facts.is_reused)
    ]


def refusal(facts: FollowUpFacts, to: str) -> str:
    """Tell why a step cannot be taken, in a sentence that says what is missing; "" if it can."""
    steps = {step.to.value: step for step in STEPS[FollowUpStatus(facts.status)]}
    if to not in steps:
        return _(
            "The follow-up is “%(now)s” and cannot become “%(to)s”. Choose one of the steps on "
            "its page."
        ) % {
            "now": FollowUpStatus(facts.status).label,
            "to": FollowUpStatus(to).label if to in FollowUpStatus.values else to,
        }
    step = steps[to]
    if step.methods and facts.method not in step.methods:
        names = sorted(str(method.label) for method in step.methods)
        return _("That step belongs to another method: %(methods)s.") % {
            "methods": ", ".join(names)
        }
    return next(filter(None, (_lack(need, facts) for need in _in_order(step))), "")


def _in_order(step: StatusStep) -> list[StepNeed]:
    """Return what a step needs, gravest first: what no form can give comes before what it can."""
    return [need for need in (StepNeed.REUSED, StepNeed.OPEN, *StepNeed) if need in step.needs]


def _lack(need: StepNeed, facts: FollowUpFacts) -> str:
    """Return the sentence of a need that is not met, "" for one that is."""
    match need:
        case StepNeed.REUSED if not facts.is_reused:
            return _(
                "There is no audit from another organisation to reuse. Enter the audit first."
            )
        case StepNeed.OPEN if not facts.open_deviations:
            return _("There is no open deviation, so no corrective action plan can be requested.")
        case StepNeed.DONE_ON if not facts.has_date:
            return _("State on which day it was carried out.")
        case StepNeed.REASON if not facts.has_note:
            return _("Write why the follow-up is cancelled.")
    return _undone(need, facts)


def _undone(need: StepNeed, facts: FollowUpFacts) -> str:
    """Return the sentence of what is left to do before a step, "" for nothing."""
    match need:
        case StepNeed.NONE_OPEN if facts.open_deviations:
            text = ngettext(
                "%(number)s deviation is still open.",
                "%(number)s deviations are still open.",
                facts.open_deviations,
            )
            return text % {"number": figure(facts.open_deviations)}
        case StepNeed.NONE_UNDECIDED if facts.open_deviations:
            text = ngettext(
                "%(number)s deviation is still open. Close it or write it off first.",
                "%(number)s deviations are still open. Close them or write them off first.",
                facts.open_deviations,
            )
            return text % {"number": figure(facts.open_deviations)}
        case StepNeed.ANSWERS_DECIDED if facts.undecided_answers:
            text = ngettext(
                "%(number)s answer deviates and is not decided. Record a deviation or explain it.",
                "%(number)s answers deviate and are not decided. Record deviations or explain "
                "them.",
                facts.undecided_answers,
            )
            return text % {"number": figure(facts.undecided_answers)}
        case StepNeed.PLANNED if facts.unplanned:
            text = ngettext(
                "%(number)s deviation has no corrective action plan.",
                "%(number)s deviations have no corrective action plan.",
                facts.unplanned,
            )
            return text % {"number": figure(facts.unplanned)}
    return ""
