"""Requirements on servers: what they are made of, how they run, and where they end up."""

from typing import Final

from examples.requirements.requirement import (
    ADVANCED,
    AWARD,
    BASIC,
    CONTRACT,
    SERVERS,
    SPEARHEAD,
    SPECIFICATION,
    Example,
    Treats,
)
from examples.requirements.sources import ECODESIGN, IT_RISKS, LABELS, REUSE, TCO

CPV: Final = ("48820000-2", "30233000-1")
IDLE: Final = Treats(SERVERS, "use", "environment", "Servrar med låg belastning")
LOW_POWER: Final = Treats(SERVERS, "use", "environment", "Möjligheter: Låg effekt")
LOST_METALS: Final = Treats(SERVERS, "end_of_life", "environment", "Risk: Sällsynta metaller")
TAKE_BACK: Final = Treats(SERVERS, "end_of_life", "environment", "Möjlighet till återtag")
EXPORTED: Final = Treats(SERVERS, "end_of_life", "human_rights", "Uttjänta servrar")

DELETION_LAW: Final = """
    Ekodesignreglerna kräver att servern har en funktion för säker radering och att delar går att
    ta isär utan att förstöras. De säger inget om vem som tar tillbaka den.
    """

SERVER_USE: Final = (
    Example(
        code="SE-09",
        title="Redovisa farliga ämnen",
        kind=SPECIFICATION,
        level=BASIC,
        text="""
            Anbudsgivaren ska för varje erbjuden modell redovisa vilka särskilt farliga ämnen som
            finns i en halt över 0,1 viktprocent, i vilken del de finns och varför de behövs.
            """,
        rationale="""
            Ämnen som är inbyggda i dag hamnar hos dem som demonterar servern om tio år.
            """,
        verification="Deklaration från tillverkaren, högst [antal månader: 12] månader gammal.",
        follow_up_method="Begär ny deklaration vid byte av modell. Stickprov på en modell per år.",
        guidance="""
            Kravet gäller uppgifter. Vill regionen förbjuda ett ämne behövs en egen teknisk
            specifikation, prövad mot vad marknaden har.
            """,
        law_baseline="""
            EU:s kemikalieregler begränsar vissa ämnen i elektronik och ger köparen rätt till
            viss information. Kontrollera vilka skyldigheter som gäller vid annonseringen.
            """,
        beyond_law="Kravet ger uppgiften redan i anbudet, och för varje del.",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(IT_RISKS,),
        treats=(
            Treats(SERVERS, "final_manufacturing", "environment", "Lödning och rengöring"),
            Treats(SERVERS, "end_of_life", "workers_rights", "Demontering för hand"),
        ),
    ),
    Example(
        code="SE-10",
        title="Miljömärkta servrar eller likvärdigt",
        kind=SPECIFICATION,
        level=ADVANCED,
        text="""
            De erbjudna servrarna ska uppfylla kraven för TCO Certified eller Epeat, nivå
            [nivå: silver | gäller bara Epeat], eller likvärdiga krav som kontrolleras av en
            oberoende part.
            """,
        rationale="""
            Ett märke samlar krav på leveranskedja, kemikalier, energi och reparation och
            kontrolleras av någon annan än tillverkaren.
            """,
        verification="""
            Certifikat eller registrering för modellen, eller en genomgång av märkets krav punkt
            för punkt med bevis från en oberoende part.
            """,
        follow_up_method="Kontrollera registret vid byte av modell och en gång per år.",
        guidance="""
            Kontrollera i märkenas register att det finns tillräckligt många servrar innan kravet
            används. Alla märken med motsvarande krav ska godtas.
            """,
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(TCO, LABELS),
        treats=(
            Treats(SERVERS, "final_manufacturing", "environment", "Möjlighet att kräva"),
            Treats(
                SERVERS, "component_manufacturing", "environment", "Möjligheter på komponentnivå"
            ),
        ),
        serves=("1.1",),
    ),
    Example(
        code="SE-11",
        title="Låg effekt i tomgång",
        kind=SPECIFICATION,
        level=BASIC,
        text="""
            Effekten i tomgång ska för den erbjudna konfigurationen vara minst
            [marginal i procent: 10] procent lägre än den gräns som ekodesignreglerna sätter.
            """,
        rationale="""
            Många servrar står långa tider utan att arbeta. Då avgör tomgången hur mycket el som
            går åt utan nytta.
            """,
        verification="""
            Tillverkarens offentliga produktinformation eller en mätrapport för konfigurationen,
            med beräkning av gränsen.
            """,
        follow_up_method="Begär uppgiften på nytt när en ny modell eller konfiguration införs.",
        guidance="""
            Gränsen beror på antal socklar, minne och diskar. Be anbudsgivaren visa sin
            beräkning. Reglerna gäller inte servrar med fler än fyra socklar.
            """,
        law_baseline="""
            Servrar med en eller två socklar har en gräns för tomgång: 25 W för en sockel och 38 W
            för två, med tillägg för varje komponent. Nätaggregat ska sedan 2023 ha hög
            verkningsgrad.
            """,
        beyond_law="Kravet sätter en gräns under lagens.",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(ECODESIGN,),
        treats=(IDLE, LOW_POWER),
        serves=("1.1",),
    ),
    Example(
        code="SE-12",
        title="Mervärde för energieffektivitet i drift",
        kind=AWARD,
        level=ADVANCED,
        text="""
            Anbudsgivare vars servrar är effektivare i drift än ekodesignreglerna kräver får
            mervärde. Jämförelsen görs för den konfiguration som erbjuds.
            """,
        rationale="""
            Effektiviteten i drift skiljer mer mellan modeller än vad lagens lägsta nivå visar.
            """,
        verification="Tillverkarens offentliga produktinformation om effektivitet i aktivt läge.",
        follow_up_method="Jämför varje ny modell med den som utvärderades.",
        guidance="""
            Servrar av olika slag har olika lägsta nivå. Jämför därför avståndet till nivån, inte
            talen.
            """,
        law_baseline="""
            Lägsta effektivitet i aktivt läge är 9,0 för servrar med en sockel, 9,5 för två och
            8,0 för bladservrar och servrar med flera noder.
            """,
        beyond_law="Poängen ges bara för det som ligger över lagens nivå.",
        max_points=15,
        scale="""
            15 poäng: minst 100 procent över lägsta nivån. 10 poäng: minst 60 procent. 5 poäng:
            minst 30 procent. 0 poäng: mindre än 30 procent.
            """,
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(ECODESIGN,),
        treats=(LOW_POWER,),
    ),
    Example(
        code="SE-13",
        title="Säkerhetsuppdateringar och reservdelar hela livslängden",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska se till att det finns reservdelar, inbyggd programvara och fria
            säkerhetsuppdateringar till servrarna i minst [antal år: 8] år från leveransen.

            Leverantören ska lämna en lista över sista dag för stöd för varje modell och uppdatera
            den när något ändras.
            """,
        rationale="""
            En server som fungerar men saknar säkerhetsuppdateringar måste bytas. Längre stöd ger
            färre nya servrar.
            """,
        verification="Åtagande från tillverkaren och lista över sista dag för stöd.",
        follow_up_method="Granska listan en gång om året och planera byten efter den.",
        guidance="""
            Räkna från leveransen av den enskilda servern, inte från modellens första
            försäljningsdag. Antalet år ska följa regionens egen plan för hur länge servrar
            används.
            """,
        law_baseline="""
            Ekodesignreglerna kräver inbyggd programvara och fria säkerhetsuppdateringar i minst
            åtta år efter att modellen sist släpptes på marknaden.
            """,
        beyond_law="Kravet omfattar reservdelar och ger regionen ett datum för varje modell.",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(ECODESIGN,),
        treats=(LOW_POWER,),
    ),
    Example(
        code="SE-14",
        title="Återtag med radering",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska på begäran hämta uttjänta servrar inom [antal veckor: 4] veckor.
            Diskar ska raderas så att uppgifterna inte går att återskapa, och varje raderad disk
            ska få ett intyg. Diskar som inte går att radera ska förstöras.

            Hela servrar ska i första hand användas igen, därefter delar, därefter material.
            Leverantören ska varje år redovisa antal och vikt för vart och ett av de tre.
            """,
        rationale="""
            Sällsynta metaller går förlorade när servrar krossas osorterade, och uppgifter om
            patienter kan finnas kvar på diskarna.
            """,
        verification="""
            Raderingsintyg per disk och en årlig redovisning av vad som hände med servrarna.
            """,
        follow_up_method="""
            Jämför antalet intyg med antalet hämtade diskar. Stickprov på två leveranser per år.
            """,
        guidance="""
            Låt regionens informationssäkerhet bestämma metoden för radering. Hänvisas till en
            standard, skriv ”eller likvärdigt” och begär en beskrivning av metoden som bevis.
            """,
        law_baseline=DELETION_LAW,
        beyond_law="Kravet gäller att servern tas om hand, raderas och används igen.",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(ECODESIGN, REUSE),
        treats=(LOST_METALS, TAKE_BACK, EXPORTED),
        serves=("1.1",),
    ),
    Example(
        code="SE-15",
        title="Återbruk med mål",
        kind=CONTRACT,
        level=SPEARHEAD,
        text="""
            Leverantören ska hämta uttjänta servrar inom [antal veckor: 4] veckor från begäran,
            radera dem med intyg per disk och se till att minst [andel i procent: 60] procent av
            servrarna används igen hela, hos regionen eller hos någon annan. De övriga ska i
            första hand bli reservdelar. Diskar som inte går att radera ska förstöras.

            Leverantören ska varje år redovisa varje servers serienummer och vikt, vad som hände
            med den och vem som tog emot den. Nås inte målet ska redovisningen förklara varför.
            """,
        rationale="""
            Att använda en server igen sparar mer än att återvinna den. Ett mål gör återbruk till
            det första valet och inte till det som råkar bli över.
            """,
        verification="Redovisning per serienummer, raderingsintyg och avtal med mottagare.",
        follow_up_method="""
            Gå igenom redovisningen varje år. Kontrollera tre serienummer hela vägen till
            mottagaren.
            """,
        guidance="""
            Pröva målet mot servrarnas ålder. För riktigt gamla servrar är
            marknaden liten.

            Kravet tar SE-14:s plats och innehåller allt som står där.
            """,
        law_baseline=DELETION_LAW,
        beyond_law="Kravet sätter ett mål för återbruk och följer varje server till mottagaren.",
        replaces="SE-14",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(REUSE,),
        treats=(LOST_METALS, TAKE_BACK, EXPORTED),
    ),
    Example(
        code="SE-16",
        title="Hela kedjan efter återtaget",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska redovisa alla led som tar hand om uttjänta servrar, ända till den
            anläggning där materialet återvinns. För varje led ska anges företag, ort, tillstånd
            och vad som görs där.

            Uttjänta servrar får inte lämna EU som avfall. Arbetsvillkoren i anläggningarna ska
            ingå i leverantörens arbete med tillbörlig aktsamhet.
            """,
        rationale="""
            Många led gör det svårt att se var avfallet hamnar, och intyg kan vara förfalskade.
            Demontering utan skydd skadar dem som arbetar.
            """,
        verification="Avtal och tillstånd för varje led, och transportdokument.",
        follow_up_method="""
            Spåra en leverans per år från hämtning till återvinning. Revision på plats vid
            misstanke.
            """,
        guidance="""
            Begär dokumenten från varje led direkt, inte i sammanfattning från det första ledet.
            """,
        law_baseline="""
            Transporter av avfall och hantering av elavfall är reglerade. Kontrollera vilka
            tillstånd som krävs innan kravet används.
            """,
        beyond_law="Kravet gör hela kedjan synlig för regionen och tar med arbetsvillkoren.",
        product_areas=(SERVERS,),
        cpv=CPV,
        sources=(IT_RISKS,),
        treats=(
            EXPORTED,
            Treats(SERVERS, "end_of_life", "workers_rights", "Demontering för hand"),
            Treats(SERVERS, "end_of_life", "anti_corruption", "Många led"),
        ),
    ),
    Example(
        code="SE-17",
        title="Planerade leveranser utan flyg",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leveranser som regionen har beställt minst [antal veckor: 10] veckor i förväg ska
            transporteras utan flyg från fabriken. Måste flyg ändå användas ska leverantören
            anmäla det före transporten och ange skälet.
            """,
        rationale="""
            Flygfrakt vid korta leveranstider ökar klimatpåverkan. Regionen kan själv planera så
            att den inte behövs.
            """,
        verification="Redovisning av transportsätt per leverans, en gång om året.",
        follow_up_method="""
            Räkna andelen leveranser med flyg och gå igenom skälen på samverkansmötet.
            """,
        guidance="Kravet förutsätter att regionen beställer i tid. Avtala om en gemensam prognos.",
        product_areas=(SERVERS,),
        cpv=CPV,
        treats=(Treats(SERVERS, "final_manufacturing", "environment", "Lödning och rengöring"),),
    ),
)
