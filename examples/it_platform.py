"""The content of the example plan, with the irregularities that real plans have.

On purpose: two spellings of one stage, another name of another, a misspelt column, a soft hyphen,
a no-break space, and goals whose numbers are run together.
"""

from typing import Final

TITLE: Final = "Handlingsplan 2023–2025"
CATEGORY: Final = "I. Prioriterad inköpskategori: IT-teknisk plattform"
INTRODUCTION_HEADING: Final = "II. Introduktion"
RISKS_HEADING: Final = "III. Väsentligaste risker och möjligheter ur ett livscykelperspektiv"
GOALS_HEADING: Final = "IV. Mål"
CORNER: Final = "Kartläggning risker och möjligheter (urval av produktområde)"
COLUMNS: Final = ("Mänskliga rättigheter", "Arbeters rättigheter", "Miljö", "Anti-korruption")

FACTS: Final = (
    ("Upphandlingsregion:", "C"),
    ("Regional samordnare:", "Region Stockholm"),
    ("Kontaktpersoner:", "Exempel Exempelsson"),
)

INTRODUCTION: Final = (
    (
        "Planen gäller den teknik som regionernas digitala tjänster vilar på: plats i datahallar, "
        "servrar och nätverksprodukter. Vården märker den sällan så länge den fungerar, men den "
        "drar el dygnet runt och byggs av material från många länder."
    ),
    (
        "Servrar och nätverksprodukter tillverkas i samma leveranskedjor som datorer och "
        "telefoner och har därför samma risker som annan IT-utrustning (se IT-arbetsplats). "
        "Datahallar skiljer sig åt: där köper regionen en tjänst, och el, kyla och vatten väger "
        "tyngst."
    ),
    (
        "Bredband, telefoni och konsulttjänster ingår inte. Utförs en sådan tjänst utanför "
        "Sverige ska beställaren ändå bedöma om villkor om arbetsrätt behövs."
    ),
)

# A cell is its paragraphs. A row with a single cell is merged over all four columns.
Cell = tuple[str, ...]
Row = tuple[str, tuple[Cell, ...]]

HALL_HARDWARE: Final = (
    "Utrustningen i hallen har samma risker och möjligheter som annan IT-utrustning.",
)
TAIL: Final = ": risker och möjligheter"

DATA_HALLS: Final[tuple[Row, ...]] = (
    (f"Råvara{TAIL}", (HALL_HARDWARE, HALL_HARDWARE, HALL_HARDWARE, HALL_HARDWARE)),
    (
        f"Komponent\u00adtillverkning/insatsvaror/ingredienser{TAIL}",
        (HALL_HARDWARE, HALL_HARDWARE, HALL_HARDWARE, HALL_HARDWARE),
    ),
    (f"Sluttilverkning{TAIL}", (HALL_HARDWARE, HALL_HARDWARE, HALL_HARDWARE, HALL_HARDWARE)),
    (
        f"Användarförhållanden{TAIL}",
        (
            (),
            (
                (
                    "Ligger hallen eller dess driftpersonal utanför Sverige kan arbetsvillkoren "
                    "vara sämre än vad svenska kollektivavtal ger."
                ),
            ),
            (
                (
                    "Hallar med hög effekt drar mycket el och ibland mycket vatten till kylning. "
                    "Köldmedier med hög klimatpåverkan kan läcka."
                ),
                (
                    "Möjligheter: Krav på redovisat energital (PUE) och vattental (WUE), förnybar "
                    "el med ursprungsgarantier och återvunnen överskottsvärme."
                ),
                (
                    "Organisatoriska möjligheter: Färre halvtomma servrar genom gemensam "
                    "planering. Hallar över 500\u00a0kW rapporterar till EU:s databas, och samma "
                    "uppgifter kan begäras av leverantören."
                ),
            ),
            ("Risk för jäv när få leverantörer har lokaler nära regionens egna hallar.",),
        ),
    ),
    (f"Sluthantering/avfall{TAIL}", (("Ingen rådighet över",),)),
    (
        f"Övrigt{TAIL}",
        (
            (
                (
                    "Regionen äger inte utrustningen och delar den med andra kunder. Krav på "
                    "ansvar för mineraler kan gälla när leverantören byter utrustning under "
                    "avtalstiden."
                ),
            ),
            (
                (
                    "Krav på att tillverkaren motverkar tvångsarbete kan ställas vid byte av "
                    "utrustning under avtalstiden."
                ),
            ),
            ("Mätvärden för delade hallar går sällan att fördela exakt på en enskild kund.",),
            (),
        ),
    ),
)

