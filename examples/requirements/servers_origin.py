"""Requirements on servers: where the metals and the parts come from, and who makes them."""

from typing import Final

from examples.requirements.requirement import (
    ADVANCED,
    AWARD,
    BASIC,
    CONTRACT,
    SERVERS,
    SPEARHEAD,
    Example,
    Source,
    Treats,
)
from examples.requirements.sources import (
    CONFLICT_MINERALS,
    IT_RISKS,
    SMELTER_AUDITS,
    SMELTER_TEMPLATE,
    TRACEABILITY,
)

CPV: Final = ("48820000-2", "30233000-1")
CONFLICT: Final = Treats(SERVERS, "raw_material", "human_rights", "Tenn, tantal, volfram")
MINING: Final = Treats(SERVERS, "raw_material", "workers_rights", "Småskalig brytning")
BRIBED_PERMITS: Final = Treats(SERVERS, "raw_material", "anti_corruption", "Tillstånd till")
MIGRANTS: Final = Treats(SERVERS, "component_manufacturing", "human_rights", "Gästarbetare")
LONG_WEEKS: Final = Treats(
    SERVERS, "component_manufacturing", "workers_rights", "Långa arbetsveckor"
)
AGENCIES: Final = Treats(
    SERVERS, "component_manufacturing", "anti_corruption", "Bemanningsföretag"
)

MINERALS_LAW: Final = """
    EU:s regler om konfliktmineraler gäller den som importerar malm och metall av tenn, tantal,
    volfram och guld. Färdiga servrar omfattas inte.
    """

