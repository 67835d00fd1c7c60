"""Requirements on data halls: energy, water and cooling."""

from typing import Final

from examples.requirements.requirement import (
    ADVANCED,
    AWARD,
    BASIC,
    CONTRACT,
    HALLS,
    QUALIFICATION,
    SPEARHEAD,
    SPECIFICATION,
    Example,
    Treats,
)
from examples.requirements.sources import (
    BLUE_ANGEL,
    BLUE_ANGEL_LIMITS,
    HALL_POWER_ADVICE,
    HALL_REPORTING,
    HALL_REPORTING_SWEDEN,
    PROCUREMENT_OFFICE,
)

CPV: Final = ("72514000-1", "72317000-0")
HIGH_POWER: Final = Treats(HALLS, "use", "environment", "Hallar med hög effekt")
KEY_FIGURES: Final = Treats(HALLS, "use", "environment", "Möjligheter: Krav på redovisat")
PLANNING: Final = Treats(HALLS, "use", "environment", "Organisatoriska möjligheter: Färre")

REPORTING_LAW: Final = """
    Den som driver ett datacenter med en it-effekt på minst 500 kW rapporterar varje år till EU:s
    databas. I Sverige samordnar Energimyndigheten rapporteringen. Reglerna kräver uppgifter men
    sätter inga gränsvärden, och det som blir offentligt är sammanslagna siffror.
    """

