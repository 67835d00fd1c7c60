"""The Swedish words that searching has to know by itself, before anything is published. Pure."""

from collections.abc import Mapping
from typing import Final

# Words that say nothing of what a text is about: a question is asked without them.
STOP_WORDS: Final = """
    alla allt att av bland bli blir både de dem den denna deras dess dessa det detta dig din då
    där efter eller en enligt ett fram från få får för före ha han har hon hur i icke in inga
    ingen inget inom inte jag kan kommer kunna kunnat med mellan men mer mot måste ni nu när
    något några och också om oss på samt sig sin sina sitt ska skall skulle så som till under
    upp ur ut utan vad var vara varje vi vid vilka vilken vilket vill än är åt även över
"""

# Word forms whose stems part company: Swedish drops a vowel, or changes it, and the stemmer
# cannot know. A group is one word, and its first form stands for all of them.
ONE_WORD: Final = (
    "server servrar servrarna",
    "regel regler reglerna",
    "nyckel nycklar nycklarna",
    "cykel cykler cyklar cyklerna cyklarna",
    "kabel kablar kablarna",
    "möbel möbler möblerna",
    "titel titlar titlarna",
    "artikel artiklar artiklarna",
    "fordon fordonen",
    "handel handeln",
    "medel medlen medlet",
    "muskel muskler",
    "nummer numret numren",
    "siffra siffror",
    "vatten vattnet vattnen vattnets",
    "tecken tecknet tecknen",
    "läkemedel läkemedlet läkemedlen",
    "kemikalie kemikaliet kemikalier",
    "bok böcker böckerna",
    "fot fötter",
    "mor mödrar",
    "centrum centret centra center",
    "kriterium kriteriet kriterier kriterierna",
    "ämne ämnen ämnet",
    "medlem medlemmar medlemmarna",
    "filter filtret filtren",
    "mönster mönstret",
    "papper papperet papperen",
    "register registret registren",
    "fönster fönstret fönstren",
    "koppar kopparen",
    "lager lagret lagren",
    "skada skadan skador skadorna",
    "liten små",
    "hälsa hälsan hälso",
    "kvinna kvinnan kvinnor kvinnorna kvinno",
    "människa människan människor människorna människo",
    "leverans leveransen leveranser leverera levererar levereras levererat levererad",
    "process processen processer processerna",
    "processor processorn processorer",
    "gräns gränsen gränser gränserna",
    "månad månaden månader månaderna månads",
    "dator datorn datorer datorerna",
    "land landet länder länderna lands",
    "licens licensen licenser licenserna",
    "kurs kursen kurser kurserna",
    "säker säkert säkra säkrare",
    "radera raderar raderad raderade raderas",
    "sak saken saker sakerna",
    "man män männen",
)

# Those of them that other words end with: "dialysfiltret" is a "dialysfilter". No others, since
# "producenter" ends with "center", and "försäkra" with "säkra".
ENDS_OF_COMPOUNDS: Final = """
    server regel nyckel cykel kabel möbel titel artikel medel muskel nummer vatten tecken
    kriterium medlem filter mönster register fönster lager
"""
# These only sound so.
NO_COMPOUNDS: Final = "konserver reserver observer"

