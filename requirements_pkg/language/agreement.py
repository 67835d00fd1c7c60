"""Swedish adjectives that agree with an organisation's name. Pure.

"Regionen är skyldig" has to become "verket är skyldigt": what is said of a word of the other
gender ends in another way.
"""

import re
from typing import Final

# Organisations of neuter gender, in the definite form and without it.
NEUTER: Final = re.compile(
    r"(?:verk|landsting|universitet|sjukhus|bolag|förbund|institut|råd|kansli|departement|sekretariat"
    r"|organ|företag|kontor|bibliotek|museum|centrum|center|hus|samarbete|ämbete|laboratorium|förvar)"
    r"(?:et|t)?|(?:muse|centr|laboratori)et",
    re.IGNORECASE,
)
OF: Final = re.compile(r"\s+(?:\(|(?:för|i|av|till|på|om|vid)\b)", re.IGNORECASE)
VERB: Final = (
    r"(?:är|var|vara|varit|blir|blev|bli|blivit|förblir|anses"
    r"|(?:anser|finner|förklarar|håller)\s+sig)"
)
ADVERB: Final = (
    r"(?:inte|ej|aldrig|alltid|också|även|då|därför|alltså|dock|endast|bara|helt|ensam|själv"
    r"|fortfarande|fortsatt|skriftligen|juridiskt|ekonomiskt|formellt)"
)
# Participles and adjectives that no ending tells from nouns.
BY_FORM: Final = {
    **{f"{stem}en": f"{stem}et" for stem in ("tvung", "bund", "förbund", "obund", "medvet")},
    **{f"{stem}en": f"{stem}et" for stem in ("omedvet", "benäg", "anslut", "öpp")},
    **{f"{stem}d": f"{stem}t" for stem in ("nöj", "missnöj", "berör", "bestäm", "kän", "okän")},
    **{f"{stem}d": f"{stem}t" for stem in ("ålag", "inställ", "skil", "döm", "fäll")},
    "säker": "säkert",
    "osäker": "osäkert",
    "trygg": "tryggt",
    "fri": "fritt",
    "ny": "nytt",
    "ensam": "ensamt",
    "själv": "självt",
    "stor": "stort",
    "liten": "litet",
    "klar": "klart",
}
# After these a t is put; in the others the end gives way: registrerad, beredd.
GETS_T: Final = r"\w{2,}(?:ig|sam|bar|full|lös)"
CHANGES: Final = r"\w+(?:(?<!st)(?<!n)ad|ordnad|lämnad|öppnad|dd)"
ADJECTIVE: Final = rf"\b(?:{'|'.join(BY_FORM)}|{GETS_T}|{CHANGES})\b"
ADJECTIVES: Final = (
    rf"(?:\s+{ADVERB})*\s+{ADJECTIVE}(?:(?:,|\s+(?:och|eller|samt))\s+{ADJECTIVE})*"
)
SELF: Final = r"\s+själv\b"
AFTER: Final = re.compile(rf"(?:{SELF})?(?:,?\s+som)?\s+{VERB}{ADJECTIVES}|{SELF}", re.IGNORECASE)
# "Är regionen skyldig": the verb stands before.
BEFORE: Final = re.compile(rf"\b{VERB}\s+$", re.IGNORECASE)
LONGEST_VERB: Final = 40
AFTER_VERB: Final = re.compile(ADJECTIVES, re.IGNORECASE)
FORM: Final = re.compile(ADJECTIVE, re.IGNORECASE)


def is_neuter(name: str) -> bool:
    """Tell whether an organisation's name is of neuter gender: verket, Malmö universitet."""
    # Of "institutet för språk" the institute decides.
    words = OF.split(name, maxsplit=1)[0].split()
    return bool(words) and bool(re.search(rf"(?:{NEUTER.pattern})$", words[-1], re.IGNORECASE))


def agreeing_words(text: str, start: int, end: int) -> tuple[str, int]:
    """Return in neuter what is said of the word at a place of a text, and where that ends."""
    has_verb = BEFORE.search(text, max(0, start - LONGEST_VERB), start)
    match = AFTER.match(text, end) or (AFTER_VERB.match(text, end) if has_verb else None)
    if match is None:
        return "", end
    return FORM.sub(lambda word: _neuter(word[0]), match[0]), match.end()


def _neuter(word: str) -> str:
    if (other := BY_FORM.get(word.casefold())) is not None:
        return word[0] + other[1:]
    if word.casefold().endswith("dd"):
        return f"{word[:-2]}tt"
    return f"{word[:-1]}t" if word.casefold().endswith("ad") else f"{word}t"
