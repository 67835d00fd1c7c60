"""The small parts that a package's page has hundreds of, as HTML: its cards and its cells. Pure.

Django's templates look at every name and sign of them anew, which is most of such a page's time;
so does its `escape`, which gives what `html.escape` gives of a text.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Final, TypeVar

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from requirements_pkg.cards.page_values import (
    CellPage,
    CoverageValues,
    OptionValues,
    PointValues,
    RequirementCard,
    RowValues,
)
from requirements_pkg.language.breaking import softened

CellValues = TypeVar("CellValues")

# For words that a page has hundreds of times: names of kinds, levels, areas and states.
escape_word: Final = lru_cache(maxsize=1024)(escape)

BLANK: Final = ' class="blank"'


def cards(
    given: Iterable[RequirementCard],
    address: Callable[[str], str],
    *,
    selected: Collection[str],
    level: int,
    lang: str,
) -> SafeString:
    """Draw requirements as a list that one chooses from.

    Args:
        given: each as `RequirementCards.card` makes it.
        address: where the requirement of a code stands.
        selected: the codes that are ticked.
        level: of their headings.
        lang: the attribute of Swedish words on a page in another language.
    """
    points, read = _("at most %(points)s points"), escape(_("Read the text"))
    law = escape(_("The law already demands")), escape(_("The requirement goes beyond the law"))
    pieces = []
    for card in given:
        code, title = escape(card["code"]), f"<span{lang}>{escape(card['title'])}</span>"
        text = "".join(map("<p>{}</p>".format, card["text"]))
        text += _law(card, law)
        pieces.append(
            f'<li class="card"><input type="checkbox" name="krav" value="{code}" '
            f'id="valj-{code}" {"checked" if card["code"] in selected else ""} '
            f'aria-labelledby="valj rubrik-{code}"> <div>'
            f'<h{level} class="title"><a id="rubrik-{code}" '
            f'href="{escape(address(card["code"]))}" data-keep>'
            f'<span class="code">{escape(card["cite"])}</span> {title}</a></h{level}>'
            f'<p class="marks">{_marks(card, points, lang)}</p>'
            f'<details><summary>{read}<span class="unseen">: {code} {title}</span>'
            f'</summary><div class="prose"{lang}>{text}</div></details></div></li>\n'
        )
    # Every value is escaped by now.
    return mark_safe("".join(pieces))  # noqa: S308


def _law(card: RequirementCard, headings: tuple[str, str]) -> str:
    """Draw what the law demands already, and where the requirement goes further."""
    return "".join(
        f'<p class="law"><b>{heading}:</b> {escape(" ".join(paragraphs))}</p>'
        for heading, paragraphs in zip(headings, (card["law"], card["beyond"]), strict=True)
        if paragraphs
    )


def _marks(card: RequirementCard, points: str, lang: str) -> str:
    """Draw the kind and level of a requirement, the most points, and its product areas."""
    marks = [
        f"<span>{escape_word(card['kind'])}</span>",
        f'<span class="rung {card["level_code"]}">{escape_word(card["level"])}</span>',
    ]
    if card["points"]:
        marks.append(f"<span>{escape(points % {'points': card['points']})}</span>")
    if card["beyond"]:
        further = escape_word(_("goes beyond the law"))
        marks.append(f'<span class="further">{further}</span>')
    if card["areas"]:
        marks.append(f"<span{lang}>{escape_word(card['areas'])}</span>")
    return " ".join(marks)


def rows(
    given: Iterable[RowValues[CellValues]],
    cells: Callable[[Sequence[CellValues]], SafeString],
    lang: str,
) -> SafeString:
    """Draw the rows of a matrix, each with the name of its stage.

    Args:
        given: each as `matrix_page.whole_areas` or `coverage_map` makes it.
        cells: draws those of a row.
        lang: the attribute of Swedish words on a page in another language.
    """
    pieces = [
        f'<tr role="row"{BLANK if row.get("blank") else ""}>'
        f'<th scope="row" role="rowheader"{lang}>{row["name"]}</th>\n{cells(row["cells"])}</tr>\n'
        for row in given
    ]
    # Names are escaped where they are made.
    return mark_safe("".join(pieces))  # noqa: S308


class Cells:
    """Makes the cells of a matrix; holds the words that all of them need.

    Args:
        lang: the attribute of Swedish words on a page in another language.
        own: that of the page's own words among them.
        form: the form that is sent along on the way, where no address has room for it.
    """

    def __init__(self, lang: str, own: str, form: str = "") -> None:
        self.lang, self.form = lang, form
        self.not_assessed, self.same_as = escape(_("Not assessed")), escape(_("Same as:"))
        no_leverage, show = escape(_("No leverage")), escape(_("Show the text there"))
        self.no_leverage = f'<p class="badge">{no_leverage}</p>'
        self.show = f"<summary>{show}</summary>"
        chance, kept = _("Opportunity"), _("kept: not in the plan’s document")
        self.chance = f' class="chance"><b{own}>{escape(chance)}</b> '
        self.kept = f" <em{own}>({escape(kept)})</em>"

    def row(self, cells: Sequence[CellPage]) -> SafeString:
        """Draw the cells of a row, each as `matrix_page.whole_areas` makes it."""
        return mark_safe("\n".join(map(self._cell, cells)))  # noqa: S308

    def _cell(self, cell: CellPage) -> str:
        blank, lead = ("", "") if not cell["blank"] else (BLANK, self.not_assessed)
        if cell["level"]:
            lead += f'<p class="level {cell["level"]}">{escape_word(cell["level_name"])}</p>'
        if cell["no_leverage"]:
            lead += self.no_leverage
        if cell["same"]:
            lead += self._same(cell["same"], cell["href"])
        if cell["points"]:
            lead += self._points(cell["points"])
        if cell["resolved"]:
            lead += f"<details>{self.show}{self._points(cell['resolved'])}</details>"
        if cell["covered"] and not cell["blank"]:
            words = coverage_words(cell["covered"], self.form)
            lead += f'<p class="coverage-cell {cell["covered"]["state"]}">{words}</p>'
        return f'<td role="cell" id="{cell["id"]}" data-label="{cell["label"]}"{blank}>{lead}</td>'

    def _same(self, name: str, there: str) -> str:
        name = conditional_escape(name)
        if there:
            # Within the page there is nothing to take along.
            form = "" if there.startswith("#") else self.form
            name = _way(name, escape(there), form, self.lang)
        else:
            name = f"<span{self.lang}>{name}</span>"
        return f'<p class="same">{self.same_as} {name}</p>'

    def _points(self, points: Iterable[PointValues]) -> str:
        # A page has a thousand.
        chance, kept = self.chance, self.kept
        items = [
            f"<li{chance if point['chance'] else '>'}{escape(softened(point['text']))}"
            f"{kept if point['kept'] else ''}</li>"
            for point in points
        ]
        return f"<ul{self.lang}>{''.join(items)}</ul>"


def coverage_cells(cells: Iterable[CoverageValues], *, form: str = "") -> SafeString:
    """Draw the cells of a row of `coverage_map`, with links to their requirements.

    Args:
        form: the form that is sent along on the way, where no address has room for it.
    """
    pieces = [
        f'<td role="cell" class="coverage-cell {cell["state"]}" '
        f'data-label="{escape_word(cell["label"])}">{coverage_words(cell, form)}</td>'
        for cell in cells
    ]
    return mark_safe("\n".join(pieces))  # noqa: S308


def options(given: Iterable[OptionValues], lang: str) -> SafeString:
    """Draw what can be chosen in a menu.

    Args:
        given: each as `requirement_cards.menus` makes it.
        lang: the attribute of words in another language than the page's.
    """
    pieces = [
        f'<option value="{escape_word(option["value"])}"{lang}'
        f"{' selected' if option['is_selected'] else ''}>{escape_word(option['label'])}</option>"
        for option in given
    ]
    # Every value is escaped by now.
    return mark_safe("".join(pieces))  # noqa: S308


def _way(words: str, href: str, form: str, lang: str = "") -> str:
    """Draw the way to another part of the package; what was chosen goes along."""
    if form:
        return (
            f'<button type="submit" class="btn plain" form="{form}" formmethod="post" '
            f'formaction="{href}"{lang}>{words}</button>'
        )
    return f'<a href="{href}"{lang}{"" if href.startswith("#") else " data-keep"}>{words}</a>'


def coverage_words(cell: CoverageValues, form: str = "") -> str:
    """Draw what is said of the coverage of a cell, with the way to its requirements or risks.

    Args:
        cell: as `coverage_map` makes it.
        form: the form that is sent along on the way, where no address has room for it.
    """
    says, href = escape_word(cell["says"]), escape(cell["href"])
    if href:
        says = _way(says, href, form)
    for words in cell["rest"]:
        says = f'{says} <span class="rest">{escape_word(words)}</span>'
    return says
