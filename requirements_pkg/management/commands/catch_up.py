"""`catch_up`: make what published versions lack beside their contents."""

from django.core.management.base import BaseCommand

from actionplan.django_edges import Handed
from requirements_pkg.published import stored_facts
from requirements_pkg.searching import indexing
from requirements_pkg.searching.staleness import outdated


class Command(BaseCommand):
    help = (
        "Makes what is derived from published versions where it lacks: their facts for lists, and "
        "the search index of those in force, also where this release takes words apart in another "
        "way than it was made. `make upgrade` runs it. A list makes the facts that it lacks, and "
        "its visitor waits; a search leaves out what is not indexed."
    )

    def handle(self, *args: Handed, **options: Handed) -> None:
        self.stdout.write(f"{stored_facts.catch_up()} versions lacked facts.")
        indexing.catch_up()
        if versions := outdated():
            indexing.rebuild(versions)
