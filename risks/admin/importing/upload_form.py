"""The form that takes a plan's document in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from actionplan.word.document import ProblemKind
from actionplan.word.file.archive import LARGEST_UPLOAD
from risks.importing.problems import SENTENCES


class UploadForm(forms.Form):
    """A Word document, or a plan as text."""

    file = forms.FileField(
        label=gettext_lazy("Action plan (.docx or .txt)"),
        help_text=gettext_lazy("At most 20 MB. Nothing is saved until you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read.

        Raises:
            ValidationError: more than 20 MB.
        """
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise forms.ValidationError(SENTENCES[ProblemKind.TOO_LARGE])
        return file
