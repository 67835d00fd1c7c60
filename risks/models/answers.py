"""What imports keep: the documents that were sent, and what people said when they were asked.

Answers are kept for each plan by itself, for exactly the same question: one about other words, or
of another plan, is asked anew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionPlan
from actionplan.models.logged import Logged
from actionplan.models.written import Written
from actionplan.text import fold

# The newest answers of a plan are kept; a question that is asked no more has none to lose.
MOST_KEPT: Final = 500


class PlanUpload(Written):
    """A Word file waiting for its import to be confirmed, and kept with it afterwards."""

    file_name = models.CharField(_("file name"), max_length=255)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    uploaded_by = models.ForeignKey(
        "actionplan.User", verbose_name=_("uploaded by"), on_delete=models.PROTECT
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # What the person has said of it so far; nothing in it before anything is said.
    answers = models.JSONField(_("answers"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("uploaded plan")
        verbose_name_plural = _("uploaded plans")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportAnswers(Logged):
    """The answers that were given of one plan, by what was asked, the newest last."""

    logged_in = "plan"
    logged_plan = "plan"

    plan = models.OneToOneField(
        ActionPlan,
        verbose_name=_("action plan"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="import_answers",
    )
    # Pairs, since a database may put the keys of an object in an order of its own.
    given = models.JSONField(_("answers"), default=list)

    class Meta:
        verbose_name = _("answers of imports")
        verbose_name_plural = _("answers of imports")

    def __str__(self) -> str:
        return str(self.plan)


def question_key(*words: str) -> str:
    """Return the key of a question: a hash of all that it is about, without its words."""
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:32]


def category_question(name: str) -> str:
    """Return the key of the question whether a document's category is the plan's."""
    return question_key("category", fold(name))


def recalled(plan: ActionPlan) -> dict[str, bool]:
    """Return what was said of a plan before."""
    row = ImportAnswers.objects.filter(plan=plan.pk).first() if plan.pk else None
    return dict(row.given) if row else {}


def recalled_category(name: str, first_year: int, near: Iterable[str]) -> str:
    """Return the category near a document's that somebody said it is, of that period; or ""."""
    rows = ImportAnswers.objects.filter(
        plan__first_year=first_year, plan__category__name__in=list(near)
    )
    key = category_question(name)
    names = {
        row.plan.category.name
        for row in rows.select_related("plan__category")
        if dict(row.given).get(key)
    }
    return names.pop() if len(names) == 1 else ""


def remember(plan: ActionPlan, answers: Mapping[str, bool]) -> None:
    """Keep what was said of a plan, the newest of it."""
    if not (plan.pk and answers):
        return
    before = {key: answer for key, answer in recalled(plan).items() if key not in answers}
    newest = list({**before, **answers}.items())[-MOST_KEPT:]
    ImportAnswers.objects.update_or_create(plan=plan, defaults={"given": newest})


def forget(plan: ActionPlan) -> None:
    """Ask everything of a plan anew."""
    ImportAnswers.objects.filter(plan=plan.pk).delete()
