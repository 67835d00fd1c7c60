"""Words for a made-up nation of plans: risks, goals, answers, findings, lessons. All our own."""

from typing import Final

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
# By the code of the dimension: what may go wrong with an area. A place and a country come after.
RISKS: Final = {
    "human_rights": (
        "Utvinningen av {material} till {area} tränger undan människor från mark som de brukar",
        "Barn arbetar i de led som förser tillverkarna av {area} med {material}",
        "De som bor nära anläggningarna får inte veta vilka utsläpp som {area} orsakar",
        "Vakter som skyddar hanteringen av {material} har använt våld mot lokalbefolkningen",
        "Urfolk har inte tillfrågats innan {material} började utvinnas",
        "Vattnet räcker inte till de boende när {material} bearbetas till {area}",
        "Personer som klagar på hanteringen av {material} hotas till tystnad",
        "Familjer flyttas utan ersättning när fabriker som gör {area} byggs ut",
        "Konflikter om mark förvärras av efterfrågan på {material}",
        "Människor blir sjuka av damm och buller där {material} hanteras",
    ),
    "workers_rights": (
        "Migrantarbetare som tillverkar {area} betalar höga avgifter för att få arbetet",
        "Övertiden är lång och obetald i fabrikerna som monterar {area}",
        "De anställda får inte bilda fackföreningar där {material} bearbetas",
        "Skyddsutrustning saknas när {material} hanteras för {area}",
        "Lönen räcker inte till mat och hyra för dem som gör {area}",
        "Pass och andra handlingar tas om hand av arbetsgivaren där {material} hanteras",
        "Kvinnor trakasseras av arbetsledare i fabriker som tillverkar {area}",
        "Anställda vid bemanningsföretag saknar avtal i ledet som gör {area}",
        "Olyckor där {material} bearbetas anmäls inte",
        "Raster och vila uteblir när beställningar av {area} brådskar",
    ),
    "environment": (
        "Framställningen av {material} till {area} kräver mycket energi och vatten",
        "Kemikalier från bearbetningen av {material} når vattendrag utan rening",
        "Transporterna av {area} sker till stor del med flyg",
        "Uttjänta {area} eldas fast materialet kunde ha återvunnits",
        "Skog avverkas för att ge plats åt {material}",
        "Farliga ämnen i {area} kan inte skiljas från det som återvinns",
        "Utsläppen av växthusgaser från {material} är stora och redovisas inte",
        "Avfall från tillverkningen av {area} läggs på öppna upplag",
        "Den biologiska mångfalden minskar där {material} tas fram",
        "Förpackningarna kring {area} är större än de behöver vara",
    ),
    "anti_corruption": (
        "Mellanhänder i handeln med {material} döljer vem som äger leverantören",
        "Tillstånd för fabriker som gör {area} köps genom mutor",
        "Intyg om ursprunget för {material} förfalskas",
        "Inspektörer får gåvor av de fabriker som de granskar",
        "Tullen mutas för att {area} ska passera utan kontroll",
        "Priset på {material} görs upp mellan ett fåtal säljare",
        "Revisorer som granskar tillverkningen av {area} är beroende av den de granskar",
        "Betalningar för {material} går genom bolag utan verksamhet",
        "Uppgifter om arbetstid rättas i efterhand inför besök hos dem som gör {area}",
        "Tjänstemän har egna intressen i företag som säljer {material}",
    ),
}
# By the code of the stage.
PLACES: Final = {
    "raw_material": ("framför allt i råvaruledet", "redan i första ledet"),
    "component_manufacturing": ("framför allt i komponentledet", "hos underleverantörer"),
    "final_manufacturing": ("framför allt i slutledet", "även hos stora tillverkare"),
    "use": ("något som märks under användningen", "också efter leverans"),
    "end_of_life": ("framför allt i avfallsledet", "något som märks när de kasseras"),
    "other": ("framför allt i handelsledet", "även vid transporter"),
}
COUNTRIES: Final = (
    *("Kina", "Indien", "Pakistan", "Vietnam", "Malaysia", "Thailand", "Turkiet", "Mexiko"),
    *("Brasilien", "Polen", "Rumänien", "Bangladesh", "Indonesien", "Egypten"),
)
NO_LEVERAGE: Final = "Ingen rådighet över"
SAME: Final = "Samma risker som i raden ovan."
OPPORTUNITIES: Final = (
    "Längre livslängd för {area} minskar behovet av {material}.",
    "Återvunnen råvara kan ersätta en del av den {material} som går åt till {area}.",
    "Leverantörer av {area} kan samlas om ett gemensamt åtgärdsprogram.",
    "Ett annat val än {material} finns på marknaden för {area}.",
    "Uthyrning av {area} gör att färre behöver köpas.",
)
ANALYSIS: Final = "https://analys.example/nationell"
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
PERIODS: Final = ("våren", "hösten")
SUMMARIES: Final = (
    "Uppföljningen visade att kraven i huvudsak följs. Det som brister åtgärdas enligt plan.",
    "Leveranskedjan är redovisad till och med andra ledet. Redovisningen kompletteras under året.",
    "Arbetstiderna var för långa i ett led. Leverantören har lämnat en plan som följs upp.",
    "Inga avvikelser konstaterades. Rutinerna är införda och används.",
)
ANSWERS: Final = (
    "Se bifogade handlingar.",
    "Rutinen är införd i alla led utom det sista.",
    "Förteckningen skickas kvartalsvis.",
    "Arbetet pågår och blir klart under året.",
    "Vi har inga underleverantörer i detta led.",
)
NOTES: Final = (
    "Leverantören bad om mer tid, och fick två veckor.",
    "Uppföljningen samordnas med två andra regioner.",
    "Dialogen hölls på plats.",
    "",
)
CITIES: Final = (
    *(
        "Nordan",
        "Sydhamn",
        "Västra",
        "Östbo",
        "Lundby",
        "Fors",
        "Hede",
        "Strand",
        "Ekdal",
        "Björk",
    ),
    *("Granviken", "Almö", "Tallås", "Rönnby", "Lindnäs", "Klint", "Myra", "Sjövik", "Ängby"),
)
TRADES: Final = (
    *("Medicinteknik", "Handel", "Industri", "Vårdprodukter", "Teknik", "Import", "Distribution"),
    *("Produkter", "Material", "Nordic"),
)