HALL_REQUIREMENTS: Final = (
    Example(
        code="DH-01",
        title="Redovisa hallens energital varje år",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska senast den [dag och månad: 1 juni] varje år redovisa energitalet (PUE)
            för varje hall där regionens utrustning eller tjänster finns. Talet ska avse det
            föregående kalenderåret och vara mätt enligt EN 50600-4-2, lägst kategori 1, eller på
            ett likvärdigt sätt.

            Är hallens it-effekt minst 500 kW ska leverantören samtidigt lämna en kopia av sin
            rapport till EU:s databas.
            """,
        rationale="""
            Energitalet visar hur mycket el som går åt utöver it-utrustningens egen. Utan hallens
            eget tal kan regionen varken jämföra leverantörer eller se om driften blir bättre.
            """,
        verification="""
            Mätrapport som visar energi in till hallen, energi till it-utrustningen och
            mätpunkterna. Kvittens från EU:s databas när rapporteringsplikt finns.
            """,
        follow_up_method="""
            Granska rapporten när den kommer in och för in talet bredvid tidigare år. Begär en
            förklaring om det har stigit med mer än [ökning i procent: 5] procent.
            """,
        supplier_question="""
            Vilket energital (PUE) hade hallen det senaste kalenderåret, hur är det mätt, och vad
            beror en ökning på?
            """,
        guidance="""
            Delar flera kunder på hallen gäller talet hela hallen. Begär inte ett eget tal för
            regionens del, det går sällan att räkna fram.

            Likvärdig mätning visas med en beskrivning av mätpunkter, mätperiod och beräkning.
            """,
        law_baseline=REPORTING_LAW,
        beyond_law="""
            Kravet gäller även mindre hallar och ger regionen hallens egna siffror.
            """,
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(HALL_REPORTING, HALL_REPORTING_SWEDEN),
        treats=(HIGH_POWER, KEY_FIGURES, PLANNING),
        serves=("1.1", "2.1"),
    ),
    Example(
        code="DH-02",
        title="Håll energitalet under ett tak",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska mäta hallens energital (PUE) löpande enligt EN 50600-4-2 eller
            likvärdigt och redovisa det varje [period: kvartal]. Medelvärdet för tolv månader får
            inte överstiga [högsta energital: 1,30 | välj efter hallens ålder].

            Överskrids taket ska leverantören inom [antal veckor: 4] veckor lämna en åtgärdsplan
            som visar när talet åter ligger under taket.

            Är hallens it-effekt minst 500 kW ska leverantören varje år lämna en kopia av sin
            rapport till EU:s databas.
            """,
        rationale="""
            Ett årligt tal kommer för sent för att driften ska hinna rättas. Ett tak gör att
            effektiviteten står sig under hela avtalet.
            """,
        verification="""
            Utdrag ur mätsystemet, månad för månad, och beräkningen av medelvärdet.
            """,
        follow_up_method="""
            Gå igenom talen på driftmötet. Följ upp en åtgärdsplan tills tre månader i rad har
            legat under taket.
            """,
        guidance="""
            Taket är ett exempel. Blauer Engel skiljer på hallar efter det år de togs i drift, och
            samma trappa kan användas här: 1,25 från 2024, 1,30 från 2019, 1,50 från 2015 och 1,60
            för äldre hallar.

            Kravet tar DH-01:s plats: den som mäter varje kvartal behöver inte lämna ett årstal
            därutöver.
            """,
        law_baseline=REPORTING_LAW,
        beyond_law="""
            Lagen kräver bara rapportering. Här finns ett tak, och följden av att gå över.
            """,
        replaces="DH-01",
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(HALL_REPORTING, BLUE_ANGEL_LIMITS),
        treats=(HIGH_POWER, KEY_FIGURES),
        serves=("1.1",),
    ),
    Example(
        code="DH-03",
        title="Mervärde för lågt energital",
        kind=AWARD,
        level=ADVANCED,
        text="""
            Anbudsgivare som visar att den erbjudna hallen har ett lågt energital (PUE) får
            mervärde. Talet ska vara ett medelvärde för tolv sammanhängande månader som slutade
            tidigast [antal månader: 6] månader före sista anbudsdag.
            """,
        rationale="""
            Skillnaden mellan hallar är stor, och den följer med i elräkningen under hela avtalet.
            """,
        verification="""
            Beräkning med mätvärden för de tolv månaderna, enligt EN 50600-4-2 eller likvärdigt.
            """,
        follow_up_method="""
            Det erbjudna talet blir avtalets tal. Jämför det med den årliga redovisningen.
            """,
        guidance="""
            En ny hall saknar mätvärden. Bestäm i förväg om ett beräknat tal får användas och vad
            som händer om det inte nås.
            """,
        max_points=20,
        scale="""
            20 poäng: högst 1,20. 15 poäng: högst 1,25. 10 poäng: högst 1,30. 5 poäng: högst 1,40.
            0 poäng: högre än 1,40 eller utan mätvärden.
            """,
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(BLUE_ANGEL, BLUE_ANGEL_LIMITS),
        treats=(KEY_FIGURES,),
    ),
    Example(
        code="DH-04",
        title="Förnybar el med ursprungsgarantier",
        kind=SPECIFICATION,
        level=BASIC,
        text="""
            All el som används i hallen, även till kylning och reservkraft från elnätet, ska
            täckas av ursprungsgarantier för förnybar el. Garantierna ska vara annullerade för
            hallen och får inte räknas någon annanstans.
            """,
        rationale="""
            Hallen drar el dygnet runt. Valet av el går att ändra utan att hallen byggs om.
            """,
        verification="""
            Intyg om annullerade ursprungsgarantier och en beräkning av andelen förnybar energi
            (REF) enligt EN 50600-4-3 eller likvärdigt.
            """,
        follow_up_method="""
            Begär intyget varje år, senast den [dag och månad: 1 juni], och jämför mängden med
            hallens elanvändning.
            """,
        supplier_question="""
            Hur stor del av hallens el täcktes av annullerade ursprungsgarantier det senaste
            kalenderåret? Bifoga intyget, och ange hallens namn och hela elanvändning.
            """,
        guidance="""
            Likvärdigt är till exempel el från egen produktion vid hallen som mäts och inte säljs
            vidare som förnybar. Det visas med mätvärden och ett intyg från elnätsföretaget.
            """,
        law_baseline="""
            Stora hallar rapporterar sin andel förnybar energi till EU:s databas. Rapporteringen
            sätter ingen lägsta andel.
            """,
        beyond_law="Kravet gäller all el i hallen, oavsett hallens storlek.",
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(HALL_POWER_ADVICE, HALL_REPORTING),
        treats=(HIGH_POWER, KEY_FIGURES),
        serves=("1.1",),
    ),
    Example(
        code="DH-05",
        title="El som bidrar till ny förnybar produktion",
        kind=SPECIFICATION,
        level=ADVANCED,
        text="""
            All el som används i hallen ska vara förnybar. Minst [andel i procent: 50] procent
            ska komma från ett långsiktigt elavtal med en namngiven anläggning, från egen
            produktion vid hallen eller från el med ett miljömärke som ställer krav utöver
            ursprunget. Resten ska täckas av annullerade ursprungsgarantier.
            """,
        rationale="""
            Ursprungsgarantier visar varifrån elen kommer men leder inte säkert till ny produktion.
            Långa avtal och egen produktion bidrar tydligare.
            """,
        verification="""
            Utdrag ur elavtalet med anläggningens namn och avtalets längd, licens för miljömärkt
            el eller mätvärden från egen produktion. Intyg om ursprungsgarantier för resten.
            """,
        follow_up_method="""
            Begär en årlig sammanställning av hur elen fördelade sig. Granska avtalet när det
            förnyas.
            """,
        guidance="""
            Alla märken som uppfyller motsvarande krav ska godtas. Anbudsgivaren visar
            likvärdighet genom att gå igenom märkets krav punkt för punkt.

            Andelen är ett exempel. Fråga marknaden innan den bestäms.
            """,
        law_baseline="""
            Stora hallar rapporterar sin andel förnybar energi till EU:s databas. Rapporteringen
            sätter ingen lägsta andel.
            """,
        beyond_law="Kravet gäller ursprunget och nyttan av varje inköpt kilowattimme.",
        replaces="DH-04",
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(HALL_POWER_ADVICE, PROCUREMENT_OFFICE),
        treats=(KEY_FIGURES,),
    ),
    Example(
        code="DH-06",
        title="Mervärde för överskottsvärme som används",
        kind=AWARD,
        level=SPEARHEAD,
        text="""
            Anbudsgivare vars hall lämnar överskottsvärme till en mottagare som har nytta av den
            får mervärde. Andelen (ERF) ska vara mätt vid leveransgränsen och avse de senaste
            tolv månaderna.
            """,
        rationale="""
            Nästan all el i en hall blir värme. När den värmer hus i stället för luft ersätter
            den annat bränsle.
            """,
        verification="""
            Mätvärden vid överlämningen och beräkning av ERF enligt EN 50600-4-6 eller
            likvärdigt. Avtal eller intyg från mottagaren.
            """,
        follow_up_method="Begär ERF tillsammans med den årliga redovisningen av energitalet.",
        guidance="""
            Hallar långt från bebyggelse kan sakna mottagare. Väg poängen mot att sådana hallar
            kan ha andra fördelar.
            """,
        max_points=10,
        scale="""
            10 poäng: minst 40 procent av energin används igen. 6 poäng: minst 20 procent.
            3 poäng: mer än 0 procent. 0 poäng: ingen värme lämnas.
            """,
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(HALL_REPORTING, BLUE_ANGEL_LIMITS),
        treats=(KEY_FIGURES,),
    ),
    Example(
        code="DH-07",
        title="Redovisa vattentalet",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska varje år redovisa hallens vattental (WUE) enligt EN 50600-4-9 eller
            likvärdigt, i kubikmeter per megawattimme. Dricksvatten ska redovisas för sig.

            Ligger hallen i ett område med vattenbrist ska leverantören också beskriva hur
            användningen av dricksvatten minskas.
            """,
        rationale="""
            Kylning som sparar el kan kräva mycket vatten. Båda talen behövs för att se helheten.
            """,
        verification="Avlästa vattenmätare och beräkningen av talet.",
        follow_up_method="Granska talet en gång om året, samtidigt som energitalet.",
        supplier_question="""
            Vilket vattental (WUE) hade hallen det senaste kalenderåret, och var kommer vattnet
            ifrån?
            """,
        guidance="Används inget vatten till kylning räcker det att leverantören intygar det.",
        law_baseline="Hallar med en it-effekt på minst 500 kW rapporterar vattentalet till EU.",
        beyond_law="Kravet gäller även mindre hallar och skiljer ut dricksvattnet.",
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(HALL_REPORTING,),
        treats=(HIGH_POWER, KEY_FIGURES),
    ),
    Example(
        code="DH-08",
        title="Köldmedier med låg klimatpåverkan",
        kind=SPECIFICATION,
        level=ADVANCED,
        text="""
            Anbudsgivaren ska lista hallens kylanläggningar med köldmedium, fyllnadsmängd och
            klimatpåverkan (GWP). Används köldmedier med en GWP över [högsta GWP: 750] ska
            anbudsgivaren lämna en tidsatt plan för när de byts ut.
            """,
        rationale="""
            Köldmedier kan läcka vid drift, service och skrotning. Ju högre GWP, desto större
            skada.
            """,
        verification="Förteckning över kylanläggningar och, i förekommande fall, planen för byte.",
        follow_up_method="""
            Begär en ny förteckning när en anläggning byts, och minst vartannat år.
            """,
        supplier_question="""
            Vilka köldmedier finns i hallen, med vilken klimatpåverkan (GWP), och hur mycket
            har fyllts på det senaste året?
            """,
        guidance="Gränsen är ett exempel. Stäm av den mot de regler som gäller vid annonseringen.",
        law_baseline="""
            EU har regler om fluorerade växthusgaser. Kontrollera vilka förbud och kontroller som
            gäller för hallens anläggningar innan kravet används.
            """,
        beyond_law="Kravet gör hela anläggningen synlig och ger en plan för det som är kvar.",
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(HALL_REPORTING,),
        treats=(HIGH_POWER,),
    ),
    Example(
        code="DH-09",
        title="Ledningssystem för energi",
        kind=QUALIFICATION,
        level=BASIC,
        text="""
            Anbudsgivaren ska arbeta systematiskt med energi i de hallar som ska användas.
            Arbetet ska omfatta mål, ansvar, mätning och årlig genomgång av ledningen.
            """,
        rationale="""
            Hallens effektivitet avgörs i den dagliga driften. Ett ledningssystem visar att
            arbetet inte hänger på en enskild person.
            """,
        verification="""
            Certifikat enligt ISO 50001, registrering i Emas eller ett system enligt
            EN 50600-3-1, som omfattar hallarna. Annat bevis på likvärdiga åtgärder godtas.
            """,
        follow_up_method="""
            Bevaka certifikatets sista dag. Begär protokoll från ledningens genomgång en gång per
            avtalsår.
            """,
        guidance="""
            Likvärdigt är en egen beskrivning av mål, ansvar, mätning och genomgång, med exempel
            på åtgärder från de senaste två åren.
            """,
        product_areas=(HALLS,),
        cpv=CPV,
        sources=(BLUE_ANGEL_LIMITS, PROCUREMENT_OFFICE),
        treats=(HIGH_POWER,),
    ),
)
