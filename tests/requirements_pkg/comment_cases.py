"""Cases that break a constraint of comments."""

from django.utils import timezone

from actionplan.models import ActionPlan, User
from requirements_pkg.models import Comment, CommentMention, CommentThread
from tests.project.house.breaking import Break

OWNER = "Ange vilken plan eller vilken gemensam modul kommentaren hör till."
SETTLED = "Ange både vem som löste tråden och när."


def person() -> User:
    return User.objects.get(username="reviewer")


def thread() -> CommentThread:
    return CommentThread(plan=ActionPlan.objects.first(), kind="krav", target_id=1, name="SE-01")


def comment() -> Comment:
    about = CommentThread.objects.first()
    if about is None:
        about = thread()
        about.save()
    return Comment(thread=about, author=person(), text="Vilken källa?")


def mention() -> CommentMention:
    first = Comment.objects.first()
    if first is None:
        first = comment()
        first.save()
        CommentMention.objects.create(comment=first, person=person())
    return CommentMention(comment=first, person=User.objects.get(username="coordinator"))


CASES = [
    Break(
        "requirements_pkg_commentthread_kind_is_known",
        thread,
        {"kind": "version"},
        "Välj vad kommentaren gäller.",
        is_field_error=True,
    ),
    Break("requirements_pkg_commentthread_of_plan_or_module", thread, {"plan": None}, OWNER),
    Break(
        "requirements_pkg_commentthread_name_is_filled",
        thread,
        {"name": ""},
        "Ange vad kommentaren gäller.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_commentthread_who_and_when",
        thread,
        {"resolved_at": timezone.now()},
        SETTLED,
    ),
    Break(
        "requirements_pkg_comment_text_is_filled",
        comment,
        {"text": ""},
        "Skriv kommentaren.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_commentmention_once",
        mention,
        {"person": lambda row: person()},
        "Kommentaren nämner redan den personen.",
    ),
]
