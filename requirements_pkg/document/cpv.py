"""CPV codes: is one written rightly, what is it called, and which codes lie under it. Pure.

The vocabulary is Regulation (EC) 213/2008. Its ninth digit is meant to check the other eight, and
for 8,925 of the 9,457 codes of the list it is their weighted sum. The rest got another digit in
2008, and the Commission said in March 2024 that nothing can be done about it (OP-TED/ePO on
GitHub, discussion 589). Most of them are whole branches, each shifted by its own number; forty
stand alone and are listed one by one. Computed from the list that the Python package prozorro-mcp
0.1.1 bundles (dk021_uk.json of ProzorroUKR/standards), read on 25 November 2026, and true of every
code in it; that list's own code 99999999-9 is left out, it is not of the European vocabulary.
"""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

FORM: Final = re.compile(r"([0-9]{8})-([0-9])")
WEIGHTS: Final = (3, 7, 1, 3, 7, 1, 3, 7)
DIVISION_LENGTH: Final = 2

# How far a branch's check digits lie from the weighted sum. No branch stands inside another.
SHIFTS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("0330", "0331", "0332"), 8),
    "034": 9,
    **dict.fromkeys(("091", "092", "093"), 6),
    "421": 3,
    **dict.fromkeys((f"72212{digit}" for digit in range(1, 10)), 5),
    **dict.fromkeys(("722671", "722672", "724", "726", "727", "728", "729"), 5),
}
_ALONE: Final = """
    31711154-0 31711155-7 33141113-4 34211100-9 34211200-9 34211300-9 34421000-7 34422000-7
    35113110-0 35125300-2 35331300-3 35642000-7 37442100-8 37442200-8 37442300-8 37442400-8
    37442500-8 37442600-8 37442700-8 37442800-8 37442900-8 38941000-7 38942000-7 38944000-7
    38945000-7 38946000-7 38947000-7 45233139-3 48628000-9 51000000-9 65122000-0 65123000-3
    71351920-2 71351921-2 71351923-2 71351924-2 72330000-2 79342410-4 85210000-3 92225100-7
    """
ALONE: Final[Mapping[str, int]] = {digits: int(check) for digits, check in FORM.findall(_ALONE)}

