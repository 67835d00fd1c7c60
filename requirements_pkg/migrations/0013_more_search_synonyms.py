"""More words that a search takes for one: what buyers ask for, some of it in English.

Stems have lost an ending more ("cykeln"), so the terms of published texts are made anew, by
`catch_up`, which an upgrade runs.
"""

from django.db import migrations

MEANINGS = """
    laddstation, laddstolpe, laddpunkt, laddbox
    elbil, elfordon
    klimatpåverkan, klimatavtryck, koldioxidavtryck, carbon footprint
    koldioxid, CO2e, koldioxidekvivalent
    livscykelanalys, LCA
    visselblåsning, visselblåsare, whistleblowing
    levnadslön, living wage
    arbetsvillkor, lönevillkor, working conditions
    PVC, polyvinylklorid
    PFAS, högfluorerade ämnen
    kandidatförteckning, SVHC, Reach
    barnarbete, child labour
    tvångsarbete, forced labour
    mänskliga rättigheter, human rights
    korruption, corruption, bribery
    spårbarhet, traceability
    miljö, environment
    energi, energy
    handske, glove
    avfall, waste
    förpackning, packaging
    återvunnen, recycled
    kemikalie, chemical
    livsmedel, food
    läkemedel, pharmaceutical
    kläder, clothing
"""


def words():
    return list(filter(None, map(str.strip, MEANINGS.splitlines())))


def store(apps, schema_editor):
    synonyms = apps.get_model("requirements_pkg", "SearchSynonym").objects
    # Somebody may have written the same already.
    for meaning in words():
        synonyms.get_or_create(words=meaning)


def empty(apps, schema_editor):
    for name in ("PublishedText", "VersionWords"):
        apps.get_model("requirements_pkg", name).objects.all().delete()


def remove(apps, schema_editor):
    apps.get_model("requirements_pkg", "SearchSynonym").objects.filter(words__in=words()).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("requirements_pkg", "0012_search_synonyms"),
    ]

    operations = [
        migrations.RunPython(store, remove),
        migrations.RunPython(empty, migrations.RunPython.noop),
    ]
