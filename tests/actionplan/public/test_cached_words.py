"""What a page says hundreds of times is put together once, in the language of its reader."""

from django.utils import translation
from django.utils.translation import gettext

from actionplan.public.cached_words import cached_by_language


def test_words_are_put_together_once_for_each_language_and_number():
    calls = []

    @cached_by_language
    def status(number: int) -> str:
        calls.append(number)
        return f"{gettext('approved')} {number}"

    for language, words in (("sv", "godkänd"), ("en", "approved"), ("sv", "godkänd")):
        with translation.override(language):
            assert [status(1), status(2), status(1)] == [f"{words} 1", f"{words} 2", f"{words} 1"]
    assert calls == [1, 2, 1, 2]
