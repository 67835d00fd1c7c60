"""What may go wrong: the risk matrix of each product area."""

from risks.models.answers import ImportAnswers, PlanUpload
from risks.models.matrix import (
    Assessment,
    Dimension,
    HeadingAlias,
    LifecycleStage,
    OverallLevel,
    RiskCell,
    RiskLevel,
    RiskMatrix,
    RiskStatement,
    StatementKind,
)

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
