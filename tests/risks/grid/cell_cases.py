"""A cell of the matrix with two statements, and its page as a browser sends it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from risks.models import RiskCell
from tests.actionplan.merging.test_merge_forms import Browser


class CellBrowser:
    """Somebody's browser on the page of a cell: what it shows is sent back, changed."""

    def __init__(self, client: Any, cell: RiskCell) -> None:
        self.client, self.cell = client, cell
        self.address = reverse("admin:risks_cell", args=[cell.pk])
        self.open()

    def open(self, **query: object) -> "CellBrowser":
        self._take(self.client.get(self.address, query))
        return self

    def press(self, action: str = "", **changed: object) -> "CellBrowser":
        """Press a button, Save where none is named, with some fields changed before."""
        names = {
            name.replace("_", "-") if "row" in name else name: v for name, v in changed.items()
        }
        fields = {**self.fields, **{name: [value] for name, value in names.items()}}
        if action:
            fields["do"] = [action]
        else:
            fields["_save"] = ["Spara"]
        response = self.client.post(self.address, fields)
        self.is_saved = response.status_code == 302
        self._take(self.client.get(response["Location"]) if self.is_saved else response)
        return self

    def rows(self) -> list[tuple[str, str]]:
        """What the page shows: the kind and the text of each row."""
        count = sum(name.endswith("-text") for name in self.fields)
        return [
            (self.fields[f"row-{at}-kind"][0], self.fields[f"row-{at}-text"][0])
            for at in range(count)
        ]

    def _take(self, response: HttpResponse) -> None:
        assert response.status_code == 200
        self.page = " ".join(response.content.decode().split())
        form = response.content.decode().partition('class="cell-form"')[2].partition("</form>")[0]
        sent = Browser(form).sent
        # Buttons are sent where they are pressed.
        self.fields = {name: sent[name] for name in sent if name not in ("_save", "_back", "do")}


def texts(cell: RiskCell) -> list[str]:
    return list(cell.statements.order_by("position").values_list("text", flat=True))
