"""What words meant in earlier imports: kept by those who may, read by everybody's later ones."""

from collections.abc import Iterable, Mapping

from actionplan import permissions, text
from actionplan.excel.lists.excel_list import ExcelList
from actionplan.excel.lists.incoming import Incoming
from actionplan.excel.lists.unknown_words import LEFT_OUT, UnknownWord
from actionplan.models import SheetWord, User


def recalled(sheet: ExcelList) -> dict[str, SheetWord]:
    """Return what was kept of a list, by the keys of its words; one query."""
    rows = SheetWord.objects.filter(sheet=sheet.model._meta.label)
    return {f"{row.column}:{row.scope}:{row.folded}": row for row in rows}


def recalled_answer(word: UnknownWord, kept: Mapping[str, SheetWord]) -> str:
    """Return what a word meant before; "" where that is offered no more.

    In a plan or package a number may have become another thing's: it counts while that is called
    as it was.
    """
    row = kept.get(word.key)
    if row is None:
        return ""
    labels = dict(word.choices)
    is_same = row.meaning in labels and (not word.scope or labels[row.meaning] == row.label)
    return row.meaning if is_same else ""


def may_keep(word: UnknownWord, by: permissions.Person) -> bool:
    """Tell whether somebody may keep a meaning: for everybody, or where the own rows belong."""
    return bool(word.scope) or permissions.may_edit_reference_data(by)


def keep(
    sheet: ExcelList, incoming: Incoming, words: Iterable[tuple[UnknownWord, str]], by: User
) -> None:
    """Keep what words mean, in the transaction that writes the rows; the newest answer counts."""
    wanted = [
        (word, answer)
        for word, answer in words
        if answer != LEFT_OUT
        and answer in dict(word.choices)
        and not word.is_spelling
        and may_keep(word, by)
    ]
    scopes = {word.scope for word, _answer in wanted} - {""}
    own = set(incoming.owners().filter(slug__in=scopes).values_list("slug", flat=True))
    kept = recalled(sheet) if wanted else {}
    for word, answer in wanted:
        if word.scope and word.scope not in own:
            continue
        row = kept.get(word.key) or SheetWord(
            sheet=sheet.model._meta.label,
            column=word.column,
            scope=word.scope,
            folded=text.fold(word.words),
        )
        row.meaning, row.label = answer, dict(word.choices)[answer]
        row.signed_by(by).save()
