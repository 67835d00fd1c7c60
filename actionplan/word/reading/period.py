"""The years of a plan, as people write them: "2023–2025", "1 jan. 2023 till 31 dec. 2025"."""

import itertools
import re
from typing import Final

from actionplan.text import clean

DASH: Final = "[-\u2010-\u2015\u2212]"
MONTH: Final = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:s)?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
YEAR: Final = r"(?:19|2\d)\d\d"
# A year, alone or in a date: "2023", "2023-01-31", "2023-01", "20230131".
DATED: Final = re.compile(
    rf"(?<!\d)(?:(?P<iso>{YEAR})[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?P<packed>{YEAR})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?P<month>{YEAR})-(?:0[1-9]|1[0-2])(?=\s*(?:{DASH}|till|t\.?\s?o\.?\s?m)\s*{YEAR}-\d\d(?!\d))"
    rf"|(?P<year>{YEAR})(?!\d))",
    re.I,
)
# A second year of two digits; "2023 – 31 december" is a day.
SHORT: Final = re.compile(
    rf"\s*(?:{DASH}|/|till(?: och med)?|t\.?\s?o\.?\s?m\.?)\s*['’]?(?P<year>\d\d)"
    rf"(?![\d:]|{DASH}\d|[./]\d|\s*(?:{MONTH}|%|procent))",
    re.I,
)
# The month that ends "2023-01 – 2025-12".
LAST_MONTH: Final = re.compile(r"-(?:0[1-9]|1[0-2])(?!\d)")
ORDINALS: Final = (
    r"(?:första|andra|tredje|fjärde|sista|tjugoåttonde|tjugonionde|trettionde|trettioförsta)"
)
BETWEEN: Final = re.compile(
    rf"(?:\s|[-./,&+'’\u2010-\u2015\u2212]|(?<!\d)\d{{1,2}}(?::?[aeo]|:de|:sta)?(?!\d)|{MONTH}|{ORDINALS}"
    r"|till|och|samt|med|t\.?\s?o\.?\s?m\b\.?|fram|den|dag(?:en)?|år(?:et|en)?|kvartal(?:et)?"
    r"|halvår(?:et)?|q[1-4]|början|slutet|utgången|av|vecka|v\.)*+",
    re.I,
)
RANGE: Final = re.compile(rf"{DASH}|/|\btill\b|\bt\.?\s?o\.?\s?m\b", re.I)
# What leaves one end of a period open.
OPEN_BEFORE: Final = re.compile(
    r"(?:\bfrån(?: och med)?|\bfr\.?\s?o\.?\s?m\.?|\btill(?: och med)?|\bt\.?\s?o\.?\s?m\.?"
    rf"|\befter|\bföre|\bsedan)\s*(?:den\s+)?(?:\d{{1,2}}\s+)?(?:{MONTH}\s*)?$",
    re.I,
)
OPEN_AFTER: Final = re.compile(
    rf"\s*(?:{DASH}\s*(?:$|[).,;]|\d)|/\s*\d|\+|(?:och|samt)\s+(?:framåt|framöver|tills vidare)"
    r"|tills vidare|och\s+\w+\s+år\b)",
    re.I,
)
AROUND: Final = re.compile(
    r"(?:från(?: och med)?|fr\.?\s?o\.?\s?m\b\.?"
    r"|(?:plan|avtals|giltighets)?period(?:en)?|gäller|giltig(?:hetstid)?|för|under|åren?|tiden)\b"
    r"|[:()]",
    re.I,
)


class AmbiguousPeriod(Exception):
    """The words name years, and not one period that holds them all."""


def period(text: str) -> tuple[int, int] | None:
    """Return the first and last year that a text names, None if it names none.

    Raises:
        Unclear: a year would be lost, or one end of the period is open.
    """
    words = clean(text)
    mentions = _years(words)
    if not mentions:
        return None
    years = [year for year, _begin, _end in mentions]
    between = [words[first[2] : second[1]] for first, second in itertools.pairwise(mentions)]
    if not all(BETWEEN.fullmatch(part) for part in between):
        raise AmbiguousPeriod
    if len(set(years)) == 1:
        if _is_open(words, mentions) and not between:
            raise AmbiguousPeriod
        return years[0], years[0]
    is_range = len(years) == 2 and bool(RANGE.search(between[0]))
    is_listed = all(later == earlier + 1 for earlier, later in itertools.pairwise(years))
    if not is_range and not is_listed:
        raise AmbiguousPeriod
    if OPEN_AFTER.match(words, mentions[-1][2]):
        raise AmbiguousPeriod
    return years[0], years[-1]


def is_period(text: str) -> bool:
    """Tell whether a text says nothing but a period."""
    words = clean(text)
    years = _years(words)
    if not years:
        return False
    before = AROUND.sub(" ", words[: years[0][1]])
    after = AROUND.sub(" ", words[years[-1][2] :])
    return bool(BETWEEN.fullmatch(before) and BETWEEN.fullmatch(after))


def _years(words: str) -> list[tuple[int, int, int]]:
    """Return the years in a text, each with its beginning and end; a short one with its dash."""
    years: list[tuple[int, int, int]] = []
    for dated in DATED.finditer(words):
        year = int(dated.group("iso") or dated["packed"] or dated["month"] or dated["year"])
        begin, end = dated.span()
        if years and years[-1][1] < begin < years[-1][2]:
            continue
        if dated["year"] is None:
            years.append((year, begin, end))
            continue
        if (month := LAST_MONTH.match(words, end)) and years and words[years[-1][2] - 3] == "-":
            end = month.end()
        years.append((year, begin, end))
        if short := SHORT.match(words, end):
            last = year // 100 * 100 + int(short["year"])
            years.append((last, short.start("year"), short.end()))
    return years


def _is_open(words: str, years: list[tuple[int, int, int]]) -> bool:
    """Tell whether a single year is only one end of a period."""
    _year, begin, end = years[0]
    return bool(OPEN_BEFORE.search(words[:begin]) or OPEN_AFTER.match(words, end))
