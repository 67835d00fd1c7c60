"""How a piece of a text looks, as far as that changes what it says. Pure."""

from typing import Final

from actionplan.word.file.symbols import raised, symbol_text

SUPERSCRIPT: Final = "superscript"
TRUE: Final = ("1", "true", "on")


def is_on(attributes: dict[str, str]) -> bool:
    """Tell whether an element that is there switches something on."""
    return attributes.get("val", "1").casefold() in TRUE


class RunFormat:
    """The look of the run that is open: its font, above the line or not, struck out or not."""

    def __init__(self) -> None:
        self.is_struck = False
        self._is_raised = False
        self._font = ""

    def clear(self) -> None:
        """Begin another run, of which nothing is said yet."""
        self.is_struck = self._is_raised = False
        self._font = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take in an element of a run's properties, by its local name."""
        if name == "strike":
            self.is_struck = is_on(attributes)
        elif name == "vertAlign":
            self._is_raised = attributes.get("val") == SUPERSCRIPT
        elif name == "rFont":
            self._font = attributes.get("val", "")

    def visible_text(self, text: str) -> str:
        """Return what the run shows of its text."""
        if self._font:
            text = symbol_text(text, self._font)
        return raised(text) if self._is_raised else text
