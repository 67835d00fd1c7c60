"""What a number format shows of a number as a day, a time, or a time that went by. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from actionplan.excel.reading.formats.tokens import FormatToken, TokenKind

# The last day that Excel has is 9999-12-31.
DAYS: Final = 2_958_466
# Excel has a 29 February in 1900, which never was.
NEVER: Final = 60
FIRST: Final = datetime(1899, 12, 30)  # noqa: DTZ001  Excel knows no zones
FIRST_OF_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
HALF_A_SECOND: Final = timedelta(milliseconds=500)
MONTHS: Final = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
DAY_NAMES: Final = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
IN_ENGLISH: Final = (
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
)


class TimeText(NamedTuple):
    """What is shown, and the day where a whole one is: year, month and day."""

    text: str
    day: datetime | None = None


def moment(number: float, *, is_1904: bool) -> datetime:
    """Return the day and time of a number; raise ValueError where Excel has none."""
    if not 0 <= number < DAYS:
        raise ValueError(number)
    first = FIRST_OF_1904 if is_1904 else FIRST
    if number < NEVER and not is_1904:
        first += timedelta(days=1)
    days, part = divmod(number, 1)
    # To the microsecond there is noise: what is meant is a thousandth of a second.
    return first + timedelta(days=days, milliseconds=round(part * 86_400_000))


class TimeFormat:
    """A section that shows a number as a time; taken apart once for all cells that have it."""

    def __init__(self, section: Sequence[FormatToken]) -> None:
        self._signs = [_kept(token) for token in _with_minutes(section)]
        times = [sign for sign, is_time in self._signs if is_time]
        self._has_fraction = any(sign[0] in ".," for sign in times)
        self._is_whole = {"y", "m", "d"} <= {sign[0] for sign in times}
        self._is_halved = any("/" in sign for sign in times)
        is_english = any(token.kind is TokenKind.ENGLISH for token in section)
        self._names = IN_ENGLISH if is_english else (MONTHS, DAY_NAMES)

    def time_text(self, number: float, *, is_1904: bool) -> TimeText:
        """Return a number as it is shown; raise ValueError where Excel shows ####."""
        at = moment(number, is_1904=is_1904)
        if self._has_fraction:
            total = round(number * 86_400_000)
        else:
            total = round(number * 86_400) * 1000
            at = (at + HALF_A_SECOND).replace(microsecond=0)
        months, days = self._names
        words = _MomentWords(at, total, self._is_halved, months, days)
        text = "".join(words.of(sign) if is_time else sign for sign, is_time in self._signs)
        return TimeText(text, at if self._is_whole else None)


def _kept(token: FormatToken) -> tuple[str, bool]:
    """Return what is written for a token, and whether that is a time; elapsed hours are [h]."""
    if token.kind is TokenKind.ELAPSED:
        return f"[{token.text}]", True
    if token.kind is TokenKind.DATE:
        return token.text, True
    # A slash, a point and a colon part what stands beside them.
    is_kept = token.kind in (
        TokenKind.LITERAL,
        TokenKind.SLASH,
        TokenKind.POINT,
        TokenKind.COMMA,
        TokenKind.DIGIT,
    )
    return (token.text if is_kept else ""), False


def _is_time(token: FormatToken) -> bool:
    return token.kind in (TokenKind.DATE, TokenKind.ELAPSED)


def _with_minutes(section: Sequence[FormatToken]) -> list[FormatToken]:
    """Return the tokens, m as n where it is a minute: after an hour or before a second."""
    tokens = list(section)
    times = [i for i, token in enumerate(tokens) if _is_time(token)]
    for order, i in enumerate(times):
        text = tokens[i].text.casefold()
        before = tokens[times[order - 1]].text.casefold() if order else ""
        after = tokens[times[order + 1]].text.casefold() if order + 1 < len(times) else ""
        if text in ("m", "mm") and (before[:1] == "h" or after[:1] == "s"):
            text = "n" * len(text)
        tokens[i] = FormatToken(tokens[i].kind, text)
    return tokens


@dataclass(slots=True)
class _MomentWords:
    """Says each part of a moment."""

    at: datetime
    total: int
    is_halved: bool
    months: Sequence[str]
    days: Sequence[str]

    def of(self, sign: str) -> str:
        """Return what a sign of the format shows."""
        return self._elapsed(sign[1:-1]) if sign[0] == "[" else self._moment_part(sign)

    def _elapsed(self, sign: str) -> str:
        """Write hours, minutes or seconds that went by, more than a day or an hour of them too."""
        unit = {"h": 3_600_000, "m": 60_000, "n": 60_000, "s": 1000}[sign[0]]
        return f"{self.total // unit:0{len(sign)}d}"

    def _moment_part(self, sign: str) -> str:
        at, width = self.at, len(sign)
        if "/" in sign:
            return ("fm" if at.hour < 12 else "em")[: 2 if width > 3 else 1]
        match sign[0]:
            case "y" | "e":
                return f"{at.year:04d}" if width > 2 or sign[0] == "e" else f"{at.year % 100:02d}"
            case "m":
                return _named(at.month, width, self.months)
            case "d":
                if width > 2:
                    name = self.days[at.weekday()]
                    return name if width > 3 else name[:3]
                return f"{at.day:0{width}d}"
            case "h":
                hour = (at.hour + 11) % 12 + 1 if self.is_halved else at.hour
                return f"{hour:0{min(width, 2)}d}"
            case "n":
                return f"{at.minute:0{width}d}"
            case "s":
                return f"{at.second:0{min(width, 2)}d}"
            case "." | ",":
                return "," + f"{at.microsecond:06d}"[: width - 1]
            case _:
                return ""


def _named(month: int, width: int, names: Sequence[str]) -> str:
    if width < 3:
        return f"{month:0{width}d}"
    name = names[month - 1]
    # MMMMM is its first letter.
    return name[:3] if width == 3 else name if width != 5 else name[0]
