"""What a bidder answers to a requirement, by its kind: the same in Word, PDF and Excel. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from requirements_pkg.language.scale import ScaleStep, steps_of
from requirements_pkg.tender.requirement import AWARD, CONTRACT, TenderRequirement


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of the box in which the bidder answers."""

    label: str
    # What there is to tick, if anything.
    choices: tuple[str, ...] = ()
    # A line of its own for each of them.
    is_list: bool = False
    # Room for several lines.
    is_long: bool = False


def answer_rows(item: TenderRequirement) -> tuple[AnswerRow, ...]:
    """Return the rows that a bidder fills in; a contract term is not answered."""
    where = AnswerRow(_("Appendix or page"))
    if item.kind == CONTRACT:
        return ()
    if item.kind != AWARD:
        met = AnswerRow(_("Is the requirement met?"), (_("Yes"), _("No")))
        return (met, AnswerRow(_("Answer"), is_long=True), where)
    steps = tuple(step_words(step) for step in scale_of(item))
    choice = (
        AnswerRow(_("Step of the scale"), steps, is_list=True)
        if steps
        else AnswerRow(_("Answer against the scale"), is_long=True)
    )
    value = AnswerRow(_("Claimed value"))
    worth = _("Claimed deduction, kronor") if item.deducts else _("Claimed points")
    return (choice, value, AnswerRow(worth), where)


def scale_of(item: TenderRequirement) -> tuple[ScaleStep, ...]:
    """Return the steps of a criterion's scale, filled in."""
    if item.kind != AWARD or item.deducts:
        return ()
    return steps_of(item.text_of("scale"), item.points)


def step_words(step: ScaleStep) -> str:
    """Return a step of a scale on a line."""
    return _("%(points)s points: %(words)s") % {"points": step.points, "words": step.words}


def unanswered(item: TenderRequirement) -> str:
    """Tell why there is nothing to answer, or nothing."""
    if item.kind != CONTRACT:
        return ""
    return _("The term is not answered: whoever submits a tender accepts it.")
