"""Signs of symbol fonts as the Unicode signs that they show."""

import re
from typing import Final

from actionplan.word.file.symbol_tables import FIRST, TABLES

# What a sign without a Unicode of its own is kept as; it is reported too.
BOX: Final = "□"
UNKNOWN: Final = "\ue000"
# What people and programs begin an item of a list with.
BULLETS: Final = "•▪◦·●○■▫◆◇❖►▸▶‣⁃∙➢➤✓✔→*–—-"
# Letters that a bullet in Courier or Wingdings becomes where its font is lost, before a wide gap.
LETTERS: Final = "o§Øüvqn"
BULLET_SIGN: Final = re.compile(
    rf"\s*(?:[{re.escape(BULLETS)}]\s*|[{LETTERS}](?:\t|[ \u00a0]{{2,}})\s*)"
)
PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
# A sign that stands by itself opens an item: a list that was copied as text.
ALONE: Final = re.compile(r"(?:(?<=\s)|^)[\ue000-\uf8ff](?=\s|$)")
# Figures above the line: 10⁶ is not 106, nor m³ m3. Letters there, as in 1:a, mean nothing else.
RAISED: Final = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
FIGURE: Final = re.compile(r"\s*[-+−=()]*[0-9][-+−=()0-9]*\s*")
CODE: Final = re.compile("[0-9A-Fa-f]{1,4}")
PAGE: Final = 0xF000


def sign(font: str, code: str) -> str:
    """Return the sign with a hexadecimal code in a font: "F0B3" in Symbol is "≥"."""
    if not CODE.fullmatch(code):
        return UNKNOWN
    number = int(code, 16)
    if (table := TABLES.get(font.casefold())) is not None:
        return _of(table, number) or UNKNOWN
    # Word puts the signs of every symbol font into the same private page of Unicode.
    return chr(number) if chr(number).isprintable() else UNKNOWN


def symbol_text(text: str, font: str) -> str:
    """Return a text in a font, with the signs of a symbol font as what they show.

    A letter alone is a sign ("m" in Symbol is "μ"); a word is a word, whatever its font.
    """
    if (table := TABLES.get(font.casefold())) is None:
        return text
    is_sign = len(text.strip()) == 1
    return "".join(
        (_of(table, ord(letter)) or letter) if is_sign or PRIVATE.match(letter) else letter
        for letter in text
    )


def raised(words: str) -> str:
    """Return a figure that stands above the line as such, and other words as they are."""
    return words.translate(RAISED) if FIGURE.fullmatch(words) else words


def settled(text: str) -> str:
    """Turn private signs of a whole paragraph into bullets where they stand alone, else boxes."""
    return PRIVATE.sub(BOX, ALONE.sub("•", text)) if PRIVATE.search(text) else text


def has_unknown(text: str) -> bool:
    """Tell whether a sign of a whole paragraph, not yet settled, can only be kept as a box."""
    return bool(PRIVATE.search(text) and PRIVATE.search(ALONE.sub("•", text)))


def _of(table: str, number: int) -> str:
    """Return the sign of a code in a table, "" if it has none."""
    at = (number - PAGE if number >= PAGE else number) - FIRST
    return table[at].strip() if 0 <= at < len(table) else ""
