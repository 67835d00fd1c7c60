"""The mark of what a plan keeps although its document no longer has it, as files carry it."""

import re
from typing import Final

from actionplan.text import clean

MARK: Final = "[behållen: finns inte i dokumentet]"
WRITTEN: Final = re.compile(re.escape(MARK), re.I)


def marked(text: str, *, is_kept: bool) -> str:
    """Return a text as a file writes it: with the mark if it is kept."""
    return f"{text} {MARK}" if is_kept else text


def unmarked(text: str) -> tuple[str, bool]:
    """Return a text without the mark, and whether it had one."""
    bare, marks = WRITTEN.subn("", text)
    return (clean(bare), True) if marks else (text, False)
