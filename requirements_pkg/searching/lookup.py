"""The index look-up of a search: which texts have the words, and which of them are best.

It asks the same of both databases: only whether a text has the words. Which is best is decided
here, by where the words first stand, for the databases' own notions of rank differ. It is plain
SQL and plain tuples, since a thousand texts are put in order for every question. Nothing is
written into a statement but names of ours; what somebody asks for is given beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from requirements_pkg.language.terms import BAR, SPELLED
from requirements_pkg.models import TextKind
from requirements_pkg.searching.question import Group, SearchQuestion

ALL: Final = "all of the words"
ANY: Final = "any of the words"
# What differs between the databases: how the texts with the words of a question are asked for.
DIALECTS: Final = {
    "postgresql": {
        "source": """
            requirements_pkg_publishedtext AS texts
            WHERE lexemes @@ %s::tsquery AND version_id = ANY(%s::bigint[])
            """,
        "word": "'{}'",
        ALL: " & ",
        ANY: " | ",
    },
    "sqlite": {
        "source": """
            requirements_pkg_publishedtext_terms AS found
            JOIN requirements_pkg_publishedtext AS texts ON texts.id = found.rowid
            WHERE found.requirements_pkg_publishedtext_terms MATCH %s
                AND version_id IN (SELECT value FROM json_each(%s))
            """,
        "word": '"{}"',
        ALL: " AND ",
        ANY: " OR ",
    },
}
STATEMENT: Final = """
    SELECT texts.id, kind, texts.{text}
    FROM {source} {of_kind} ORDER BY texts.id LIMIT %s
    """
# Those with all of the words, or where there are none those with any of them: one question.
EITHER: Final = """
    WITH whole AS ({all})
    SELECT whole.*, 1 FROM whole
    UNION ALL
    SELECT partly.*, 0 FROM ({any}) AS partly WHERE NOT EXISTS (SELECT 1 FROM whole)
    """
KIND_ORDER: Final = {str(kind): at for at, kind in enumerate(TextKind)}
REQUIREMENT: Final = str(TextKind.REQUIREMENT)
PACKAGE: Final = str(TextKind.PACKAGE)
TITLED: Final = frozenset({REQUIREMENT, PACKAGE})


# The rank of a text, the smaller the better, and last its key and its kind: sorted as it is.
Match = tuple[bool, int, int, bool, int, int, int, int, str]


def matches(
    question: SearchQuestion,
    words: str,
    keys: Sequence[int],
    most: int,
    kind: str = "",
) -> list[Match]:
    """Return the first texts that have the words, the best of them first.

    Args:
        words: `ALL` or `ANY`.
        keys: the versions to look in.
        kind: only texts of this kind.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_statement(question, words, keys, most, kind))
        return _ranked(cursor.fetchall(), question)


def best_matches(
    question: SearchQuestion, keys: Sequence[int], most: int
) -> tuple[str, list[Match]]:
    """Return which words count, and the texts with `ALL` of them, or if none those with `ANY`."""
    if len(question.groups) <= 1:
        return ALL, matches(question, ALL, keys, most)
    whole, given = _statement(question, ALL, keys, most)
    partly, again = _statement(question.distinctive, ANY, keys, most)
    with connection.cursor() as cursor:
        cursor.execute(EITHER.format(all=whole, any=partly), [*given, *again])
        rows = cursor.fetchall()
    words = ALL if rows and rows[0][-1] else ANY
    query = question if words == ALL else question.distinctive
    return words, _ranked((row[:-1] for row in rows), query)


def _statement(
    question: SearchQuestion, words: str, keys: Sequence[int], most: int, kind: str = ""
) -> tuple[str, list[Any]]:
    """Return what is asked of the database, and what is given beside it."""
    vendor, code = connection.vendor, question.code
    dialect = DIALECTS[vendor]
    condition = dialect[words].join(_group_sql(group, dialect) for group in question.groups)
    if code:
        condition = f"({condition}){dialect[ANY]}{dialect['word'].format(code)}"
    if question.besides:
        besides = map(dialect["word"].format, question.besides)
        condition = dialect[ALL].join([f"({condition})", *besides])
    # As one text: a driver takes hundreds of keys one by one.
    listed = ",".join(map(str, keys))
    versions = f"{{{listed}}}" if vendor == "postgresql" else f"[{listed}]"
    # Where only some words need be there, how many there are decides; that takes all of a text.
    sql = STATEMENT.format(
        source=dialect["source"],
        text="opening" if words == ALL else "terms",
        of_kind="AND kind = %s" if kind else "",
    )
    return sql, [condition, versions, *filter(None, [kind]), most]


def _group_sql(group: Group, dialect: Mapping[str, str]) -> str:
    """Write a group in the words of a database: any of its alternatives, with all its terms."""
    word = dialect["word"].format
    if len(group) == len(group[0]) == 1:
        return word(group[0][0])
    alternatives = (dialect[ALL].join(map(word, alternative)) for alternative in group)
    return f"({dialect[ANY].join(f'({alternative})' for alternative in alternatives)})"


def _ranked(rows: Iterable[tuple[int, str, str]], question: SearchQuestion) -> list[Match]:
    code = f" {question.code} "
    twins = {term: f" {twin} " for term, twin in question.spellings}
    groups = [
        (
            f" {group[0][0]} ",
            twins.get(group[0][0], ""),
            [[f" {term} " for term in alternative] for alternative in group]
            if group[1:] or group[0][1:]
            else (),
        )
        for group in question.groups
    ]
    ranking = []
    for pk, kind, text in rows:
        missing = distance = untitled = unlike = 0
        # Who asks for "energi" looks for the package of that name first of all.
        is_unnamed = kind != PACKAGE or not text.startswith(groups[0][0])
        # The heading of a cell is its place, and a goal's is all of it: no better than a body.
        bar = text.find(BAR) if kind in TITLED else 0
        for word, twin, alternatives in groups:
            place = text.find(word)
            if alternatives:
                place, is_other_word = _place(text, alternatives)
                unlike += is_other_word
            elif place > 0 and (twin or text[place - 1] == SPELLED):
                unlike += not _is_spelled(text, word, twin)
            missing += place < 0
            distance += place
            untitled += not 0 <= place < bar
        # A requirement begins with its code; others only mention it.
        is_other = not (text.startswith(code) and kind == REQUIREMENT)
        rank = is_other, unlike, missing, is_unnamed, untitled, KIND_ORDER[kind], distance
        ranking.append((*rank, pk, kind))
    ranking.sort()
    return ranking


def _place(text: str, alternatives: Sequence[Sequence[str]]) -> tuple[int, bool]:
    """Tell where the first alternative that a text has begins, and whether it is another word.

    Where its opening has none of several, it may be any: that is no better than another word.
    """
    for at, words in enumerate(alternatives):
        places = [text.find(word) for word in words]
        if min(places) >= 0:
            return min(places), at > 0
    return -1, len(alternatives) > 1


def _is_spelled(text: str, word: str, twin: str) -> bool:
    """Tell whether a text has the very word: with its diacritics, or somewhere without any."""
    if twin:
        return twin in text
    place = text.find(word)
    while place > 0 and text[place - 1] == SPELLED:
        place = text.find(word, place + 1)
    return place >= 0
