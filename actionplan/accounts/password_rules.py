"""What a password may not be made of: the words that everybody who knows the site would try."""

import re
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actionplan.extension_points import access_narrowed
from actionplan.models import Organisation, User
from actionplan.text import fold

SEASONS: Final = ("vår", "sommar", "höst", "vinter", "våren", "sommaren", "hösten", "vintern")
MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"),
    *("september", "oktober", "november", "december"),
)
WEEKDAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
TRADE: Final = (
    *("krav", "kravpaket", "kravkedja", "kravkedjan", "handlingsplan", "upphandling", "inköp"),
    *("hållbar", "hållbarhet", "uppföljning", "region", "regionen", "sverige", "samordnare"),
    *("lösenord", "password", "välkommen", "admin", "hemligt", "qwerty", "abc"),
)
PLAIN: Final = str.maketrans("åäöéü", "aaoeu")
STAND_INS: Final = str.maketrans("@013457$", "aoieasts")
# So many letters that are not of such words make a guess of them long.
LEAST_LEFT: Final = 4
# A sentence of some length; more is no password but a way to keep a processor busy.
MOST_SIGNS: Final = 128


class LongestPassword:
    """Refuses a password that nobody types."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise a ValidationError where it is too long."""
        if len(password) > MOST_SIGNS:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("Use at most %(most)s characters.") % {"most": MOST_SIGNS}


class ContextWords:
    """Refuses a password that is little more than such words, with numbers and signs around."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise a ValidationError where too few letters are left without the words."""
        words = sorted(_words(), key=len, reverse=True)
        # As it is typed, and with the numbers and signs that stand for letters.
        for text in (password, fold(password).translate(STAND_INS)):
            left = _letters(text)
            for word in words:
                left = left.replace(word, " ")
            if len(left.replace(" ", "")) < LEAST_LEFT:
                raise ValidationError(self.get_help_text(), code="password_context_words")

    def password_changed(self, _password: str, user: User | None = None) -> None:
        """End what the old password stood behind; Django tells of every way to a new one."""
        for end in access_narrowed:
            if user is not None:
                end(user)

    def get_help_text(self) -> str:
        """Say the rule."""
        return _(
            "Do not build the password of a season, a month, your region or words of this site. "
            "Choose a few words that have nothing to do with each other."
        )


def _words() -> set[str]:
    names = Organisation.objects.values_list("name", flat=True)
    parts = {_letters(part) for name in names for part in name.split()}
    fixed = (*SEASONS, *MONTHS, *WEEKDAYS, *TRADE, *settings.SITE_NAME.split())
    return {word for word in parts | set(map(_letters, fixed)) if len(word) > 2}


def _letters(text: str) -> str:
    """Return the letters of a text alone, small and without what stands above them."""
    return re.sub(r"[^a-z]+", "", fold(text).translate(PLAIN))
