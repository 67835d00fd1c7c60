"""What is wrong with a draft, weak in it, or could be better: numbered rules over a draft. Pure.

The rules stand in quality_rules.py. An error stops publishing; a warning and an advice do not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.quality_case import (
    DraftContext,
    QualityCase,
    QualityPlace,
    Rule,
    RuleSeverity,
)
from requirements_pkg.drafting.quality_rules import RULES


@dataclass(frozen=True, slots=True)
class QualityFinding:
    """A rule that is broken somewhere; `more` says how, where the sentence is not enough."""

    rule: Rule
    place: QualityPlace
    more: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence for whoever mends it."""
        parts = (self.place.name and f"{self.place.name}:", str(self.rule.sentence), self.more)
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class QualityFindings:
    """All that was found, by severity, in the order of the rules."""

    all: tuple[QualityFinding, ...]

    def of(self, severity: RuleSeverity) -> list[QualityFinding]:
        """Return those of one severity."""
        return [finding for finding in self.all if finding.rule.severity == severity]

    @property
    def errors(self) -> list[QualityFinding]:
        """Those that stop publishing."""
        return self.of(RuleSeverity.ERROR)


def findings(document: Document, facts: DraftContext) -> QualityFindings:
    """Return everything that the rules find in a draft."""
    return _broken(RULES, QualityCase(document, facts))


def errors(document: Document) -> list[QualityFinding]:
    """Return what must not be published; no fact around a draft makes an error."""
    rules = [rule for rule in RULES if rule.severity == RuleSeverity.ERROR]
    return list(_broken(rules, QualityCase(document, DraftContext())).all)


def _broken(rules: Iterable[Rule], case: QualityCase) -> QualityFindings:
    faults = []
    for rule in rules:
        for hit in rule.check(case):
            place, more = hit if isinstance(hit, tuple) else (hit, "")
            faults.append(QualityFinding(rule, place, more))
    return QualityFindings(tuple(faults))
