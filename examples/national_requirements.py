"""What is demanded in the made-up nation: requirements of all kinds, with their sources."""

from typing import Final

# Kind, title, text, verification, follow-up. Curly braces are filled when it is made.
REQUIREMENTS: Final = (
    (
        "contract",
        "Redovisa leveranskedjan för {area} av {material}",
        (
            "Leverantören ska senast [antal veckor: {number}] veckor efter begäran redovisa "
            "namn och adress för de anläggningar där {area} tillverkas och där {material} "
            "bearbetas."
        ),
        "Ifylld förteckning över anläggningarna.",
        "Har förteckningen lämnats, och är den aktuell?",
    ),
    (
        "contract",
        "Inga rekryteringsavgifter vid tillverkning av {area}",
        (
            "Leverantören ska se till att ingen som tillverkar {area} har betalat för att få "
            "sitt arbete, och att den som har betalat får sina pengar åter inom [antal "
            "månader: {number}] månader."
        ),
        "Policy och avtal med rekryteringsföretag.",
        "Har någon betalat avgifter, och har de betalats åter?",
    ),
    (
        "specification",
        "Återvunnen råvara i {area}: {material}",
        (
            "Minst [andel i procent: {number}] procent av den {material} som ingår i {area} "
            "ska vara återvunnen."
        ),
        "Intyg från oberoende part.",
        "Hur stor andel var återvunnen under det senaste året?",
    ),
    (
        "specification",
        "Farliga ämnen i {area}",
        (
            "{Area} ska inte innehålla ämnen på kandidatförteckningen i halter över [halt i "
            "viktprocent: 0,1] procent."
        ),
        "Intyg eller analysrapport.",
        "Har något ämne tillkommit på förteckningen sedan avtalet slöts?",
    ),
    (
        "qualification",
        "Rutin för tillbörlig aktsamhet avseende {area}",
        (
            "Leverantören ska ha en rutin för att kartlägga och åtgärda risker i "
            "leveranskedjan för {area}. Rutinen ska omfatta minst [antal led: {number}] led."
        ),
        "Beskrivning av rutinen.",
        "Har rutinen använts, och vad ledde det till?",
    ),
    (
        "contract",
        "Spårbarhet för {material} i {area}",
        (
            "Leverantören ska inom [antal månader: {number}] månader från avtalets början "
            "kunna ange ursprungsland för den {material} som används i {area}."
        ),
        "Redovisning av ursprung per artikel.",
        "För hur stor del är ursprunget känt?",
    ),
    (
        "contract",
        "Transporter av {area}",
        (
            "Leverantören ska årligen redovisa andelen flygtransporter av {area} och hur den "
            "minskar. Första redovisningen lämnas efter [antal månader: {number}] månader."
        ),
        "Sammanställning av transporter.",
        "Har andelen flyg minskat sedan förra året?",
    ),
    (
        "contract",
        "Lön som går att leva på för dem som gör {area}",
        (
            "Leverantören ska inom [antal månader: {number}] månader jämföra lönerna där "
            "{area} tillverkas med en erkänd beräkning av levnadslön, och redovisa hur "
            "skillnaden minskas."
        ),
        "Jämförelsen och en plan med årtal.",
        "Har skillnaden minskat sedan avtalet slöts?",
    ),
    (
        "contract",
        "Klagomål från arbetare i ledet där {material} bearbetas",
        (
            "De som arbetar med {material} till {area} ska kunna klaga utan att röja vem de "
            "är. Den som har klagat ska få svar inom [antal veckor: {number}] veckor."
        ),
        "Beskrivning av hur klagomål tas emot, på arbetarnas språk.",
        "Hur många klagomål kom in, och vad ledde de till?",
    ),
    (
        "specification",
        "Reservdelar till {area}",
        (
            "Reservdelar till {area} ska kunna beställas i minst [antal år: {number}] år "
            "efter den sista leveransen."
        ),
        "Tillverkarens intyg.",
        "Har någon reservdel saknats under året?",
    ),
    (
        "specification",
        "Förpackningar till {area}",
        (
            "Förpackningar till {area} ska bestå av högst [antal material: {number}] material"
            " som går att skilja åt för hand."
        ),
        "Förteckning över material i förpackningen.",
        "Har förpackningen ändrats sedan avtalet slöts?",
    ),
    (
        "qualification",
        "Systematiskt miljöarbete hos den som levererar {area}",
        (
            "Leverantören ska arbeta systematiskt med miljöfrågor i den del av verksamheten "
            "som rör {area}, med mål som följs upp minst [gånger per år: {number}] gånger per"
            " år."
        ),
        "Certifikat enligt ISO 14001 eller likvärdigt.",
        "Vilka mål nåddes under året?",
    ),
    (
        "award",
        "Minskad klimatpåverkan från {area}",
        (
            "Anbud som visar lägre klimatpåverkan från {area} än [jämförelsevärde: {number}] "
            "kilo per enhet ges poäng enligt skalan."
        ),
        "Beräkning enligt en öppet redovisad metod.",
        "Stämmer klimatpåverkan med det som anbudet lovade?",
    ),
    (
        "contract",
        "Affärsetik i handeln med {material}",
        (
            "Leverantören ska känna till vem som äger de företag som säljer {material} till "
            "tillverkningen av {area}, och redovisa det inom [antal veckor: {number}] veckor."
        ),
        "Förteckning över ägare.",
        "Har någon ägare tillkommit eller fallit bort?",
    ),
)
POINTS: Final = 10
SCALE: Final = "0 poäng: ingen skillnad. 5 poäng: en fjärdedel lägre. 10 poäng: hälften så mycket."
RATIONALE: Final = "Risken är bedömd som {level} i riskanalysen för {area}."
# How the follow-up of a requirement is asked about in a later wording, and why it changed.
REWORDED: Final = (
    "Leverantören ska på begäran visa underlaget i original.",
    "Redovisningen ska omfatta alla artiklar i avtalet.",
    "Om uppgifterna ändras ska leverantören meddela det inom en månad.",
)
GUIDANCE: Final = (
    "Ange tiden efter hur stort avtalet är.",
    "Använd kravet när avtalet löper i mer än ett år.",
    "Tala med leverantörerna innan andelen bestäms.",
    "",
)
# Title, address, date.
SOURCES: Final = (
    ("Riskanalys för kategorin", "https://analys.example/kategori", "2025-05-12"),
    ("Rapport om {material} i leveranskedjan", "https://rapporter.example/leverans", "2024-11-03"),
    ("Vägledning om tillbörlig aktsamhet", "https://vagledning.example/aktsamhet", "2024-02-20"),
    ("Branschens genomgång av {area}", "https://bransch.example/genomgang", "2025-09-01"),
)
# The first eight digits and the check digit, which our own rule gives.
CPV: Final = ("33140000-3", "33190000-8", "39000000-2", "18000000-9", "15000000-8")
WITHDRAWN: Final = "Lagen kräver numera detsamma, och kravet behövs inte längre."
INTRODUCTION: Final = (
    "Kraven i paketet bygger på riskerna i handlingsplanen för {name}. Välj nivå efter hur stort "
    "avtalet är.\n\nUppföljningen beskrivs vid varje krav."
)
NOTES: Final = (
    "Första publiceringen av kravpaketet.",
    "Några krav är omarbetade efter det första årets uppföljningar, och nya har tillkommit.",
    "Krav som lagen numera ställer är indragna, och frågorna i uppföljningen är tydligare.",
)
