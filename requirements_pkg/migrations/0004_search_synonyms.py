"""The list of words that a search takes for one begins with these, some of them in English."""

from django.db import migrations

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


def store(apps, schema_editor):
    words = filter(None, map(str.strip, MEANINGS.splitlines()))
    synonyms = apps.get_model("requirements_pkg", "SearchSynonym").objects
    synonyms.bulk_create([synonyms.model(words=meaning) for meaning in words])


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0003_published_text_index")]

    operations = [migrations.RunPython(store, migrations.RunPython.noop)]
