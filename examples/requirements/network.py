"""Requirements on network products."""

from typing import Final

from examples.requirements.requirement import (
    ADVANCED,
    AWARD,
    BASIC,
    CONTRACT,
    NETWORK,
    SPECIFICATION,
    Example,
    Treats,
)
from examples.requirements.sources import (
    CHINA_REPORT,
    CONFLICT_MINERALS,
    ECODESIGN,
    EPEAT_NETWORK,
    FORCED_LABOUR,
    LABELS,
    SMELTER_TEMPLATE,
    TCO,
    TRACEABILITY,
)

CPV: Final = ("32420000-3", "32413100-2")
ASSIGNED: Final = Treats(
    NETWORK, "component_manufacturing", "human_rights", "Statligt anvisade arbetare"
)
UNIONS: Final = Treats(NETWORK, "component_manufacturing", "workers_rights", "Brist på")
ALWAYS_ON: Final = Treats(NETWORK, "use", "environment", "Switchar och routrar")
PRODUCT: Final = Treats(NETWORK, "use", "environment", "Möjligheter på produktnivå")
SCRAPPED: Final = Treats(NETWORK, "end_of_life", "environment", "Fungerande utrustning")

NO_ECODESIGN: Final = """
    Ekodesignreglerna för servrar gäller inte switchar, routrar och brandväggar. Kontrollera om
    andra ekodesignregler, till exempel om vänteläge, gäller för utrustningen.
    """

