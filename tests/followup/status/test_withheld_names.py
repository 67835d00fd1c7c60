"""What is withheld is found for names by the many, and is what looking at each name finds."""

from collections.abc import Callable, Iterable

from hypothesis import given
from hypothesis import strategies as st

from followup.status.suppression import BOUND, united, withheld_questions

Area = dict[str, int]
AREA = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 511), max_size=8)


class Plain:
    """The rules name by name and choice by choice, as they are said."""

    def __init__(self, areas: list[Area]) -> None:
        self.areas, self.together = areas, united(areas)
        self.withheld = {name for name, bits in self.together.items() if few([bits])}

    def settled(self) -> set[str]:
        while any(list(map(self.more, range(1, 1 << len(self.areas))))):
            pass
        return self.withheld

    def more(self, mask: int) -> bool:
        changed = False
        while name := self.one_more(mask):
            self.withheld.add(name)
            changed = True
        return changed

    def one_more(self, mask: int) -> str:
        inside = [area for at, area in enumerate(self.areas) if mask >> at & 1]
        outside = [area for at, area in enumerate(self.areas) if not mask >> at & 1]
        others = {name for area in outside for name in area}
        here = {name for area in inside for name in area}

        def behind(wanted: set[str]) -> bool:
            return few(area[name] for area in inside for name in area if name in wanted)

        if len(inside) == 1 and behind(self.withheld):
            return self.rarest(here.__contains__)
        if behind(self.withheld | others):
            return self.rarest(lambda name: name not in others)
        if self.withheld & others:
            return ""
        return self.rarest(others.__contains__) if behind(others) else ""

    def rarest(self, wanted: Callable[[str], bool]) -> str:
        names = (name for name in self.together if name not in self.withheld and wanted(name))
        return min(names, key=lambda name: (self.together[name].bit_count(), name), default="")


def few(contracts: Iterable[int]) -> bool:
    union = 0
    for bits in contracts:
        union |= bits
    return 0 < union.bit_count() < BOUND


@given(st.lists(AREA, max_size=5))
def test_names_that_the_same_areas_have_may_be_looked_at_together(areas):
    assert withheld_questions(areas) == Plain(areas).settled()