SERVERS: Final[tuple[Row, ...]] = (
    (
        f"Råvara{TAIL}",
        (
            (
                (
                    "Tenn, tantal, volfram, guld och kobolt kan komma från gruvor i områden med "
                    "väpnad konflikt. Människor kan tvingas flytta eller få förorenat vatten."
                ),
            ),
            (
                (
                    "Småskalig brytning sker ofta utan skyddsutrustning, och barn förekommer i "
                    "arbetet. Skuldsatta arbetare kan sakna möjlighet att lämna gruvan."
                ),
            ),
            (
                (
                    "Brytning och anrikning ger utsläpp till mark och vatten, kräver mycket "
                    "energi och tar natur i anspråk."
                ),
                "Möjlighet att premiera återvunnen metall i höljen och kylflänsar.",
            ),
            (
                (
                    "Tillstånd till brytning kan köpas med mutor. Smältverken är få, och där går "
                    "metallens ursprung lättast att dölja."
                ),
            ),
        ),
    ),
    (
        f"Komponenttillverkning/insatsvaror/ingredienser{TAIL}",
        (
            (
                (
                    "Gästarbetare, kvinnor och unga i kretskortsfabriker kan diskrimineras och få "
                    "sina pass omhändertagna."
                ),
            ),
            (
                (
                    "Långa arbetsveckor, löner som inte går att leva på och avgifter för att få "
                    "anställning. Fackföreningar motarbetas i flera av länderna."
                ),
            ),
            (
                (
                    "Tillverkning av halvledare kräver lösningsmedel, fluorerade gaser och stora "
                    "mängder rent vatten."
                ),
                (
                    "Möjligheter på komponentnivå: Nätaggregat med hög verkningsgrad, och delar "
                    "som kan bytas var för sig."
                ),
            ),
            ("Bemanningsföretag kan ta betalt både av fabriken och av den som söker arbete.",),
        ),
    ),
    (
        f"Sluttilverkning{TAIL}",
        (
            ("Samma risker som ovan. Insynen är större, eftersom fabrikerna är färre.",),
            ("Samma risker som ovan.",),
            (
                (
                    "Lödning och rengöring ger farligt avfall. Flygfrakt vid korta leveranstider "
                    "ökar klimatpåverkan."
                ),
                "Möjlighet att kräva miljömärkta eller tredjepartscertifierade servrar.",
            ),
            ("Revisioner kan köpas eller förberedas, så att fabriken visar upp en fasad.",),
        ),
    ),
    (
        f"Användarförhållanden{TAIL}",
        (
            (),
            (),
            (
                "Servrar med låg belastning drar el utan att göra nytta.",
                (
                    "Möjligheter: Låg effekt i tomgång, drift vid högre temperatur i hallen och "
                    "fria säkerhetsuppdateringar under hela den planerade livslängden."
                ),
            ),
            ("Risk för otillåtna förmåner vid tekniska utvärderingar och studieresor.",),
        ),
    ),
    (
        f"Sluthantering/avfall{TAIL}",
        (
            (
                (
                    "Uttjänta servrar kan exporteras som begagnade och eldas öppet där människor "
                    "bor. Uppgifter om patienter kan finnas kvar på diskarna."
                ),
            ),
            ("Demontering för hand utan skydd kan ge förgiftning av bly och flamskyddsmedel.",),
            (
                (
                    "Risk: Sällsynta metaller går förlorade när utrustningen krossas osorterad. "
                    "Möjlighet till återtag med certifierad radering, så att hela servrar och "
                    "delar används igen."
                ),
            ),
            (
                (
                    "Många led av underleverantörer gör det svårt att se var avfallet hamnar. "
                    "Intyg om återvinning kan vara förfalskade."
                ),
            ),
        ),
    ),
    (f"Övrigt{TAIL}", ((), (), (), ())),
)

