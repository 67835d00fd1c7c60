"""Words for a made-up nation of plans: categories and their areas, risks, requirements, findings.

All of it is our own. Which region answers for which category follows the public list; what the
areas are called, and what is said of them, is invented.
"""

from typing import Final

# Code of the procurement region, prefix of requirements, category, its product areas.
CATEGORIES: Final = (
    (
        "A",
        "KI",
        "Kirurgiska instrument",
        "tänger och peanger; saxar; engångsinstrument; suturer; instrumentgaller; borr och såg",
    ),
    (
        "A",
        "MG",
        "Medicinsk grundutrustning",
        "sängar; britsar; undersökningslampor; blodtrycksmätare; infusionsställ; vågar",
    ),
    (
        "A",
        "PP",
        "Vårdrelaterad papper och plast",
        "torkpapper; britspapper; engångsmuggar; sopsäckar; plastförkläden; provpåsar",
    ),
    (
        "B",
        "LV",
        "Lokalvård",
        "städtjänster; rengöringsmedel; moppar och dukar; städmaskiner; golvvård; fönsterputs",
    ),
    (
        "B",
        "NU",
        "Nutrition",
        (
            "sondnäring; kosttillägg; parenteral nutrition; nutritionspumpar; "
            "sonder; förtjockningsmedel"
        ),
    ),
    (
        "B",
        "LI",
        "Livsmedel och relaterade tjänster",
        (
            "kött och chark; fisk och skaldjur; frukt och grönt; "
            "mejeri och ägg; kaffe, te och kakao; måltidstjänster"
        ),
    ),
    (
        "C",
        "IA",
        "IT-arbetsplats",
        "bärbara datorer; bildskärmar; mobiltelefoner; skrivare; tangentbord och möss; headset",
    ),
    (
        "C",
        "BF",
        "Bild och funktion",
        "röntgenutrustning; ultraljud; magnetkameror; datortomografer; kontrastpumpar; strålskydd",
    ),
    (
        "D",
        "SK",
        "Sårvård och kompression",
        "förband; kompresser; kompressionsstrumpor; lindor; häftor; undertrycksbehandling",
    ),
    (
        "D",
        "TV",
        "Tandvård",
        (
            "fyllnadsmaterial; tandtekniska arbeten; dentala instrument; implantat; "
            "avtrycksmaterial; tandvårdsunits"
        ),
    ),
    (
        "E",
        "LM",
        "Läkemedel",
        (
            "antibiotika; cytostatika; infusionsvätskor; vacciner; "
            "narkosläkemedel; rekvisitionsläkemedel"
        ),
    ),
    (
        "F",
        "IS",
        "Inkontinens och stomi",
        "absorberande produkter; katetrar; urinpåsar; stomibandage; hudvård; sköljvätskor",
    ),
    (
        "F",
        "GF",
        "Generella förbrukningsvaror",
        "undersökningshandskar; munskydd; sprutor; kanyler; avfallsbehållare; rondskålar",
    ),
    (
        "G",
        "HM",
        "Hjälpmedel",
        (
            "rullstolar; rollatorer; personlyftar; hygienhjälpmedel; "
            "kommunikationshjälpmedel; hörapparater"
        ),
    ),
    (
        "G",
        "OP",
        "Ortopedi",
        "höftproteser; knäproteser; ortoser; ortopediska skor; gipsmaterial; skruv och platta",
    ),
    (
        "H",
        "TT",
        "Tvätt och textilier",
        (
            "patientkläder; personalkläder; lakan och handdukar; operationstextil; "
            "tvättjänster; gardiner"
        ),
    ),
)