SERVER_ORIGIN: Final = (
    Example(
        code="SE-01",
        title="Smältverkslista på begäran",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska inom [antal veckor: 4 | räknat från begäran] veckor från regionens
            begäran lämna en förteckning över de smältverk som kan finnas i leveranskedjan för
            tenn, tantal, volfram, guld, kobolt och glimmer.

            Förteckningen ska lämnas i den senaste utgåvan av mallarna CMRT och EMRT eller i en
            likvärdig form. Den ska gälla de produkter som levereras, eller varumärkesägarens hela
            sortiment.
            """,
        rationale="""
            Smältverken är få, och där går metallens ursprung lättast att dölja. Den som känner
            sina smältverk kan också påverka dem.
            """,
        verification="Ifyllda mallar för CMRT och EMRT, eller likvärdiga listor.",
        follow_up_method="""
            Dokumentgranskning: kontrollera att mallens utgåva är den senaste och jämför namnen
            med listan över granskade smältverk.
            """,
        supplier_question="""
            Bifoga er senaste förteckning över smältverk. Kan en ny lämnas inom [antal veckor]
            veckor om vi begär det? Vilka smältverk är inte oberoende granskade, och vad gör ni
            åt det?
            """,
        guidance="""
            Mallarna kommer i ny utgåva varje vår. Skriv därför inte ut något nummer på utgåvan.

            Likvärdig form är en lista med smältverkets namn, land och metall, och uppgift om
            vilka som är oberoende granskade. Många varumärkesägare har listan offentligt.
            """,
        law_baseline=MINERALS_LAW,
        beyond_law="Kravet når färdiga servrar och tar med kobolt och glimmer.",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(TRACEABILITY, SMELTER_TEMPLATE, CONFLICT_MINERALS),
        treats=(CONFLICT, MINING, BRIBED_PERMITS),
        serves=("1.1", "2.2"),
    ),
    Example(
        code="SE-02",
        title="Smältverkslista varje år, med plan för dem som inte är granskade",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska en gång per avtalsår, utan att regionen ber om det, lämna en
            smältverkslista för tenn, tantal, volfram, guld, kobolt och glimmer i den senaste
            utgåvan av CMRT och EMRT eller likvärdigt.

            För varje smältverk som inte är godkänt i en oberoende granskning ska listan säga vad
            varumärkesägaren gör och när. Ett smältverk som inte har rört sig mot en granskning
            på [antal månader: 12] månader ska vara på väg ut ur leveranskedjan.
            """,
        rationale="""
            En lista som bara samlas in ändrar ingenting. Det är kravet på en plan som får
            smältverk att låta sig granskas.
            """,
        verification="Smältverkslista och plan för de smältverk som inte är godkända.",
        follow_up_method="""
            Jämför årets lista med förra årets. Räkna andelen godkända och fråga om de smältverk
            som står kvar utan granskning.
            """,
        guidance="""
            Att lämna ett smältverk är sista utvägen, eftersom det kan slå mot dem som arbetar i
            området. Fråga först vad som har prövats.

            SE-01 gäller bara på begäran. Det här kravet tar dess plats.
            """,
        law_baseline=MINERALS_LAW,
        beyond_law="Kravet gäller vad varumärkesägaren gör, inte bara vad den vet.",
        replaces="SE-01",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(SMELTER_AUDITS, TRACEABILITY),
        treats=(CONFLICT, MINING, BRIBED_PERMITS),
        serves=("2.2",),
    ),
    Example(
        code="SE-03",
        title="Mervärde för hög andel granskade smältverk",
        kind=AWARD,
        level=ADVANCED,
        text="""
            Anbudsgivare vars smältverk till stor del är godkända i en oberoende granskning får
            mervärde. Andelen räknas på samtliga smältverk i den lista som lämnas med anbudet.
            """,
        rationale="""
            Andelen visar hur långt arbetet har kommit, och den går att jämföra mellan anbud.
            """,
        verification="""
            Ifylld CMRT, högst [antal månader: 12] månader gammal, och beräkningen av andelen.
            Granskning enligt RMAP eller likvärdig oberoende granskning räknas.
            """,
        follow_up_method="Räkna om andelen varje avtalsår. Den ska inte vara lägre än i anbudet.",
        guidance="""
            Likvärdig är en granskning som görs av tredje part på plats, omfattar ursprunget och
            har ett offentligt resultat. Det visas med granskningens regler och rapport.
            """,
        max_points=15,
        scale="""
            15 poäng: minst 95 procent. 10 poäng: minst 85 procent. 5 poäng: minst 70 procent.
            0 poäng: lägre andel eller ingen lista.
            """,
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(SMELTER_AUDITS, SMELTER_TEMPLATE),
        treats=(CONFLICT, BRIBED_PERMITS),
        serves=("2.2",),
    ),
    Example(
        code="SE-04",
        title="Mervärde för återvunnen metall",
        kind=AWARD,
        level=SPEARHEAD,
        text="""
            Anbudsgivare som visar att höljen, kylflänsar eller stativ i de erbjudna servrarna
            innehåller återvunnen metall får mervärde. Andelen räknas i vikt, och återvunnet
            efter användning redovisas för sig.
            """,
        rationale="""
            Återvunnen metall minskar behovet av ny brytning, som kräver mycket energi och tar
            natur i anspråk.
            """,
        verification="""
            Tillverkarens deklaration med vikter för varje del, bekräftad av tredje part.
            """,
        follow_up_method="Begär en ny deklaration när modellen byts under avtalstiden.",
        guidance="""
            Räkna inte spill från samma fabrik. Fråga marknaden hur många modeller som har en
            deklaration innan poängen bestäms.
            """,
        max_points=10,
        scale="""
            10 poäng: minst [andel i procent: 50] procent återvunnet. 5 poäng: minst hälften av
            den andelen. 0 poäng: lägre andel eller ingen deklaration.
            """,
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(IT_RISKS,),
        treats=(
            Treats(SERVERS, "raw_material", "environment", "Brytning och anrikning"),
            Treats(SERVERS, "raw_material", "environment", "Möjlighet att premiera"),
        ),
    ),
    Example(
        code="SE-05",
        title="Redovisa leveranskedjan två led bakåt",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska inom [antal veckor: 4 | räknat från begäran] veckor från regionens
            begäran lämna juridiskt namn och fysisk adress för de fabriker där servrarna
            slutmonteras, och för tillverkarna av moderkort och nätaggregat.
            """,
        rationale="""
            Den som inte vet var en server är gjord kan inte veta hur den är gjord.
            """,
        verification="Ifylld lista i regionens mall eller motsvarande utdrag.",
        follow_up_method="""
            Stickprov: kontrollera två adresser mot kartor, register och revisioner.
            """,
        supplier_question="""
            I vilka fabriker slutmonteras servrarna, och vilka tillverkar moderkort och
            nätaggregat? Ange juridiskt namn och adress, och när uppgifterna kontrollerades.
            """,
        guidance="""
            Adresserna är ofta affärshemligheter. Ta emot dem i regionens eget system och gör en
            sekretessprövning innan något lämnas ut.
            """,
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(TRACEABILITY, IT_RISKS),
        treats=(
            MIGRANTS,
            LONG_WEEKS,
            Treats(SERVERS, "final_manufacturing", "human_rights", "Samma risker som ovan."),
        ),
        serves=("1.1",),
    ),
    Example(
        code="SE-06",
        title="Redovisa leveranskedjan och bemanningen i varje led",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska varje avtalsår lämna namn och adress för fabriker som slutmonterar
            servrarna och som tillverkar moderkort, nätaggregat, minnen, diskar och processorer.

            För varje fabrik ska listan ange antalet anställda, andelen inhyrda och
            gästarbetare, och vilka bemanningsföretag som används.
            """,
        rationale="""
            Riskerna är störst där arbetare rekryteras över gränser och genom flera mellanhänder.
            Det syns först när bemanningen redovisas.
            """,
        verification="Lista per fabrik, med datum för uppgifterna.",
        follow_up_method="""
            Kontorsrevision som jämför listan med varumärkesägarens egen riskbedömning och med
            revisioner av två fabriker.
            """,
        guidance="""
            Börja med moderkort och nätaggregat om marknaden inte är mogen. Uppgifter om enskilda
            arbetare ska inte lämnas.
            """,
        replaces="SE-05",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(TRACEABILITY, IT_RISKS),
        treats=(MIGRANTS, LONG_WEEKS, AGENCIES),
    ),
    Example(
        code="SE-07",
        title="Ingen arbetare betalar för sin anställning",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska se till att varumärkesägaren förbjuder avgifter för rekrytering i
            fabriker som tillverkar servrarna och deras kretskort. Förbudet ska gälla avgifter till
            fabriken, till bemanningsföretag och till mellanhänder i hemlandet.

            Visar det sig att någon har betalat ska avgiften vara återbetald inom
            [antal månader: 3] månader. Id-handlingar får aldrig tas om hand.
            """,
        rationale="""
            En avgift som lånats ihop binder arbetaren vid fabriken. Den som är
            skuldsatt kan inte säga upp sig.
            """,
        verification="""
            Policy, avtal med bemanningsföretag och, om avgifter har upptäckts, bevis på
            återbetalning.
            """,
        follow_up_method="""
            Kontorsrevision hos varumärkesägaren. Fabriksrevision med intervjuer vid misstanke.
            """,
        guidance="""
            Fråga efter fall som har upptäckts, inte bara efter policyn. Ett arbete som aldrig
            hittar något är sällan ett gott tecken.
            """,
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(
            Source(
                "Hållbar upphandling: året i korthet 2021",
                "https://xn--hllbarupphandling-8qb.se/nyheter/"
                "536-aret-i-korthet-verksamhetsrapport-2021",
            ),
        ),
        treats=(MIGRANTS, LONG_WEEKS, AGENCIES),
    ),
    Example(
        code="SE-08",
        title="Mervärde för granskad slutmontering",
        kind=AWARD,
        level=ADVANCED,
        text="""
            Anbudsgivare får mervärde om fabrikerna som slutmonterar de erbjudna servrarna har
            granskats av tredje part under de senaste [antal månader: 24] månaderna och de
            allvarliga avvikelserna är stängda.
            """,
        rationale="""
            Slutmonteringen sker i få och stora fabriker. Där går arbetsvillkor att kontrollera.
            """,
        verification="""
            Sammanfattad revisionsrapport enligt RBA, SA8000 eller likvärdigt, och bevis på att
            avvikelserna är stängda.
            """,
        follow_up_method="""
            Begär nya sammanfattningar varje år, och en förklaring till nya avvikelser.
            """,
        guidance="""
            Revisioner kan förberedas. Ge inte poäng för en rapport utan avvikelser, utan för att
            avvikelser har hittats och rättats.

            Likvärdig är en revision på plats med intervjuer utan chefer närvarande. Det visas
            med revisionens metod och rapport.
            """,
        max_points=10,
        scale="""
            10 poäng: alla fabriker. 5 poäng: fabriker som svarar för minst hälften av volymen.
            0 poäng: färre, eller öppna allvarliga avvikelser.
            """,
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(
            Source(
                "Atea: kravguiden för hållbar it (en återförsäljares råd)",
                "https://www.atea.se/hallbar-it/kravguiden/",
            ),
            IT_RISKS,
        ),
        treats=(
            Treats(SERVERS, "final_manufacturing", "workers_rights", "Samma risker"),
            Treats(SERVERS, "final_manufacturing", "anti_corruption", "Revisioner kan köpas"),
        ),
    ),
)