NETWORK: Final[tuple[Row, ...]] = (
    (
        f"Råvara{TAIL}",
        (
            ("Samma risker som för produktområde 2.",),
            ("Samma risker som för produktområde 2.",),
            ("Samma risker som för produktområde 2.",),
            ("Samma risker som för produktområde 2.",),
        ),
    ),
    (
        f"Komponenttillverkning/insatsvaror/ingredienser{TAIL}",
        (
            (
                (
                    "Statligt anvisade arbetare från minoriteter kan finnas i leden före "
                    "slutmontering, och de syns inte i tillverkarens egen redovisning."
                ),
            ),
            ("Brist på föreningsfrihet, och övertid som inte är frivillig.",),
            ("Samma risker som för produktområde 2.",),
            ("Samma risker som för Råvara.",),
        ),
    ),
    (
        f"Sluttillverkning{TAIL}",
        (
            ("Samma risker som ovan.",),
            ("Samma risker som ovan.",),
            (
                "Varianter i små serier ger kassationer och onödiga transporter.",
                "Möjlighet att samordna regionernas modellval.",
            ),
            ("Samma risker som ovan.",),
        ),
    ),
    (
        f"Användarfas{TAIL}",
        (
            (),
            (),
            (
                (
                    "Switchar och routrar är påslagna jämt och omfattas inte av ekodesignreglerna "
                    "för servrar."
                ),
                (
                    "Möjligheter på produktnivå: Uppgift om effekt vid olika belastning, portar "
                    "som går ned i viloläge och besked om sista dag för säkerhetsuppdateringar."
                ),
            ),
            ("Risk att en tillverkares egna lösningar låser regionen vid ett enda fabrikat.",),
        ),
    ),
    (
        f"Sluthantering/avfall{TAIL}",
        (
            ("Samma risker som för produktområde 2.",),
            (),
            (
                "Fungerande utrustning kasseras när supporten upphör.",
                "Möjlighet att köpa renoverade enheter som reservdelar.",
            ),
            ("Samma risker som för produktområde 2.",),
        ),
    ),
    (f"Övrigt{TAIL}", ((), (), (), ())),
)

AREAS: Final = (
    ("Produktområde 1: datahallar", DATA_HALLS),
    ("Produktområde 2: servrar", SERVERS),
    ("Produktområde 3: nätverksprodukter", NETWORK),
)
# The third matrix goes on over a page here, as a table of its own.
CUT_AFTER_ROW: Final = 2

GOALS: Final = (
    (
        ("Övergripande mål 1", "Regionerna ställer samma hållbarhetskrav på teknisk plattform"),
        (
            "Delmål:",
            (
                "1.1 Ett gemensamt kravpaket är beslutat och publicerat senast i december 2023 "
                "1.2 Kravpaketet används i nya upphandlingar av datahallar, servrar och "
                "nätverksprodukter"
            ),
        ),
        (
            "Målindikatorer:",
            (
                "1.1 Publicerat kravpaket som täcker alla tre produktområdena "
                "1.2 Antal regioner som har tagit in krav ur paketet i ett avtal"
            ),
        ),
    ),
    (
        ("Övergripande mål 2", "Kraven följs upp gemensamt och lärdomarna tas till vara"),
        (
            "Delmål:",
            (
                "2.1 Minst två leverantörer av datahallar är uppföljda före utgången av 2024 "
                "2.2 Leverantörer av servrar kan visa vilka smältverk metallerna kommer från"
            ),
        ),
        (
            "Målindikatorer:",
            (
                "2.1 Två avslutade uppföljningar vars lärdomar har lett till ändrade krav "
                "2.2 Andel leverantörer som har lämnat en aktuell smältverkslista på begäran"
            ),
        ),
    ),
)
