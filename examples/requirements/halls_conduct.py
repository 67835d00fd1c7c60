"""Requirements on data halls: how full they are, who works there, and what is replaced."""

from typing import Final

from examples.requirements.requirement import (
    ADVANCED,
    BASIC,
    CONTRACT,
    HALLS,
    QUALIFICATION,
    Example,
    Source,
    Treats,
)
from examples.requirements.sources import (
    CHINA_REPORT,
    CONFLICT_MINERALS,
    EXCLUSION,
    FORCED_LABOUR,
    NEED_ASSESSMENT,
    SMELTER_AUDITS,
)

CPV: Final = ("72514000-1", "72317000-0")
SHARED_EQUIPMENT: Final = "Regionen äger inte utrustningen"

HALL_CONDUCT: Final = (
    Example(
        code="DH-10",
        title="Redovisa hur väl servrarna används",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska mäta medelbelastningen per månad på de servrar som används för
            regionen och redovisa den varje [period: halvår].

            Är medelbelastningen lägre än [lägsta belastning i procent: 20] procent under sex
            månader ska leverantören föreslå hur laster kan slås ihop eller servrar stängas av.
            """,
        rationale="""
            En server som nästan står still drar ändå en stor del av sin fulla effekt. Att fylla
            de servrar som finns är oftast bättre än att köpa nya.
            """,
        verification="Logg över medelbelastning per månad och server eller kluster.",
        follow_up_method="""
            Gå igenom loggen och förslagen på samverkansmötet. För protokoll över vad som beslutas.
            """,
        guidance="""
            Undanta servrar som måste stå i beredskap. Lista dem i avtalet, så att undantaget
            inte växer.
            """,
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(
            Source(
                "Blauer Engel: mätning av servrars belastning",
                "https://be-rechenzentren.de/author/be-rz-admin/",
            ),
        ),
        treats=(Treats(HALLS, "use", "environment", "Organisatoriska möjligheter: Färre"),),
    ),
    Example(
        code="DH-11",
        title="Ansvar för mineraler när utrustning byts",
        kind=CONTRACT,
        level=BASIC,
        text="""
            När leverantören under avtalstiden byter ut servrar, lagring eller
            nätverksutrustning som används för regionen ska den nya utrustningens varumärkesägare
            ha en offentlig policy om ansvarsfulla mineraler. Policyn ska minst omfatta tenn,
            tantal, volfram, guld och kobolt.
            """,
        rationale="""
            Utrustningen är leverantörens och delas med andra kunder. Bytet är det tillfälle då
            regionens krav kan få verkan.
            """,
        verification="""
            Länk till policyn för varje varumärke, högst [antal månader: 24] månader gammal.
            """,
        follow_up_method="""
            Begär en lista över det som bytts under året och granska policyn för två varumärken.
            """,
        guidance="""
            Finns policyn bara på ett annat språk än svenska eller engelska ska leverantören
            sammanfatta den.
            """,
        law_baseline="""
            EU:s regler om konfliktmineraler gäller den som importerar malm och metall av tenn,
            tantal, volfram och guld. Färdig elektronik omfattas inte.
            """,
        beyond_law="Kravet når varumärkesägaren och tar med kobolt.",
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(CONFLICT_MINERALS, SMELTER_AUDITS),
        treats=(
            Treats(HALLS, "other", "human_rights", SHARED_EQUIPMENT),
            Treats(HALLS, "raw_material", "human_rights", "Utrustningen i hallen"),
        ),
        serves=("2.2",),
    ),
    Example(
        code="DH-12",
        title="Policy mot tvångsarbete när utrustning byts",
        kind=CONTRACT,
        level=BASIC,
        text="""
            När leverantören under avtalstiden byter ut utrustning som används för regionen ska
            varumärkesägaren ha en policy som förbjuder tvångsarbete i hela leveranskedjan, även
            arbete som anvisas av en stat.
            """,
        rationale="""
            En granskning 2021 visade att it-branschen var illa rustad att upptäcka och förebygga
            arbete som anvisas av en stat.
            """,
        verification="Länk till policyn för varje varumärke och namn på den som ansvarar för den.",
        follow_up_method="""
            Stickprov på ett byte per år: policyn och hur den har förts vidare i ett led.
            """,
        law_baseline="""
            En EU-förordning förbjuder varor som har gjorts med tvångsarbete. Kontrollera från
            vilken dag förbudet tillämpas.
            """,
        beyond_law="""
            Kravet gäller varumärkesägarens förebyggande arbete, inte bara den enskilda varan.
            """,
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(FORCED_LABOUR, CHINA_REPORT),
        treats=(
            Treats(HALLS, "other", "workers_rights", "Krav på att tillverkaren"),
            Treats(HALLS, "component_manufacturing", "workers_rights", "Utrustningen i hallen"),
        ),
    ),
    Example(
        code="DH-13",
        title="Arbetsvillkor när hallen eller personalen finns utomlands",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Finns hallen, driftpersonalen eller supporten utanför Sverige ska leverantören följa
            Internationella arbetsorganisationens (ILO) grundläggande konventioner och landets egna
            regler om lön, arbetstid och arbetsmiljö. Där de skiljer sig åt gäller det som ger
            arbetstagaren bäst skydd.

            Leverantören ska anmäla en flytt av verksamheten till regionen minst
            [antal veckor: 12] veckor i förväg.
            """,
        rationale="""
            Drift och support flyttas lätt till länder där arbetsvillkoren är sämre och där
            svenska kollektivavtal inte gäller.
            """,
        verification="""
            Lista över orter och arbetsgivare, och en beskrivning av hur villkoren säkras på
            varje ort.
            """,
        follow_up_method="""
            Självskattning varje år. Kontorsrevision när svaren tyder på brister.
            """,
        supplier_question="""
            På vilka orter arbetar de som driver hallen och ger support, och vem är deras
            arbetsgivare? Har något flyttats det senaste året, och anmäldes det minst
            [antal veckor] veckor i förväg?
            """,
        guidance="""
            Gör en behovlighetsbedömning först. Villkoret gäller bara det arbete som utförs för
            avtalet. Kontrollera vilka konventioner som räknas som grundläggande när avtalet
            skrivs, listan har utökats.
            """,
        law_baseline="""
            LOU kräver arbetsrättsliga villkor när det är behövligt och svensk arbetsrätt inte
            gäller.
            """,
        beyond_law="Kravet gäller alla orter och ger regionen besked före en flytt.",
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(NEED_ASSESSMENT,),
        treats=(Treats(HALLS, "use", "workers_rights", "Ligger hallen"),),
        serves=("2.1",),
    ),
    Example(
        code="DH-14",
        title="Rutin mot mutor och jäv",
        kind=QUALIFICATION,
        level=BASIC,
        text="""
            Anbudsgivaren ska ha en skriftlig rutin mot mutor och jäv. Rutinen ska ange vem som
            prövar jäv, hur gåvor och representation hanteras och hur en misstanke anmäls.

            Anbudsgivaren ska i anbudet uppge om någon i dess ledning eller i arbetet med anbudet
            har uppdrag eller anställning i regionen.
            """,
        rationale="""
            Få leverantörer har lokaler nära regionens egna hallar. Då känner parterna ofta
            varandra sedan tidigare.
            """,
        verification="Rutinen och en undertecknad uppgift om uppdrag och anställningar.",
        follow_up_method="Stickprov: begär ett exempel på en prövning från det senaste året.",
        guidance="""
            Pröva uppgiften om uppdrag för sig. Den leder inte till uteslutning, men den avgör
            vilka som kan delta i utvärderingen.
            """,
        law_baseline="""
            LOU:s 13 kap. har regler om uteslutning vid vissa brott. Kontrollera vad som gäller om
            jäv i den egna upphandlingen.
            """,
        beyond_law="Kravet gäller det förebyggande arbetet, innan något har hänt.",
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(EXCLUSION,),
        treats=(Treats(HALLS, "use", "anti_corruption", "Risk för jäv"),),
    ),
)
