"""The buyer's own name in texts that say "regionen". Pure.

The requirements are written by regions, for regions. Whoever else takes them into a tender gives
her organisation's name, or what it calls itself ("kommunen", "myndigheten"), and that stands
where the text says "regionen" and "regionens". What cannot be put so is left, and told: the
regions together, one of them ("en region"), compounds, and a word before it that would no longer
agree ("den upphandlande regionen").
"""

import re
from typing import Final

LONGEST: Final = 100
REGION: Final = re.compile(r"(?:\b(?:den|hela|varje)\s+(?:\w+\s+)?)?\bregion\w*", re.IGNORECASE)
SAID: Final = ("regionen", "regionens")
# What an organisation is called rather than named; within a sentence it has a small letter.
COMMON: Final = frozenset(
    (
        *("kommunen", "myndigheten", "staden", "verket", "länsstyrelsen", "domstolen"),
        *("universitetet", "högskolan", "bolaget", "stiftelsen", "förbundet"),
        *("kommunalförbundet", "beställaren", "köparen", "organisationen"),
    )
)
# Swedish has no genitive s after these.
HISSING: Final = ("s", "x", "z")


def named(text: str, name: str) -> str:
    """The text with the buyer's name, where there is one."""
    if not name or "region" not in text.casefold():
        return text
    return REGION.sub(lambda found: _instead(found[0], name), text)


def left_in(text: str) -> tuple[str, ...]:
    """The words about regions that no name takes the place of, each once."""
    found = (" ".join(word.split()) for word in REGION.findall(text))
    return tuple(dict.fromkeys(one for one in found if one.casefold() not in SAID))


def genitive(name: str) -> str:
    """The name as an owner: kommunens, Borås, FMV:s."""
    last = name.split()[-1] if name.split() else name
    if name.casefold().endswith(HISSING):
        return name
    is_initials = len(last) > 1 and last.isalpha() and last.isupper()
    return f"{name}:s" if is_initials else f"{name}s"


def _instead(said: str, name: str) -> str:
    if said.casefold() not in SAID:
        return said
    if name.casefold() in COMMON:
        name = name.casefold()
    if said[0].isupper():
        name = name[0].upper() + name[1:]
    return genitive(name) if said.casefold().endswith("s") else name
