"""Budget 12: two versions of 1,000 requirements compared, against difflib over what was edited."""

from copy import deepcopy
from difflib import SequenceMatcher
from random import Random
from typing import Any

from benchmarks.measuring.measure import Line, at_most, cpu, medians, tell
from requirements_pkg.comparing.differences import differences
from requirements_pkg.document.reading import read
from requirements_pkg.document.requirement_fields import TEXTS

MANY = 1000
RUNS = 9
Content = dict[str, Any]
FIRST = ["avfalls", "batteri", "energi", "fabriks", "gruv", "kemikalie", "metall", "miljö"]
SECOND = ["avtal", "data", "delar", "krav", "mål", "nivå", "rutin", "rätt", "skydd", "värde"]
THIRD = ["en", "er", "s", "na", "ns", "sprövning", "splan", "sansvar", "skontroll", "skunskap"]
# Swedish puts words together, so there are many nouns and most of them are rare.
NOUNS = [f"{first}{second}{third}" for first in FIRST for second in SECOND for third in THIRD]
VERBS = ["anger", "begränsar", "beskriver", "följer", "granskar", "minskar", "redovisar"]
SMALL = ["och", "i", "med", "för", "av", "som", "till", "på", "vid", "ska", "varje", "år"]
LENGTHS = {"title": 5, "text": 60, "verification": 30, "guidance": 45, "rationale": 40}
SAME = {
    "revision": 1,
    "follow_up_method": "Dokumentgranskning varje år.",
    "supplier_question": "",
    "law_baseline": "",
    "beyond_law": "",
    "kind": "contract",
    "level": "basic",
    "max_points": None,
    "scale": "",
    "replaces": None,
    "state": "active",
    "withdrawn": None,
    "product_areas": [1, 2],
    "cpv": ["48820000-2"],
    "sources": [{"title": "Förordning", "url": "https://eur-lex.example/1", "dated": ""}],
    "treats": [],
    "serves": [{"number": "1.1", "title": "Krav är framtagna"}],
    "module": None,
}
WITHOUT_PLAN = {
    "schema": 2,
    "package": {"slug": "stor", "title": "Stor", "introduction": ""},
    "plan": None,
    "stages": [],
    "dimensions": [],
    "region_name": "",
    "modules": [],
}


def main() -> None:
    """Measure an edit of one text in each requirement, of all, and of all under other codes."""
    old = version()
    tell(
        compared("a word or two in one text of each", old, edited(old, lightly)),
        compared("every text of each rewritten in places", old, edited(old, thoroughly)),
        compared("the same, without uid and with new codes", old, nameless(old)),
    )


def compared(work: str, old: Content, new: Content) -> Line:
    """Return the line of a comparison: its cost, and what its texts alone would cost."""
    texts = edited_texts(old, new)
    was, now = read(old), read(new)
    floor, ours = medians(
        lambda: cpu(lambda: difflib_alone(texts)),
        lambda: cpu(lambda: differences(was, now)),
        runs=RUNS,
    )
    return at_most(12, work, floor, ours, 3)


def difflib_alone(texts: list[tuple[str, str]]) -> None:
    """Compare the words of each pair of texts, and nothing else."""
    for old, new in texts:
        SequenceMatcher(None, old.split(), new.split(), autojunk=False).get_opcodes()


def edited_texts(old: Content, new: Content) -> list[tuple[str, str]]:
    """Return the texts that are not what they were, each as it was and as it is."""
    pairs = zip(old["requirements"], new["requirements"], strict=True)
    return [
        (before[name], after[name])
        for before, after in pairs
        for name in TEXTS
        if before[name] != after[name]
    ]


def version() -> Content:
    """Return a version with requirements whose texts are as long as real ones."""
    random = Random(12)
    requirements = [
        {"uid": f"uid-{number}", "code": f"KR-{number}"}
        | {name: prose(random, length) for name, length in LENGTHS.items()}
        | deepcopy(SAME)
        for number in range(MANY)
    ]
    return {**WITHOUT_PLAN, "requirements": requirements}


def prose(random: Random, length: int) -> str:
    """So many words, with small ones as common as they are in Swedish."""
    kinds = [NOUNS, SMALL, VERBS, SMALL, NOUNS]
    words = [random.choice(kinds[at % len(kinds)]) for at in range(length)]
    return f"{' '.join(words).capitalize()}."


def edited(old: Content, edit: Any) -> Content:
    """Return a copy of a content in which each requirement is edited."""
    new, random = deepcopy(old), Random(7)
    for requirement in new["requirements"]:
        edit(requirement, random)
    return new


def lightly(requirement: dict[str, Any], random: Random) -> None:
    """Two words of one text."""
    requirement["text"] = reworded(requirement["text"], random, 2)


def thoroughly(requirement: dict[str, Any], random: Random) -> None:
    """Every sixth word of five texts."""
    for name in LENGTHS:
        requirement[name] = reworded(requirement[name], random, len(requirement[name]) // 36 + 1)


def reworded(text: str, random: Random, times: int) -> str:
    """Return a text with some words exchanged for others."""
    words = text.split()
    for _time in range(times):
        words[random.randrange(len(words))] = random.choice(NOUNS)
    return " ".join(words)


def nameless(old: Content) -> Content:
    """Edited thoroughly and brought in anew: only their likeness tells which is which."""
    new = edited(old, thoroughly)
    for requirement in new["requirements"]:
        requirement.update(uid=f"ny-{requirement['code']}", code=f"NY-{requirement['code']}")
    return new


if __name__ == "__main__":
    main()