MATERIALS: Final = (
    "bomull",
    "rostfritt stål",
    "naturgummi",
    "polypropen",
    "aluminium",
    "palmolja",
    "koppar",
    "kobolt",
    "viskos",
    "papper av färsk fiber",
)
# By the code of the dimension: what may go wrong with an area, where and of what.
RISKS: Final = {
    "human_rights": (
        "Utvinningen av {material} till {area} tränger undan människor från mark som de brukar.",
        "Barn arbetar i de led som förser tillverkarna av {area} med {material}.",
        "De som bor nära anläggningarna får inte veta vilka utsläpp som {area} orsakar.",
        "Vakter vid utvinningen av {material} har använt våld mot lokalbefolkningen.",
    ),
    "workers_rights": (
        "Migrantarbetare som tillverkar {area} betalar höga avgifter för att få arbetet.",
        "Övertiden är lång och obetald i fabrikerna som monterar {area}.",
        "De anställda får inte bilda fackföreningar där {material} bearbetas.",
        "Skyddsutrustning saknas när {material} hanteras för {area}.",
    ),
    "environment": (
        "Framställningen av {material} till {area} kräver mycket energi och vatten.",
        "Kemikalier från bearbetningen av {material} når vattendrag utan rening.",
        "Transporterna av {area} sker till stor del med flyg.",
        "Uttjänta {area} eldas fast materialet kunde ha återvunnits.",
    ),
    "anti_corruption": (
        "Mellanhänder i handeln med {material} döljer vem som äger leverantören.",
        "Tillstånd för fabriker som gör {area} köps genom mutor.",
        "Intyg om ursprunget för {material} förfalskas.",
        "Inspektörer får gåvor av de fabriker som de granskar.",
    ),
}
OPPORTUNITIES: Final = (
    "Längre livslängd för {area} minskar behovet av {material}.",
    "Återvunnen råvara kan ersätta en del av den {material} som går åt till {area}.",
    "Leverantörer av {area} kan samlas om ett gemensamt åtgärdsprogram.",
)
GOALS: Final = (
    (
        "Riskerna i leveranskedjan är kända",
        (
            (
                "Leverantörerna redovisar sina leveranskedjor",
                "Andel avtal med redovisad leveranskedja",
            ),
            ("Högriskområden är kartlagda", "Andel produktområden med genomförd kartläggning"),
            ("Riskanalysen hålls aktuell", "Riskanalysen är uppdaterad under året"),
        ),
    ),
    (
        "Kraven används i upphandlingarna",
        (
            (
                "Kravpaketet används av alla regioner",
                "Andel upphandlingar där kravpaketet används",
            ),
            ("Upphandlare känner till kraven", "Antal upphandlare som har fått utbildning"),
            ("Kraven omprövas varje år", "Kraven är omprövade under året"),
        ),
    ),
    (
        "Avtalen följs upp",
        (
            ("Avtal med hög risk följs upp", "Andel högriskavtal som har följts upp"),
            ("Avvikelser åtgärdas i tid", "Andel avvikelser som har åtgärdats i tid"),
            ("Lärdomar tas till vara", "Lärdomar är införlivade i kravpaketet"),
        ),
    ),
)
# Kind, title, text, verification, follow-up.
REQUIREMENTS: Final = (
    (
        "contract",
        "Redovisa leveranskedjan för {area}",
        (
            "Leverantören ska senast [antal veckor: {number}] veckor efter begäran "
            "redovisa namn och adress för de "
            "anläggningar där {area} tillverkas och där {material} bearbetas."
        ),
        "Ifylld förteckning över anläggningarna.",
        "Har förteckningen lämnats, och är den aktuell?",
    ),
    (
        "contract",
        "Inga rekryteringsavgifter vid tillverkning av {area}",
        (
            "Leverantören ska se till att ingen som tillverkar {area} har betalat "
            "för att få sitt arbete, och att den "
            "som har betalat får sina pengar åter inom [antal månader: {number}] månader."
        ),
        "Policy och avtal med rekryteringsföretag.",
        "Har någon betalat avgifter, och har de betalats åter?",
    ),
    (
        "specification",
        "Återvunnen råvara i {area}",
        (
            "Minst [andel i procent: {number}] procent av den {material} som ingår i "
            "{area} ska vara återvunnen."
        ),
        "Intyg från oberoende part.",
        "Hur stor andel var återvunnen under det senaste året?",
    ),
    (
        "specification",
        "Farliga ämnen i {area}",
        (
            "{Area} ska inte innehålla ämnen på kandidatförteckningen i halter över "
            "[halt i viktprocent: 0,1] procent."
        ),
        "Intyg eller analysrapport.",
        "Har något ämne tillkommit på förteckningen sedan avtalet slöts?",
    ),
    (
        "qualification",
        "Rutin för tillbörlig aktsamhet avseende {area}",
        (
            "Leverantören ska ha en rutin för att kartlägga och åtgärda risker i "
            "leveranskedjan för {area}. Rutinen ska "
            "omfatta minst [antal led: {number}] led."
        ),
        "Beskrivning av rutinen.",
        "Har rutinen använts, och vad ledde det till?",
    ),
    (
        "contract",
        "Spårbarhet för {material} i {area}",
        (
            "Leverantören ska inom [antal månader: {number}] månader från avtalets "
            "början kunna ange ursprungsland "
            "för den {material} som används i {area}."
        ),
        "Redovisning av ursprung per artikel.",
        "För hur stor del är ursprunget känt?",
    ),
    (
        "contract",
        "Transporter av {area}",
        (
            "Leverantören ska årligen redovisa andelen flygtransporter av {area} och "
            "hur den minskar. Första "
            "redovisningen lämnas efter [antal månader: {number}] månader."
        ),
        "Sammanställning av transporter.",
        "Har andelen flyg minskat sedan förra året?",
    ),
)
RATIONALE: Final = "Risken är bedömd som {level} i riskanalysen för {area}."
FINDINGS: Final = (
    "Förteckningen över anläggningar saknar underleverantören i andra ledet.",
    "Löneutbetalningar för två månader kunde inte visas upp.",
    "Brandutgången i packhallen var låst vid besöket.",
    "Rutinen finns men har inte tillämpats under året.",
    "Tre anställda uppgav att de har betalat för sitt arbete.",
    "Intyget om återvunnen råvara gäller en annan artikel.",
    "Kemikalieförteckningen är äldre än två år.",
    "Arbetstiden överskred gränsen under fyra veckor.",
)
ACTIONS: Final = (
    "Komplettera förteckningen och visa hur den hålls aktuell.",
    "Betala tillbaka avgifterna och ändra avtalet med förmedlaren.",
    "Utbilda arbetsledarna och följ upp varje månad.",
    "Inför rutinen och redovisa den första genomgången.",
)
LESSONS: Final = (
    "Frågan om leveranskedjan behöver säga hur många led som avses.",
    "Intyg bör ange vilka artiklar de gäller.",
    "Tiden för återbetalning behöver räknas från dagen då bristen upptäcktes.",
    "Leverantörer behöver ett exempel på en godtagbar redovisning.",
    "Kravet bör skilja på fast anställda och inhyrda.",
)
CHANGES: Final = (
    "Skriv ut antalet led i kravet.",
    "Lägg till att intyget ska ange artikelnummer.",
    "Ange från vilken dag tiden räknas.",
    "Komplettera anvisningen med ett exempel.",
)
COMMENTS: Final = (
    "Arbetet följer tidsplanen.",
    "Två regioner återstår.",
    "Underlaget kom sent, och värdet är preliminärt.",
    "Målet nås om takten hålls.",
    "Färre avtal än väntat berördes under perioden.",
)
