"""The lists that all regions share: synonyms of the search, proofs that requirements accept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, unique
from actionplan.models.logged import Logged
from requirements_pkg.models.requirements import Requirement

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


class AcceptedProof(Logged):
    """A label or a certificate. It is published with each requirement that accepts it."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("As bidders know it, such as: TCO Certified")
    )
    owner = models.CharField(
        _("owner"), max_length=200, help_text=_("Who decides what it demands.")
    )
    url = models.URLField(
        _("web address"),
        max_length=500,
        blank=True,
        help_text=_("Where its demands and its holders can be read."),
    )
    proves = models.TextField(
        _("what it proves"),
        max_length=1000,
        help_text=_("In your own words, and what has to be shown besides."),
    )

    class Meta:
        verbose_name = _("accepted proof")
        verbose_name_plural = _("accepted proofs")
        ordering = ["name"]
        constraints = [
            filled("name", _("Enter what the proof is called.")),
            filled("owner", _("Enter who owns the proof.")),
            filled("proves", _("Enter what it proves.")),
            unique("name_once", "name", message=_("There is already a proof of this name.")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.owner})"


class RequirementProof(Logged):
    """That a requirement accepts a proof, or what is equivalent to it."""

    logged_in = "requirement"
    logged_plan = "requirement__package__plan"
    logged_package = "requirement__package"

    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.CASCADE,
        related_name="proof_links",
        db_index=False,
    )
    proof = models.ForeignKey(
        AcceptedProof,
        verbose_name=_("accepted proof"),
        on_delete=models.PROTECT,
        related_name="requirement_links",
    )

    class Meta:
        verbose_name = _("accepted proof of a requirement")
        verbose_name_plural = _("accepted proofs of requirements")
        constraints = [
            unique(
                "once",
                "requirement",
                "proof",
                message=_("The requirement already accepts this proof."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.proof}"