# Our own short Swedish names: of the codes that the bundled example uses, and of the branches that
# regions buy most of.
NAMES: Final[Mapping[str, str]] = {
    "03000000-1": "Jordbruksprodukter",
    "09000000-3": "Energi och bränsle",
    "09300000-2": "El, värme och kyla",
    "15000000-8": "Livsmedel och drycker",
    "18000000-9": "Kläder och skor",
    "18100000-0": "Arbetskläder",
    "18424000-7": "Handskar",
    "19000000-6": "Läder, textil, plast och gummi",
    "22000000-0": "Trycksaker",
    "24000000-4": "Kemikalier",
    "30000000-9": "Datorer och kontorsmaskiner",
    "30200000-1": "Datorutrustning",
    "30233000-1": "Medielagring och läsare",
    "30233141-1": "RAID",
    "31000000-6": "Elektriska apparater",
    "32000000-3": "Radio, tv och telekommunikation",
    "32410000-0": "Lokala nät",
    "32412110-8": "Internetnät",
    "32413100-2": "Routrar",
    "32415000-5": "Ethernetnät",
    "32420000-3": "Nätutrustning",
    "32421000-0": "Nätkablage",
    "32422000-7": "Nätkomponenter",
    "32424000-1": "Nätinfrastruktur",
    "32427000-2": "Nätsystem",
    "33000000-0": "Medicinteknisk utrustning och läkemedel",
    "33100000-1": "Medicinsk utrustning",
    "33140000-3": "Medicinskt förbrukningsmaterial",
    "33141000-0": "Förbrukningsartiklar för vård",
    "33141420-0": "Operationshandskar",
    "33600000-6": "Läkemedel",
    "33700000-7": "Produkter för hygien",
    "34000000-7": "Fordon och transportutrustning",
    "38000000-5": "Laboratorieutrustning",
    "39000000-2": "Möbler och inredning",
    "39100000-3": "Möbler",
    "39500000-7": "Textilvaror",
    "39800000-0": "Rengöringsmedel",
    "44000000-0": "Byggmaterial",
    "45000000-7": "Byggarbeten",
    "48000000-8": "Programvara och informationssystem",
    "48730000-4": "Säkerhetsprogram",
    "48820000-2": "Servrar",
    "48821000-9": "Nätverksservrar",
    "48822000-6": "Datorservrar",
    "50000000-5": "Reparation och underhåll",
    "55000000-0": "Hotell och restaurang",
    "55500000-5": "Matsal och catering",
    "60000000-8": "Transporttjänster",
    "64000000-6": "Post och telekommunikation",
    "64200000-8": "Telekommunikationstjänster",
    "71000000-8": "Arkitekter och tekniska konsulter",
    "72000000-5": "IT-tjänster",
    "72300000-8": "Datatjänster",
    "72315000-6": "Förvaltning och support av datanät",
    "72317000-0": "Datalagring",
    "72318000-7": "Dataöverföring",
    "72320000-4": "Databastjänster",
    "72400000-4": "Internettjänster",
    "72415000-2": "Webbhotell",
    "72500000-0": "Datortjänster",
    "72510000-3": "Förvaltning av datorer",
    "72511000-0": "Nätadministration",
    "72514000-1": "Drift av datorer",
    "72514100-2": "Drift av anläggningar med datorer",
    "72590000-7": "Yrkesmässiga datortjänster",
    "72710000-0": "Tjänster för lokala nät",
    "79000000-4": "Företagstjänster",
    "79600000-0": "Bemanning",
    "80000000-4": "Utbildning",
    "85000000-9": "Hälso- och sjukvård",
    "90000000-7": "Avlopp, avfall och städning",
    "90500000-2": "Avfallstjänster",
    "90900000-6": "Städning",
    "98300000-6": "Tvätt och andra tjänster",
}


def fault(code: str) -> str:
    """Return what is wrong with a code as a sentence for its author, or an empty text."""
    match = FORM.fullmatch(code)
    if match is None:
        return str(_("A CPV code is eight digits, a hyphen and a check digit, like 48820000-2."))
    digits, check = match.groups()
    if int(check) != check_digit(digits):
        sentence = str(_("The check digit of %(code)s is wrong. Is a digit mistyped?"))
        return sentence % {"code": code}
    return ""


def check_digit(digits: str) -> int:
    """Return the ninth digit that belongs to eight others."""
    if digits in ALONE:
        return ALONE[digits]
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    shift = next((by for branch, by in SHIFTS.items() if digits.startswith(branch)), 0)
    return (weighted + shift) % 10


def name(code: str) -> str:
    """Return the short Swedish name of a code, or the code itself where we have none."""
    return NAMES.get(code, code)


def with_name(code: str) -> str:
    """Return a code with its short Swedish name, where we have one."""
    return f"{code} {NAMES[code]}" if code in NAMES else code


def names_above(code: str) -> list[str]:
    """Return the names of a code and of the branches that it lies under, the nearest first."""
    digits = code[:8]
    lengths = range(len(digits), DIVISION_LENGTH - 1, -1)
    return [NAMED[digits[:length]] for length in lengths if digits[:length] in NAMED]


def covers(wider: str, narrower: str) -> bool:
    """Tell whether one code is the other, or stands above it: zeros at its end are open."""
    return narrower[:8].startswith(branch(wider))


def branch(code: str) -> str:
    """Return the digits that all codes under this one begin with: last zeros say nothing."""
    return code[:8].rstrip("0").ljust(DIVISION_LENGTH, "0")


# The names by what the codes under them begin with: a code has few beginnings.
NAMED: Final = {branch(code): name for code, name in NAMES.items()}
