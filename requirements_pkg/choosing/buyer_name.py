"""The buyer's own name in texts that say "regionen". Pure.

The requirements are written by regions, for regions. Whoever else takes them into a tender gives
her organisation's name, or what it calls itself ("kommunen", "myndigheten"), and that stands
where the text says "regionen" and "regionens"; what is said of it agrees. What cannot be put so
is left, and told: the regions together, one of them ("en region"), compounds, and a word before it
that would no longer agree ("den upphandlande regionen").
"""

import re
from typing import Final

from requirements_pkg.language import agreement

LONGEST: Final = 100
# A determiner with which a name makes no sense, and the adjective between. Of the words that end
# as one does, nouns are taken too; better left and told than "den skala Malmö stad".
DETERMINED: Final = r"(?:\b(?:den\s+(?:(?:här|där|\w+[ae])\s+){0,2}|hela\s+|varje\s+))?"
# In addresses and in compounds with a hyphen it is a part of another word.
REGION: Final = re.compile(
    rf"{DETERMINED}(?<![\w@/-])region\w*\b(?![-@]\w|\.(?-i:[a-zåäö]))", re.IGNORECASE
)
BUYER_WORDS: Final = ("regionen", "regionens")
# What an organisation is called rather than named: within a sentence it has a small letter, and
# it stands in the form that "regionen" has.
DEFINITE: Final = {
    "kommun": "kommunen",
    "stad": "staden",
    "landsting": "landstinget",
    "myndighet": "myndigheten",
    "verk": "verket",
    "länsstyrelse": "länsstyrelsen",
    "domstol": "domstolen",
    "nämnd": "nämnden",
    "förvaltning": "förvaltningen",
    "universitet": "universitetet",
    "högskola": "högskolan",
    "skola": "skolan",
    "sjukhus": "sjukhuset",
    "bolag": "bolaget",
    "stiftelse": "stiftelsen",
    "förening": "föreningen",
    "församling": "församlingen",
    "förbund": "förbundet",
    "kommunalförbund": "kommunalförbundet",
    "organisation": "organisationen",
    "beställare": "beställaren",
    "köpare": "köparen",
    "kund": "kunden",
}
COMMON: Final = DEFINITE | {word: word for word in DEFINITE.values()}
# Swedish has no genitive s after these.
HISSING: Final = ("s", "x", "z")


def named(text: str, name: str) -> str:
    """Put the buyer's name in the place of "regionen" in a text, where there is a name."""
    name = name.strip(" .,;:")
    if not name or "region" not in text.casefold():
        return text
    is_neuter = agreement.is_neuter(COMMON.get(name.casefold(), name))
    parts: list[str] = []
    at = 0
    for match in REGION.finditer(text):
        parts += [text[at : match.start()], _instead(match[0], name)]
        at = match.end()
        if is_neuter and match[0].casefold() == BUYER_WORDS[0]:
            phrase, at = agreement.agreeing_words(text, match.start(), at)
            parts.append(phrase)
    return "".join([*parts, text[at:]])


def left_in(text: str) -> tuple[str, ...]:
    """Return the words about regions that no name takes the place of, each once."""
    phrases = (" ".join(word.split()) for word in REGION.findall(text))
    return tuple(
        dict.fromkeys(phrase for phrase in phrases if phrase.casefold() not in BUYER_WORDS)
    )


def genitive(name: str) -> str:
    """Return the genitive of a name: kommunens, Borås, FMV:s, Försvarets materielverks (FMV)."""
    before, bracket, rest = name.partition(" (")
    if before and bracket:
        return f"{genitive(before)}{bracket}{rest}"
    if name.casefold().endswith(HISSING):
        return name
    words = name.split()
    last = words[-1] if words else name
    if name.isupper() and len(words) > 1:
        return f"{name}S"
    is_initials = len(last) > 1 and last.isalpha() and last.isupper()
    return f"{name}:s" if is_initials or not name[-1:].isalpha() else f"{name}s"


def _instead(phrase: str, name: str) -> str:
    if phrase.casefold() not in BUYER_WORDS:
        return phrase
    name = COMMON.get(name.casefold(), name)
    owner = genitive(name) if phrase.casefold().endswith("s") else name
    if phrase.isupper():
        return owner.upper()
    # A name that begins small on purpose, eSam, stays so.
    begins_small = name.split()[0].islower()
    return owner[0].upper() + owner[1:] if phrase[0].isupper() and begins_small else owner
