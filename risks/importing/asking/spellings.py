"""What documents are read by: the names of the grid, known spellings, and what a person said."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Model

from actionplan.models import Organisation, PurchasingCategory, User
from actionplan.text import fold, is_number
from actionplan.word.reading.headings import (
    CATEGORY,
    COORDINATOR,
    PERIOD,
    REGION,
    Headings,
)
from risks.importing.asking.answers import LEFT_OUT, UNANSWERED, Answers
from risks.models import Dimension, HeadingAlias, LifecycleStage, PlanUpload
from risks.models.spellings import LONGEST_SPELLING, spellings

# So many of a person's last imports are looked at for what she said of headings.
LATEST_UPLOADS: Final = 5


def headings(answers: Answers = UNANSWERED) -> Headings:
    """Return the stages and dimensions by their names in grid order and all other spellings."""
    stages, dimensions = _read(answers.stages), _read(answers.dimensions)
    settled = frozenset((*answers.stages, *answers.dimensions))
    return Headings(
        stages=dict(LifecycleStage.objects.values_list("name", "code"))
        | spellings("stage", "stage__code")
        | stages,
        dimensions=dict(Dimension.objects.values_list("name", "code"))
        | spellings("dimension", "dimension__code")
        | dimensions,
        left_out=settled - stages.keys() - dimensions.keys(),
        settled=settled,
    )


def _read(codes: Mapping[str, str]) -> dict[str, str]:
    """Return what headings mean, but for those whose rows or columns are left out."""
    return {spelling: code for spelling, code in codes.items() if code != LEFT_OUT}


def given_head(answers: Answers) -> dict[str, str]:
    """Return the head facts that a person has said, as a reader of documents asks for them."""
    given = {CATEGORY: answers.category, PERIOD: answers.period}
    organisation = organisation_of(answers.coordinator)
    if organisation is not None:
        given |= {
            REGION: organisation.procurement_region.code,
            COORDINATOR: organisation.name,
        }
    return {label: value for label, value in given.items() if value}


def organisation_of(key: str) -> Organisation | None:
    """Return the organisation that a person chose, if there is one with that key."""
    if not is_number(key):
        return None
    return Organisation.objects.select_related("procurement_region").filter(pk=key).first()


def recalled_headings(by: User) -> Answers:
    """Return what a person said of headings in her last imports, the latest before others."""
    uploads = PlanUpload.objects.filter(uploaded_by=by, confirmed_at__isnull=False)
    latest = uploads.order_by("-confirmed_at").values_list("answers", flat=True)[:LATEST_UPLOADS]
    stages: dict[str, str] = {}
    dimensions: dict[str, str] = {}
    for answers in map(Answers.from_json, reversed(latest)):
        stages |= answers.stages
        dimensions |= answers.dimensions
    return Answers(is_open=True, stages=stages, dimensions=dimensions)


def remember_spellings(
    answers: Answers, category: PurchasingCategory, words: Mapping[str, str], *, by: User | None
) -> int:
    """Keep what a person said of words as spellings for everybody; returns how many are new.

    Args:
        category: the plan's.
        words: what the document itself calls its category and its coordinator, by label.
    """
    meant: dict[str, dict[str, Any]] = {
        **_coded("stage", LifecycleStage, answers.stages),
        **_coded("dimension", Dimension, answers.dimensions),
    }
    organisation = organisation_of(answers.coordinator)
    if organisation is not None:
        meant[fold(words.get(COORDINATOR, ""))] = {"organisation": organisation}
    own = fold(words.get(CATEGORY, ""))
    if answers.category and own != fold(category.name):
        meant[own] = {"category": category}
    return _keep(meant, by=by)


def remember_headings(
    stages: Mapping[str, str], dimensions: Mapping[str, str], *, by: User | None
) -> int:
    """Keep what headings mean as spellings for everybody; returns how many are new.

    Args:
        stages: codes by the spelling of their headings.
        dimensions: the same.
    """
    meant = {
        **_coded("stage", LifecycleStage, stages),
        **_coded("dimension", Dimension, dimensions),
    }
    return _keep(meant, by=by)


def _keep(meant: Mapping[str, Mapping[str, Any]], *, by: User | None) -> int:
    known = HeadingAlias.objects.filter(folded__in=meant).values_list("folded", flat=True)
    new = meant.keys() - {"", *known}
    for spelling in sorted(new):
        if len(spelling) <= LONGEST_SPELLING:
            HeadingAlias(folded=spelling, **meant[spelling]).signed_by(by).save()
    return len(new)


def _coded(
    kind: str, model: type[Dimension | LifecycleStage], codes: Mapping[str, str]
) -> dict[str, dict[str, Model]]:
    """Return what spellings mean, of those that a person said the meaning of."""
    rows = {row.code: row for row in model.objects.all()}
    return {spelling: {kind: rows[code]} for spelling, code in codes.items() if code in rows}
