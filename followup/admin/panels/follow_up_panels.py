"""What a follow-up's page shows first: where it stands, what is asked, what is reused."""

from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.extension_points import Button, Panel
from actionplan.text import figure
from followup import permissions
from followup.actions.follow_ups import facts_of
from followup.extension_points import follow_up_panels
from followup.models import (
    Assessed,
    Attachment,
    FollowUp,
    FollowUpStatus,
    Method,
    Question,
    ReusedAudit,
    SupplierForm,
)
from followup.models.answering import ANSWERABLE
from followup.models.follow_ups import ENDED
from followup.steps.transitions import FollowUpFacts, StatusStep, StepNeed, refusal, steps_from


@follow_up_panels
def state_panel(request: HttpRequest, follow_up: FollowUp) -> Panel:
    """Tell where it stands, the steps that lead on, and those that were taken."""
    facts = facts_of(follow_up)
    steps = steps_from(facts)
    buttons: tuple[Button, ...] = ()
    missing: tuple[str, ...] = ()
    if permissions.may_write(request.user, follow_up):
        able = [step for step in steps if not _hinders(facts, step)]
        buttons = tuple(_button(follow_up, step, is_main=step is able[0]) for step in able)
        missing = tuple(
            f"{capfirst(str(step.to.label))}: {_hinders(facts, step)}"
            for step in steps
            # That nothing deviates is no fault.
            if step not in able and StepNeed.OPEN not in step.needs
        )
    return Panel(
        title=_("Status"),
        template="followup/admin/panels/follow_up_state.html",
        context={
            "follow_up": follow_up,
            "steps": follow_up.steps.select_related("by").order_by("at", "pk"),
            "requests": follow_up.requests.pending().with_names(),
        },
        buttons=buttons,
        missing=missing,
    )


def _hinders(facts: FollowUpFacts, step: StatusStep) -> str:
    """Tell why a step cannot be taken even when its form is filled in."""
    return refusal(replace(facts, has_date=True, has_note=True), step.to)


def _button(follow_up: FollowUp, step: StatusStep, *, is_main: bool) -> Button:
    address = reverse("admin:followup_step", args=[follow_up.pk, step.to.value])
    return Button(capfirst(str(step.to.label)), address, is_main=is_main)


@follow_up_panels
def questions_panel(request: HttpRequest, follow_up: FollowUp) -> Panel:
    """Show what is asked and answered."""
    questions = list(follow_up.questions.select_related("requirement").order_by("position", "pk"))
    undecided, files = _undecided(request, follow_up), _files(follow_up)
    return Panel(
        title=_("Questions and answers"),
        template="followup/admin/panels/follow_up_questions.html",
        context={
            "rows": [
                (question, files.get(question.pk, ()), undecided.get(question.pk, ""))
                for question in questions
            ],
            "form": SupplierForm.objects.filter(follow_up=follow_up).first(),
        },
        buttons=tuple(_question_buttons(request, follow_up, questions)),
        missing=tuple(_unanswered(questions)),
    )


def _files(follow_up: FollowUp) -> dict[int, list[Attachment]]:
    """Return the files that came with the answers, by the question's key."""
    rows = Attachment.objects.handed_in().filter(follow_up=follow_up, question__isnull=False)
    files: dict[int, list[Attachment]] = {}
    for file in rows.names():
        if file.question_id is not None:
            files.setdefault(file.question_id, []).append(file)
    return files


def _undecided(request: HttpRequest, follow_up: FollowUp) -> dict[int, str]:
    """Return where each answer that deviates becomes a deviation, by the question's key."""
    if not permissions.may_write(request.user, follow_up) or follow_up.status in ENDED:
        return {}
    at, rows = reverse("admin:followup_deviation_add"), follow_up.questions.undecided()
    return {
        pk: f"{at}?uppfoljning={follow_up.pk}&fraga={pk}"
        for pk in rows.order_by().values_list("pk", flat=True)
    }


def _question_buttons(
    request: HttpRequest, follow_up: FollowUp, questions: list[Question]
) -> list[Button]:
    if not permissions.may_write(request.user, follow_up) or follow_up.status in ENDED:
        return []
    at = [follow_up.pk]
    buttons = []
    if follow_up.status != FollowUpStatus.SENT:
        buttons.append(Button(_("Choose questions"), reverse("admin:followup_questions", args=at)))
    if questions:
        buttons.append(Button(_("Write answers"), reverse("admin:followup_answers", args=at)))
        if _may_send(follow_up):
            send = reverse("admin:followup_send", args=at)
            is_main = follow_up.status == FollowUpStatus.PLANNED
            buttons.append(Button(_("Send to the supplier"), send, is_main=is_main))
        address = reverse("admin:followup_questionnaire", args=at)
        buttons.append(Button(_("Download the questionnaire"), address))
    if questions and follow_up.status in (FollowUpStatus.SENT, FollowUpStatus.ANSWERED):
        address = reverse("admin:followup_read_answers", args=at)
        buttons.append(Button(_("Read the answers"), address))
    return buttons


def _may_send(follow_up: FollowUp) -> bool:
    """Tell whether the supplier is asked by questions, and may still be."""
    is_by_questions = follow_up.method in (Method.SELF_ASSESSMENT, Method.TRANSPARENCY)
    return is_by_questions and follow_up.status in (FollowUpStatus.PLANNED, *ANSWERABLE)


def _unanswered(questions: list[Question]) -> list[str]:
    """Return what a person still has to do with the questions."""
    if not questions:
        return [_("No question is chosen.")]
    texts = []
    if number := sum(not question.answer for question in questions):
        text = ngettext(
            "%(number)s question has no answer.", "%(number)s questions have no answer.", number
        )
        texts.append(text % {"number": figure(number)})
    unclear = [question for question in questions if question.assessed == Assessed.UNCLEAR]
    if number := len(unclear):
        text = ngettext(
            "%(number)s answer needs to be clarified.",
            "%(number)s answers need to be clarified.",
            number,
        )
        texts.append(text % {"number": figure(number)})
    return texts


@follow_up_panels
def reused_panel(request: HttpRequest, follow_up: FollowUp) -> Panel:
    """Show another organisation's audit that it leans on."""
    reused = ReusedAudit.objects.filter(follow_up=follow_up).first()
    buttons: tuple[Button, ...] = ()
    if permissions.may_write(request.user, follow_up) and follow_up.status not in ENDED:
        address = reverse("admin:followup_reuse", args=[follow_up.pk])
        label = _("Change") if reused else _("Reuse an audit")
        buttons = (Button(label, address),)
    return Panel(
        title=capfirst(str(ReusedAudit._meta.verbose_name)),
        template="followup/admin/panels/follow_up_reused.html",
        context={"reused": reused},
        buttons=buttons,
    )
