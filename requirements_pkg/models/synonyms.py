"""Words that mean one thing: who searches for one of them finds the others too."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, unique
from actionplan.models.logged import Logged

BETWEEN = ","


class SearchSynonym(Logged):
    """One meaning, in the words that people have for it. What is written here is public."""

    words = models.CharField(
        _("words"),
        max_length=300,
        help_text=_("Separated by commas, such as: molntjänst, moln, cloud"),
    )

    class Meta:
        verbose_name = _("synonym in search")
        verbose_name_plural = _("synonyms in search")
        ordering = ["words"]
        constraints = [
            check(
                "several_words",
                Q(words__contains=BETWEEN),
                _("Write at least two words, with a comma between them."),
            ),
            unique("words_once", "words", message=_("These words are already synonyms.")),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def phrases(self) -> tuple[str, ...]:
        """Each word, or words that go together, without what stands around it."""
        return phrases_of(self.words)

    def clean(self) -> None:
        """Leave out what stands between two commas and is nothing."""
        self.words = f"{BETWEEN} ".join(self.phrases)


def phrases_of(words: str) -> tuple[str, ...]:
    """Return the phrases of a list of synonyms, without the white space around them."""
    return tuple(filter(None, (phrase.strip() for phrase in words.split(BETWEEN))))