# Parts that Swedish builds its compounds of, in the words of procurement and of sustainability.
# A word is taken apart only into these and words that have been published.
PARTS: Final = """
    agera aktsamhet analys ansvar användning apparat arbetare arbete arkiv art artikel avfall
    avgift avsnitt avtal avtalspart avveckling bank barn batteri bedömning beredskap betalning
    bevis bil bistånd blad blandning bly bolag bomull bostad brand bransch brist brott brytning
    byggnad bygge cell cykel data dator del deponi diskriminering djur dokument drift
    dricksvatten dricka effekt elektronik energi enhet entreprenad etik exponering extern
    fabrik fack fara farlig fast fel fiber fiske flöde flotta flyg fond fordon form forskning
    fossil frakt fråga frihet frukt fullmakt funktion företag förbrukning förbud förening
    fördel föreskrift förhållande förorening förpackning förtroende förvaltning förändring
    garanti gas gift glas granskning grund grupp gruva guld hall handel handling hantering hav
    heltid hinder huvud hus hygien hållbarhet hälsa hälso hänsyn import index indikator
    industri information inköp innehåll intern internet intyg instrument järn kabel kedja kemi
    kemikalie kemisk klass klausul klimat kläder kobolt kod kol koldioxid kommun komponent
    konflikt konsult konsument kontor kontrakt kontroll konvention kopp koppar korruption
    kostnad kraft krav kriterium kraftverk kris kultur kvalitet kvinna kvinno kyla kyl köp lag
    lager land last ledning leverans leverantör licens ligga lista liv ljus logg lokal lån lön
    luft läge läkemedel länk maskin mat material medel medicin metall metod miljö miljon
    mineral minister mobil modell modul moln motor museum mutor myndighet mål mått människa
    människo märke märkning mätning möbel mödra möte natur natt nivå norm nyckel nummer nät
    nätverk nöd näring objekt olja olycka område ombud omsorg operatör order organ organisation
    original ort paket palm panel papper park part patient pengar period person plagg plan
    plast plats plattform politik policy port post praktik press pris privat problem process
    produkt produktion profil program projekt protokoll prov prövning punkt rapport ram rast
    redovisning region regel register rening reparation reserv resultat resurs revision rikt
    riktlinje risk rum rutin råd råvara rätt rättighet rörelse saker samhälle samtal sanktion
    sekretess server signal sjukdom sjukhus sjukvård skada skatt skog skola skrift skrot skuld
    skydd skyldighet slav slut smält smältverk social sol specifikation spår språk stad
    standard station steg stoff storlek strategi strid strål ström stål stöd substans sund svar
    svinn system säkerhet sätt teknik telefon temperatur term test text textil tid tillbörlig
    tillsyn tillverkning tillgång tillgänglighet tillstånd tjänst tjänste torv trafik trä
    transport tryck tull tvist tvång tvångs tyg tänk underhåll under undersökning uppdrag
    uppföljning uppförande upphandling uran urval utbildning utrustning utsläpp utveckling
    vapen vara vatten verk verkning verktyg verksamhet vete verifiering version vikt villkor
    vinning virus vis volym vård vårdare väg värde värld värme vävnad växel växt våld yta yrke
    åter åtgärd ägare ämne ändring ärende öppen överenskommelse
"""

# First parts too short to be known elsewhere: "elbil", "itsystem", "epost".
SHORT_FIRST_PARTS: Final = "e el it"

# Endings that look like words, and so would be taken for the last part of a compound.
NO_LAST_PARTS: Final = """
    aren arens lande lands nande rande tande rad rade rat rar ror ord nat order anden andet
    skad skade aret arets
"""

# Words that begin so are no compounds, whatever their parts may look like.
WHOLE_WORDS: Final = (
    "arbetstag",
    "genomför",
    "granska",
    "granskning",
    "motsvar",
    "organisat",
    "sammanst",
    "säkerstäl",
    "tillverk",
    "uppdater",
    "utvärder",
    "varandra",
)

# What a kind and a level of requirements are called in a tender.
KIND_WORDS: Final[Mapping[str, str]] = {
    "qualification": "kvalificeringskrav kvalificering",
    "specification": "teknisk specifikation kravspecifikation obligatorisk",
    "award": "tilldelningskriterium tilldelning utvärderingskriterium mervärde",
    "contract": "särskilt kontraktsvillkor avtalsvillkor kontraktskrav",
}
LEVEL_WORDS: Final[Mapping[str, str]] = {
    "basic": "basnivå baskrav",
    "advanced": "avancerad nivå",
    "spearhead": "spjutspetsnivå spjutspets spjutspetskrav",
}

SAME_WORDS: Final[Mapping[str, str]] = {
    form: group.split()[0] for group in ONE_WORD for form in group.split()
}
