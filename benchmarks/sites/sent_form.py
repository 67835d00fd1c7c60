"""What a browser sends of a page's form when nobody has changed anything in it."""

from html.parser import HTMLParser

Sent = dict[str, list[str]]


def sent_form(html: str) -> Sent:
    """Return the fields of the largest posted form of a page."""
    reader = _Reader()
    reader.feed(html)
    return max(reader.forms, key=len)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Sent] = []
        self.form: Sent | None = None
        self.select = self.textarea = ""
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        match tag:
            case "form" if given.get("method", "").lower() == "post":
                self.form = {}
                self.forms.append(self.form)
            case "input" if name and given.get("type") not in ("submit", "file", "button"):
                is_box = given.get("type") in ("checkbox", "radio")
                if not is_box or "checked" in given:
                    self._add(name, given.get("value", "on" if is_box else ""))
            case "select":
                self.select = name
            case "option" if self.select and "selected" in given:
                self._add(self.select, given.get("value", ""))
            case "textarea":
                self.textarea, self.words = name, []

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "textarea" if self.textarea:
                # The first line end is the template's.
                self._add(self.textarea, "".join(self.words).removeprefix("\n"))
                self.textarea = ""
            case "select":
                self.select = ""
            case "form":
                self.form = None

    def _add(self, name: str, value: str) -> None:
        if self.form is not None:
            self.form.setdefault(name, []).append(value)
