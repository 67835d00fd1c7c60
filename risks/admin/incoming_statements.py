"""The risks and opportunities that come back from Excel: which cell each belongs to."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.utils.translation import gettext

from actionplan import text
from actionplan.admin.sheets import refuse_other_words, says_other_words
from actionplan.database import bulk
from actionplan.django_edges import AnyRows
from actionplan.excel.lists import LEFT_OUT, Incoming, IncomingRow, Pending, Row, UnknownWord
from actionplan.excel.lists.incoming import meanings
from actionplan.models import ProductArea, User
from actionplan.text import figure
from actionplan.word.document import MOST_STATEMENTS
from risks.importing.asking.spellings import remember_headings
from risks.models import (
    Assessment,
    Dimension,
    HeadingAlias,
    LifecycleStage,
    RiskCell,
    RiskStatement,
)

# The headings of a cell, by their columns.
HEADINGS: Final[dict[str, type[LifecycleStage | Dimension]]] = {
    "stage": LifecycleStage,
    "dimension": Dimension,
}


class IncomingStatements(Incoming):
    """Risks and opportunities: exported, edited in Excel, imported again."""

    place_field = "cell"
    related: ClassVar[tuple[str, ...]] = (
        "cell__product_area__plan",
        "cell__stage",
        "cell__dimension",
    )

    def referred(self, slugs: set[str]) -> list[Any]:
        cells = _cells(slugs).order_by("pk")
        return list(cells.values_list("pk", "product_area__number", "assessment", "last", "count"))

    def look_up(self, slugs: set[str], referred: list[Any]) -> None:
        """Read the cells of the plans that the file names."""
        self._cells: dict[tuple[str, int, str, str], RiskCell] = {
            (
                cell.product_area.plan.slug,
                cell.product_area.number,
                cell.stage.code,
                cell.dimension.code,
            ): cell
            for cell in _cells(slugs).select_related("product_area__plan", "stage", "dimension")
        }
        self._described: dict[int, RiskCell] = {}
        self._left: set[int] = set()

    @cached_property
    def _codes(self) -> dict[str, dict[str, str]]:
        """All spellings of headings, with what they mean."""
        return {kind: _codes(model, kind) for kind, model in HEADINGS.items()}

    def read_vocabulary(self, rows: Sequence[Row]) -> None:
        """Read what headings may mean, and the areas of the plans that one edits."""
        super().read_vocabulary(rows)
        self._headings = {
            kind: meanings(model.objects.values_list("code", "name"))
            for kind, model in HEADINGS.items()
        }
        # By plan: the names of its areas by their numbers.
        self._areas: dict[str, dict[int, str]] = {}
        self._read_areas({self.words(row, "plan") for row in rows})

    def _read_areas(self, slugs: set[str]) -> None:
        self._areas |= {slug: {} for slug in slugs}
        areas = ProductArea.objects.filter(plan__in=self.owners(), plan__slug__in=slugs)
        for slug, number, name in areas.order_by("number").values_list(
            "plan__slug", "number", "name"
        ):
            self._areas[slug][number] = name

    def unknown_words(self, row: Row) -> Iterator[UnknownWord]:
        yield from super().unknown_words(row)
        for kind, codes in self._codes.items():
            cells = [(name, self.words(row, name)) for name in (kind, f"{kind}_code")]
            unknown = [pair for pair in cells if pair[1] and text.fold(pair[1]) not in codes]
            if unknown:
                yield UnknownWord(*unknown[0], self._headings[kind], is_spelling=True)
        plan = self.words(row, "plan")
        if plan not in self._areas:
            # Somebody has just said which plan is meant.
            self._read_areas({plan})
        areas = self._areas[plan]
        words_of_area = f"{self.words(row, 'area_number')} {self.words(row, 'area')}".strip()
        if words_of_area and not self._knows_area(row, areas):
            pairs = ((str(number), f"{number}. {name}") for number, name in areas.items())
            yield UnknownWord("area_number", words_of_area, meanings(pairs), plan)

    def _knows_area(self, row: Row, areas: dict[int, str]) -> bool:
        """Tell whether a row says an area of its plan; a new one also by the words beside."""
        try:
            number = self.columns["area_number"].read(row.get("area_number"))
        except ValueError:
            return False
        if number not in areas:
            return False
        is_new = not self.words(row, "id")
        return not (is_new and says_other_words(row.get("area"), areas[number]))

    def settled_word(self, row: Row, word: UnknownWord, answer: str) -> dict[str, Any]:
        kind = word.column.removesuffix("_code")
        if answer == LEFT_OUT or kind not in (*HEADINGS, "area_number"):
            return super().settled_word(row, word, answer)
        if kind in HEADINGS:
            cells: dict[str, Any] = {kind: answer, f"{kind}_code": answer}
        else:
            name = self._areas[self.words(row, "plan")][int(answer)]
            cells = {"area_number": answer, "area": name}
        return {name: cell for name, cell in cells.items() if name in row}

    def remember_words(self, by: User) -> None:
        codes: dict[str, dict[str, str]] = {kind: {} for kind in HEADINGS}
        for word, answer in self.remembered:
            kind = word.column.removesuffix("_code")
            if kind in codes and answer != LEFT_OUT:
                codes[kind][text.fold(word.words)] = answer
        remember_headings(codes["stage"], codes["dimension"], by=by)

    def place(self, instance: Any, row: Row, reading: IncomingRow) -> int:
        """Find the cell by plan, area, stage and dimension, and put the statement there."""
        slug = self.columns["plan"].read(row["plan"])
        try:
            number = self.columns["area_number"].read(row["area_number"])
        except ValueError as error:
            raise ValidationError({"area_number": str(error)}) from error
        stage, dimension = self._headings_of(row)
        cell = self._cells.get((slug, number, stage, dimension))
        if cell is None:
            sentence = gettext("The plan “%(plan)s” has no product area %(number)s.")
            raise ValidationError({"area_number": sentence % {"plan": slug, "number": number}})
        if instance.pk is None:
            refuse_other_words(row.get("area"), cell.product_area.name, number)
        if instance.cell_id != cell.pk:
            self._put(instance, cell, at_end=row["position"] in (None, ""))
        return cell.product_area.plan_id

    def _headings_of(self, row: Row) -> tuple[str, str]:
        """Return the codes of a row's stage and dimension, or say all that is wrong with both."""
        codes: list[str] = []
        errors: dict[str, list[str]] = {}
        for kind in HEADINGS:
            try:
                codes.append(self._code(row, kind))
            except ValidationError as error:
                errors |= error.message_dict
        if errors:
            raise ValidationError(errors)
        stage, dimension = codes
        return stage, dimension

    def _code(self, row: Row, what: str) -> str:
        """Return the code that the two columns of a heading stand for."""
        given = [text.clean(str(row[name] or "")) for name in (what, f"{what}_code")]
        codes = {self._codes[what].get(text.fold(words), "") for words in given if words}
        code_words = " / ".join(filter(None, given))
        if not codes or "" in codes:
            sentence = (
                gettext("“%(words)s” is not a known life-cycle stage.")
                if what == "stage"
                else gettext("“%(words)s” is not a known dimension.")
            )
            raise ValidationError({what: sentence % {"words": code_words}})
        if len(codes) > 1:
            sentence = gettext(
                "“%(words)s” contradict each other. Correct one of them or leave it empty."
            )
            raise ValidationError({what: sentence % {"words": code_words}})
        return codes.pop()

    def _put(self, instance: RiskStatement, cell: Any, *, at_end: bool) -> None:
        if cell.assessment not in (Assessment.NOT_ASSESSED, Assessment.DESCRIBED):
            sentence = gettext(
                "The assessment of the cell is “%(assessment)s”. Change it before you add "
                "anything."
            )
            raise ValidationError(sentence % {"assessment": cell.get_assessment_display()})
        cell.count += 1
        if cell.count > MOST_STATEMENTS:
            sentence = gettext("A cell may have at most %(most)s lines. Combine some of them.")
            raise ValidationError(sentence % {"most": figure(MOST_STATEMENTS)})
        if instance.cell_id:
            self._left.add(instance.cell_id)
        if at_end:
            cell.last = 0 if cell.last is None else cell.last + 1
            instance.position = cell.last
        instance.cell = cell
        if cell.assessment == Assessment.NOT_ASSESSED:
            self._described[cell.pk] = cell

    def finish(self, pending: Pending, by: User) -> None:
        """Mark cells with a first statement as described, and emptied ones as not assessed."""
        for cell in self._described.values():
            cell.assessment = Assessment.DESCRIBED
        emptied = RiskCell.objects.filter(
            pk__in=self._left, assessment=Assessment.DESCRIBED, statements__isnull=True
        )
        lost = list(emptied)
        for cell in lost:
            cell.assessment = Assessment.NOT_ASSESSED
        changed = [*self._described.values(), *lost]
        reason = gettext("Imported from Excel")
        bulk.change(RiskCell, changed, ["assessment"], by=by, reason=reason)


def _cells(slugs: set[str]) -> AnyRows:
    """Return the cells of plans, each with its last position and how many things it says."""
    cells = RiskCell.objects.filter(product_area__plan__slug__in=slugs)
    return cells.annotate(last=Max("statements__position"), count=Count("statements"))


def _codes(model: type[LifecycleStage | Dimension], what: str) -> dict[str, str]:
    aliases = HeadingAlias.objects.filter(**{f"{what}__isnull": False})
    codes = dict(aliases.values_list("folded", f"{what}__code"))
    for code, name in model.objects.values_list("code", "name"):
        codes |= {text.fold(name): code, text.fold(code): code}
    return codes
