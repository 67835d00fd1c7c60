"""Where whoever is consulted writes, goes on writing, sends, and sees what was sent.

The address is secret and needs no log-in: who has it goes on where they left off.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.actions.dialogue import replies
from requirements_pkg.models import ConsultationReply
from requirements_pkg.models.dialogue.replies import LONGEST_REMARK
from requirements_pkg.public.dialogue.consultation_pages import (
    over,
    requirement_context,
    unkept,
)
from requirements_pkg.reviewing.consulted import masked_rows, opened_draft


class ReplyTextForm(forms.Form):
    """What is said of one thing; nothing takes it away."""

    text = forms.CharField(
        label=_("What do you want to say?"),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "aria-describedby": "id_text_helptext"}),
        help_text=_("At most 4,000 characters. Write nothing about people."),
    )


class SenderForm(forms.Form):
    """Who sends a reply, and what they consent to."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Email address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("If you want us to be able to ask you more. It is never published."),
    )
    has_consented = forms.BooleanField(
        label=_("You may keep my name and my address while the answers are worked through"),
        required=False,
    )
    may_be_named = forms.BooleanField(
        label=_("The published summary may name my organisation, or me if I answer for myself"),
        required=False,
    )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields in the order of the page."""
        return list(self)


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is written so far, and take in what is said of the whole; or the receipt."""
    row = _row(token)
    if row.sent_at is not None:
        masked_rows([row.consultation])
        context = {"reply": row, "remarks": row.remarks.all(), "section": "packages"}
        return unkept(request, "requirements_pkg/consultation/replies/sent.html", context)
    if not row.consultation.is_open:
        return over(request, row.consultation)
    text = row.texts.get(replies.WHOLE, "")
    form = ReplyTextForm(request.POST or None, initial={"text": text})
    if request.method == "POST" and _is_kept(form, row, replies.WHOLE):
        name = "send_reply" if "_skicka" in request.POST else "reply"
        return HttpResponseRedirect(reverse(name, args=[token]))
    context = {
        "consultation": row.consultation,
        "draft": opened_draft(row.consultation),
        "written": row.texts,
        "token": token,
        "address": request.build_absolute_uri(request.path),
        "form": form,
        "section": "packages",
    }
    status = 400 if form.is_bound else 200
    return unkept(
        request, "requirements_pkg/consultation/replies/reply.html", context, status=status
    )


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reply_requirement(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Show one requirement of the draft, and take in what is said of it."""
    row = _row(token)
    if row.sent_at is not None:
        return HttpResponseRedirect(reverse("reply", args=[token]))
    if not row.consultation.is_open:
        return over(request, row.consultation)
    draft = opened_draft(row.consultation)
    context = requirement_context(draft, code)
    uid = next(entry.uid for entry in draft.content.requirements if entry.code == code)
    form = ReplyTextForm(request.POST or None, initial={"text": row.texts.get(uid, "")})
    if request.method == "POST" and _is_kept(form, row, uid):
        return HttpResponseRedirect(f"{reverse('reply', args=[token])}#krav-{code}")
    context |= {"consultation": row.consultation, "token": token, "form": form}
    status = 400 if form.is_bound else 200
    return unkept(
        request, "requirements_pkg/consultation/replies/requirement.html", context, status=status
    )


@bounded(AllowanceKind.VOICES, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def send_reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show all that is written, ask who sends it, and take it in."""
    row = _row(token)
    if row.sent_at is not None:
        return HttpResponseRedirect(reverse("reply", args=[token]))
    if not row.consultation.is_open:
        return over(request, row.consultation)
    content = opened_draft(row.consultation).content
    form = SenderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            replies.send_reply(reply=row, content=content, sender=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return HttpResponseRedirect(reverse("reply", args=[token]))
    context = {
        "consultation": row.consultation,
        "remarks": replies.remarks_of(row, content),
        "token": token,
        "form": form,
        "section": "packages",
    }
    status = 400 if form.is_bound else 200
    return unkept(
        request, "requirements_pkg/consultation/replies/send.html", context, status=status
    )


def _row(token: str) -> ConsultationReply:
    row = replies.reply_of(token)
    if row is None or (row.consultation.withdrawn_at is not None and row.sent_at is None):
        raise Http404
    return row


def _is_kept(form: ReplyTextForm, row: ConsultationReply, about: str) -> bool:
    """Keep what was written; what cannot be is said in the form."""
    if not form.is_valid():
        return False
    try:
        replies.write(reply=row, about=about, text=form.cleaned_data["text"])
    except ValidationError as error:
        form.add_error(None, error.messages)
    return form.is_valid()
