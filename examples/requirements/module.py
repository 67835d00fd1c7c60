"""A shared module: the terms that every category's package takes in."""

from typing import Final

from examples.requirements.requirement import (
    ADVANCED,
    BASIC,
    CONTRACT,
    QUALIFICATION,
    Example,
    Source,
    prose,
)
from examples.requirements.sources import NEED_ASSESSMENT, PROCUREMENT_OFFICE

SLUG: Final = "gemensamma-hallbarhetsvillkor"
TITLE: Final = "Gemensamma hållbarhetsvillkor för leverantörer"
INTRODUCTION: Final = prose(
    """
    Villkoren gäller i alla inköpskategorier. De underhålls på ett ställe och tas in i kravpaketen
    i en bestämd version.

    Uppförandekoden säger vad leverantören åtar sig, villkoren om tillbörlig aktsamhet hur arbetet
    ska gå till, och kravet på miljöarbete vad som ska finnas på plats redan i anbudet.
    """
)

REPORTING: Final = Source(
    "Regionerna och Adda: villkor om rapporteringsskyldighet",
    "https://www.sustainabilityduediligence.com/rapporteringsskyldighet",
)
AUDITS: Final = Source(
    "Regionerna och Adda: villkor om revision",
    "https://www.sustainabilityduediligence.com/revision",
)
COMPLIANCE: Final = Source(
    "Regionerna och Adda: säkerställande av efterlevnad",
    "https://www.sustainabilityduediligence.com/sakerstallande-av-efterlevnad",
)
PENALTY: Final = Source(
    "Regionerna och Adda: villkor om vite", "https://www.sustainabilityduediligence.com/vite"
)
AUDIT_ADVICE: Final = Source(
    "Hållbar upphandling: vägledning för revisorer",
    "https://www.xn--hllbarupphandling-8qb.se/vagledning-revisorer",
)
JOINT_CRITERIA: Final = Source(
    "Hållbar upphandling: regionernas gemensamma krav",
    "https://husr.se/en/procurement-requirements/requirements",
)

DUE_DILIGENCE_LAW: Final = """
    EU har beslutat om ett direktiv om tillbörlig aktsamhet för mycket stora företag. Kontrollera
    vilka som omfattas och från vilken dag.
    """

