"""What may go wrong: the risk matrix of each product area."""

from risks.models.answers import ImportAnswers, PlanUpload
from risks.models.matrix import (
    Assessment,
    Dimension,
    LifecycleStage,
    OverallLevel,
    RiskCell,
    RiskLevel,
    RiskMatrix,
    RiskStatement,
    StatementKind,
)
from risks.models.spellings import HeadingAlias

__all__ = [
    "Assessment",
    "Dimension",
    "HeadingAlias",
    "ImportAnswers",
    "LifecycleStage",
    "OverallLevel",
    "PlanUpload",
    "RiskCell",
    "RiskLevel",
    "RiskMatrix",
    "RiskStatement",
    "StatementKind",
]
