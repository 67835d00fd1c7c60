"""Words that a search takes for one, with the list that it begins with."""

from django.db import migrations, models

MEANINGS = """
    elförbrukning, energianvändning, energiförbrukning, energieffektivitet
    molntjänst, moln, cloud
    CSDDD, tillbörlig aktsamhet, due diligence
    GDPR, dataskyddsförordningen, personuppgifter
    mänskliga rättigheter, människorätt
    konfliktmineral, 3TG
    uppförandekod, code of conduct
    leverantörskedja, leveranskedja, värdekedja, supply chain
    underleverantör, underentreprenör
    växthusgas, koldioxid, CO2, klimatutsläpp
    avfall, sopor
    återvinning, materialåtervinning
    cirkulär ekonomi, cirkularitet
    barnarbete, minderårig
    tvångsarbete, slavarbete, modernt slaveri
    antikorruption, korruption, mutor
    arbetsmiljö, arbetarskydd
    kollektivavtal, arbetsrättsliga villkor
    datahall, datacenter, serverhall
    dator, pc, laptop
    personuppgiftsbiträde, PUB
    livslängd, hållbarhetstid
    LOU, lagen om offentlig upphandling
    ILO, kärnkonventioner
    miljömärkning, Svanen, EU Ecolabel
    kemikalie, farligt ämne
    läkemedel, medicin
    fordon, bil
    förpackning, emballage
    tillgänglighet, WCAG
    kontraktsvillkor, avtalsvillkor
    kravspecifikation, upphandlingsdokument
"""


def store(apps, schema_editor):
    words = filter(None, map(str.strip, MEANINGS.splitlines()))
    synonyms = apps.get_model("requirements_pkg", "SearchSynonym").objects
    synonyms.bulk_create([synonyms.model(words=meaning) for meaning in words])


class Migration(migrations.Migration):
    dependencies = [
        ("requirements_pkg", "0011_search_terms_made_anew"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchSynonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="Separated by commas, such as: molntjänst, moln, cloud",
                        max_length=300,
                        verbose_name="words",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym in search",
                "verbose_name_plural": "synonyms in search",
                "ordering": ["words"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words__contains", ",")),
                        name="requirements_pkg_searchsynonym_several_words",
                        violation_error_message="Write at least two words, with a comma between them.",
                    ),
                    models.UniqueConstraint(
                        fields=("words",),
                        name="requirements_pkg_searchsynonym_words_once",
                        violation_error_message="These words are already synonyms.",
                    ),
                ],
            },
        ),
        migrations.RunPython(store, migrations.RunPython.noop),
    ]