MODULE_REQUIREMENTS: Final[tuple[Example, ...]] = (
    Example(
        code="UK-01",
        title="Uppförandekod för leverantörer",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska under hela avtalstiden följa regionernas uppförandekod för
            leverantörer. Koden gäller mänskliga rättigheter, arbetares rättigheter, miljö och
            affärsetik, och den gäller de varor och tjänster som levereras enligt avtalet.

            Leverantören ska föra kodens krav vidare i sina avtal med underleverantörer.
            """,
        rationale="""
            Regionerna har antagit samma kod. När alla ställer samma villkor vet leverantören vad
            som gäller, och uppföljningen kan göras gemensamt.
            """,
        verification="Undertecknat åtagande, och ett avtal där koden har förts vidare.",
        follow_up_method="Självskattning ett år efter avtalsstart, därefter dokumentgranskning.",
        guidance="""
            Bifoga koden till upphandlingsdokumenten i den utgåva som gäller, så att det inte blir
            oklart vad anbudsgivaren har godtagit.
            """,
        sources=(NEED_ASSESSMENT,),
    ),
    Example(
        code="UK-02",
        title="Anmäl misstanke om nolltoleransavvikelse",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Misstänker leverantören att tvångsarbete, barnarbete, livsfarlig arbetsmiljö,
            allvarlig miljöskada eller omfattande korruption förekommer i leveranskedjan ska den
            anmäla det till regionen inom [antal dagar: 7 | kalenderdagar] dagar.

            Anmälan ska säga vad som misstänks, var, och vad leverantören gör nu.
            """,
        rationale="""
            De allvarligaste skadorna kräver att den som kan agera får veta det genast, inte i
            nästa årsrapport.
            """,
        verification="Rutin för anmälan, med namn på den som tar emot misstankar.",
        follow_up_method="""
            Fråga på varje avtalsmöte. Begär rutinen och pröva den med ett tänkt fall.
            """,
        guidance="""
            En anmälan ska inte leda till vite i sig. Den som anmäler och rättar gör det som
            villkoret vill uppnå.
            """,
        sources=(REPORTING,),
    ),
    Example(
        code="TA-01",
        title="Tillbörlig aktsamhet, basnivå",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska från avtalsstart ha en dokumenterad process för tillbörlig aktsamhet.
            Processen ska omfatta policy och ansvar, kartläggning av risker, åtgärder för att
            förebygga och begränsa skada, uppföljning, en väg för klagomål och gottgörelse.

            Leverantören ska kunna visa hur den har prioriterat bland riskerna efter sannolikhet
            och allvar.
            """,
        rationale="""
            Regionen kan inte granska varje fabrik. Den kan kräva att leverantören vet var
            riskerna finns och arbetar med dem.
            """,
        verification="""
            Processen i skrift, riskbedömningen och exempel på åtgärder från de senaste
            [antal månader: 24] månaderna.
            """,
        follow_up_method="Självskattning. Dokumentgranskning när svaret inte övertygar.",
        guidance="""
            För prioriterade inköpskategorier är behovlighetsbedömningen redan gjord och villkoret
            används alltid.
            """,
        law_baseline=DUE_DILIGENCE_LAW,
        beyond_law="Kravet gäller alla leverantörer som får avtalet, oavsett storlek.",
        sources=(COMPLIANCE, NEED_ASSESSMENT),
    ),
    Example(
        code="TA-02",
        title="Tillbörlig aktsamhet, avancerad nivå",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska från avtalsstart ha en dokumenterad process för tillbörlig aktsamhet.
            Processen ska omfatta policy och ansvar, kartläggning av risker, åtgärder för att
            förebygga och begränsa skada, uppföljning, en väg för klagomål och gottgörelse.

            Leverantören ska peka ut sina riskleverantörer efter sannolikhet och allvar, bedöma
            var och en av dem och ha en tidsatt plan för dem som brister.

            Leverantören ska rådfråga dem som berörs, eller deras företrädare, och ta särskild
            hänsyn till gästarbetare, unga och kvinnor. Arbetet ska redovisas skriftligt varje
            avtalsår.
            """,
        rationale="""
            I kategorier med hög risk räcker det inte att ha en process. Det måste synas vad den
            leder till hos dem som utför arbetet.
            """,
        verification="""
            Lista över riskleverantörer, bedömningar, planer och den årliga redovisningen.
            """,
        follow_up_method="Kontorsrevision med intervjuer. Återrevision när avvikelser är rättade.",
        guidance="""
            Välj avancerad nivå när handlingsplanen visar höga risker i flera led. Namn på
            underleverantörer kan vara affärshemligheter och sekretessprövas.
            """,
        law_baseline=DUE_DILIGENCE_LAW,
        beyond_law="""
            Kravet gäller oavsett företagets storlek och ställer krav på varje riskleverantör.
            """,
        replaces="TA-01",
        sources=(COMPLIANCE, NEED_ASSESSMENT),
    ),
    Example(
        code="TA-03",
        title="Gör revision möjlig",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska inom [antal veckor: 4 | räknat från begäran] veckor från regionens
            begäran göra det möjligt att granska hur villkoren följs, hos leverantören och hos
            dess underleverantörer. Granskningen får göras av en region för flera regioner.

            Regionen får dela resultatet med andra upphandlande myndigheter efter
            sekretessprövning.
            """,
        rationale="Ett villkor som inte får granskas är inget villkor.",
        verification="Bekräftelse på tid, plats och vilka dokument som finns att granska.",
        follow_up_method="""
            Kontorsrevision, och revision på plats när en särskild risk har hittats.
            """,
        guidance="""
            Bestäm i avtalet vem som betalar den första revisionen och vem som betalar återrevision
            efter avvikelser.
            """,
        sources=(AUDITS, AUDIT_ADVICE),
    ),
    Example(
        code="TA-04",
        title="Väg för klagomål och skydd mot repressalier",
        kind=CONTRACT,
        level=ADVANCED,
        text="""
            Leverantören ska se till att arbetare i leveranskedjan, och andra som berörs, kan
            lämna klagomål på sitt eget språk och utan att ange sitt namn. Den som klagar får inte
            utsättas för repressalier.

            Antalet klagomål, vad de gällde och hur de löstes ska redovisas varje avtalsår.
            """,
        rationale="De som arbetar i fabriken vet mest om hur det är där.",
        verification="Beskrivning av vägen för klagomål, och statistik.",
        follow_up_method="Kontorsrevision: följ två klagomål från början till slut.",
        guidance="""
            Noll klagomål är sällan ett gott tecken. Fråga hur arbetarna får veta att vägen finns.
            """,
        sources=(COMPLIANCE,),
    ),
    Example(
        code="TA-05",
        title="Åtgärdsplan och vite",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Brister leverantören i villkoren ska den inom [antal veckor: 4 | räknat från
            påpekandet] veckor lämna en åtgärdsplan som regionen kan godta. Planen ska säga vad som
            görs, vem som ansvarar och när det är klart.

            Lämnas ingen godtagbar plan, eller följs den inte, betalar leverantören ett vite på
            [belopp i kronor: ] kronor för varje påbörjad vecka, dock högst
            [högsta belopp i kronor: ] kronor.
            """,
        rationale="""
            Brister ska i första hand rättas. Vitet finns för den som låter bli.
            """,
        verification="Åtgärdsplan med tider, och bevis när varje åtgärd är genomförd.",
        follow_up_method="""
            Stäng en avvikelse först när beviset är granskat av någon annan än handläggaren.
            """,
        guidance="""
            Fyll i båda beloppen. De ska vara kännbara men stå i proportion till avtalets värde.

            Ta inte ut vite för att en underleverantör vägrar insyn, om leverantören har gjort vad
            den kan.
            """,
        sources=(PENALTY, COMPLIANCE),
    ),
    Example(
        code="ML-01",
        title="Systematiskt miljöarbete",
        kind=QUALIFICATION,
        level=BASIC,
        text="""
            Anbudsgivaren ska arbeta systematiskt med miljö i den verksamhet som ska utföra
            uppdraget. Arbetet ska omfatta en policy, utpekade miljöaspekter, mätbara mål,
            fördelat ansvar och en årlig uppföljning.
            """,
        rationale="""
            Den som arbetar systematiskt kan leva upp till miljövillkor även när personer och
            produkter byts.
            """,
        verification="""
            Certifikat enligt ISO 14001, registrering i Emas eller en egen beskrivning som visar
            likvärdiga åtgärder.
            """,
        follow_up_method="""
            Bevaka certifikatets sista dag, eller granska beskrivningen vartannat år.
            """,
        guidance="""
            Likvärdigt visas med beskrivningen och med resultat av den senaste uppföljningen. Ett
            litet företag kan göra det på några sidor.
            """,
        sources=(JOINT_CRITERIA, PROCUREMENT_OFFICE),
    ),
)
