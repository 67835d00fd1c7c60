"""What older schemas lack, step by step: what is stored is read as if it were written today.

A step takes the JSON of one schema and gives that of the next. What is stored never changes.
"""

from collections.abc import Callable
from typing import Any, Final

from requirements_pkg.document.schema import SCHEMA

Stored = dict[str, Any]


def with_requirements(stored: Stored) -> Stored:
    """Add what schema 1 lacked: requirements, modules and an introduction."""
    package = {"introduction": "", **stored["package"]}
    return {"requirements": [], "modules": [], **stored, "package": package}


def with_lessons(stored: Stored) -> Stored:
    """Add what schema 2 lacked: indicators and lessons."""
    return {"indicators": [], "lessons": [], **stored}


def with_consultations(stored: Stored) -> Stored:
    """Add what schema 3 lacked: what was answered when the draft was out for consultation."""
    return {"consultations": [], **stored}


def with_questions_and_proofs(stored: Stored) -> Stored:
    """Take schema 4 as it is: it has no questions to the supplier, and no accepted proofs."""
    return stored


# By the schema that a step starts from.
STEPS: Final[dict[int, Callable[[Stored], Stored]]] = {
    1: with_requirements,
    2: with_lessons,
    3: with_consultations,
    4: with_questions_and_proofs,
}


def upgraded(stored: Stored) -> Stored:
    """Return the JSON of a document in the schema of today.

    Raises:
        ValueError: its schema is none that was ever written.
    """
    number = stored.get("schema")
    if not isinstance(number, int) or number not in range(1, SCHEMA + 1):
        raise ValueError(f"There is no schema {number!r}.")
    for step in range(number, SCHEMA):
        stored = STEPS[step](stored)
    # It goes on telling which schema it was written in, and so what nobody was asked then.
    return stored