NETWORK_REQUIREMENTS: Final = (
    Example(
        code="NP-01",
        title="Smältverkslista för nätverksprodukter",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska inom [antal veckor: 4 | räknat från begäran] veckor från regionens
            begäran lämna en smältverkslista för tenn, tantal, volfram, guld, kobolt och glimmer
            för varje varumärke som levereras. Den senaste utgåvan av mallarna CMRT och EMRT, eller
            en likvärdig form, ska användas.
            """,
        rationale="Nätverksprodukter byggs av samma metaller som servrar och har samma risker.",
        verification="Ifyllda mallar per varumärke, eller likvärdiga listor.",
        follow_up_method="Dokumentgranskning tillsammans med listorna för servrar.",
        guidance="""
            Återförsäljare har ofta många varumärken. Börja med dem som regionen köper
            mest av.
            """,
        law_baseline="""
            EU:s regler om konfliktmineraler gäller den som importerar malm och metall, inte
            färdig utrustning.
            """,
        beyond_law="Kravet når färdiga produkter och tar med kobolt och glimmer.",
        product_areas=(NETWORK,),
        cpv=CPV,
        sources=(TRACEABILITY, SMELTER_TEMPLATE, CONFLICT_MINERALS),
        treats=(
            Treats(NETWORK, "raw_material", "human_rights", "Samma risker"),
            Treats(NETWORK, "raw_material", "workers_rights", "Samma risker"),
            Treats(NETWORK, "raw_material", "anti_corruption", "Samma risker"),
        ),
        serves=("1.1",),
    ),
    Example(
        code="NP-02",
        title="Fabriker och skydd mot tvångsarbete",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska inom [antal veckor: 4 | räknat från begäran] veckor från regionens
            begäran lämna namn och adress för de fabriker där produkterna slutmonteras och där
            kretskorten tillverkas.

            Varumärkesägaren ska ha en policy som förbjuder tvångsarbete, även arbete som anvisas
            av en stat, och som säger att arbetare fritt får organisera sig.
            """,
        rationale="""
            Statligt anvisade arbetare kan finnas i leden före slutmonteringen utan att synas i
            varumärkesägarens egen redovisning.
            """,
        verification="Lista över fabriker, och policyn med datum för när den beslutades.",
        follow_up_method="Dokumentgranskning. Stickprov på två adresser per år.",
        guidance="""
            Policyn är relevant om den nämner leden före slutmonteringen. En allmän mening om
            mänskliga rättigheter räcker inte som bevis.
            """,
        law_baseline="""
            En EU-förordning förbjuder varor som har gjorts med tvångsarbete. Kontrollera från
            vilken dag förbudet tillämpas.
            """,
        beyond_law="""
            Kravet gäller policy, insyn och föreningsfrihet, inte bara den enskilda varan.
            """,
        product_areas=(NETWORK,),
        cpv=CPV,
        sources=(FORCED_LABOUR, CHINA_REPORT, TRACEABILITY),
        treats=(ASSIGNED, UNIONS),
        serves=("1.1",),
    ),
    Example(
        code="NP-03",
        title="Undersök risken för statligt anvisat arbete",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska varje avtalsår lämna varumärkesägarens undersökning av risken för
            tvångsarbete i leden före slutmonteringen. Undersökningen ska ange vilka fabriker och
            områden den omfattar, hur arbetare har hörts och vad som har gjorts när risken inte
            gick att utesluta.

            Namn och adress för fabriker som slutmonterar produkterna och tillverkar kretskort ska
            lämnas tillsammans med undersökningen. Varumärkesägaren ska ha en policy som förbjuder
            tvångsarbete och som säger att arbetare fritt får organisera sig.
            """,
        rationale="""
            En policy säger vad som inte får ske. En undersökning visar om det sker, och där en
            vanlig revision inte är möjlig krävs andra sätt.
            """,
        verification="Undersökningen, dess metod och listan över fabriker.",
        follow_up_method="""
            Kontorsrevision hos varumärkesägaren, med följdfrågor om de fabriker som har valts
            bort.
            """,
        guidance="""
            Godta inte en revision på plats som enda bevis där arbetare inte kan tala fritt.
            """,
        law_baseline="""
            En EU-förordning förbjuder varor som har gjorts med tvångsarbete. Kontrollera från
            vilken dag förbudet tillämpas.
            """,
        beyond_law="Kravet gäller ett eget förebyggande arbete, redovisat varje år.",
        replaces="NP-02",
        product_areas=(NETWORK,),
        cpv=CPV,
        sources=(CHINA_REPORT, FORCED_LABOUR),
        treats=(ASSIGNED, UNIONS),
    ),
    Example(
        code="NP-04",
        title="Uppgift om effekt vid olika belastning",
        kind=SPECIFICATION,
        level=BASIC,
        text="""
            Anbudsgivaren ska för varje erbjuden modell ange effekten vid 0, 30 och 100 procents
            belastning och nätaggregatets verkningsgrad vid samma nivåer.
            """,
        rationale="""
            Switchar och routrar är påslagna jämt. Utan jämförbara uppgifter går det inte att
            välja den som drar minst.
            """,
        verification="Datablad som anger mätmetod och konfiguration.",
        follow_up_method="Begär databladet för varje ny modell under avtalstiden.",
        guidance="""
            Ange hur många portar som ska vara anslutna vid mätningen. Annars går talen inte att
            jämföra.
            """,
        law_baseline=NO_ECODESIGN,
        beyond_law="Kravet ger uppgifter för varje modell, så att de går att jämföra.",
        product_areas=(NETWORK,),
        cpv=CPV,
        sources=(ECODESIGN,),
        treats=(ALWAYS_ON, PRODUCT),
        serves=("1.1",),
    ),
    Example(
        code="NP-05",
        title="Portar som går ned i viloläge",
        kind=SPECIFICATION,
        level=ADVANCED,
        text="""
            Portar som inte är anslutna ska gå ned i viloläge av sig själva inom
            [antal sekunder: 60] sekunder. Effekten med alla portar i viloläge ska vara minst
            [minskning i procent: 30] procent lägre än med alla portar anslutna utan trafik.
            """,
        rationale="Portar som inte används drar el dygnet runt, utan att någon har nytta av det.",
        verification="Datablad eller mätprotokoll för modellen.",
        follow_up_method="Mät en modell per år i drift, med samma inställningar som vid leverans.",
        guidance="""
            Undanta utrustning för livsviktiga system, där väntetid vid återstart inte kan godtas.
            """,
        law_baseline=NO_ECODESIGN,
        beyond_law="Kravet gäller portarna var för sig, och hur mycket effekten ska sjunka.",
        product_areas=(NETWORK,),
        cpv=CPV,
        sources=(ECODESIGN,),
        treats=(ALWAYS_ON, PRODUCT),
    ),
    Example(
        code="NP-06",
        title="Miljömärkta nätverksprodukter eller likvärdigt",
        kind=SPECIFICATION,
        level=ADVANCED,
        text="""
            De erbjudna produkterna ska vara registrerade i Epeat för nätverksutrustning, vara
            certifierade enligt TCO Certified eller uppfylla likvärdiga krav som kontrolleras av
            en oberoende part.
            """,
        rationale="Ett märke täcker flera steg i livscykeln med ett enda bevis.",
        verification="""
            Länk till modellen i märkets register, eller en genomgång av märkets krav punkt för
            punkt med bevis från en oberoende part.
            """,
        follow_up_method="Kontrollera registret vid byte av modell och en gång per år.",
        guidance="""
            Kontrollera i registren hur många modeller som finns innan kravet används. Alla märken
            med motsvarande krav ska godtas.
            """,
        product_areas=(NETWORK,),
        cpv=CPV,
        sources=(EPEAT_NETWORK, TCO, LABELS),
        treats=(
            ALWAYS_ON,
            Treats(NETWORK, "component_manufacturing", "environment", "Samma risker"),
        ),
    ),
    Example(
        code="NP-07",
        title="Besked om sista dag för säkerhetsuppdateringar",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska för varje modell ange sista dag för säkerhetsuppdateringar och sista
            dag för reservdelar. Ändras en dag ska leverantören meddela det inom
            [antal veckor: 2] veckor.
            """,
        rationale="""
            Fungerande utrustning kasseras när stödet upphör. Med datumen går det att planera.
            """,
        verification="Lista per modell, med länk till tillverkarens uppgift.",
        follow_up_method="Granska listan en gång om året och planera byten efter den.",
        law_baseline="""
            EU har beslutat om regler för produkter med digitala delar. Kontrollera om de gäller
            för utrustningen när upphandlingen annonseras.
            """,
        beyond_law="Kravet ger regionen datum för varje modell och besked när något ändras.",
        product_areas=(NETWORK,),
        cpv=CPV,
        treats=(PRODUCT, SCRAPPED),
    ),
    Example(
        code="NP-08",
        title="Säkerhetsuppdateringar hela livslängden",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska se till att varje levererad produkt får fria säkerhetsuppdateringar
            i minst [antal år: 8] år från leveransen, även om modellen har slutat säljas.
            Uppdateringarna får inte kräva ett särskilt stödavtal.

            Listan över sista dag för uppdateringar och reservdelar ska hållas aktuell.
            """,
        rationale="""
            Utrustning som fungerar ska inte behöva kasseras för att den har blivit osäker. Längre
            stöd ger färre byten.
            """,
        verification="Tillverkarens skriftliga åtagande och listan per modell.",
        follow_up_method="Kontrollera en gång om året att äldre modeller har fått uppdateringar.",
        guidance="""
            Antalet år är ett exempel. Fråga marknaden, och väg det mot hur länge regionen brukar
            använda sin utrustning.
            """,
        law_baseline="""
            Servrar har en lagstadgad tid för säkerhetsuppdateringar. Kontrollera vad som gäller
            för nätverksprodukter när upphandlingen annonseras.
            """,
        beyond_law="Kravet räknar tiden från leveransen av den enskilda produkten.",
        replaces="NP-07",
        product_areas=(NETWORK,),
        cpv=CPV,
        sources=(ECODESIGN,),
        treats=(PRODUCT, SCRAPPED),
    ),
    Example(
        code="NP-09",
        title="Mervärde för renoverade enheter",
        kind=AWARD,
        level=ADVANCED,
        text="""
            Anbudsgivare som erbjuder renoverade enheter som reservdelar, med minst
            [antal månader: 24] månaders garanti och fria säkerhetsuppdateringar, får mervärde.
            """,
        rationale="En renoverad reservdel förlänger livet på ett helt nät och sparar nya råvaror.",
        verification="Förteckning över modeller som finns renoverade, och villkoren för garantin.",
        follow_up_method="Årlig statistik: antal nya och renoverade enheter som har levererats.",
        guidance="""
            Begär att enheten är godkänd av tillverkaren eller testad på ett likvärdigt sätt.
            Likvärdighet visas med testprotokoll.
            """,
        max_points=10,
        scale="""
            10 poäng: minst hälften av modellerna finns renoverade. 5 poäng: minst en femtedel.
            0 poäng: färre.
            """,
        product_areas=(NETWORK,),
        cpv=CPV,
        treats=(
            SCRAPPED,
            Treats(NETWORK, "end_of_life", "environment", "Möjlighet att köpa"),
        ),
    ),
)
