"""What is wrong with a draft, weak in it, or could be better: numbered rules over a draft. Pure.

The rules stand in quality_rules.py. An error stops publishing; a warning and an advice do not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.quality_case import Case, Facts, Place, Rule, Severity
from requirements_pkg.drafting.quality_rules import RULES


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken somewhere; `more` says how, where the sentence is not enough."""

    rule: Rule
    place: Place
    more: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence for whoever mends it."""
        parts = (self.place.name and f"{self.place.name}:", str(self.rule.sentence), self.more)
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, by severity, in the order of the rules."""

    all: tuple[Finding, ...]

    def of(self, severity: Severity) -> list[Finding]:
        """Those of one severity."""
        return [one for one in self.all if one.rule.severity == severity]

    @property
    def errors(self) -> list[Finding]:
        """Those that stop publishing."""
        return self.of(Severity.ERROR)


def findings(document: Document, facts: Facts) -> Findings:
    """Everything that the rules find in a draft."""
    return _broken(RULES, Case(document, facts))


def errors(document: Document) -> list[Finding]:
    """Return what must not be published; no fact around a draft makes an error."""
    rules = [one for one in RULES if one.severity == Severity.ERROR]
    return list(_broken(rules, Case(document, Facts())).all)


def _broken(rules: Iterable[Rule], case: Case) -> Findings:
    found = []
    for one in rules:
        for hit in one.check(case):
            place, more = hit if isinstance(hit, tuple) else (hit, "")
            found.append(Finding(one, place, more))
    return Findings(tuple(found))
