"""What a reader of a page's HTML meets: its headings, and the language of its words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
# What nobody reads as words of the page.
UNREAD = frozenset({"script", "style", "title", "textarea", "template"})
# Attributes that are read aloud, or shown, as words of the page.
WORDED = ("aria-label", "aria-description", "title", "alt", "placeholder")
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


@dataclass
class Reader(HTMLParser):
    """Collects the headings of a page, and each text with its language, in attributes too."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []

    @classmethod
    def of(cls, html: str) -> "Reader":
        """Read a page."""
        reader = cls()
        reader.feed(html)
        reader.close()
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self.open[-1][1] if self.open else ""
        given = dict(attrs)
        language = given.get("lang") or above
        self.texts += [(words, language) for name in WORDED if (words := given.get(name))]
        if tag in VOID:
            return
        self.open.append((tag, language))
        if tag in HEADINGS:
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and any(name == tag for name, _language in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        tags = {name for name, _language in self.open}
        if not words or tags & UNREAD:
            return
        self.texts.append((words, self.open[-1][1] if self.open else ""))
        if tags & HEADINGS:
            level, before = self.headings[-1]
            self.headings[-1] = level, f"{before} {words}".strip()

    def skipped(self) -> list[str]:
        """Each heading more than one level below the one before; and any number of h1 but one."""
        levels = [level for level, _words in self.headings]
        before = [0, *levels]
        skips = [
            f"h{above} → h{level}: {words}"
            for above, (level, words) in zip(before, self.headings, strict=False)
            if level > above + 1
        ]
        return skips + (["not one h1"] if levels.count(1) != 1 else [])
