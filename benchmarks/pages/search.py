"""Budget 10: a search on PostgreSQL, against its one index look-up, and how it grows.

The floor is one statement: it looks the words up in the same index, puts the first 1,000 matches
in PostgreSQL's own order and reads the twenty best. Ours looks them up, puts them in the order
that is the same on every database, counts the kinds and reads the twenty best; and it finds out
which versions are in force, for nothing is remembered in the process. Growth is that of the whole
page, from the request to the last byte.
"""

import random
from collections.abc import Iterator
from itertools import accumulate
from math import log
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command

from benchmarks.measuring.measure import Line, at_most, medians, seconds, tell, wall
from benchmarks.publishing.compare import WITHOUT_PLAN
from benchmarks.sites.databases import postgres
from benchmarks.sites.site import Browser, empty_site

SIZES = (20_000, 200_000)
PER_PACKAGE = 1000
HANDFUL = 5
RUNS = 41
# In a handful of texts, in one of two, and in nearly all of them.
RARE, HALF, COMMON = "zinkvitriol", "energi", "leverantören"
QUESTIONS = {"rare": RARE, "common": COMMON, "two common": f"{COMMON} {HALF}"}
SYLLABLES = ("bal", "dor", "fin", "gam", "hust", "kel", "lin", "mor", "nat", "pyl", "ris", "vad")
FLOOR = """
    SELECT id, kind, anchor, heading, body FROM (
        SELECT * FROM requirements_pkg_publishedtext
        WHERE lexemes @@ %s::tsquery AND version_id = ANY(%s) ORDER BY id LIMIT 1000
    ) AS found
    ORDER BY ts_rank(lexemes, %s::tsquery) DESC, id LIMIT 20
    """


def main() -> None:
    """Search packages of a thousand requirements each: twenty of them, then two hundred."""
    lines, pages = [], {}
    with postgres() as address, empty_site(address):
        call_command("collectstatic", verbosity=0, interactive=False)
        library, browser = Library(), Browser()
        for size in SIZES:
            library.grow(size)
            for name, question in QUESTIONS.items():
                least, mine, page = costs(question, browser)
                pages[name, size] = page
                work = f"search {size:,} requirements, {name}"
                lines.append(at_most(10, work, least, mine, 3))
    lines += [growth(name, *(pages[name, size] for size in SIZES)) for name in QUESTIONS]
    tell(*lines)


def costs(question: str, browser: Browser) -> list[float]:
    """Seconds of the bare look-up, of the search with nothing remembered, and of its page."""
    from django.db import connection

    from requirements_pkg.published import catalogue, page_cache
    from requirements_pkg.searching.question import SearchQuestion
    from requirements_pkg.searching.search import find

    parsed, keys = SearchQuestion.of(question), list(catalogue.in_force())
    words = " & ".join(f"'{term}'" for term in parsed.terms)

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [words, keys, words])
            rows = cursor.fetchall()
        assert rows

    def ours() -> None:
        page_cache.forget()
        assert find(SearchQuestion.of(question)).texts

    def page() -> None:
        page_cache.forget()
        browser.get(f"/sok/?{urlencode({'q': question})}")

    for warm in (floor, ours, page):
        warm()
    return medians(lambda: wall(floor), lambda: wall(ours), lambda: wall(page), runs=RUNS)


def growth(name: str, small: float, large: float) -> Line:
    """Return the line of the exponent of growth from the small library to the large one."""
    exponent = log(large / small) / log(SIZES[1] / SIZES[0])
    work = f"the whole page, growth exponent, {name}"
    return Line(10, work, seconds(small), seconds(large), exponent, "≤ 0.3", exponent <= 0.3)


class Library:
    """Published packages, without the plans and the work that led to them."""

    def __init__(self) -> None:
        from actionplan.models import ProcurementRegion, User
        from requirements_pkg.language.terms import Splitter

        self.chance = random.Random(10)
        # As in a language: few words are common, most are rare.
        self.words = sorted({self.word() for _number in range(5000)})
        self.chance.shuffle(self.words)
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))
        self.splitter = Splitter.of_words([])
        self.people = [User.objects.create(username=name) for name in ("en", "två")]
        self.steward = ProcurementRegion.objects.get(code="C")
        self.size = 0

    def word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4)))

    def text(self) -> str:
        words = self.chance.choices(self.words, cum_weights=self.weights, k=60)
        words += [COMMON] if self.chance.random() < 0.9 else []
        words += [HALF] if self.chance.random() < 0.5 else []
        self.chance.shuffle(words)
        return " ".join(words)

    def grow(self, size: int) -> None:
        """Publish until there are so many requirements."""
        from django.db import connection

        from requirements_pkg.published import page_cache

        with connection.cursor() as cursor:
            while self.size < size:
                version = self.version(self.size // PER_PACKAGE)
                columns = "version_id, kind, anchor, heading, body, terms, opening"
                with cursor.copy(
                    f"COPY requirements_pkg_publishedtext ({columns}) FROM STDIN"
                ) as copy:
                    for row in self.rows(version):
                        copy.write_row(row)
                self.size += PER_PACKAGE
            cursor.execute("VACUUM ANALYZE")
        page_cache.forget()

    def version(self, number: int) -> int:
        from requirements_pkg.models import PackageVersion, RequirementsPackage, VersionWords
        from requirements_pkg.published import stored_facts

        package = RequirementsPackage.objects.create(
            slug=f"paket-{number}", title="Paket", steward=self.steward
        )
        by, approved_by = self.people
        version = PackageVersion.objects.create(
            package=package,
            number=1,
            schema=2,
            content=WITHOUT_PLAN | {"requirements": []},
            sha256="0" * 64,
            note="Första.",
            published_by=by,
            approved_by=approved_by,
        )
        version.refresh_from_db()
        stored_facts.store([version])
        VersionWords.objects.create(version=version)
        return version.pk

    def rows(self, version: int) -> Iterator[tuple[Any, ...]]:
        from requirements_pkg.language.terms import opening_of, written

        yield version, "package", "", "Paket", "", " paket | ", " paket | "
        for at in range(PER_PACKAGE):
            heading, body = self.text()[:60], self.text()
            if at == 0 and self.size < HANDFUL * PER_PACKAGE:
                body = f"{RARE} {body}"
            terms = written(heading, body, self.splitter)
            yield version, "requirement", f"SE-{at:04}", heading, body, terms, opening_of(terms)


if __name__ == "__main__":
    main()
