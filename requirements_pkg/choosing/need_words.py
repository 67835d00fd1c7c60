"""What the guide asks, what can be answered, and what follows, in words."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requirements_pkg.choosing import needs
from requirements_pkg.choosing.needs import Needs

LABELS: Final[dict[str, str | Promise]] = {
    "vad": gettext_lazy("What are you going to buy?"),
    "varde": gettext_lazy("How large is the contract?"),
    "utomlands": gettext_lazy(
        "Is any of the work done, or are the goods made, where Swedish labour law does not apply?"
    ),
    "risk": gettext_lazy("Is there a risk of unfair working conditions there?"),
    "bedomd": gettext_lazy("Have the regions assessed the category together?"),
    "marknad": gettext_lazy("How many suppliers can meet requirements beyond the law?"),
    "skal": gettext_lazy("Why are the requirements reasonable for this purchase?"),
    "uppfoljare": gettext_lazy("Who follows the requirements up during the contract?"),
    "tid": gettext_lazy("Is there time for it?"),
}
HELP: Final[dict[str, str | Promise]] = {
    "vad": gettext_lazy("A few words, such as: servers and their maintenance."),
    "risk": gettext_lazy(
        "The tab “Risks and coverage” of a package says what is known, stage by stage."
    ),
    "bedomd": gettext_lazy("They have, where there is a requirements package for the category."),
    "marknad": gettext_lazy("Ask the market before you decide, for example in a dialogue."),
    "skal": gettext_lazy(
        "They are linked to what is bought, and demand no more than the aim needs."
    ),
    "tid": gettext_lazy("A requirement that nobody follows up helps nobody."),
}
ANSWERS: Final[dict[str, str | Promise]] = {
    needs.YES: gettext_lazy("Yes"),
    needs.NO: gettext_lazy("No"),
    needs.UNKNOWN: gettext_lazy("I do not know"),
    needs.DIRECT: gettext_lazy("Below the limit of direct award"),
    needs.BELOW: gettext_lazy("Above it, but below the threshold of the EU"),
    needs.ABOVE: gettext_lazy("Above the threshold of the EU"),
    needs.MANY: gettext_lazy("Several"),
    needs.FEW: gettext_lazy("Few or one"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from some answers."""

    heading: str
    text: str


def answered(given: Needs) -> list[tuple[str, str]]:
    """Return the questions that were answered, each with its answer in words."""
    return [
        (
            str(LABELS[question]),
            str(ANSWERS[answer]) if question in needs.CHOICES else answer,
        )
        for question, answer in given.answers
    ]


def outcomes(given: Needs) -> list[Outcome]:
    """Return what follows: whether labour terms are needed, and which level is in proportion."""
    labour = {
        needs.YES: _(
            "Terms of labour law are needed: require the basic conventions of the ILO and the "
            "rules of the country as special contract terms."
        ),
        needs.NO: _(
            "Terms of labour law are not needed: Swedish labour law applies, or no risk is known."
        ),
        "": _("Not yet assessed: answer the questions of step 2."),
    }
    level = {
        needs.BASIC: _("The basic level is in proportion. Go further with award criteria."),
        needs.ADVANCED: _(
            "The advanced level is in proportion. Use the spearhead level for award criteria."
        ),
        "": _("Not yet assessed: answer the size of the contract and the market."),
    }
    return [
        Outcome(_("Need of labour-law terms"), labour[given.labour_terms]),
        Outcome(_("Proportionality"), level[given.level]),
    ]


def assessment(given: Needs) -> list[tuple[str, str]]:
    """Return the answers and what follows, each with its name; none where nothing was answered."""
    if not given:
        return []
    return [*answered(given), *((outcome.heading, outcome.text) for outcome in outcomes(given))]


def documentation(given: Needs) -> tuple[str, ...]:
    """Return the assessment as paragraphs of a file; none where nothing was answered."""
    if not given:
        return ()
    return (
        _("The buyer’s assessment of need and proportionality, for the file of the case:"),
        *(f"{question} {answer}" for question, answer in answered(given)),
        *(f"{outcome.heading}: {outcome.text}" for outcome in outcomes(given)),
    )
