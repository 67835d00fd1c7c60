"""`rebuild_search_index`: make what is published findable anew."""

from django.core.management.base import BaseCommand

from actionplan.django_edges import Handed
from requirements_pkg.models import PackageVersion
from requirements_pkg.searching import indexing


class Command(BaseCommand):
    help = (
        "Indexes every published version anew. Needed for versions that were published before "
        "there was a search, and of use when many packages have been added: words of one package "
        "help to take the compounds of another apart."
    )

    def handle(self, *args: Handed, **options: Handed) -> None:
        versions = PackageVersion.objects.order_by("pk")
        texts = indexing.rebuild(versions)
        self.stdout.write(f"{texts} texts of {versions.count()} versions")
