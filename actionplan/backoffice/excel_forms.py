"""The forms of export and import in the admin: which sheet, which file, which column is which."""

import json
from collections.abc import Iterator
from typing import Any, Final

import tablib
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from actionplan.django_edges import CleanedData, Handed
from actionplan.excel.front import ResourceFront
from actionplan.excel.importing.mapping import Mapped, guessed
from actionplan.excel.importing.settling import SettledWords

MAX_UPLOAD: Final = 20 * 1024 * 1024
# What a value that stands in every row begins with; the place of a column is a number.
EVERY_ROW: Final = "="
SAMPLE: Final = 40
# The name of a field begins with it whose answer is what a word means.
WORD: Final = "word:"


# The package has no types.
class SheetExportForm(ExportForm):  # type: ignore[misc]
    """Which sheet, and as what; Excel unless something else is chosen."""

    media = forms.Media()

    def __init__(self, formats: list[Any], resources: list[object], **kwargs: Handed) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].choices = [(str(i), f().get_title()) for i, f in enumerate(formats)]
        self.fields["format"].initial = "0"
        self.fields["resource"].label = _("Sheet")


# The package has no types.
class SheetImportForm(ImportForm):  # type: ignore[misc]
    """An Excel file; there is nothing to choose about it."""

    media = forms.Media()

    def __init__(self, formats: list[object], resources: list[object], **kwargs: Handed) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["resource"].label = _("Sheet")
        file = self.fields["import_file"]
        file.widget.attrs["accept"] = ".xlsx"
        file.help_text = _(
            "An Excel file (.xlsx): this list exported and edited, the empty file filled "
            "in, or a file with your own headings."
        )

    def clean_import_file(self) -> object:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["import_file"]
        if file.size > MAX_UPLOAD:
            raise ValidationError(_("The file is larger than 20 MB. Choose a smaller file."))
        return file


# The package has no types.
class SheetConfirmForm(ConfirmImportForm):  # type: ignore[misc]
    """What the preview hands on; the values come back from a browser."""

    format = forms.ChoiceField(choices=[("0", "")], widget=forms.HiddenInput)
    resource = forms.IntegerField(
        min_value=0, max_value=20, required=False, widget=forms.HiddenInput
    )
    # Which column of the file is which, if somebody had to say so.
    mapping = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    # What a person said that words of the file mean.
    words = forms.CharField(required=False, max_length=100_000, widget=forms.HiddenInput)
    is_kept = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_words(self) -> dict[str, str]:
        """Return what words mean, by their keys."""
        try:
            meanings = json.loads(self.cleaned_data["words"] or "{}")
        except (ValueError, RecursionError):
            meanings = None
        if not isinstance(meanings, dict) or {type(word) for word in meanings.values()} - {str}:
            raise ValidationError(_("The answers could not be interpreted. Answer again."))
        return meanings

    def settled_words(self) -> SettledWords:
        """Return what a person said of words, once the form is valid."""
        return SettledWords(self.cleaned_data["words"], self.cleaned_data["is_kept"])

    def handed_on(self) -> dict[str, object]:
        """Return what the preview gives the browser to send back, once the form is valid."""
        names = ("import_file_name", "original_file_name", "format", "resource", "is_kept")
        details = {name: self.cleaned_data[name] for name in names}
        mapping = self.cleaned_data["mapping"]
        words = json.dumps(self.cleaned_data["words"], ensure_ascii=False)
        return {
            **details,
            "mapping": "" if mapping is None else json.dumps(mapping),
            "words": words,
        }

    def clean_mapping(self) -> Mapped | None:
        """Return the columns as somebody chose them, or None where the headings were ours."""
        given = self.cleaned_data["mapping"]
        if not given:
            return None
        try:
            mapping = json.loads(given)
        except (ValueError, RecursionError):
            mapping = None
        if not isinstance(mapping, dict) or {type(at) for at in mapping.values()} - {int, str}:
            raise ValidationError(_("The columns could not be interpreted. Choose them again."))
        return mapping


class SettlingForm(SheetConfirmForm):
    """What a person says of the words that mean nothing here; the fields are drawn by the page."""

    def clean(self) -> dict[str, object]:
        """Put the answers together as the preview hands them on."""
        data: dict[str, object] = super().clean() or self.cleaned_data
        sent = (
            (name.removeprefix(WORD), str(answer))
            for name, answer in self.data.items()
            if name.startswith(WORD) and answer
        )
        data["words"] = dict(sent)
        data["is_kept"] = "remember" in self.data
        return data


class MappingForm(SheetConfirmForm):
    """One choice for each column of ours: a column of the file, or one value for every row."""

    def __init__(self, front: ResourceFront, dataset: tablib.Dataset, **kwargs: Handed) -> None:
        super().__init__(**kwargs)
        # What the file was found to be, told beside the choices.
        self.sheet_name = getattr(dataset, "sheet", "")
        self.notices = getattr(dataset, "notices", [])
        headings = list(dataset.headers)
        sheet, incoming = front.sheet, front.incoming()
        likely = guessed(headings, {name: sheet.by_name[name] for name in sheet.wanted})
        of_file = list(_columns(headings, dataset))
        for name in sheet.wanted:
            column = sheet.by_name[name]
            same = [(value, str(label)) for value, label in column.choices]
            if name == incoming.owner_column:
                same = [(owner.slug, str(owner)) for owner in incoming.owners()]
            self.fields[f"column-{name}"] = forms.ChoiceField(
                label=column.label,
                help_text=column.column.help,
                required=False,
                initial=str(likely.get(name, "")),
                choices=[
                    ("", _("– not in the file –")),
                    (_("Columns of the file"), of_file),
                    *_group(same),
                ],
            )

    def clean(self) -> CleanedData:
        """Put the choices together as the preview hands them on."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        mapping: dict[str, int | str] = {}
        for key, choice in data.items():
            name = key.removeprefix("column-")
            if name != key and choice:
                is_same = choice.startswith(EVERY_ROW)
                mapping[name] = choice.removeprefix(EVERY_ROW) if is_same else int(choice)
        data["mapping"] = mapping
        return data

    def columns(self) -> Iterator[BoundField]:
        """Return the choices of columns, in the order of the sheet."""
        return (field for field in self if field.name.startswith("column-"))


def _columns(headings: list[str], dataset: tablib.Dataset) -> Iterator[tuple[str, str]]:
    """Yield the columns of a file, each with the first thing that stands in it."""
    for at, heading in enumerate(headings):
        values = (str(row[at]).strip() for row in dataset if row[at] not in (None, ""))
        sample = Truncator(next(filter(None, values), "")).chars(SAMPLE)
        name = heading or _("Column %(number)s") % {"number": at + 1}
        yield str(at), f"{name}: {sample}" if sample else name


def _group(same: list[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    options = [(EVERY_ROW + value, label) for value, label in same]
    return [(_("The same in every row"), options)] if options else []
