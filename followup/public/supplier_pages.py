"""Where a supplier answers the questions of a follow-up: whoever has the secret address may."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from followup.actions.answering import answers
from followup.actions.answering.answers import GivenAnswer, given_so_far
from followup.actions.answering.supplier_forms import form_of
from followup.actions.evidence import ACCEPTED, taken
from followup.actions.follow_ups import askable
from followup.asking.wordings import ContractValues, readable_name, readable_question
from followup.models import Answer, Attachment, ContractRequirement, Question, SupplierForm
from requirements_pkg.published.masking import maskings_of

# What one sending may bring along; the proxy takes no more either.
LARGEST: Final = 20 * 1024 * 1024
LONGEST_COMMENT, LONGEST_EVIDENCE = 8000, 2000
REMOVED: Final = "ta-bort"


class SupplierAnswerForm(forms.Form):
    """What is answered at one question."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[(choice.value, choice.label) for choice in Answer],
        required=False,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.CharField(
        label=gettext_lazy("Documents that show it"),
        max_length=LONGEST_EVIDENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """One question on the page: what is demanded and asked, what is written, which files."""

    question: Question
    wording: str
    title: str
    text: str
    form: SupplierAnswerForm
    files: Sequence[Attachment]
    faults: Sequence[str]

    @property
    def file_field(self) -> str:
        """The name of the box for files."""
        return f"fil-{self.question.pk}"


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def supplier_form(request: HttpRequest, token: str) -> HttpResponse:
    """Show the questions with what is written so far, and keep or send in what is written.

    The token in the address is what a form's own would be.

    Raises:
        Http404: no address of ours, or nobody waits for answers any more.
    """
    form = form_of(token)
    if form is None:
        raise Http404
    if form.submitted_at is not None:
        return _receipt(request, form)
    if not form.is_open:
        return _secret(render(request, "followup/supplier/over.html", {"form": form}, status=410))
    if request.method != "POST":
        return _form_page(request, form)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        sentence = _("The files are more than 20 MB together. Send some at a time.")
        return _form_page(request, form, faults=[sentence], status=413)
    return _taken_in(request, form, token)


def _taken_in(request: HttpRequest, form: SupplierForm, token: str) -> HttpResponse:
    """Keep what was sent, or send it in; the page tells what is wrong."""
    questions = _questions(form)
    written = {
        question.pk: SupplierAnswerForm(request.POST, prefix=f"q{question.pk}", auto_id="id_%s")
        for question in questions
    }
    # Every one is asked, so that all faults show at once.
    if not all(list(map(SupplierAnswerForm.is_valid, written.values()))):
        return _form_page(request, form, written=written, status=400)
    try:
        answers.write(
            form=form,
            given={pk: _given(answer_form.cleaned_data) for pk, answer_form in written.items()},
        )
        answers.detach(form=form, files=_keys(request.POST, REMOVED))
        if file_faults := _attached(request, form, questions):
            return _form_page(request, form, file_faults=file_faults, status=400)
        if "_skicka" in request.POST:
            answers.submit(form=form)
    except ValidationError as error:
        return _form_page(request, form, faults=error.messages, status=400)
    kept = "" if "_skicka" in request.POST else "?sparat=1"
    return HttpResponseRedirect(f"{reverse('supplier_form', args=[token])}{kept}")


def _given(cleaned: dict[str, str]) -> GivenAnswer:
    return GivenAnswer(
        answer=cleaned["answer"],
        comment=cleaned["comment"].strip(),
        evidence=cleaned["evidence"].strip(),
    )


def _keys(sent: QueryDict, name: str) -> list[int]:
    return [int(value) for value in sent.getlist(name) if value.isdecimal() and len(value) < 19]


def _attached(
    request: HttpRequest, form: SupplierForm, questions: Sequence[Question]
) -> dict[int, list[str]]:
    """Keep the files that came along; returns what is wrong with the others, by question."""
    faults: dict[int, list[str]] = {}
    for question in questions:
        for file in request.FILES.getlist(f"fil-{question.pk}"):
            if sentences := _file_faults(file, form, question):
                faults.setdefault(question.pk, []).extend(
                    f"{file.name}: {sentence}" for sentence in sentences
                )
    return faults


def _file_faults(file: "UploadedFile[bytes]", form: SupplierForm, question: Question) -> list[str]:
    try:
        content = taken(file)
        answers.attach(form=form, question=question, file_name=file.name or "", content=content)
    except ValidationError as error:
        return list(error.messages)
    return []


def _questions(form: SupplierForm) -> list[Question]:
    rows = form.follow_up.questions.select_related("requirement")
    return list(rows.order_by("position", "pk"))


def _entries(
    form: SupplierForm,
    written: dict[int, SupplierAnswerForm],
    file_faults: dict[int, list[str]],
) -> list[QuestionEntry]:
    follow_up = form.follow_up
    wordings = askable(follow_up.version)
    maskings = maskings_of(follow_up.version.content)
    values = ContractValues(ContractRequirement.objects.filled_in(follow_up.contract_id))
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(follow_up=follow_up, question__isnull=False).names():
        if file.uploaded_by_id is None and file.question_id is not None:
            files.setdefault(file.question_id, []).append(file)
    entries = []
    for question in _questions(form):
        wording = wordings.get(str(question.requirement.uid))
        initial = {**given_so_far(form, question)}
        empty = SupplierAnswerForm(initial=initial, prefix=f"q{question.pk}", auto_id="id_%s")
        entries.append(
            QuestionEntry(
                question=question,
                wording=readable_question(question.text, wording, maskings),
                title=wording.title if wording else question.requirement.title,
                text=values.filled(wording, wording.text) if wording else "",
                form=written.get(question.pk, empty),
                files=files.get(question.pk, ()),
                faults=file_faults.get(question.pk, ()),
            )
        )
    return entries


def _names(form: SupplierForm) -> dict[str, str]:
    """Return what the page calls the package and the area, without what is masked."""
    follow_up = form.follow_up
    maskings = maskings_of(follow_up.version.content)
    return {
        "package": readable_name(str(follow_up.version), maskings),
        "area": readable_name(follow_up.product_area.name, maskings),
    }


def _form_page(
    request: HttpRequest,
    form: SupplierForm,
    *,
    written: dict[int, SupplierAnswerForm] | None = None,
    file_faults: dict[int, list[str]] | None = None,
    faults: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "follow_up": form.follow_up,
        "names": _names(form),
        "entries": _entries(form, written or {}, file_faults or {}),
        "faults": faults,
        "has_faults": status != 200,
        "is_kept": "sparat" in request.GET and status == 200,
        "accepted": ACCEPTED,
        "address": request.build_absolute_uri(request.path),
    }
    return _secret(render(request, "followup/supplier/form.html", context, status=status))


def _receipt(request: HttpRequest, form: SupplierForm) -> HttpResponse:
    context = {
        "form": form,
        "follow_up": form.follow_up,
        "names": _names(form),
        "entries": _entries(form, {}, {}),
    }
    return _secret(render(request, "followup/supplier/receipt.html", context))


def _secret(response: HttpResponse) -> HttpResponse:
    """Keep a page out of every cache on the way, of search engines, and its address to itself."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
